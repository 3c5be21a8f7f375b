import { parseDuration } from '../base/duration.ts';
import type { MetricPeriods } from '../check/checked.ts';
import { Z95 } from '../evaluate/statistics/normal.ts';
import { survivalInterval } from '../evaluate/statistics/survival-interval.ts';
import type { ExpressionWord, Metric, Word } from '../model/project.ts';
import type { AggregateValue, Estimate, TenureReport } from '../plan/metric-plan.ts';
import { Refusal } from '../plan/refusal.ts';
import { defineKind } from './kind.ts';
import { checkFollowed, entityField } from './lifecycle.ts';
import { NUMERIC, plainEstimate, rowField, within } from './values.ts';

/** How long entities stay, those still alive being censored. */
export interface TenureSpec {
  /** Over spells … */
  readonly entity: ExpressionWord | undefined;
  /** … or over rows that state how long and whether it ended. */
  readonly duration: ExpressionWord | undefined;
  readonly ended: ExpressionWord | undefined;
  /** `median` (default), `mean` with `horizon`, or `survival` with `at`. */
  readonly report: Word | undefined;
  readonly horizon: Word | undefined;
  /** `at: 12 months`. The metric's own `at` is the same word and means nothing here. */
  readonly at: Word | undefined;
}

/** The mean length of a month in days: a year of 365.25 days has twelve. */
const MONTH = 30.4375;

/** The product-limit estimate of Kaplan & Meier 1958. */
export const tenure = defineKind<TenureSpec>({
  type: 'tenure',
  read: (fields) => ({
    entity: fields.expression('entity'),
    duration: fields.expression('duration'),
    ended: fields.expression('ended'),
    report: fields.word('report'),
    horizon: fields.word('horizon'),
    at: fields.word('at'),
  }),
  references: () => [],
  defaultUnit: ({ report }) => (report?.text === 'survival' ? 'percent' : 'number'),
  defaultBetter: 'neutral',
  expressions: ({ entity, duration, ended }) => [
    ...entityField(entity),
    ...rowField(duration, NUMERIC, true),
    ...rowField(ended, ['boolean'], false),
  ],
  check: (spec, metric, report, periods) => {
    const { unit } = metric;
    checkFollowed(spec.entity, report, periods);
    checkSpells(spec, report, periods);
    if (unit === undefined || spec.report?.text === 'survival' || DAYS.has(unit.text) || isInMonths(metric))
      return;
    // A median of stated durations is in whatever they are in.
    if (spec.duration !== undefined && spec.report?.text !== 'mean') return;
    report(unit.node, 'A tenure is in days, or in months with "unit: months": write one of these.');
  },
  periodless: ({ entity }, where) => (entity === undefined ? [] : where),
  followsSpells: true,
  additive: false,
  plan(spec, { metric, intervals }) {
    const { entity, duration, ended } = spec;
    // Durations that rows state are in the unit of the metric already, those of spells in days.
    const isStated = duration !== undefined;
    const report = reportOf(spec, isStated && isInMonths(metric) ? MONTH : 1);
    const scale = !isStated && isInMonths(metric) && report.kind !== 'survival' ? MONTH : 1;
    return {
      lasts: entity,
      ...(duration !== undefined && ended !== undefined ? { stated: { duration, ended } } : {}),
      report,
      finish: (values) => finish(report, values, scale, intervals),
    };
  },
  describe: ({ report, horizon, at }) => {
    if (report?.text === 'survival')
      return `the share still there after ${at?.text ?? 'some time'} (Kaplan–Meier)`;
    if (report?.text === 'mean')
      return `the mean tenure up to ${horizon?.text ?? 'a horizon'} (Kaplan–Meier)`;
    return 'the median tenure (Kaplan–Meier)';
  },
});

