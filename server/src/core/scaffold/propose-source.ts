import { type Grain, periodAt } from '../base/period.ts';
import { nameOf } from '../workspace/paths.ts';
import { type ColumnDraft, type SourceDraft, TOLERATED } from './drafts.ts';
import { guessColumn } from './guess-column.ts';
import { ISO_DATE, ISO_TIMESTAMP } from './moments.ts';
import { columnNames, freeName, nameFrom } from './names.ts';
import type { Table } from './read-table.ts';

/** A text column with at most so many values is a list of words, such as plans. More are names. */
const FEW_VALUES = 8;
const DAY_MS = 86_400_000;

/**
 * What a source on a file would declare: its columns, the one that identifies a row, and those that say when. Nothing is proposed that a
 * row of the file breaks, so that nothing is set aside or refused when the data are loaded.
 *
 * @param data the path from the folder of the project
 * @param taken names of sources, to which the new one is added
 */
export function proposeSource(table: Table, data: string, taken: Set<string>): SourceDraft {
  const { headers, rows, whole } = table;
  const names = columnNames(headers);
  const columns = headers.flatMap((header, index): ColumnDraft[] => {
    // Only the first column of a name can be reached, and none without a header.
    if (header.trim() === '' || headers.indexOf(header) < index) return [];
    const cells = rows.map((row) => (row[index] ?? '').replaceAll(/^[\s\p{Z}]+|[\s\p{Z}]+$/gu, ''));
    return [columnOf(table, index, names[index] ?? header, cells)];
  });
  const lifespan = lifespanOf(columns);
  const time = lifespan === undefined ? timeOf(columns) : undefined;
  const key = whole ? keyOf(columns, rows) : undefined;
  const repeated = headers.filter((header, index) => header.trim() !== '' && headers.indexOf(header) < index);
  return {
    name: freeName(nameFrom(nameOf(data).replace(/(?:\.[^.]+)?\.gz$|\.[^.]+$/i, ''), 'data'), taken),
    data,
    delimiter: table.delimiter,
    columns,
    repeated: [...new Set(repeated)],
    rows: rows.length,
    whole,
    key,
    time,
    lifespan,
    grain: grainOf((time ?? lifespan?.start)?.moments ?? []),
    setAside:
      lifespan !== undefined
        ? brokenSpells(lifespan.start, lifespan.end)
        : time === undefined
          ? 0
          : withoutMoment(time),
  };
}

function columnOf(table: Table, index: number, name: string, cells: readonly string[]): ColumnDraft {
  const known = cells.filter((cell) => cell !== '');
  const guess = table.types === undefined ? guessColumn(known) : undefined;
  const { formats = [], ambiguous = false } = guess ?? {};
  const type = table.types?.[index] ?? guess?.type;
  const isMoment = type === 'date' || type === 'timestamp';
  const readers = formats.length > 0 ? formats : [ISO_DATE, ISO_TIMESTAMP];
  const read = (cell: string): number | undefined => {
    for (const format of readers) {
      const moment = format.read(cell);
      if (moment !== undefined) return moment;
    }
    return undefined;
  };
  const distinct = new Set(known);
  const few = distinct.size <= FEW_VALUES && known.length >= 3 * distinct.size;
  const raw = table.rows.every((row, at) => (row[index] ?? '') === cells[at]);
  return {
    name,
    header: table.headers[index] ?? name,
    // Without a row nothing is known.
    type: known.length === 0 && table.types === undefined ? undefined : type,
    formats: formats.map(({ pattern }) => pattern),
    ambiguous,
    // What identifies something grows with the data.
    values: type === 'text' && few && raw && !KEY.test(name) ? [...distinct].sort() : [],
    cells,
    moments: isMoment ? cells.map(read) : [],
    distinct: distinct.size,
    filled: known.length > 0 && known.length === cells.length,
  };
}

const KEY = /^(?:id|key|uuid|guid|code)$|_(?:id|key|uuid|guid|code|no|number)$/;

