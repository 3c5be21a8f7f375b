import { type Grain, periodAt } from '../base/period.ts';
import { nameOf } from '../workspace/paths.ts';
import type { ColumnDraft, SourceDraft } from './drafts.ts';
import { guessColumn } from './guess-column.ts';
import { ISO_DATE, ISO_TIMESTAMP } from './moments.ts';
import { columnNames, freeName, nameFrom } from './names.ts';
import { isKeyName, keyOf } from './propose-key.ts';
import { brokenSpells, isNearlyFull, lifespanOf, withoutMoment } from './propose-lifespan.ts';
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
  const key = whole ? keyOf(columns, rows) : [];
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
    setAside: lifespan !== undefined ? brokenSpells(lifespan) : time === undefined ? 0 : withoutMoment(time),
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
    values: type === 'text' && few && raw && !isKeyName(name) ? [...distinct].sort() : [],
    cells,
    moments: isMoment ? cells.map(read) : [],
    distinct: distinct.size,
    filled: known.length > 0 && known.length === cells.length,
    decimalComma: type === 'text' && areDecimalCommas(known),
  };
}

/** Whether cells are numbers with a decimal comma. A comma before three digits may as well separate thousands, so that one other is needed. */
function areDecimalCommas(cells: readonly string[]): boolean {
  return (
    cells.every((cell) => /^[+-]?(?:\d+|\d{1,3}(?:\.\d{3})+)(?:,\d+)?$/.test(cell)) &&
    cells.some((cell) => /,\d*$/.test(cell) && !/,\d{3}$/.test(cell))
  );
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
