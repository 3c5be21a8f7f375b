import { DAY_MS, instantsOf, localDay, type RefInterval } from './calendar.ts';
import type { Expr } from './expression.ts';
import type { AggregateExpr } from './formula-expression.ts';

/** The data of the reference computation: small tables as plain arrays, with what the format's section 2 says of them. */

export type RefType = 'boolean' | 'integer' | 'number' | 'text' | 'date' | 'timestamp';

/** Dates are days since 1970-01-01, timestamps are instants in milliseconds since then. */
export type Cell = null | boolean | number | string;

/** A timestamp as a file holds it: a wall time (milliseconds as if UTC), and the minutes that it is ahead of UTC, if it says so. */
export interface WrittenTime {
  readonly wall: number;
  readonly ahead?: number;
}

export type WrittenCell = Cell | WrittenTime;
export type WrittenRow = Readonly<Record<string, WrittenCell>>;
export type RefRow = Readonly<Record<string, Cell>>;

export interface RefLink {
  readonly to: string;
  readonly mine: string;
  readonly theirs: string;
}

export interface RefSource {
  readonly columns: Readonly<Record<string, RefType>>;
  readonly rows: readonly WrittenRow[];
  readonly key?: string | readonly string[];
  readonly time?: string;
  readonly lifespan?: { readonly start: string; readonly end: string; readonly inclusive: boolean };
  readonly timezone?: string;
  /** As a day. */
  readonly asOf?: number;
  readonly coverage?: 'sample' | 'census';
  readonly links?: Readonly<Record<string, RefLink>>;
  /** Rows that do not meet these are not part of the source. */
  readonly where?: readonly Expr[];
  readonly onePer?: RefOnePer;
  /** Columns over the row, also through links. */
  readonly computed?: Readonly<Record<string, Expr>>;
  /** Columns from the rows of another source that link here. */
  readonly facts?: Readonly<Record<string, { readonly of: string; readonly value: AggregateExpr }>>;
  /** Members with their columns, instead of `rows`. */
  readonly union?: Readonly<Record<string, Readonly<Record<string, Expr>>>>;
  /** The unit that was drawn. */
  readonly sampledBy?: string;
}

export interface RefOnePer {
  readonly key: readonly string[];
  readonly keep: 'last' | 'first';
  readonly by: string;
}

export interface World {
  readonly timezone: string;
  /** As a day. */
  readonly asOf?: number;
  readonly sources: Readonly<Record<string, RefSource>>;
}

/** The columns of a source with their types: those of its file or members, and those computed. */
export function typesOf({
  columns,
  computed = {},
  facts = {},
}: RefSource): Readonly<Record<string, RefType>> {
  const of = ([name, { type }]: readonly [string, { readonly type: RefType }]): [string, RefType] => [
    name,
    type,
  ];
  return {
    ...columns,
    ...Object.fromEntries(Object.entries(computed).map(of)),
    ...Object.fromEntries(Object.entries(facts).map(([name, { value }]) => of([name, value]))),
  };
}

/** A row among the tables, and the period for which it is looked at. */
export interface Env {
  readonly tables: Tables;
  readonly source: string;
  readonly row: RefRow;
  /** Bounds as days. */
  readonly period?: { readonly start: number; readonly end: number };
  /** The metric's own time, a day or an instant. */
  readonly time?: Cell;
  /** In a formula: the value of a metric in the period, or some time before it. */
  metric?(name: string, back?: RefInterval | 'period'): number | null;
  /** The rows that aggregates are over: those of a formula's source, of an entity, or those that link to the row. */
  readonly rows?: readonly Env[];
}

export class Tables {
  readonly world: World;
  private readonly rows = new Map<string, readonly RefRow[]>();
  /** The rows of a source that are not set aside for their time: what a project's metrics name decides on the last day. */
  until: (name: string) => readonly RefRow[] = (name) => this.of(name);

  constructor(world: World) {
    this.world = world;
  }

  source(name: string): RefSource {
    const source = this.world.sources[name];
    if (source === undefined) throw new Error(`There is no source ${name}.`);
    return source;
  }

  /** The rows of a source: read or stacked, without exact duplicates where it declares a key, those that belong, one per key. */
  of(name: string): readonly RefRow[] {
    const known = this.rows.get(name);
    if (known !== undefined) return known;
    const source = this.source(name);
    const all = source.union === undefined ? this.read(source) : this.stacked(source.union);
    const once = source.key === undefined ? all : withoutDuplicates(all);
    const rows = once.map((row) => this.withColumns(name, row));
    const { where = [], onePer } = source;
    const own = rows.filter((row) =>
      where.every((condition) => condition.eval({ tables: this, source: name, row }) === true),
    );
    const kept = onePer === undefined ? own : oneOfEach(own, onePer);
    this.rows.set(name, kept);
    return kept;
  }

