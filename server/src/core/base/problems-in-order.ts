import { compareProblems, type Problem } from './problem.ts';

/** More problems than these in one project are not read by anybody. Where there are as many, there may have been more. */
export const MAX_PROBLEMS = 1_000;

/** Problems in order, without doubles, and at most 1,000 of them, errors before the rest. */
export function inOrder(problems: readonly Problem[]): Problem[] {
  return cap(withoutDoubles(problems));
}

/** Problems in order, each once. */
export function withoutDoubles(problems: readonly Problem[]): Problem[] {
  return [...problems].sort(compareProblems).filter((problem, index, sorted) => {
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
