import { DAY_MS, dayAfter, instantsOf, localDay, type RefPeriod, wallOf, windowOf } from './calendar.ts';
import type { Expr } from './expression.ts';
import type { RefEstimate, Sampling } from './finish.ts';
import { groupsOf, reaches } from './groups.ts';
import type { RefCommon, RefGathered, RefStep } from './metric.ts';
import { type Cut, earliest, type Part, type Split } from './part.ts';
import { cellAt } from './picking.ts';
import { type Outcome, tenureOf } from './product-limit.ts';
import type { RefProject } from './project.ts';
import { mean, meanBounds, NO_INTERVAL, total, wilsonBounds } from './statistics.ts';
import { alive, eventsOf, holds, lastDay, spellsOf, type Timed } from './timed-rows.ts';
import { type Cell, type Env, type RefRow, typesOf } from './world.ts';

/**
 * `tenure`, `lifetime_value` and `conversion` over plain arrays, period by period and entity by entity: spells are merged and aged one by
 * one, totals are added up anew for each close, and the rows of a conversion are tried in every order.
 */

type Of<Type extends RefGathered['type']> = RefCommon & Extract<RefGathered, { type: Type }>;

interface Row {
  readonly timed: Timed;
  readonly env: Env;
  readonly groups: ReadonlySet<string>;
  readonly entity: Cell | RefRow;
}

/** What a type makes of its rows. */
interface Plan {
  /** All rows with a valid time, up to `as_of`, whose groups there are. */
  readonly rows: readonly Timed[];
  /** Those of them that have groups, where not all do. */
  labelled?(periods: readonly RefPeriod[]): readonly Timed[];
  readonly source: string;
  value(period: RefPeriod, group: string, by: readonly string[]): RefEstimate;
  partial(period: RefPeriod): boolean;
}

/** A metric whose rows are gathered by entity, or by how long they lasted. */
export function gathered(
  project: RefProject,
  metric: RefCommon & RefGathered,
  where: readonly Expr[],
  sampling: Sampling,
): Part {
  const home = metric.type === 'conversion' ? (metric.steps[0]?.source ?? '') : (metric.source ?? '');
  const sources = metric.type === 'conversion' ? metric.steps.map(({ source }) => source) : [home];
  const days = sources.flatMap((source) => lastDay(project, source) ?? []);
  const snapshot = isSnapshot(project, metric, home);
  return {
    asOf: snapshot || days.length === 0 ? undefined : Math.min(...days),
    snapshot,
    reaches: (segment) => reaches(project, home, segment),
    until(asOf): Cut {
      const plan = planOf(project, metric, where, sampling, asOf);
      return {
        first: earliest(plan.rows.map(({ start }) => Math.floor(start))),
        split: (by, periods) => splitOf(project, plan, by, periods),
      };
    },
  };
}

function isSnapshot({ tables }: RefProject, metric: RefGathered & RefCommon, home: string): boolean {
  const { time, lifespan } = tables.source(home);
  return metric.type === 'tenure' && (metric.time ?? time) === undefined && lifespan === undefined;
}

function splitOf(
  project: RefProject,
  plan: Plan,
  by: readonly string[],
  periods: readonly RefPeriod[],
): Split {
  const labels = (plan.labelled?.(periods) ?? plan.rows).flatMap(({ row }) =>
    groupsOf(project, plan.source, row, by),
  );
  const groups = new Map(labels.map((group) => [JSON.stringify(group), group]));
  return {
    groups: by.length === 0 ? new Map([['[]', []]]) : groups,
    rowsAt: () => [],
    at: (period, group) => plan.value(period, JSON.stringify(group), by),
    partial: (period) => period.grain !== 'all' && plan.partial(period),
    period: (period) => period,
  };
}

function planOf(
  project: RefProject,
  metric: RefCommon & RefGathered,
  where: readonly Expr[],
  sampling: Sampling,
  asOf: number | undefined,
): Plan {
  switch (metric.type) {
    case 'tenure':
      return 'entity' in metric
        ? spells(project, metric, where, sampling, asOf ?? 0)
        : durations(project, metric, where, sampling, asOf);
    case 'lifetime_value':
      return lifetimes(project, metric, where, sampling, asOf ?? 0);
    case 'conversion':
      return conversions(project, metric, where, sampling, asOf ?? 0);
  }
}

