import type { Place } from '../core/base/span.ts';
import type { Checked } from '../core/check/checked.ts';
import type { Evaluation } from '../core/evaluate/evaluate.ts';
import type { Known, Numbers } from '../core/evaluate/numbers.ts';
import { kinds } from '../core/kinds/index.ts';
import { labelOf } from '../core/model/label-of.ts';
import { segmentsOf } from '../core/model/metric-defaults.ts';
import { dependenciesOf } from '../core/model/metric-references.ts';
import type { Definition, Metric, Project } from '../core/model/project.ts';
import { type OpenedData, sourcesOf } from '../core/open-data.ts';
import type { PreviewWork } from '../core/preview/preview-work.ts';
import type { DefinedAt, PageSubject, Report } from '../report/report.ts';

/**
 * What a report has pages of: everything in a project; or of metrics that were named, what they are made of, broken down by, read
 * from and held against. Journeys show all their metrics, and so are in whole reports only.
 */
export function reportSubjects(
  checked: Checked,
  metrics: readonly Metric[],
  isNamed: boolean,
): Report['subjects'] {
  const { project } = checked;
  const definitions = isNamed ? around(checked, metrics) : all(project);
  return definitions.map((definition) => ({ ...subjectOf(definition), label: labelOf(definition) }));
}

function all({ metrics, targets, segments, sources, journeys }: Project): readonly Definition[] {
  return [metrics, targets, segments, sources, journeys].flatMap((each): Definition[] => [...each.values()]);
}

function around(checked: Checked, metrics: readonly Metric[]): readonly Definition[] {
  const { project } = checked;
  const names = new Set(metrics.map(({ name }) => name));
  const parts = metrics.flatMap((metric) => [metric, ...dependenciesOf(project, checked.kinds, metric)]);
  const segments = new Set(
    parts.flatMap((metric) => segmentsOf(project, metric).map(({ segment }) => segment.text)),
  );
  const sources = sourcesOf(checked, metrics);
  return [
    ...metrics,
    ...[...project.targets.values()].filter(({ metric }) => names.has(metric?.text ?? '')),
    ...[...project.segments.values()].filter(({ name }) => segments.has(name)),
    ...[...project.sources.values()].filter(({ name }) => sources.has(name)),
  ];
}

function subjectOf({ definition, name }: Pick<Definition, 'definition' | 'name'>): PageSubject {
  return { kind: definition, name };
}

/** What the previews of a report are made with: an evaluation that has all numbers already. */
export function reportWork(
  { evaluator }: OpenedData,
  evaluation: Evaluation,
  place: (at: Place) => string,
  signal: AbortSignal,
): PreviewWork<DefinedAt> {
  const { checked } = evaluator;
  const names = definitionsByName(checked.project);
  return {
    context: { checked, problems: [], numbers: numbersOf(evaluation) },
    kinds,
    at: (at) => ({ text: place(at), subject: names.get(keyOf(at)) ?? null }),
    evaluator: async () => evaluator,
    // All that can be known is known.
    compute: async () => {},
    show: () => {},
    signal,
  };
}

/** The definitions by where their names stand. */
function definitionsByName(project: Project): ReadonlyMap<string, PageSubject> {
  return new Map(
    all(project).map((definition) => [
      keyOf({ file: definition.file, span: definition.nameNode.span }),
      subjectOf(definition),
    ]),
  );
}

function keyOf({ file, span }: Place): string {
  return `${file} ${span.start}`;
}

function numbersOf({ metrics, targets }: Evaluation): Numbers {
  const byMetric = new Map(metrics.map((result) => [result.metric.name, result]));
  const byTarget = new Map(targets.map((result) => [result.target.name, result]));
  const known = <T>(value: T | undefined): Known<T> | undefined =>
    value === undefined ? undefined : { value, stale: false };
  const nothing = (): undefined => undefined;
  return {
    metric: (name) => known(byMetric.get(name)),
    target: (name) => known(byTarget.get(name)),
    example: nothing,
    segment: nothing,
    source: nothing,
    funnel: nothing,
    column: nothing,
  };
}
