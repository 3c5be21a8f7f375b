import { compareProblems, type Problem } from '../base/problem.ts';
import type { Definition, Project } from '../model/project.ts';
import { findIgnores, type Ignore } from './ignores.ts';
import { insideAny } from './inside.ts';

/** More problems than these in one project are not read by anybody. Where there are as many, there may have been more. */
export const MAX_PROBLEMS = 1_000;

/**
 * Applies a project's settings (`rules:` in `plumbline.yaml`) and its `# plumbline-ignore` comments to problems of any
 * floor, and puts them in order: without doubles, and at most 1,000, errors before the rest.
 *
 * @param off ids of kinds that are off where the settings do not name them
 */
export function settle(
  project: Project,
  problems: readonly Problem[],
  off: ReadonlySet<string> = new Set(),
  ignores: readonly Ignore[] = findIgnores(project),
): Problem[] {
  const { rules } = project.settings;
  const isIgnored = ignoredBy(ignores);
  const kept: Problem[] = [];
  for (const problem of problems) {
    const severity = rules.get(problem.code) ?? (off.has(problem.code) ? 'off' : problem.severity);
    if (severity === 'off' || isIgnored(problem)) continue;
    kept.push(severity === problem.severity ? problem : { ...problem, severity });
  }
  return cap(withoutDoubles(kept.sort(compareProblems)));
}

/** Whether a comment above the definition in which a problem stands silences it, and says why. */
function ignoredBy(ignores: readonly Ignore[]): (problem: Problem) => boolean {
  const definitions = new Map<string, Definition[]>();
  for (const { id, reason, definition } of ignores) {
    if (reason === '' || definition === undefined) continue;
    const list = definitions.get(id);
    if (list === undefined) definitions.set(id, [definition]);
    else list.push(definition);
  }
  const tests = new Map([...definitions].map(([id, list]) => [id, insideAny(list)]));
  return (problem) => tests.get(problem.code)?.(problem) === true;
}

function withoutDoubles(sorted: readonly Problem[]): Problem[] {
  return sorted.filter((problem, index) => {
    const before = sorted[index - 1];
    return before === undefined || compareProblems(before, problem) !== 0;
  });
}

/** Errors are kept before warnings, so that a flood of hints cannot hide what is broken. */
function cap(problems: readonly Problem[]): Problem[] {
  if (problems.length <= MAX_PROBLEMS) return [...problems];
  const rank = { error: 0, warning: 1, info: 2 } as const;
  return [...problems]
    .sort((a, b) => rank[a.severity] - rank[b.severity])
    .slice(0, MAX_PROBLEMS)
    .sort(compareProblems);
}
