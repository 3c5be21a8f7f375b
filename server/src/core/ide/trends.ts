import type { Place } from '../base/span.ts';
import { formatValue, type ValueFormat } from '../evaluate/format-value.ts';
import { metricFormat } from '../evaluate/metric-format.ts';
import { statusNow } from '../evaluate/result.ts';
import { statusWords, type TargetStatus } from '../evaluate/target-status.ts';
import { trendOf } from '../evaluate/trend.ts';
import type { Metric } from '../model/project.ts';
import type { IdeContext, IdeFile } from './ide-context.ts';
import { targetsOf } from './targets-of.ts';

/** The trend of a metric of a file, to be drawn beside its name. */
export interface MetricTrend {
  readonly metric: string;
  /** The metric's name in the text. */
  readonly place: Place;
  /** Values of complete periods, oldest first, at most 24. */
  readonly points: readonly (number | null)[];
  /** Of several targets about the total, where the one stands whose period ends last. */
  readonly status: TargetStatus | null;
  /** `12 periods from 31.2 to 42.0, at risk`. */
  readonly words: string;
  readonly stale: boolean;
}

/** The trends of the metrics of a file whose numbers are known and have a value in some period. */
export function trendsIn(context: IdeContext, { file }: IdeFile): readonly MetricTrend[] {
  return file.definitions.flatMap((definition) => {
    const isFirst = context.checked.project.metrics.get(definition.name) === definition;
    return definition.definition === 'metric' && isFirst ? (trendAt(context, definition) ?? []) : [];
  });
}

function trendAt({ checked, numbers }: IdeContext, metric: Metric): MetricTrend | undefined {
  const known = numbers?.metric(metric.name);
  const points = known?.value.total === undefined ? [] : trendOf(known.value.total);
  if (known === undefined || points.every((value) => value === null)) return undefined;
  const targets = targetsOf(checked.project, metric.name).flatMap(({ name }) => numbers?.target(name) ?? []);
  const status = statusNow(targets.map(({ value }) => value));
  const words = trendWords(points, metricFormat(checked, metric));
  return {
    metric: metric.name,
    place: { file: metric.file, span: metric.nameNode.span },
    points,
    status,
    words: status === null ? words : `${words}, ${statusWords(status)}`,
    stale: known.stale || targets.some(({ stale }) => stale),
  };
}

function trendWords(points: readonly (number | null)[], format: ValueFormat): string {
  const values = points.filter((value) => value !== null);
  const [first, last] = [values[0] ?? null, values.at(-1) ?? null];
  if (points.length === 1) return `1 period: ${formatValue(last, format)}`;
  return `${points.length} periods from ${formatValue(first, format)} to ${formatValue(last, format)}`;
}
