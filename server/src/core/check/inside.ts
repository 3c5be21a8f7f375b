import type { Problem } from '../base/problem.ts';
import type { Span } from '../base/span.ts';
import type { Definition } from '../model/project.ts';

/** The characters of a definition, from its name to the end of its body. */
export function spanOfDefinition({ nameNode, node }: Definition): Span {
  return { start: nameNode.span.start, end: Math.max(nameNode.span.end, node?.span.end ?? 0) };
}

/** A test for problems that stand inside one of some definitions. Definitions do not overlap, so that a search finds the one. */
export function insideAny(definitions: Iterable<Definition>): (problem: Problem) => boolean {
  const byFile = new Map<string, Span[]>();
  for (const definition of definitions) {
    const spans = byFile.get(definition.file);
    if (spans === undefined) byFile.set(definition.file, [spanOfDefinition(definition)]);
    else spans.push(spanOfDefinition(definition));
  }
  for (const spans of byFile.values()) spans.sort((a, b) => a.start - b.start);
  return ({ file, span }) => {
    const spans = byFile.get(file) ?? [];
    const found = spans[lastAtMost(spans, span.start)];
    return found !== undefined && found.start <= span.start && span.end <= found.end;
  };
}

/** Index of the last span that starts at `offset` or before; -1 where there is none. */
function lastAtMost(sorted: readonly Span[], offset: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
