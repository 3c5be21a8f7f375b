import { periodsFrom, type RefPeriod } from './calendar.ts';
import { formulaPart, ratioPart } from './combined.ts';
import type { Expr } from './expression.ts';
import { finish, type RefEstimate, type Sampling } from './finish.ts';
import { followed } from './followed.ts';
import { gathered } from './gathered.ts';
import { measured } from './measured.ts';
import {
  inherit,
  isGathered,
  isLifecycle,
  type RefCommon,
  type RefGathered,
  type RefMeasure,
  type RefMetric,
  type RefPicking,
  type RefReference,
  type RefSide,
  referencesOf,
} from './metric.ts';
import type { Part } from './part.ts';
import type { RefProject } from './project.ts';
import { NO_INTERVAL } from './statistics.ts';
import { rowsUntil } from './timed-rows.ts';

/** The values of a metric by period and group. */
export interface RefSeries {
  readonly periods: readonly RefPeriod[];
  readonly asOf: number | undefined;
  readonly groups: readonly (readonly string[])[];
  at(period: RefPeriod, group: readonly string[]): RefEstimate;
  partial(period: RefPeriod): boolean;
}

/** The series of a metric by segments or columns, together; of none, the total. */
export function seriesOf(project: RefProject, metric: RefMetric, by: readonly string[]): RefSeries {
  const grain = metric.grain ?? project.grain;
  project.tables.until = (name) => rowsUntil(project, name);
  const { part } = partOf(project, metric, []);
  // Section 5.1: a metric's `as_of` is the earliest among its sources, and rows after `as_of` are set aside.
  const asOf = part.asOf;
  const cut = part.until(asOf);
  const { first } = cut;
  const periods = part.snapshot
    ? [{ grain: 'all' as const, start: 0, end: 0 }]
    : asOf === undefined || first === undefined
      ? []
      : periodsFrom(grain, first, asOf);
  const split = cut.split(by, periods);
  return {
    periods,
    asOf: part.snapshot ? undefined : asOf,
    groups: by.length === 0 ? [[]] : [...split.groups.values()],
    at: split.at,
    partial: (period) =>
      period.grain !== 'all' && ((asOf !== undefined && period.end > asOf + 1) || split.partial(period)),
  };
}

/** Section 4: which part of the total a group of a count or sum makes; null of other types, and of a total of nothing. */
export function shareOfTotal(
  project: RefProject,
  metric: RefMetric,
  by: readonly string[],
  period: RefPeriod,
  group: readonly string[],
): number | null {
  if ((metric.type !== 'count' && metric.type !== 'sum') || by.length === 0) return null;
  const part = seriesOf(project, metric, by).at(period, group).value;
  const whole = seriesOf(project, metric, []).at(period, []).value;
  return part === null || whole === null || whole === 0 ? null : part / whole;
}

interface Resolved {
  readonly part: Part;
  /** What is counted, where the metric is a count: the same text counts the same. Of rows in units no interval is told. */
  readonly counted?: { readonly what: string; readonly coverage: 'sample' | 'census' };
}

/** A metric with the conditions that are added from outside. */
function partOf(project: RefProject, metric: RefSide, outer: readonly Expr[]): Resolved {
  const where = [...(metric.where ?? []), ...outer];
  if (metric.type === 'ratio') {
    const [above, below] = referencesOf(metric).map((one) => referred(project, metric, one, where));
    if (above === undefined || below === undefined) throw new Error('A ratio has two sides.');
    const equal = above.counted !== undefined && above.counted.what === below.counted?.what;
    return { part: ratioPart(metric, above.part, below.part, equal ? above.counted?.coverage : undefined) };
  }
  if (metric.type === 'formula') {
    const named = referencesOf(metric).map((one) => referred(project, metric, one, where).part);
    const own = metric.aggregates.length === 0 ? undefined : measured(project, metric, where, () => NO_VALUE);
    return { part: formulaPart(project, metric, named, own) };
  }
  if (isLifecycle(metric)) {
    const sampling = samplingOf(project, { ...common(metric), per: metric.entity });
    return { part: followed(project, metric, where, sampling) };
  }
  if (isGathered(metric))
    return { part: gathered(project, metric, where, gatheredSampling(project, metric)) };
  const part = measured(project, metric, where, (rows) => finish(metric, rows, samplingOf(project, metric)));
  return metric.type === 'count' || metric.type === 'count_distinct'
    ? { part, counted: countedBy(project, metric, where) }
    : { part };
}

/**
 * Section 2: `coverage` and `sampled_by`; of entities that are the units themselves the plain interval holds. The format
 * leaves open which units other entities, and rows behind a link, come in: there is no interval.
 */
function samplingOf({ tables }: RefProject, { source = '', per, oncePer }: RefCommon & RefPicking): Sampling {
  const { coverage, sampledBy, links } = tables.source(source);
  if (coverage === 'census') return 'none';
  // A link that finds its row by the unit is the unit.
  if (sampledBy === undefined || sampledBy === per || links?.[per ?? '']?.mine === sampledBy) return 'rows';
  return per === undefined && oncePer === undefined ? { unit: sampledBy } : 'none';
}

/** Rows that state how long they lasted are units of their own. */
function gatheredSampling(project: RefProject, metric: RefSide & RefGathered): Sampling {
  const source = metric.type === 'conversion' ? metric.steps[0]?.source : metric.source;
  const entity =
    'entity' in metric
      ? metric.type === 'conversion'
        ? (metric.steps[0]?.entity ?? metric.entity)
        : metric.entity
      : undefined;
  const sampling = samplingOf(project, {
    ...(source === undefined ? {} : { source }),
    ...(entity === undefined ? {} : { per: entity }),
  });
  return sampling === 'none' || sampling === 'rows' ? sampling : 'none';
}

function common({ source }: RefCommon): RefCommon {
  return source === undefined ? {} : { source };
}

const NO_VALUE: RefEstimate = { value: null, n: 0, ...NO_INTERVAL };

function referred(
  project: RefProject,
  outer: RefCommon,
  reference: RefReference,
  where: readonly Expr[],
): Resolved {
  if (typeof reference !== 'string' && !('metric' in reference))
    return partOf(project, inherit(reference, outer), where);
  const name = typeof reference === 'string' ? reference : reference.metric;
  const named = project.metrics.find((metric) => metric.name === name);
  if (named === undefined) throw new Error(`There is no metric ${name}.`);
  const more = typeof reference === 'string' ? [] : (reference.where ?? []);
  return partOf(project, named, [...more, ...where]);
}

function countedBy(
  { tables }: RefProject,
  metric: RefCommon & RefPicking & Extract<RefMeasure, { type: 'count' | 'count_distinct' }>,
  where: readonly Expr[],
): NonNullable<Resolved['counted']> {
  const { source = '', when, time, window, at, atPer, oncePer, type } = metric;
  const { lifespan, time: own, coverage = 'sample', sampledBy } = tables.source(source);
  const conditions = where.map(({ text }) => text).sort();
  const counted = (metric.type === 'count' ? [metric.value] : metric.values).map((value) => value?.text);
  const isSpell = lifespan !== undefined && (when !== undefined || (time ?? own) === undefined);
  const timing = isSpell ? (when ?? 'active') : (time ?? own);
  return {
    what: JSON.stringify([source, timing, window, type, counted, conditions, at, atPer, oncePer]),
    coverage: coverage === 'sample' && sampledBy === undefined ? 'sample' : 'census',
  };
}
