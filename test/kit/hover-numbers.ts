import assert from 'node:assert/strict';
import { parsePeriod, periodsBetween } from '../../server/src/core/base/period.ts';
import type { MetricResult } from '../../server/src/core/evaluate/evaluate.ts';
import type { Known } from '../../server/src/core/evaluate/numbers.ts';
import type { Series } from '../../server/src/core/evaluate/series.ts';
import type { Metric } from '../../server/src/core/model/project.ts';
import type { Estimate } from '../../server/src/core/plan/metric-plan.ts';

/** What is known of a value that is up to date. */
export function fresh<T>(value: T): Known<T> {
  return { value, stale: false };
}

/** What is known of a value that was computed before the last change. */
export function stale<T>(value: T): Known<T> {
  return { value, stale: true };
}

/** A value on so many rows, with an interval where it has one. */
export function estimate(
  value: number | null,
  n = 100,
  low: number | null = null,
  high: number | null = null,
): Estimate {
  return { value, n, low, high };
}

/**
 * A total of consecutive periods, the first of which is written so. With `complete`, only so many of them are: the data end one
 * day before the next is over.
 */
export function seriesFrom(
  first: string,
  values: readonly Estimate[],
  complete: number = values.length,
): Series {
  const from = parsePeriod(first);
  assert.ok(from !== undefined);
  const periods = periodsBetween(from.grain, from.start, from.end + 366 * (values.length + 1)).slice(
    0,
    values.length,
  );
  const [lastComplete, lastOfAll] = [periods[complete - 1], periods.at(-1)];
  const asOf = complete === values.length ? lastOfAll : lastComplete;
  assert.ok(asOf !== undefined);
  return {
    grain: from.grain,
    periods,
    asOf: complete === values.length ? asOf.end - 1 : asOf.end,
    groups: [[]],
    at: (period) => values[periods.findIndex(({ start }) => start === period.start)] ?? estimate(null, 0),
    offScale: 0,
  };
}

/** The result of a metric with that total. */
export function resultOf(
  metric: Metric | undefined,
  total: Series | undefined,
  refused?: string,
): MetricResult {
  assert.ok(metric !== undefined);
  return {
    metric,
    grain: total?.grain ?? 'month',
    plan: undefined,
    refused,
    total,
    breakdowns: [],
    refusedBreakdowns: [],
  };
}
