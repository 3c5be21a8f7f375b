import {
  type RefCommon,
  type RefFormula,
  type RefPicking,
  type RefRatio,
  type RefReference,
  referencesOf,
} from './metric.ts';

type Made = RefCommon & RefPicking & (RefRatio | RefFormula);

const INHERITED = ['source', 'time', 'when', 'window'] as const;

/**
 * The metric without the fields that would change nothing, which are refused: names keep their own rows, so that only aggregates
 * and inline parts without the field take it.
 */
export function withoutIdle<Metric extends Made>(metric: Metric): Metric {
  if (metric.type === 'formula' && metric.aggregates.length > 0) return metric;
  const dropped: readonly string[] = [
    'at',
    'atPer',
    ...INHERITED.filter((field) => !referencesOf(metric).some((part) => isTaken(part, field))),
  ];
  return Object.fromEntries(Object.entries(metric).filter(([key]) => !dropped.includes(key))) as Metric;
}

function isTaken(part: RefReference, field: (typeof INHERITED)[number]): boolean {
  if (typeof part === 'string' || 'metric' in part || part[field] !== undefined) return false;
  if (part.type !== 'ratio' && part.type !== 'formula') return true;
  if (part.type === 'formula' && part.aggregates.length > 0) return true;
  return referencesOf(part).some((inner) => isTaken(inner, field));
}
