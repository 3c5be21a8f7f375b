import { dayStart, isoDay, localDay, periodsFrom, type RefGrain, type RefPeriod } from './calendar.ts';
import type { Expr } from './expression.ts';
import { finish, type RefEstimate } from './finish.ts';
import type { RefCommon, RefMeasure, RefMetric, RefReference, RefSegment, RefSide } from './metric.ts';
import { NO_INTERVAL } from './statistics.ts';
import type { Cell, Env, RefRow, Tables } from './world.ts';

/** A whole project of the reference computation. */
export interface RefProject {
  readonly tables: Tables;
  /** The project's default grain. */
  readonly grain: RefGrain;
  readonly metrics: readonly RefMetric[];
  readonly segments: Readonly<Record<string, RefSegment>>;
}

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

/** A row with when it counts, in days: at one day, or as a spell without or with an end. */
interface Timed {
  readonly row: RefRow;
  readonly start: number;
  readonly end: number | null;
  readonly time: Cell;
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

function holds(period: RefPeriod, day: number): boolean {
  return day >= period.start && day < period.end;
}

/** Section 5.1, in days: every bound of a period is the beginning of a day, so that days decide as instants would. */
function spellCounts(
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

function eventsOf(tables: Tables, name: string, column: string): Timed[] {
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
function spellsOf(tables: Tables, name: string): Timed[] {
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
  if (tables.source(name).columns[column] !== 'timestamp') return time;
  const zone = tables.world.timezone;
  const day = localDay(zone, time);
  return dayStart(zone, day) === time ? day : day + 0.5;
}

/** Section 2: an end after `as_of` says that the spell still goes on. */
function alive(timed: Timed, asOf: number): Timed {
  return timed.end !== null && Math.floor(timed.end) > asOf ? { ...timed, end: null } : timed;
}

/** The last day counted of a source: the project's, its own, else the latest of its times and of those that metrics name. */
function lastDay(project: RefProject, name: string): number | undefined {
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

function timesNamed(metric: RefMetric, source: string): readonly string[] {
  const sides: readonly RefReference[] =
    metric.type === 'ratio' ? [metric.numerator, metric.denominator] : [];
  const inline = sides.filter((side): side is RefSide => typeof side !== 'string');
  const own =
    metric.source === source && metric.time !== undefined && metric.type !== 'ratio' ? [metric.time] : [];
  const taken = inline.flatMap((side) => {
    const time = side.time ?? metric.time;
    return (side.source ?? metric.source) === source && time !== undefined ? [time] : [];
  });
  return [...own, ...taken];
}

/** The combinations of groups that a row is in; overlapping groups make several. */
function groupsOf(project: RefProject, source: string, row: RefRow, by: readonly string[]): string[][] {
  return by.reduce<string[][]>(
    (known, name) =>
      known.flatMap((labels) => labelsOf(project, source, row, name).map((label) => [...labels, label])),
    [[]],
  );
}

function labelsOf(project: RefProject, source: string, row: RefRow, name: string): string[] {
  const { tables } = project;
  const segment = project.segments[name];
  if (segment === undefined) return [pathLabel(tables, source, row, name)];
  if (segment.kind === 'by-source') {
    const by = segment.by[source];
    return by === undefined ? [] : [valueLabel(by.eval({ tables, source, row }), by.type)];
  }
  const at = tables.walk(source, row, linksTo(tables, source, segment.source));
  if (at.row === undefined) return ['(none)'];
  const env: Env = { tables, source: at.source, row: at.row };
  switch (segment.kind) {
    case 'by':
      return [valueLabel(segment.by.eval(env), segment.by.type)];
    case 'where':
      return [segment.where.every((condition) => condition.eval(env) === true) ? 'in' : 'out'];
    case 'groups': {
      const labels = Object.entries(segment.groups).filter(([, condition]) => condition.eval(env) === true);
      return labels.length === 0 ? ['(other)'] : labels.map(([label]) => label);
    }
  }
}

function pathLabel(tables: Tables, source: string, row: RefRow, name: string): string {
  const parts = name.split('.');
  const column = parts[parts.length - 1] ?? '';
  const at = tables.walk(source, row, parts.slice(0, -1));
  const type = tables.source(at.source).columns[column] ?? 'text';
  return valueLabel(at.row?.[column] ?? null, type);
}

function valueLabel(value: Cell, type: Expr['type']): string {
  if (value === null) return '(none)';
  return type === 'date' && typeof value === 'number' ? isoDay(value) : String(value);
}

/** The links from a source to another; the projects of these tests have one way at most. */
function linksTo(tables: Tables, from: string, to: string): string[] {
  const found = waysTo(tables, from, to)[0];
  if (found === undefined) throw new Error(`${to} cannot be reached from ${from}.`);
  return found;
}

function waysTo(tables: Tables, from: string, to: string): string[][] {
  if (from === to) return [[]];
  return Object.entries(tables.source(from).links ?? {}).flatMap(([name, link]) =>
    waysTo(tables, link.to, to).map((rest) => [name, ...rest]),
  );
}
