import type { Checked } from '../check/checked.ts';
import { decimalsOf, unitOf } from '../model/metric-unit.ts';
import type { Metric } from '../model/project.ts';
import type { ValueFormat } from './format-value.ts';

/** How the values of a metric are written: in its unit, with its decimals, in the project's currency. */
export function metricFormat({ project, kinds }: Checked, metric: Metric): ValueFormat {
  return {
    unit: unitOf(project, kinds, metric),
    decimals: decimalsOf(project, kinds, metric),
    currency: project.settings.currency,
  };
}
