import type { RefPeriod } from './calendar.ts';
import type { Expr } from './expression.ts';
import type { RefEstimate } from './finish.ts';
import { groupsOf, reaches } from './groups.ts';
import type { RefCommon } from './metric.ts';
import type { Cut, Part, Split } from './part.ts';
import { earliest } from './part.ts';
import type { RefProject } from './project.ts';
import { alive, eventsOf, holds, lastDay, spellCounts, spellsOf, type Timed } from './timed-rows.ts';
import type { Env } from './world.ts';

interface Scan {
  readonly project: RefProject;
  readonly source: string;
  readonly where: readonly Expr[];
  readonly snapshot: boolean;
  counts(timed: Timed, period: RefPeriod): boolean;
  /** The value over rows that count; intervals are only for sources of which the rows are a sample. */
  finish(rows: readonly Env[], intervals: boolean): RefEstimate;
}

/** What a metric on one source is over its rows. */
export function measured(
  project: RefProject,
  common: RefCommon,
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
  const scan: Scan = { project, source: name, where, counts, snapshot, finish };
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
  return {
    first: snapshot ? undefined : earliest(rows.map(({ start }) => Math.floor(start))),
    split: (by, periods) => splitRows(scan, rows, by, periods),
  };
}

function splitRows(
  scan: Scan,
  rows: readonly Timed[],
  by: readonly string[],
  periods: readonly RefPeriod[],
): Split {
  const { project, source, where, snapshot, finish } = scan;
  const { tables } = project;
  const intervals = tables.source(source).coverage !== 'census';
  const labelled = rows.map((timed) => ({ timed, groups: groupsOf(project, source, timed.row, by) }));
  const seen = labelled.filter(({ timed }) => periods.some((period) => scan.counts(timed, period)));
  const groups = new Map(seen.flatMap((row) => row.groups.map((group) => [JSON.stringify(group), group])));
  const rowsAt = (period: RefPeriod, group: readonly string[]): Env[] => {
    const key = JSON.stringify(group);
    return labelled
      .filter((row) => row.groups.some((one) => JSON.stringify(one) === key))
      .filter(({ timed }) => scan.counts(timed, period))
      .map(({ timed: { row, time } }): Env => {
        return { tables, source, row, time, ...(snapshot ? {} : { period }) };
      })
      .filter((env) => where.every((condition) => condition.eval(env) === true));
  };
  return {
    groups: by.length === 0 ? new Map([['[]', []]]) : groups,
    rowsAt,
    at: (period, group) => finish(rowsAt(period, group), intervals),
  };
}