function before(rows: readonly Timed[], asOf: number): Timed[] {
  return rows.flatMap((timed) => (Math.floor(timed.start) > asOf ? [] : [alive(timed, asOf)]));
}

function meeting(
  project: RefProject,
  source: string,
  rows: readonly Timed[],
  where: readonly Expr[],
  entity: string | undefined,
  by: readonly string[],
): Row[] {
  return rows.flatMap((timed) => {
    const env: Env = { tables: project.tables, source, row: timed.row, time: timed.time };
    if (!where.every((condition) => condition.eval(env) === true)) return [];
    const who = entity === undefined ? timed.row : cellAt(env, entity);
    if (who === null || who === undefined) return [];
    const groups = new Set(groupsOf(project, source, timed.row, by).map((group) => JSON.stringify(group)));
    return [{ timed, env, groups, entity: who }];
  });
}

function byEntity(rows: readonly Row[]): readonly (readonly Row[])[] {
  const found = new Map<Cell | RefRow, Row[]>();
  for (const row of rows) found.set(row.entity, [...(found.get(row.entity) ?? []), row]);
  return [...found.values()];
}

/** The exact time of a row, to tell what touches: instants, or days. */
function instant({ time, start }: Timed): number {
  return typeof time === 'number' ? time : start;
}

function spells(
  project: RefProject,
  metric: Of<'tenure'> & { readonly entity: string },
  where: readonly Expr[],
  sampling: Sampling,
  asOf: number,
): Plan {
  const { tables } = project;
  const source = metric.source ?? '';
  const rows = before(spellsOf(tables, source), asOf);
  const { lifespan } = tables.source(source);
  const exact = (row: RefRow, column: string, otherwise: number): number => {
    const cell = row[column];
    return typesOf(tables.source(source))[column] === 'timestamp' && typeof cell === 'number'
      ? cell
      : otherwise;
  };
  const first = earliest(rows.map(({ start }) => Math.floor(start))) ?? 0;
  return {
    rows,
    source,
    value(period, group, by) {
      const close = Math.min(period.end, asOf + 1);
      const opens =
        metric.window === undefined ? Number.NEGATIVE_INFINITY : windowOf(metric.window, period, first).start;
      const outcomes = byEntity(meeting(project, source, rows, where, metric.entity, by)).flatMap((own) => {
        const edges = own.map((row) => ({
          row,
          from: exact(row.timed.row, lifespan?.start ?? '', row.timed.start),
          to: row.timed.end === null ? null : exact(row.timed.row, lifespan?.end ?? '', row.timed.end),
        }));
        return mergedSpells(edges).flatMap((members): Outcome[] => {
          const from = Math.min(...members.map((one) => one.from));
          const inGroup = members.some((one) => one.from === from && one.row.groups.has(group));
          const start = Math.min(...members.map(({ row }) => Math.floor(row.timed.start)));
          if (!inGroup || start >= close || start < opens) return [];
          const ends = members.map(({ row }) => row.timed.end);
          const end = ends.includes(null) ? null : Math.max(...ends.map((one) => Math.floor(one ?? 0)));
          const ended = end !== null && end < close;
          return [{ time: (ended ? end : close) - start, ended }];
        });
      });
      return tenureOf(metric.report, outcomes, sampling === 'rows');
    },
    partial: (period) => metric.window !== undefined && windowOf(metric.window, period, first).start < first,
  };
}

interface Edges {
  readonly row: Row;
  readonly from: number;
  readonly to: number | null;
}

/** Spells that touch or overlap, put together two by two until none do. */
function mergedSpells(edges: readonly Edges[]): readonly (readonly Edges[])[] {
  let merged: Edges[][] = edges.map((one) => [one]);
  for (;;) {
    const [a, b] = touching(merged) ?? [];
    if (a === undefined || b === undefined) return merged;
    merged = [...merged.filter((one) => one !== a && one !== b), [...a, ...b]];
  }
}