/**
 * The column that identifies a row: one that is named so, the first of them first, and holds another value in every row. Rows that are
 * the same in every column count once, where they are few.
 */
function keyOf(columns: readonly ColumnDraft[], rows: Table['rows']): ColumnDraft | undefined {
  const all = rows.length;
  let distinctRows: number | undefined;
  const isKey = ({ filled, type, distinct }: ColumnDraft): boolean => {
    if (!filled || (type !== 'text' && type !== 'integer')) return false;
    if (distinct === all) return true;
    if (all - distinct > TOLERATED * all) return false;
    distinctRows ??= new Set(rows.map((row) => JSON.stringify(row))).size;
    return distinct === distinctRows;
  };
  return (
    columns.find((column) => KEY.test(column.name) && isKey(column)) ??
    columns.slice(0, 1).find((column) => column.type === 'text' && isKey(column))
  );
}

const START = /(?:^|_)(?:start|started|starts|begin|began|from|since|valid_from|joined|activated)(?:_|$)/;
const END =
  /(?:^|_)(?:end|ended|ends|until|to|cancelled|canceled|churned|closed|left|valid_to|expired)(?:_|$)/;

/** Two columns that say from when to when a row was alive, where nearly every row has a start, and an end only behind it. */
function lifespanOf(columns: readonly ColumnDraft[]): SourceDraft['lifespan'] {
  const moments = columns.filter(({ moments: all }) => all.length > 0);
  const start = moments.find((column) => START.test(column.name) && isNearlyFull(column));
  const end = moments.find((column) => column !== start && END.test(column.name));
  if (start === undefined || end === undefined || start.type !== end.type) return undefined;
  const broken = brokenSpells(start, end);
  return broken <= TOLERATED * start.cells.length ? { start, end } : undefined;
}

/** Rows that have no start, or end before they start or when they start. */
function brokenSpells(start: ColumnDraft, end: ColumnDraft): number {
  return start.moments.filter((from, row) => {
    const to = end.moments[row];
    return from === undefined || (to !== undefined && to <= from);
  }).length;
}

function isNearlyFull(column: ColumnDraft): boolean {
  return withoutMoment(column) <= TOLERATED * column.cells.length;
}

function withoutMoment({ moments }: ColumnDraft): number {
  return moments.filter((moment) => moment === undefined).length;
}

/** Names of the moment at which a row came to be, the surest first. */
const TIMES: readonly RegExp[] = [
  /^(?:occurred|happened|created|answered|submitted|ordered|opened|signed_up|issued|posted|event|completed|received)_(?:at|on|date|time)$/,
  /^(?:created|event|order|signup|sign_up|response|answer|submission)_?(?:date|time|at|on)$/,
  /^(?:date|time|timestamp|day|month|at|datetime|date_value|timestamp_value)$/,
  /_(?:at|on)$|(?:^|_)(?:date|time|timestamp|day)(?:_|$)/,
  /./,
];
/** These lie ahead, or long ago. */
const OTHER_TIMES =
  /(?:^|_)(?:due|expir\w*|renew\w*|birth\w*|dob|planned|scheduled|deadline|updated|modified)(?:_|$)/;

function timeOf(columns: readonly ColumnDraft[]): ColumnDraft | undefined {
  const able = columns.filter(
    (column) => column.moments.length > 0 && isNearlyFull(column) && !OTHER_TIMES.test(column.name),
  );
  for (const pattern of TIMES) {
    const found = able.find(({ name }) => pattern.test(name));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The coarsest of month, week and day of which a whole period lies before the end of the data. */
function grainOf(moments: readonly (number | undefined)[]): Grain | undefined {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const moment of moments) {
    if (moment === undefined) continue;
    const day = Math.floor(moment / DAY_MS);
    first = Math.min(first, day);
    last = Math.max(last, day);
  }
  if (first > last) return undefined;
  return (['month', 'week'] as const).find((grain) => periodAt(grain, first).end <= last + 1) ?? 'day';
}
