import { periodsFrom, type RefPeriod } from './calendar.ts';
import type { Expr } from './expression.ts';
import { finish, type RefEstimate } from './finish.ts';
import { groupsOf } from './groups.ts';
import type { RefCommon, RefMeasure, RefMetric, RefReference } from './metric.ts';
import type { RefProject } from './project.ts';
import { NO_INTERVAL } from './statistics.ts';
import { alive, eventsOf, holds, lastDay, spellCounts, spellsOf, type Timed } from './timed-rows.ts';
import type { Env } from './world.ts';

/** The values of a metric by period and group. */
export interface RefSeries {
  readonly periods: readonly RefPeriod[];
  readonly asOf: number | undefined;
  readonly groups: readonly (readonly string[])[];
  at(period: RefPeriod, group: readonly string[]): RefEstimate;
}

/** The series of a metric by segments or columns, together; of none, the total. */
export function seriesOf(project: RefProject, metric: RefMetric, by: readonly string[]): RefSeries {
  const grain = metric.grain ?? project.grain;
  const sides =
    metric.type === 'ratio'
      ? [metric.numerator, metric.denominator].map((side) => partOf(project, metric, side))
      : [partOf(project, metric, metric)];
  const ends = sides.flatMap((side) => side.asOf ?? []);
  // Section 5.1: a metric's `as_of` is the earliest among its sources, and rows after `as_of` are set aside.
  const asOf = ends.length === 0 ? undefined : Math.min(...ends);
  const cut = sides.map((side) => side.until(asOf));
  const starts = cut.flatMap(({ first }) => first ?? []);
  const snapshot = sides.every((side) => side.snapshot);
  const periods = snapshot
    ? [{ grain: 'all' as const, start: 0, end: 0 }]
    : asOf === undefined || starts.length === 0
      ? []
      : periodsFrom(grain, Math.min(...starts), asOf);
  const split = cut.map((side) => side.split(by, periods));
  const groups = new Map(split.flatMap(({ groups }) => [...groups]));
  return {
    periods,
    asOf: snapshot ? undefined : asOf,
    groups: [...groups.values()],
    at(period, group) {
      const values = split.map((side) => side.at(period, group));
      return combined(metric.type === 'ratio', values);
    },
  };
}

function combined(isRatio: boolean, [first, second]: readonly RefEstimate[]): RefEstimate {
  const none = { value: null, n: 0, ...NO_INTERVAL };
  if (!isRatio) return first ?? none;
  const [above, below] = [first?.value ?? null, second?.value ?? null];
  return {
    ...none,
    value: above === null || below === null || below === 0 ? null : above / below,
    n: second?.n ?? 0,
  };
}

interface Part {
  readonly asOf: number | undefined;
  readonly snapshot: boolean;
  /** Its rows up to a day. */
  until(asOf: number | undefined): Cut;
}

interface Cut {
  /** The day of the earliest time among the rows that are not set aside. */
  readonly first: number | undefined;
  split(by: readonly string[], periods: readonly RefPeriod[]): Split;
}

interface Split {
  readonly groups: ReadonlyMap<string, readonly string[]>;
  at(period: RefPeriod, group: readonly string[]): RefEstimate;
}

/** A metric or a side with everything that it takes from the metric around it. */
function partOf(project: RefProject, outer: RefMetric, reference: RefReference): Part {
  if (typeof reference !== 'string') {
    if (reference === outer) return measured(project, outer, reference, outer.where ?? []);
    const { source, time, when } = outer;
    const inherited: RefCommon = {
      ...(reference.source === undefined && source !== undefined ? { source } : {}),
      ...(reference.time === undefined && time !== undefined ? { time } : {}),
      ...(reference.when === undefined && when !== undefined ? { when } : {}),
    };
    const where = [...(reference.where ?? []), ...(outer.where ?? [])];
    return measured(project, { ...reference, ...inherited }, reference, where);
  }
  const named = project.metrics.find(({ name }) => name === reference);
  if (named === undefined || named.type === 'ratio') throw new Error(`${reference} is no side of a ratio.`);
  return measured(project, named, named, [...(named.where ?? []), ...(outer.where ?? [])]);
}

function measured(project: RefProject, common: RefCommon, measure: RefMeasure, where: readonly Expr[]): Part {
  const { tables } = project;
  const name = common.source ?? '';
  const source = tables.source(name);
  const column = common.time ?? source.time;
  const isSpell = source.lifespan !== undefined && (common.when !== undefined || column === undefined);
  const snapshot = column === undefined && source.lifespan === undefined;
  const all = snapshot
    ? tables.of(name).map((row): Timed => ({ row, start: 0, end: null, time: null }))
    : isSpell
      ? spellsOf(tables, name)
      : eventsOf(tables, name, column ?? '');
  const counts = (timed: Timed, period: RefPeriod): boolean =>
    snapshot || (isSpell ? spellCounts(common.when ?? 'active', timed, period) : holds(period, timed.start));
  const scan: Scan = { project, name, measure, where, counts, snapshot };
  return {
    asOf: snapshot ? undefined : lastDay(project, name),
    snapshot,
    until(asOf) {
      const rows = snapshot
        ? all
        : all.flatMap((timed) =>
            asOf === undefined || Math.floor(timed.start) > asOf ? [] : [alive(timed, asOf)],
          );
      return {
        first:
          rows.length === 0 || snapshot ? undefined : Math.min(...rows.map(({ start }) => Math.floor(start))),
        split: (by, periods) => splitRows(scan, rows, by, periods),
      };
    },
  };
}

interface Scan {
  readonly project: RefProject;
  readonly name: string;
  readonly measure: RefMeasure;
  readonly where: readonly Expr[];
  readonly snapshot: boolean;
  counts(timed: Timed, period: RefPeriod): boolean;
}

function splitRows(
  scan: Scan,
  rows: readonly Timed[],
  by: readonly string[],
  periods: readonly RefPeriod[],
): Split {
  const { project, name, measure, where, snapshot } = scan;
  const { tables } = project;
  const intervals = tables.source(name).coverage !== 'census';
  const labelled = rows.map((timed) => ({ timed, groups: groupsOf(project, name, timed.row, by) }));
  const seen = labelled.filter(({ timed }) => periods.some((period) => scan.counts(timed, period)));
  const groups = new Map(seen.flatMap((row) => row.groups.map((group) => [JSON.stringify(group), group])));
  return {
    groups: by.length === 0 ? new Map([['[]', []]]) : groups,
    at(period, group) {
      const key = JSON.stringify(group);
      const envs = labelled
        .filter((row) => row.groups.some((one) => JSON.stringify(one) === key))
        .filter(({ timed }) => scan.counts(timed, period))
        .map(({ timed: { row, time } }): Env => {
          return { tables, source: name, row, time, ...(snapshot ? {} : { period }) };
        });
      const met = envs.filter((env) => where.every((condition) => condition.eval(env) === true));
      return finish(measure, met, intervals);
    },
  };
}
