import type { Problem } from '../base/problem.ts';
import type { Definition, Project } from '../model/project.ts';

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
  for (const error of errors) byFile.set(error.file, [...(byFile.get(error.file) ?? []), error]);
  return problems.filter((problem) => {
    const inFile = byFile.get(problem.file) ?? [];
    if (inFile.some((error) => contains(error, problem))) return false;
    if (!ABSENCES.has(problem.code)) return true;
    const definition = definitionAt(project, problem);
    return definition === undefined || !inFile.some((error) => isInside(error, definition));
  });
}

/** Whether a problem stands in a definition, its name included. */
export function isInside({ file, span }: Problem, { file: at, nameNode, node }: Definition): boolean {
  return (
    file === at && nameNode.span.start <= span.start && span.end <= (node?.span.end ?? nameNode.span.end)
  );
}

function contains(outer: Problem, inner: Problem): boolean {
  const empty = outer.span.start === outer.span.end;
  return !empty && outer.span.start <= inner.span.start && inner.span.end <= outer.span.end;
}

function definitionAt(project: Project, problem: Problem): Definition | undefined {
  const file = project.files.find(({ path }) => path === problem.file);
  return file?.definitions.find((definition) => isInside(problem, definition));
}
