import { type RefPeriod, windowOf } from './calendar.ts';
import type { Expr } from './expression.ts';
import type { RefEstimate } from './finish.ts';
import { groupsOf, reaches } from './groups.ts';
import type { RefCommon, RefPicking } from './metric.ts';
import type { Cut, Part, Split } from './part.ts';
import { earliest } from './part.ts';
import { entities, onePerLinked, pickedAt } from './picking.ts';
import type { RefProject } from './project.ts';
import { alive, eventsOf, holds, lastDay, spellCounts, spellsOf, type Timed } from './timed-rows.ts';
import type { Env } from './world.ts';

interface Scan {
  readonly project: RefProject;
  readonly source: string;
  readonly common: RefCommon & RefPicking;
  readonly where: readonly Expr[];
  readonly snapshot: boolean;
  counts(timed: Timed, period: RefPeriod): boolean;
  /** The value over rows that count. */
  finish(rows: readonly Env[]): RefEstimate;
}

/** What a metric on one source is over its rows. */
export function measured(
  project: RefProject,
  common: RefCommon & RefPicking,
  where: readonly Expr[],
  finish: Scan['finish'],
): Part {
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
  const scan: Scan = { project, source: name, common, where, counts, snapshot, finish };
  return {
    asOf: snapshot ? undefined : lastDay(project, name),
    snapshot,
    reaches: (segment) => reaches(project, name, segment),
    until: (asOf) => cutRows(scan, all, asOf),
  };
}

/** Section 5.1: rows after `as_of` are set aside. */
function cutRows(scan: Scan, all: readonly Timed[], asOf: number | undefined): Cut {
  const { snapshot } = scan;
  const rows = snapshot
    ? all
    : all.flatMap((timed) =>
        asOf === undefined || Math.floor(timed.start) > asOf ? [] : [alive(timed, asOf)],
      );
  const first = snapshot ? undefined : earliest(rows.map(({ start }) => Math.floor(start)));
  return { first, split: (by, periods) => splitRows(scan, rows, first, by, periods) };
}

function splitRows(
  scan: Scan,
  rows: readonly Timed[],
  first: number | undefined,
  by: readonly string[],
  periods: readonly RefPeriod[],
): Split {
  const { project, source, common, where, snapshot, finish } = scan;
  const { tables } = project;
  const labelled = rows.map((timed) => ({ timed, groups: groupsOf(project, source, timed.row, by) }));
  const windowed = (period: RefPeriod): RefPeriod =>
    common.window === undefined ? period : windowOf(common.window, period, first ?? period.start);
  // Section 5.1: `at` picks before `where`, for all groups together.
  const chosenIn = (period: RefPeriod): typeof labelled =>
    pickedAt(
      common,
      labelled.filter(({ timed }) => scan.counts(timed, windowed(period))),
      { tables, source },
    );
  const seen = periods.flatMap(chosenIn);
  const groups = new Map(seen.flatMap((row) => row.groups.map((group) => [JSON.stringify(group), group])));
  const rowsAt = (period: RefPeriod, group: readonly string[]): Env[] => {
    const key = JSON.stringify(group);
    const met = chosenIn(period)
      .filter((row) => row.groups.some((one) => JSON.stringify(one) === key))
      .map(({ timed: { row, time } }): Env => {
        return { tables, source, row, time, ...(snapshot ? {} : { period: windowed(period) }) };
      })
      .filter((env) => where.every((condition) => condition.eval(env) === true));
    const { oncePer, per } = common;
    const once = oncePer === undefined ? met : onePerLinked(met, oncePer);
    return per === undefined ? once : entities(once, per);
  };
  return {
    groups: by.length === 0 ? new Map([['[]', []]]) : groups,
    rowsAt,
    at: (period, group) => finish(rowsAt(period, group)),
    // Section 5.1: a window that begins before the data is partial.
    partial: (period) => first !== undefined && common.window !== undefined && windowed(period).start < first,
    period: windowed,
  };
}
