import type { Problem } from '../base/problem.ts';
import type { Definition, MetricsFile, Project } from '../model/project.ts';
import { schemaProblems } from '../schema/problems.ts';
import type { SyntaxCode } from '../syntax/problems.ts';
import { pathOf } from '../syntax/units/unit-id.ts';
import { spanOfDefinition } from './inside.ts';

/** What could not be read of a project, so that nothing is said of what may stand there. */
export interface Damage {
  /** Definitions with broken YAML in them: what else is found in them is guesswork. */
  readonly torn: ReadonlySet<Definition>;
  /**
   * Definitions with an error of YAML or of the schema, and the sources of a file in which broken YAML has swallowed columns: some of what they define may be
   * missing.
   */
  readonly incomplete: ReadonlySet<Definition>;
  /** Names that stand as keys in files with broken YAML, where a definition may have been lost. */
  readonly lostNames: ReadonlySet<string>;
  /** Files whose `defaults` have an error. */
  readonly withoutDefaults: ReadonlySet<string>;
  /** Files with conflict markers: both sides are read, and what stands on both is no duplicate. */
  readonly conflicted: ReadonlySet<string>;
}

const SCHEMA: ReadonlySet<string> = new Set(schemaProblems.map(({ id }) => id));

const CONFLICT: SyntaxCode = 'yaml-conflict-marker';

/** Sorts out which definitions the errors of the floors below have damaged. */
export function damageOf(project: Project, known: readonly Problem[]): Damage {
  const yaml = byFile(known.filter(isYaml));
  const all = byFile(known.filter((problem) => isYaml(problem) || SCHEMA.has(problem.code)));
  const lostNames = new Set<string>();
  const withoutDefaults = new Set<string>();
  for (const file of project.files) {
    if (yaml.has(file.path)) for (const name of keysIn(file)) lostNames.add(name);
    const defaults = file.root?.kind === 'map' ? file.root.get('defaults')?.span : undefined;
    const inDefaults = all.get(file.path)?.some(({ span }) => {
      return defaults !== undefined && defaults.start <= span.start && span.end <= defaults.end;
    });
    if (inDefaults === true) withoutDefaults.add(file.path);
  }
  return {
    torn: definitionsWith(project, yaml),
    incomplete: new Set([...definitionsWith(project, all), ...sourcesWithLosses(project, yaml)]),
    lostNames,
    withoutDefaults,
    conflicted: new Set(known.filter(({ code }) => code === CONFLICT).map(({ file }) => file)),
  };
}

/** Whether a problem is one of the YAML itself. */
export function isYaml({ code, severity }: Problem): boolean {
  return severity === 'error' && code.startsWith('yaml-');
}

/** Whether a file cannot be read at all, so that nothing is known of what it says. */
export function isUnread({ code }: Problem): boolean {
  return code === 'file-unreadable';
}

/** The files, or units of them, of what they say something may be lost. */
export function damagedFiles(problems: readonly Problem[]): ReadonlySet<string> {
  return new Set(
    problems.filter((problem) => isYaml(problem) || SCHEMA.has(problem.code)).map(({ file }) => file),
  );
}

/** Everything that is written like a key, wherever it stands. */
export function keysIn(file: MetricsFile): string[] {
  return [...file.text.matchAll(/^[ \t]*([a-z][a-z0-9_]*)[ \t]*:/gm)].flatMap(([, name]) => name ?? []);
}

/** Problems by file. */
export function byFile(problems: readonly Problem[]): ReadonlyMap<string, readonly Problem[]> {
  const found = new Map<string, Problem[]>();
  for (const problem of problems) {
    const inFile = found.get(problem.file);
    if (inFile === undefined) found.set(problem.file, [problem]);
    else inFile.push(problem);
  }
  return found;
}

/**
 * Whether broken YAML holds columns or links that belong to no source in it: a line that is not indented as it should be ends a source, and
 * what stands below is read as something else. Which source of the file has lost them cannot be told.
 */
export function holdsLostColumns({ text, definitions }: MetricsFile): boolean {
  if (!/^[ \t]*(columns|links)[ \t]*:/m.test(text)) return false;
  return !definitions.some(
    ({ definition, node }) =>
      definition === 'source' && (node?.get('data') ?? node?.get('union')) !== undefined,
  );
}

function sourcesWithLosses(
  project: Project,
  problems: ReadonlyMap<string, readonly Problem[]>,
): readonly Definition[] {
  if (problems.size === 0) return [];
  const broken = project.files.filter((file) => problems.has(file.path) && holdsLostColumns(file));
  const paths = new Set(broken.map(({ path }) => pathOf(path)));
  if (paths.size === 0) return [];
  return [...project.sources.values()].filter(({ file }) => paths.has(pathOf(file)));
}

/** Definitions in which a problem begins. Both are walked in the order of the text, so that no file is walked twice. */
function definitionsWith(
  project: Project,
  problems: ReadonlyMap<string, readonly Problem[]>,
): ReadonlySet<Definition> {
  if (problems.size === 0) return new Set();
  const found = project.files.flatMap(({ path, definitions }) => {
    const starts = (problems.get(path) ?? []).map(({ span }) => span.start).sort((a, b) => a - b);
    let next = 0;
    return [...definitions]
      .sort((a, b) => a.nameNode.span.start - b.nameNode.span.start)
      .filter((definition) => {
        const { start, end } = spanOfDefinition(definition);
        while ((starts[next] ?? end + 1) < start) next++;
        return (starts[next] ?? end + 1) <= end;
      });
  });
  return new Set(found);
}
