import { compareProblems, type Problem } from '../base/problem.ts';
import type { Project } from '../model/project.ts';
import { findIgnores, type Ignore } from './ignores.ts';

/** More problems than these in one project are not read by anybody. */
const MAX_PROBLEMS = 1_000;

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
  const kept: Problem[] = [];
  for (const problem of problems) {
    const severity = rules.get(problem.code) ?? (off.has(problem.code) ? 'off' : problem.severity);
    if (severity === 'off' || isIgnored(problem, ignores)) continue;
    kept.push(severity === problem.severity ? problem : { ...problem, severity });
  }
  return cap(withoutDoubles(kept.sort(compareProblems)));
}

/** Whether a comment above the definition in which the problem stands silences it, and says why. */
function isIgnored({ code, file, span }: Problem, ignores: readonly Ignore[]): boolean {
  return ignores.some(({ id, reason, definition, file: at }) => {
    if (id !== code || reason === '' || at !== file || definition === undefined) return false;
    const end = definition.node?.span.end ?? definition.nameNode.span.end;
    return definition.nameNode.span.start <= span.start && span.end <= end;
  });
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
