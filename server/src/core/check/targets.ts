import type { Metric, NumberWord, Project, Target } from '../model/project.ts';

/** Every target of every file whose metric is known, with that metric. */
export function targetsOf(project: Project): readonly { readonly target: Target; readonly metric: Metric }[] {
  const found: { target: Target; metric: Metric }[] = [];
  for (const { definitions } of project.files) {
    for (const target of definitions) {
      if (target.definition !== 'target') continue;
      const metric = project.metrics.get(target.metric?.text ?? '');
      if (metric !== undefined) found.push({ target, metric });
    }
  }
  return found;
}

/** A number that is written about a metric, and so in its unit. */
export interface NumberAbout {
  readonly metric: Metric;
  readonly file: string;
  readonly word: NumberWord;
}

/** Every benchmark, expected value, goal, baseline and tolerance of a project, with the metric that it is about. */
export function numbersAbout(project: Project, metrics: Iterable<Metric>): readonly NumberAbout[] {
  const found: NumberAbout[] = [];
  const add = (metric: Metric, file: string, words: readonly (NumberWord | null | undefined)[]): void => {
    for (const word of words) if (word !== null && word !== undefined) found.push({ metric, file, word });
  };
  for (const metric of metrics) {
    const benchmarks = metric.benchmarks.map(({ value }) => value);
    const expected = metric.examples.map(({ expect }) => expect);
    add(metric, metric.file, [...benchmarks, ...expected]);
  }
  for (const { target, metric } of targetsOf(project)) add(metric, target.file, numbersOf(target));
  return found;
}

function numbersOf({ goal, baseline, tolerance }: Target): readonly (NumberWord | undefined)[] {
  const goals = goal === undefined ? [] : goal.kind === 'between' ? [goal.low, goal.high] : [goal.value];
  return [...goals, baseline?.value, tolerance];
}
