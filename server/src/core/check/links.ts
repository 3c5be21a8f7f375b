import type { Project } from '../model/project.ts';

/** Which source leads to which, by which chains of links. Answers are kept: the graph does not change. */
export interface LinkGraph {
  /** The source at the end of a chain of links; `undefined` where a link, or the source it leads to, is unknown. */
  follow(source: string, links: readonly string[]): string | undefined;
  /** Every chain of links that visits no source twice, shortest first; `[[]]` from a source to itself. */
  paths(from: string, to: string): readonly (readonly string[])[];
  /** Every source that a source leads to, itself included. */
  reachable(from: string): readonly string[];
}

/** Longer chains are not looked for: nobody would write `a.b.c.d.e.f.g`. */
const MAX_DEPTH = 6;

/** A hostile project can hold exponentially many chains; the first ones are enough to say that there are several. */
const MAX_CHAINS = 500;

/** Builds the graph of a project's links. Links to sources that do not exist lead nowhere. */
export function linkGraph(project: Project): LinkGraph {
  const chains = new Map<string, ReadonlyMap<string, readonly (readonly string[])[]>>();
  const step = (source: string, link: string): string | undefined => {
    const to = project.sources.get(source)?.links.get(link)?.to?.text;
    return to !== undefined && project.sources.has(to) ? to : undefined;
  };
  const chainsOf = (from: string): ReadonlyMap<string, readonly (readonly string[])[]> => {
    const known = chains.get(from) ?? chainsFrom(project, from, step);
    chains.set(from, known);
    return known;
  };
  return {
    follow(source, links) {
      let at: string | undefined = source;
      for (const link of links) at = at === undefined ? undefined : step(at, link);
      return at;
    },
    paths: (from, to) => chainsOf(from).get(to) ?? [],
    reachable: (from) => [...chainsOf(from).keys()],
  };
}

/** Every chain from one source, by where it ends, breadth first so that the shortest come first. */
function chainsFrom(
  project: Project,
  from: string,
  step: (source: string, link: string) => string | undefined,
): Map<string, (readonly string[])[]> {
  const found = new Map<string, (readonly string[])[]>([[from, [[]]]]);
  let frontier: { links: readonly string[]; visited: readonly string[] }[] = [{ links: [], visited: [from] }];
  let count = 0;
  for (let depth = 0; depth < MAX_DEPTH && frontier.length > 0; depth++) {
    const next: typeof frontier = [];
    for (const { links, visited } of frontier) {
      const here = visited.at(-1) ?? from;
      for (const link of project.sources.get(here)?.links.keys() ?? []) {
        const to = step(here, link);
        if (to === undefined || visited.includes(to)) continue;
        if (++count > MAX_CHAINS) return found;
        const chain = [...links, link];
        found.set(to, [...(found.get(to) ?? []), chain]);
        next.push({ links: chain, visited: [...visited, to] });
      }
    }
    frontier = next;
  }
  return found;
}
