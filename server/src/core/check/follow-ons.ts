import type { Problem } from '../base/problem.ts';
import type { Definition, Project } from '../model/project.ts';
import { insideAny, spanOfDefinition } from './inside.ts';

/** Problems that say that something is not there, which is no wonder where a part of the definition could not be read. */
const ABSENCES: ReadonlySet<string> = new Set([
  'missing-source',
  'missing-when',
  'missing-key',
  'target-needs-why',
  'metric-needs-owner',
]);

/**
 * Leaves out problems that others explain: those on characters that are already known to be wrong, and those about something
 * missing in a definition of which a part is known to be wrong.
 */
export function withoutFollowOns(
  project: Project,
  problems: readonly Problem[],
  known: readonly Problem[],
): Problem[] {
  const errors = known.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return [...problems];
  const byFile = new Map<string, Problem[]>();
  for (const error of errors) {
    const inFile = byFile.get(error.file);
    if (inFile === undefined) byFile.set(error.file, [error]);
    else inFile.push(error);
  }
  const isInBroken = insideAny(brokenDefinitions(project, byFile));
  const isInTorn = insideAny(brokenDefinitions(project, byFile, (error) => error.code.startsWith('yaml-')));
  return problems.filter((problem) => {
    if (byFile.get(problem.file)?.some((error) => contains(error, problem)) === true) return false;
    // Where a quote or bracket is not closed, the expression holds what was never meant to be in it.
    if (problem.code === 'expression-syntax' && isInTorn(problem)) return false;
    return !ABSENCES.has(problem.code) || !isInBroken(problem);
  });
}

/** Definitions with an error in them. Of those of one file and their errors, both are in the order of the text. */
function brokenDefinitions(
  project: Project,
  byFile: ReadonlyMap<string, readonly Problem[]>,
  counts: (error: Problem) => boolean = () => true,
): Definition[] {
  return project.files.flatMap(({ path, definitions }) => {
    const errors = (byFile.get(path) ?? []).filter(counts);
    const starts = errors.map(({ span }) => span.start).sort((a, b) => a - b);
    let next = 0;
    return [...definitions]
      .sort((a, b) => a.nameNode.span.start - b.nameNode.span.start)
      .filter((definition) => {
        const { start, end } = spanOfDefinition(definition);
        while ((starts[next] ?? end + 1) < start) next++;
        return (starts[next] ?? end + 1) <= end;
      });
  });
}

function contains(outer: Problem, inner: Problem): boolean {
  const empty = outer.span.start === outer.span.end;
  return !empty && outer.span.start <= inner.span.start && inner.span.end <= outer.span.end;
}
