import { DAY_MS, instantsOf, localDay, type RefInterval } from './calendar.ts';

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
  readonly key?: string;
  readonly time?: string;
  readonly lifespan?: { readonly start: string; readonly end: string; readonly inclusive: boolean };
  readonly timezone?: string;
  /** As a day. */
  readonly asOf?: number;
  readonly coverage?: 'sample' | 'census';
  readonly links?: Readonly<Record<string, RefLink>>;
}

export interface World {
  readonly timezone: string;
  /** As a day. */
  readonly asOf?: number;
  readonly sources: Readonly<Record<string, RefSource>>;
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

  constructor(world: World) {
    this.world = world;
  }

  source(name: string): RefSource {
    const source = this.world.sources[name];
    if (source === undefined) throw new Error(`There is no source ${name}.`);
    return source;
  }

  /** The rows of a source as they are read; exact duplicates are dropped where it declares a key. */
  of(name: string): readonly RefRow[] {
    const known = this.rows.get(name);
    if (known !== undefined) return known;
    const source = this.source(name);
    const zone = source.timezone ?? this.world.timezone;
    const all = source.rows.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([column, cell]) => [column, readCell(cell, source.columns[column], zone)]),
      ),
    );
    const seen = new Set<string>();
    const rows = all.filter((row) => {
      const text = JSON.stringify(row);
      const first = !seen.has(text);
      seen.add(text);
      return first || source.key === undefined;
    });
    this.rows.set(name, rows);
    return rows;
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
    return this.source(source).columns[column] === 'timestamp' ? localDay(this.world.timezone, cell) : cell;
  }
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
