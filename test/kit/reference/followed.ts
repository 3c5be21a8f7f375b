import { periodHolding, type RefPeriod, windowOf } from './calendar.ts';
import { cohort, isImmature, plain, proportion } from './cohorts.ts';
import type { Expr } from './expression.ts';
import type { RefEstimate, Sampling } from './finish.ts';
import { groupsOf, reaches } from './groups.ts';
import type { RefCommon, RefLifecycle } from './metric.ts';
import { type Cut, earliest, type Part, type Split } from './part.ts';
import { cellAt } from './picking.ts';
import type { RefProject } from './project.ts';
import { total } from './statistics.ts';
import { alive, eventsOf, lastDay, spellsOf, type Timed } from './timed-rows.ts';
import type { Cell, Env, RefRow } from './world.ts';

/**
 * Section 5.3 over plain arrays: for each period the entities are looked up at its opening and its close, one after the other, and each
 * is asked what became of it. Nothing is kept from one period to the next.
 */

/** A row of an entity that is followed. */
export interface Followed {
  readonly timed: Timed;
  readonly groups: readonly (readonly string[])[];
  /** What the entity is worth by this row, 0 where that is not known. */
  readonly value: number;
  readonly joined: number | null;
}

interface Entity {
  readonly rows: readonly Followed[];
  /** Spells that touch or overlap are one. Events are not spells. */
  readonly spells: readonly { readonly start: number; readonly end: number | null }[];
}

export interface Context {
  readonly metric: RefCommon & RefLifecycle;
  readonly sampling: Sampling;
  readonly isSpell: boolean;
  readonly entities: readonly Entity[];
  readonly asOf: number;
  readonly first: number;
}

/** A metric of the customer lifecycle on one source. */
export function followed(
  project: RefProject,
  metric: RefCommon & RefLifecycle,
  where: readonly Expr[],
  sampling: Sampling,
): Part {
  const { tables } = project;
  const name = metric.source ?? '';
  const source = tables.source(name);
  const isSpell = source.lifespan !== undefined && metric.time === undefined;
  const all = isSpell ? spellsOf(tables, name) : eventsOf(tables, name, metric.time ?? source.time ?? '');
  const until = (asOf: number | undefined): Cut => {
    const rows = all.flatMap((timed) =>
      asOf === undefined || Math.floor(timed.start) > asOf ? [] : [alive(timed, asOf)],
    );
    const first = earliest(rows.map(({ start }) => Math.floor(start)));
    return {
      first,
      split: (by) => {
        const labels = rows.flatMap(({ row }) => groupsOf(project, name, row, by));
        const groups = new Map(labels.map((group) => [JSON.stringify(group), group]));
        const entities = entitiesOf(project, metric, where, rows, by, isSpell);
        const context = { metric, sampling, isSpell, entities, asOf: asOf ?? 0, first: first ?? 0 };
        return splitOf(context, by.length === 0 ? new Map([['[]', []]]) : groups);
      },
    };
  };
  return {
    asOf: lastDay(project, name),
    snapshot: false,
    reaches: (segment) => reaches(project, name, segment),
    until,
  };
}

/** `where` filters rows first; a row without an entity belongs to none. */
function entitiesOf(
  project: RefProject,
  metric: RefCommon & RefLifecycle,
  where: readonly Expr[],
  rows: readonly Timed[],
  by: readonly string[],
  isSpell: boolean,
): readonly Entity[] {
  const { tables } = project;
  const source = metric.source ?? '';
  const found = new Map<Cell | RefRow, Followed[]>();
  for (const timed of rows) {
    const env: Env = { tables, source, row: timed.row, time: timed.time };
    if (!where.every((condition) => condition.eval(env) === true)) continue;
    const entity = cellAt(env, metric.entity);
    if (entity === null || entity === undefined) continue;
    const value = 'value' in metric ? metric.value?.eval(env) : undefined;
    const joined = metric.type === 'cohort_retention' ? metric.joined?.eval(env) : undefined;
    const own: Followed = {
      timed,
      groups: by.length === 0 ? [[]] : groupsOf(project, source, timed.row, by),
      value: typeof value === 'number' ? value : 0,
      joined: typeof joined === 'number' ? joined : null,
    };
    found.set(entity, [...(found.get(entity) ?? []), own]);
  }
  return [...found.values()].map((own) => ({ rows: own, spells: isSpell ? merged(own) : [] }));
}

