import type { Checked } from '../check/checked.ts';
import { betterOf, decimalsOf, unitOf } from '../model/metric-unit.ts';
import type { Metric } from '../model/project.ts';
import type { ValueShape } from './preview.ts';

/** How the values of a metric are written; a plain number for one that does not exist. */
export function valueShape(
  { project, kinds }: Pick<Checked, 'project' | 'kinds'>,
  metric: Metric | undefined,
): ValueShape {
  const currency = project.settings.currency ?? null;
  if (metric === undefined) return { unit: 'number', decimals: 2, currency, better: 'neutral' };
  return {
    unit: unitOf(project, kinds, metric),
    decimals: decimalsOf(project, kinds, metric),
    currency,
    better: betterOf(project, kinds, metric),
  };
}
