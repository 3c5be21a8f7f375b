import { type Problem, problemOf } from '../../core/base/problem.ts';
import { failureMessage } from '../../core/evaluate/example-text.ts';
import type { Numbers } from '../../core/evaluate/numbers.ts';
import { exampleFails } from '../../core/evaluate/problems.ts';
import type { MetricKind } from '../../core/kinds/kind.ts';
import { unitOf } from '../../core/model/metric-unit.ts';
import type { Metric, Project } from '../../core/model/project.ts';
import type { BookNeed } from './numbers-book.ts';

/**
 * The examples that are known to fail, each at its `expect` as it stands now: section 5.5 of the format. Those of a metric that
 * is not evaluated are not among them: its own problem says why.
 */
export function exampleProblems(
  project: Project,
  kinds: ReadonlyMap<string, MetricKind>,
  numbers: Pick<Numbers, 'example'>,
  needs: readonly BookNeed[],
  isEvaluated: (metric: Metric) => boolean,
): readonly Problem[] {
  return needs.flatMap((need) => {
    if (need.kind !== 'example') return [];
    const metric = project.metrics.get(need.metric);
    const example = metric?.examples[need.index];
    const known = numbers.example(need.metric, need.index);
    if (metric === undefined || example === undefined || known === undefined || known.stale) return [];
    if (known.value.passed || (known.value.refused !== undefined && !isEvaluated(metric))) return [];
    const { span } = example.expectNode ?? example.node;
    const message = failureMessage(known.value, unitOf(project, kinds, metric));
    return [problemOf(exampleFails, { file: metric.file, span }, message)];
  });
}
