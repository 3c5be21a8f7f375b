import assert from 'node:assert/strict';
import { parseDay, parsePeriod } from '../../server/src/core/base/period.ts';
import type { MetricResult } from '../../server/src/core/evaluate/evaluate.ts';
import type { TargetCheck, TargetResult } from '../../server/src/core/evaluate/evaluate-targets.ts';
import type { Funnel, Known, Numbers } from '../../server/src/core/evaluate/numbers.ts';
import type { ExampleResult } from '../../server/src/core/evaluate/run-examples.ts';
import { type Series, seriesOf } from '../../server/src/core/evaluate/series.ts';
import type { Goal, TargetStatus } from '../../server/src/core/evaluate/target-status.ts';
import type { IdeContext } from '../../server/src/core/ide/ide-context.ts';
import type { ExpressionWord, Metric, Target } from '../../server/src/core/model/project.ts';
import type { Estimate } from '../../server/src/core/plan/metric-plan.ts';
import { NO_NUMBERS } from './ide.ts';

/** A number that is known; `stale` where the text has changed since. */
export function known<T>(value: T, stale = false): Known<T> {
  return { value, stale };
}

/** The same context with these numbers known, and no others. */
export function withNumbers(context: IdeContext, numbers: Partial<Numbers>): IdeContext {
  return { ...context, numbers: { ...NO_NUMBERS, ...numbers } };
}

/** A lookup by name that knows one of them. */
export function only<T>(name: string, value: Known<T>): (asked: string) => Known<T> | undefined {
  return (asked) => (asked === name ? value : undefined);
}

/** A value with what it rests on: 100 rows and no interval, unless written otherwise. */
export function estimate(value: number | null, more: Partial<Estimate> = {}): Estimate {
  return { value, n: 100, low: null, high: null, ...more };
}

/**
 * The total of a metric by period as the format writes it, oldest first; `all` alone is a snapshot.
 *
 * @param asOf the last day counted: a period that ends later is partial. By default all are complete.
 */
export function totals(points: Readonly<Record<string, Estimate>>, asOf?: string): Series {
  const periods = Object.keys(points).map((text) => parsePeriod(text) ?? assert.fail(text));
  const [first, last] = [periods[0], periods.at(-1)];
  const snapshot = first?.grain === 'all';
  const byStart = new Map(periods.map((period, index) => [period.start, Object.values(points)[index]]));
  return seriesOf(
    {
      first: snapshot ? undefined : first?.start,
      asOf: snapshot ? undefined : (parseDay(asOf ?? '') ?? (last?.end ?? 0) - 1),
      snapshot,
      groups: new Map([['[]', []]]),
      offScale: 0,
      at: ({ start }) => byStart.get(start) ?? estimate(null, { n: 0 }),
    },
    first?.grain ?? 'month',
    () => 0,
    false,
  );
}

/** A metric of the project by name. */
export function metricOf({ checked }: IdeContext, name: string): Metric {
  return checked.project.metrics.get(name) ?? assert.fail(`no metric ${name}`);
}

/** What evaluating a metric gave: its total, or why there is none. */
export function metricResult(metric: Metric, total: Series | string): MetricResult {
  const isRefused = typeof total === 'string';
  return {
    metric,
    grain: isRefused ? 'month' : total.grain,
    plan: undefined,
    refused: isRefused ? total : undefined,
    total: isRefused ? undefined : total,
    breakdowns: [],
    refusedBreakdowns: [],
  };
}

/** How a target was judged in one period. */
export interface Judged {
  readonly period: string;
  readonly status: TargetStatus;
  readonly value: number | null;
  readonly goal: Goal;
  /** Where it is not the goal. */
  readonly expected?: Goal;
  readonly progress?: number;
}

/** What holding a target against its metric gave. */
export function targetResult(context: IdeContext, target: Target, judged: Judged): TargetResult {
  const { period, status, value, goal, expected = goal, progress = null } = judged;
  const current: TargetCheck = {
    period: parsePeriod(period) ?? assert.fail(period),
    status,
    estimate: value === null ? undefined : estimate(value),
    expected,
    progress,
  };
  const metric = metricOf(context, target.metric?.text ?? '');
  return { target, metric, goal, checks: [current], way: [], current, refused: undefined };
}

/** What came of an example. */
export function exampleResult(
  metric: Metric,
  index: number,
  outcome: { readonly passed: boolean; readonly value: number | null } | string,
): ExampleResult {
  const example = metric.examples[index] ?? assert.fail(`no example ${index}`);
  const isRefused = typeof outcome === 'string';
  return {
    metric,
    index,
    example,
    passed: !isRefused && outcome.passed,
    expected: example.expect?.value ?? null,
    computed: isRefused ? undefined : estimate(outcome.value),
    counted: [],
    refused: isRefused ? outcome : undefined,
  };
}

/** The way of rows through one measure: all rows, those with a time, and those that each condition keeps. */
export function funnelPart(
  metric: string,
  source: string,
  rows: number,
  clauses: readonly (readonly [word: ExpressionWord, kept: number])[],
): Funnel['parts'][number] {
  const kept = clauses.at(-1)?.[1] ?? rows;
  return {
    metric,
    source,
    rows,
    timed: null,
    clauses: clauses.map(([word, left]) => ({ word, kept: left })),
    period: null,
    inPeriod: kept,
    counted: kept,
  };
}
