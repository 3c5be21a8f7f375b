import type { Checked } from '../../check/checked.ts';
import type { ValueFormat } from '../../evaluate/format-value.ts';
import { decimalsOf, unitOf } from '../../model/metric-unit.ts';
import type { Metric } from '../../model/project.ts';

/** From here on decimals are noise beside the number. */
const LARGE = 10_000;

/** How a value of a metric is written in a line. */
export function metricFormat({ project, kinds }: Checked, metric: Metric, value: number | null): ValueFormat {
  const large = value !== null && Math.abs(value) >= LARGE;
  return {
    unit: unitOf(project, kinds, metric),
    decimals: large ? 0 : decimalsOf(project, kinds, metric),
    currency: project.settings.currency,
  };
}

/** Whether a problem that stands at the metric, or at what it is made of, says already why it has no value. */
export function isBlocked(checked: Checked, metric: Metric): boolean {
  return checked.blocking(metric) !== undefined;
}

/** What is said of something that could not be evaluated though no problem stands there. */
export const NOT_EVALUATED = 'not evaluated';