/** Says at its field that tenure is looked for where it is not: spells on a source without any, or durations beside spells. */
function checkSpells(
  { entity, duration }: TenureSpec,
  report: Parameters<typeof checkFollowed>[1],
  { isSnapshot, hasSpells, isTimed }: MetricPeriods,
): void {
  if (entity !== undefined && hasSpells === false && !isSnapshot) {
    report(
      entity.node,
      'The source of this metric has no "lifespan", so that nothing says from when to when its rows last: declare it, or give "duration" and "ended" in place of "entity".',
    );
  }
  if (duration !== undefined && hasSpells === true && !isTimed) {
    report(
      duration.node,
      'The source of this metric says by its "lifespan" how long its rows last: give "entity" in place of "duration" and "ended".',
    );
  }
}

const DAYS: ReadonlySet<string> = new Set(['day', 'days']);

function isInMonths({ unit }: Metric): boolean {
  return unit?.text === 'months' || unit?.text === 'month';
}

/** @param unit the length of the unit of the durations in days */
function reportOf({ report, horizon, at }: TenureSpec, unit: number): TenureReport {
  switch (report?.text) {
    case 'survival':
      return { kind: 'survival', at: lengthOf(at, 'at') / unit };
    case 'mean':
      return { kind: 'mean', horizon: lengthOf(horizon, 'horizon') / unit };
    default:
      return { kind: 'median' };
  }
}

/** A length of time in days. */
function lengthOf(word: Word | undefined, key: string): number {
  const duration = word === undefined ? undefined : parseDuration(word.text);
  if (duration === undefined) throw new Refusal(`It does not say \`${key}\` which time, such as 12 months.`);
  return duration.count * UNITS[duration.unit];
}

const UNITS = {
  second: 1 / 86_400,
  minute: 1 / 1440,
  hour: 1 / 24,
  day: 1,
  week: 7,
  month: MONTH,
  quarter: 3 * MONTH,
  year: 12 * MONTH,
} as const;

function finish(
  report: TenureReport,
  values: readonly AggregateValue[],
  scale: number,
  intervals: boolean,
): Estimate {
  const n = values[0] ?? 0;
  if (n === 0) return plainEstimate(null, 0);
  switch (report.kind) {
    case 'median': {
      const median = values[1] ?? null;
      return plainEstimate(median === null ? null : median / scale, n);
    }
    case 'survival':
      return survival(report.at, n, values, intervals);
    case 'mean':
      return mean(report.horizon, n, values, scale, intervals);
  }
}

/** Whether the curve is known up to an age: somebody was seen that long, or nobody is left. */
function isKnown(
  age: number,
  longest: AggregateValue | undefined,
  lastLeft: AggregateValue | undefined,
): boolean {
  return lastLeft === 0 || (longest ?? 0) >= age;
}

function survival(
  age: number,
  n: number,
  [, longest, lastLeft, left, greenwood]: readonly AggregateValue[],
  intervals: boolean,
): Estimate {
  if (!isKnown(age, longest, lastLeft)) return plainEstimate(null, n);
  const value = left ?? 1;
  const interval = intervals ? survivalInterval(value, greenwood ?? 0) : undefined;
  return { value, n, low: interval?.low ?? null, high: interval?.high ?? null };
}

/** The mean up to a horizon, which is the area under the curve: Irwin 1949. Its variance is in Klein & Moeschberger 2003, section 4.5. */
function mean(
  horizon: number,
  n: number,
  [, longest, lastLeft, beforeFirst, area, variance]: readonly AggregateValue[],
  scale: number,
  intervals: boolean,
): Estimate {
  if (!isKnown(horizon, longest, lastLeft)) return plainEstimate(null, n);
  const value = (beforeFirst ?? 0) + (area ?? 0);
  const half = Z95 * Math.sqrt(variance ?? 0);
  // Where nobody has left, nothing is known of how far the mean may be off.
  const interval =
    intervals && half > 0 ? within({ low: value - half, high: value + half }, [0, horizon]) : undefined;
  const scaled = (bound: number | undefined): number | null => (bound === undefined ? null : bound / scale);
  return { value: value / scale, n, low: scaled(interval?.low), high: scaled(interval?.high) };
}