function touching(sets: readonly Edges[][]): readonly [Edges[], Edges[]] | undefined {
  for (const a of sets) {
    for (const b of sets) {
      const meet = a.some((one) =>
        b.some((two) => one.from <= two.from && (one.to === null || one.to >= two.from)),
      );
      if (a !== b && meet) return [a, b];
    }
  }
  return undefined;
}

function durations(
  project: RefProject,
  metric: Of<'tenure'> & { readonly duration: Expr; readonly ended: Expr },
  where: readonly Expr[],
  sampling: Sampling,
  asOf: number | undefined,
): Plan {
  const { tables } = project;
  const source = metric.source ?? '';
  const time = metric.time ?? tables.source(source).time;
  const rows =
    time === undefined
      ? tables.of(source).map((row): Timed => ({ row, start: 0, end: null, time: null }))
      : before(eventsOf(tables, source, time), asOf ?? 0);
  const first = earliest(rows.map(({ start }) => start)) ?? 0;
  const isIn = (period: RefPeriod, { start }: Timed): boolean =>
    time === undefined ||
    holds(metric.window === undefined ? period : windowOf(metric.window, period, first), start);
  return {
    rows,
    labelled: (periods) => rows.filter((row) => periods.some((period) => isIn(period, row))),
    source,
    value(period, group, by) {
      const own = meeting(project, source, rows, where, undefined, by).filter(
        (row) => row.groups.has(group) && isIn(period, row.timed),
      );
      const outcomes = own.flatMap(({ env }): Outcome[] => {
        const [lasted, ended] = [metric.duration.eval(env), metric.ended.eval(env)];
        return typeof lasted === 'number' && typeof ended === 'boolean' ? [{ time: lasted, ended }] : [];
      });
      return tenureOf(metric.report, outcomes, sampling === 'rows');
    },
    partial: (period) => metric.window !== undefined && windowOf(metric.window, period, first).start < first,
  };
}

function lifetimes(
  project: RefProject,
  metric: Of<'lifetime_value'>,
  where: readonly Expr[],
  sampling: Sampling,
  asOf: number,
): Plan {
  const { tables } = project;
  const source = metric.source ?? '';
  const { lifespan, time } = tables.source(source);
  const isSpell = lifespan !== undefined && metric.when !== undefined;
  const all = isSpell
    ? before(spellsOf(tables, source), asOf)
    : before(eventsOf(tables, source, metric.time ?? time ?? ''), asOf);
  const rows = all.flatMap((timed): Timed[] => {
    if (!isSpell) return [timed];
    const column = metric.when === 'ended' ? lifespan.end : lifespan.start;
    const at = metric.when === 'ended' ? timed.end : timed.start;
    const cell = timed.row[column];
    const isInstant = typesOf(tables.source(source))[column] === 'timestamp';
    return at === null
      ? []
      : [
          {
            row: timed.row,
            start: Math.floor(at),
            end: null,
            time: isInstant ? (cell ?? null) : Math.floor(at),
          },
        ];
  });
  return {
    rows: all,
    labelled: () => rows,
    source,
    value(period, group, by) {
      const close = Math.min(period.end, asOf + 1);
      const totals = byEntity(meeting(project, source, rows, where, metric.entity, by)).flatMap((own) => {
        const known = Math.min(...own.map(({ timed }) => instant(timed)));
        const inGroup = own.some(({ timed, groups }) => instant(timed) === known && groups.has(group));
        const day = Math.min(...own.map(({ timed }) => Math.floor(timed.start)));
        const until = metric.horizon === undefined ? close : dayAfter(day, metric.horizon);
        if (!inGroup || day >= close || until > close) return [];
        const counted = own.filter(({ timed }) => Math.floor(timed.start) < until);
        return [total(counted.map(({ env }) => numberIn(metric.value.eval(env))))];
      });
      const bounds = sampling === 'rows' ? meanBounds(totals) : NO_INTERVAL;
      return { value: mean(totals), n: totals.length, ...bounds };
    },
    partial: () => false,
  };
}