function merged(rows: readonly Followed[]): { start: number; end: number | null }[] {
  const spells: { start: number; end: number | null }[] = [];
  for (const { start, end } of rows.map(({ timed }) => timed).sort((a, b) => a.start - b.start)) {
    const last = spells.at(-1);
    if (last === undefined || (last.end !== null && start > last.end)) spells.push({ start, end });
    else if (last.end !== null && (end === null || end > last.end)) last.end = end;
  }
  return spells;
}

function splitOf(context: Context, groups: Split['groups']): Split {
  const { metric, first, asOf } = context;
  const windowed = (period: RefPeriod): RefPeriod =>
    metric.window === undefined ? period : windowOf(metric.window, period, first);
  return {
    groups,
    rowsAt: () => [],
    at: (period, group) => (metric.type === 'cohort_retention' ? cohort : moved)(context, period, group),
    period: windowed,
    partial(period) {
      if (period.grain === 'all') return false;
      if (metric.type === 'cohort_retention') return isImmature(metric, period, asOf);
      if (metric.window === undefined) return false;
      const window = windowed(period);
      // Who is alive at the opening was active in the window before.
      const start = context.isSpell
        ? window.start
        : windowOf(metric.window, { ...period, end: window.start }, first).start;
      return start < first;
    },
  };
}

/** An entity at a bound: what it has there, and in which groups it is. `undefined` where it is not alive. */
interface At {
  readonly value: number;
  readonly groups: ReadonlySet<string>;
}

/** Spells are alive at a bound that they began before and did not end before. */
function spellsAt({ rows, spells }: Entity, bound: number): At | undefined {
  const isAlive = ({ start, end }: { start: number; end: number | null }): boolean =>
    start < bound && (end === null || end >= bound);
  if (!spells.some(isAlive)) return undefined;
  const own = rows.filter(({ timed }) => isAlive(timed));
  return { value: total(own.map(({ value }) => value)), groups: groupsIn(own) };
}

/** Events: active between two bounds; the group is that of the last rows before the second. */
function activeIn({ rows }: Entity, from: number, to: number): At | undefined {
  const own = rows.filter(({ timed }) => timed.start >= from && timed.start < to);
  if (own.length === 0) return undefined;
  const last = Math.max(...own.map(({ timed }) => instant(timed)));
  return {
    value: total(own.map(({ value }) => value)),
    groups: groupsIn(own.filter(({ timed }) => instant(timed) === last)),
  };
}

export function instant({ time, start }: Timed): number {
  return typeof time === 'number' ? time : start;
}

export function groupsIn(rows: readonly Followed[]): ReadonlySet<string> {
  return new Set(rows.flatMap(({ groups }) => groups.map((group) => JSON.stringify(group))));
}

/** What became of an entity between the opening and the close of a period. */
interface Fate {
  readonly opening: At | undefined;
  readonly closing: At | undefined;
  /** Whether anything of it began before the opening. */
  readonly known: boolean;
  /** What of it began in the period. */
  readonly begun: readonly Followed[];
  /** The rows that it began with. */
  readonly first: readonly Followed[];
}

function fateOf(context: Context, entity: Entity, period: RefPeriod): Fate {
  const { metric, first, isSpell } = context;
  const { window } = metric;
  // Over all time there is no opening.
  const none = period.grain === 'all' && window === undefined;
  const span = window === undefined ? period : windowOf(window, period, first);
  const opens = none ? Number.NEGATIVE_INFINITY : span.start;
  const before = none
    ? opens
    : window === undefined
      ? beforeOf(period)
      : windowOf(window, { ...period, end: opens }, first).start;
  const began = Math.min(...entity.rows.map(({ timed }) => instant(timed)));
  return {
    opening: isSpell ? spellsAt(entity, opens) : activeIn(entity, before, opens),
    closing: isSpell ? spellsAt(entity, period.end) : activeIn(entity, opens, period.end),
    known: entity.rows.some(({ timed }) => timed.start < opens),
    begun: entity.rows.filter(({ timed }) => timed.start >= opens && timed.start < period.end),
    first: entity.rows.filter(({ timed }) => instant(timed) === began),
  };
}