  private read(source: RefSource): RefRow[] {
    const zone = source.timezone ?? this.world.timezone;
    return source.rows.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([column, cell]) => [column, readCell(cell, source.columns[column], zone)]),
      ),
    );
  }

  /** Section 2: each entry maps columns to expressions over its member; what it lacks is null. */
  private stacked(union: NonNullable<RefSource['union']>): RefRow[] {
    return Object.entries(union).flatMap(([member, columns]) =>
      this.of(member).map((row) => ({
        ...Object.fromEntries(
          Object.entries(columns).map(([column, value]) => [
            column,
            value.eval({ tables: this, source: member, row }),
          ]),
        ),
        source_name: member,
      })),
    );
  }

  /** Computed columns are found when they are asked for, as they may look through links at columns that look back. */
  private withColumns(name: string, row: RefRow): RefRow {
    const { computed = {}, facts = {} } = this.source(name);
    const full: Record<string, Cell> = { ...row };
    const lazily = (column: string, compute: () => Cell): void => {
      let value: Cell | undefined;
      const get = (): Cell => {
        value = value === undefined ? compute() : value;
        return value;
      };
      Object.defineProperty(full, column, { get, enumerable: true });
    };
    for (const [column, value] of Object.entries(computed))
      lazily(column, () => value.eval({ tables: this, source: name, row: full }));
    for (const [column, { of, value }] of Object.entries(facts))
      lazily(column, () => {
        const rows = this.linking(of, name, full);
        // Section 2: counts are 0 where no row links here, and other values null, sums as well.
        return rows.length === 0 && !value.text.startsWith('count') ? null : value.over(rows).value;
      });
    return full;
  }

  /** The rows of a source that link to a row of another, up to its last day. */
  private linking(of: string, to: string, row: RefRow): Env[] {
    const link = Object.values(this.source(of).links ?? {}).find((one) => one.to === to);
    if (link === undefined) throw new Error(`${of} does not link to ${to}.`);
    const key = row[link.theirs] ?? null;
    return this.until(of)
      .filter((other) => key !== null && other[link.mine] === key)
      .map((other) => ({ tables: this, source: of, row: other }));
  }

  /** The row that a link arrives at; `undefined` where there is no match. */
  follow(
    from: string,
    row: RefRow,
    name: string,
  ): { readonly source: string; readonly row: RefRow } | undefined {
    const link = this.source(from).links?.[name];
    if (link === undefined) throw new Error(`There is no link ${name} in ${from}.`);
    const key = row[link.mine] ?? null;
    const found = key === null ? undefined : this.of(link.to).find((other) => other[link.theirs] === key);
    return found === undefined ? undefined : { source: link.to, row: found };
  }

  /** The source at the end of links, and the row there; without a row where there is no match. */
  walk(
    from: string,
    row: RefRow,
    links: readonly string[],
  ): { readonly source: string; readonly row?: RefRow } {
    let at: { source: string; row?: RefRow } = { source: from, row };
    for (const name of links) {
      const next = at.row === undefined ? undefined : this.follow(at.source, at.row, name);
      at = next ?? { source: this.source(at.source).links?.[name]?.to ?? '' };
    }
    return at;
  }

  /** The day of a time in the project's time zone; dates have no zone. */
  dayOf(source: string, column: string, cell: Cell): number | null {
    if (typeof cell !== 'number') return null;
    return typesOf(this.source(source))[column] === 'timestamp' ? localDay(this.world.timezone, cell) : cell;
  }
}

function withoutDuplicates(rows: readonly RefRow[]): RefRow[] {
  const seen = new Set<string>();
  return rows.filter((row) => {
    const text = JSON.stringify(row);
    const first = !seen.has(text);
    seen.add(text);
    return first;
  });
}

/**
 * The first or last row of each key by a column. A row without a value there is neither, unless there is no other; a row
 * that lacks a part of the key is nobody's double, and stays.
 */
function oneOfEach(rows: readonly RefRow[], { key, keep, by }: RefOnePer): RefRow[] {
  const kept = new Map<string, RefRow>();
  for (const [index, row] of rows.entries()) {
    const parts = key.map((column) => row[column] ?? null);
    const id = JSON.stringify(parts.includes(null) ? index : parts);
    const before = kept.get(id);
    const [old, now] = [before?.[by] ?? null, row[by] ?? null];
    const later = old === null || (now !== null && (keep === 'last' ? now > old : now < old));
    if (before === undefined || later) kept.set(id, row);
  }
  return [...kept.values()];
}

/** Section 2: naive timestamps are in the source's time zone, others are converted; white-space cells are null. */
export function readCell(cell: WrittenCell, type: RefType | undefined, zone: string): Cell {
  if (typeof cell === 'string') return cell.trim() === '' ? null : cell;
  if (cell === null || typeof cell !== 'object') return cell;
  if (type !== 'timestamp') throw new Error('A written time stands in a column of timestamps.');
  if (cell.ahead !== undefined) return cell.wall - cell.ahead * 60_000;
  const [instant] = instantsOf(zone, cell.wall);
  if (instant === undefined) throw new Error('The clock skips this time.');
  return instant;
}

/** A cell as a CSV file holds it. */
export function cellText(cell: WrittenCell, type: RefType): string {
  if (cell === null) return '';
  if (typeof cell === 'object') {
    const { wall, ahead } = cell;
    const clock = new Date(Math.floor(wall)).toISOString().replace('T', ' ').replace('Z', '');
    return clock.replace(/\.000$/, '') + (ahead === undefined ? '' : offsetText(ahead));
  }
  if (type === 'date' && typeof cell === 'number') return new Date(cell * DAY_MS).toISOString().slice(0, 10);
  const text = String(cell);
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function offsetText(ahead: number): string {
  if (ahead === 0) return 'Z';
  const minutes = Math.abs(ahead);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${ahead < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
