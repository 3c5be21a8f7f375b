import { dayStart, localDay, type RefPeriod } from './calendar.ts';
import { inherit, type RefCommon, type RefSide, referencesOf } from './metric.ts';
import type { RefProject } from './project.ts';
import { type Cell, type RefRow, type Tables, typesOf } from './world.ts';

/** A row with when it counts, in days: at one day, or as a spell without or with an end. */
export interface Timed {
  readonly row: RefRow;
  readonly start: number;
  readonly end: number | null;
  readonly time: Cell;
}

export function holds(period: RefPeriod, day: number): boolean {
  return day >= period.start && day < period.end;
}

/** Section 5.1, in days: every bound of a period is the beginning of a day, so that days decide as instants would. */
export function spellCounts(
  when: NonNullable<RefCommon['when']>,
  { start, end }: Timed,
  period: RefPeriod,
): boolean {
  const close = period.end;
  switch (when) {
    case 'started':
      return holds(period, start);
    case 'ended':
      return end !== null && holds(period, end);
    case 'active':
      return start < close && (end === null || end >= close);
    case 'during':
      // With days for instants: a spell that ends later on the period's first day is alive in it; see `spellsOf`.
      return start < close && (end === null || end > period.start);
  }
}

export function eventsOf(tables: Tables, name: string, column: string): Timed[] {
  return tables.of(name).flatMap((row) => {
    const time = row[column] ?? null;
    const day = tables.dayOf(name, column, time);
    return day === null ? [] : [{ row, start: day, end: null, time }];
  });
}

/**
 * Spells as days. An instant within a day counts as half past its beginning, which is enough to tell it from the bounds of
 * periods; ends are exclusive.
 */
export function spellsOf(tables: Tables, name: string): Timed[] {
  const { lifespan } = tables.source(name);
  if (lifespan === undefined) return [];
  return tables.of(name).flatMap((row) => {
    const [from, to] = [row[lifespan.start] ?? null, row[lifespan.end] ?? null];
    if (typeof from !== 'number') return [];
    const end = typeof to === 'number' ? to + (lifespan.inclusive ? 1 : 0) : null;
    if (end !== null && end <= from) return [];
    const start = momentOf(tables, name, lifespan.start, from);
    return [{ row, start, end: end === null ? null : momentOf(tables, name, lifespan.end, end), time: null }];
  });
}

/** A time in days, with a half for an instant after the beginning of its day. */
function momentOf(tables: Tables, name: string, column: string, time: number): number {
  if (typesOf(tables.source(name))[column] !== 'timestamp') return time;
  const zone = tables.world.timezone;
  const day = localDay(zone, time);
  return dayStart(zone, day) === time ? day : day + 0.5;
}

/** Section 2: an end after `as_of` says that the spell still goes on. */
export function alive(timed: Timed, asOf: number): Timed {
  return timed.end !== null && Math.floor(timed.end) > asOf ? { ...timed, end: null } : timed;
}

/** The last day counted of a source: the project's, its own, else the latest of its times and of those that metrics name. */
export function lastDay(project: RefProject, name: string): number | undefined {
  const { tables, metrics } = project;
  const source = tables.source(name);
  const declared = tables.world.asOf ?? source.asOf;
  if (declared !== undefined) return declared;
  const named = metrics.flatMap((metric) => timesNamed(metric, name));
  const columns = [...(source.time === undefined ? [] : [source.time]), ...named];
  const days = columns.flatMap((column) => eventsOf(tables, name, column).map(({ start }) => start));
  const starts =
    source.lifespan === undefined ? [] : spellsOf(tables, name).map(({ start }) => Math.floor(start));
  const all = [...days, ...starts];
  return all.length === 0 ? undefined : Math.max(...all);
}

/** The rows of a source that are not set aside for their time. */
export function rowsUntil(project: RefProject, name: string): readonly RefRow[] {
  const { tables } = project;
  const { time, lifespan } = tables.source(name);
  if (time === undefined && lifespan === undefined) return tables.of(name);
  const asOf = lastDay(project, name);
  const all = time === undefined ? spellsOf(tables, name) : eventsOf(tables, name, time);
  return all.filter(({ start }) => asOf !== undefined && Math.floor(start) <= asOf).map(({ row }) => row);
}

function timesNamed(metric: RefSide, source: string): readonly string[] {
  const takesRows = metric.type === 'formula' ? metric.aggregates.length > 0 : metric.type !== 'ratio';
  const own = takesRows && metric.source === source && metric.time !== undefined ? [metric.time] : [];
  const steps = metric.type === 'conversion' ? metric.steps.filter((step) => step.source === source) : [];
  const inline = referencesOf(metric).flatMap((one) =>
    typeof one === 'string' || 'metric' in one ? [] : timesNamed(inherit(one, metric), source),
  );
  return [...own, ...steps.flatMap(({ time }) => time ?? []), ...inline];
}