function beforeOf({ grain, start }: RefPeriod): number {
  return grain === 'all' ? start : periodHolding(grain, start - 1).start;
}

/** Growth accounting in one period and group. */
function moved(context: Context, period: RefPeriod, group: readonly string[]): RefEstimate {
  const { metric, sampling } = context;
  const key = JSON.stringify(group);
  const fates = context.entities.map((entity) => fateOf(context, entity, period));
  const openingIn = fates.filter(({ opening }) => opening?.groups.has(key));
  const both = openingIn.filter(({ closing }) => closing !== undefined);
  const sum = (
    of: readonly Fate[],
    value: (opening: number, closing: number, fate: Fate) => number,
  ): number => total(of.map((fate) => value(fate.opening?.value ?? 0, fate.closing?.value ?? 0, fate)));
  const opened = sum(openingIn, (opening) => opening);
  const gross = sum(both, (opening, closing) => Math.min(opening, closing));
  if (metric.type === 'retention' || metric.type === 'churn') {
    const n = openingIn.length;
    if (metric.value !== undefined) {
      const left =
        metric.type === 'retention' && metric.expansion === 'include'
          ? sum(both, (_, closing) => closing)
          : gross;
      const share = opened === 0 ? null : left / opened;
      return plain(metric.type === 'churn' && share !== null ? 1 - share : share, n);
    }
    if (metric.type === 'churn' && metric.base === 'average') return averageChurn(fates, key);
    const hits = metric.type === 'retention' ? both.length : n - both.length;
    return proportion(hits, n, sampling);
  }
  if (metric.type !== 'movement') throw new Error('A cohort does not move.');
  const closingIn = fates.filter(({ closing }) => closing?.groups.has(key));
  const arrived = closingIn.filter(({ opening }) => opening === undefined);
  const of = {
    opening: { of: openingIn, value: opened },
    closing: { of: closingIn, value: sum(closingIn, (_, closing) => closing) },
    retained: { of: both, value: gross },
    lost: pick(
      openingIn,
      ({ closing }) => closing === undefined,
      (opening) => opening,
    ),
    new: pick(
      arrived,
      ({ known }) => !known,
      (_, closing) => closing,
    ),
    returned: pick(
      arrived,
      ({ known }) => known,
      (_, closing) => closing,
    ),
    acquired: pick(
      fates,
      ({ known, begun, closing }) =>
        !known && begun.length > 0 && (closing?.groups ?? groupsIn(begun)).has(key),
      (_opening, _closing, { first }) => total(first.map(({ value }) => value)),
    ),
    expanded: pick(
      both,
      ({ opening, closing }) => (closing?.value ?? 0) > (opening?.value ?? 0),
      (o, c) => c - o,
    ),
    contracted: pick(
      both,
      ({ opening, closing }) => (closing?.value ?? 0) < (opening?.value ?? 0),
      (o, c) => o - c,
    ),
  };
  const found = of[metric.of];
  return plain(metric.value === undefined ? found.of.length : found.value, found.of.length);

  function pick(
    from: readonly Fate[],
    met: (fate: Fate) => boolean,
    value: (opening: number, closing: number, fate: Fate) => number,
  ): { readonly of: readonly Fate[]; readonly value: number } {
    const chosen = from.filter(met);
    return { of: chosen, value: sum(chosen, value) };
  }
}

/** All who left, also of those that began in the period, over the mean of the two counts. */
function averageChurn(fates: readonly Fate[], key: string): RefEstimate {
  const exposed = fates.filter(({ opening, closing, begun }) =>
    ((opening ?? closing)?.groups ?? groupsIn(begun)).has(key),
  );
  const gone = exposed.filter(({ closing }) => closing === undefined).length;
  const opening = fates.filter((fate) => fate.opening?.groups.has(key)).length;
  const closing = fates.filter((fate) => fate.closing?.groups.has(key)).length;
  const base = (opening + closing) / 2;
  return plain(base === 0 ? null : gone / base, exposed.length);
}
