import type { Problem } from '../../core/base/problem.ts';
import { baselineProblem } from '../../core/evaluate/baseline-problem.ts';
import type { Numbers } from '../../core/evaluate/numbers.ts';
import type { Project } from '../../core/model/project.ts';
import type { BookNeed } from './numbers-book.ts';

/** What is known to differ between targets and their metrics, each at the target as it stands now: section 6 of the format. */
export function targetProblems(
  project: Project,
  numbers: Pick<Numbers, 'target'>,
  needs: readonly BookNeed[],
): readonly Problem[] {
  return needs.flatMap((need) => {
    if (need.kind !== 'target') return [];
    const target = project.targets.get(need.name);
    const known = numbers.target(need.name);
    return target === undefined || known === undefined || known.stale
      ? []
      : baselineProblem(target, known.value);
  });
}
