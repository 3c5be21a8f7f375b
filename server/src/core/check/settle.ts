import type { Problem } from '../base/problem.ts';
import { withoutDoubles } from '../base/problems-in-order.ts';
import { touches } from '../base/span.ts';
import type { Definition, Project } from '../model/project.ts';
import { findIgnores, type Ignore } from './ignores.ts';
import { insideAny } from './inside.ts';

/**
 * Applies a project's settings (`rules:` in `plumbline.yaml`) and its `# plumbline-ignore` comments to problems of any
 * floor, and puts them in order, without doubles.
 *
 * @param off ids of kinds that are off where the settings do not name them
 * @param ignores the project's comments, where they are known
 */
export function settle(
  project: Project,
  problems: readonly Problem[],
  off: ReadonlySet<string> = new Set(),
  ignores?: readonly Ignore[],
): Problem[] {
  if (problems.length === 0) return [];
  const { rules } = project.settings;
  const isIgnored = ignoredBy(ignores ?? findIgnores(project));
  const kept: Problem[] = [];
  for (const problem of problems) {
    const severity = rules.get(problem.code) ?? (off.has(problem.code) ? 'off' : problem.severity);
    if (severity === 'off' || isIgnored(problem)) continue;
    kept.push(severity === problem.severity ? problem : { ...problem, severity });
  }
  return withoutDoubles(kept);
}

/** Whether a comment above the definition in which a problem stands, or above its own line, silences it, and says why. */
function ignoredBy(ignores: readonly Ignore[]): (problem: Problem) => boolean {
  const definitions = new Map<string, Definition[]>();
  const clauses: Ignore[] = [];
  for (const ignore of ignores) {
    const { id, reason, definition, clause } = ignore;
    if (reason !== '' && clause !== undefined) clauses.push(ignore);
    if (reason === '' || definition === undefined) continue;
    const list = definitions.get(id);
    if (list === undefined) definitions.set(id, [definition]);
    else list.push(definition);
  }
  const tests = new Map([...definitions].map(([id, list]) => [id, insideAny(list)]));
  const isOnClause = (problem: Problem): boolean =>
    clauses.some(
      ({ id, file, clause }) =>
        clause !== undefined &&
        id === problem.code &&
        file === problem.file &&
        touches(clause, problem.span.start),
    );
  return (problem) => tests.get(problem.code)?.(problem) === true || isOnClause(problem);
}