function numberIn(cell: Cell): number {
  return typeof cell === 'number' ? cell : 0;
}

/** A row that may be a step, at a time that the rows of all steps can be compared by. */
interface StepRow extends Row {
  readonly at: number;
}

function conversions(
  project: RefProject,
  metric: Of<'conversion'>,
  where: readonly Expr[],
  sampling: Sampling,
  asOf: number,
): Plan {
  const { tables } = project;
  const timeOf = ({ source, time }: RefStep): string => time ?? tables.source(source).time ?? '';
  const isClock = metric.steps.every(
    (step) => typesOf(tables.source(step.source))[timeOf(step)] === 'timestamp',
  );
  const [start] = metric.steps;
  const home = start?.source ?? '';
  const rowsOf = (step: RefStep): Timed[] => before(eventsOf(tables, step.source, timeOf(step)), asOf);
  const stepRows = (step: RefStep, by: readonly string[]): StepRow[] => {
    const conditions = [...(step.source === home ? where : []), ...(step.where ?? [])];
    return meeting(project, step.source, rowsOf(step), conditions, step.entity ?? metric.entity, by).map(
      (row) => ({
        ...row,
        at: isClock ? instant(row.timed) : row.timed.start,
      }),
    );
  };
  return {
    rows: start === undefined ? [] : rowsOf(start),
    source: home,
    value(period, group, by) {
      if (start === undefined) throw new Error('A conversion has steps.');
      const firsts = stepRows(start, by).filter(
        ({ timed }) => period.grain === 'all' || holds(period, timed.start),
      );
      const later = metric.steps.slice(1).map((step) => stepRows(step, []));
      const converted = byEntity(firsts).flatMap((own) => {
        const earliestOf = Math.min(...own.map(({ timed }) => instant(timed)));
        if (!own.some((row) => instant(row.timed) === earliestOf && row.groups.has(group))) return [];
        return [
          firsts.some((row) => {
            if (row.entity !== own[0]?.entity) return false;
            return follows(row, [row.timed.row], later, deadlineOf(project, metric, row.at, isClock));
          }),
        ];
      });
      const hits = converted.filter(Boolean).length;
      const n = converted.length;
      const bounds = sampling === 'rows' ? wilsonBounds(hits, n) : NO_INTERVAL;
      return { value: n === 0 ? null : hits / n, n, ...bounds };
    },
    partial: (period) => {
      const { within } = metric;
      const days =
        'hours' in within ? period.end - 1 + Math.ceil(within.hours / 24) : dayAfter(period.end - 1, within);
      return days > asOf;
    },
  };
}

/** Whether each further step has a row of its own behind the one before: every choice is tried. */
function follows(
  from: StepRow,
  used: readonly RefRow[],
  steps: readonly (readonly StepRow[])[],
  deadline: number,
): boolean {
  const [step, ...rest] = steps;
  if (step === undefined) return true;
  return step.some(
    (row) =>
      row.entity === from.entity &&
      row.at >= from.at &&
      row.at <= deadline &&
      !used.includes(row.timed.row) &&
      follows(row, [...used, row.timed.row], rest, deadline),
  );
}

/** The last moment that is within the time, in instants or days. By the clock a day is one of the calendar. */
function deadlineOf(
  { tables }: RefProject,
  { within }: Of<'conversion'>,
  at: number,
  isClock: boolean,
): number {
  if ('hours' in within) return isClock ? at + within.hours * 3_600_000 : at + within.hours / 24;
  if (!isClock) return dayAfter(at, within);
  const { timezone } = tables.world;
  const day = localDay(timezone, at);
  const wall = wallOf(timezone, at) + (dayAfter(day, within) - day) * DAY_MS;
  const [one, other] = instantsOf(timezone, wall);
  // A clock time that comes twice is the later one; one that does not come is moved forward.
  return one === undefined ? at + (wall - wallOf(timezone, at)) : Math.max(one, other ?? one);
}
