import { formatDay, type Period, parseDay } from '../base/period.ts';
import type { ValueType } from '../base/value-type.ts';
import type { Checked } from '../check/checked.ts';
import type { Example, GivenRows, Source, Word } from '../model/project.ts';
import { Refusal } from '../plan/refusal.ts';
import { type Storage, type WrittenRows, writtenStorage } from '../plan/storage.ts';
import type { LiteralValue } from '../syntax/expression/scalar.ts';

/**
 * The rows that an example writes out, as storage: the sources it names hold just those rows, all others none. Cells are
 * read from their source text by the type of their column, as in a file. A missing time is the period's start, a
 * missing spell start lies before it: section 5.5. Contracts are off; exact duplicates are set aside only where they give their
 * key, since rows that leave it out are often alike. Refuses a cell that its column's type cannot hold.
 */
export function givenStorage(
  checked: Checked,
  given: NonNullable<Example['given']>,
  times: readonly string[],
  period: Period,
): Storage {
  const sources = new Map<string, WrittenRows>();
  for (const [name, rows] of given) {
    const source = checked.project.sources.get(name);
    if (source === undefined) throw new Refusal(`There is no source "${name}".`);
    sources.set(name, writtenRows(checked, source, rows, times, period));
  }
  return writtenStorage(sources);
}

function writtenRows(
  checked: Checked,
  source: Source,
  given: GivenRows,
  times: readonly string[],
  period: Period,
): WrittenRows {
  const defaults = defaultCells(source, times, period);
  const known = checked.columns.get(source.name)?.columns;
  const stored = (name: string): boolean => known?.get(name)?.origin !== 'computed';
  const names = new Set([...given.rows.flatMap(({ cells }) => [...cells.keys()]), ...defaults.keys()]);
  const columns = [...names].filter(stored).map((name) => {
    const cells = given.rows.map((row) => row.cells.get(name));
    const declared = known?.get(name)?.type ?? 'unknown';
    return { name, type: declared === 'unknown' ? typeOfCells(cells) : declared };
  });
  const rows = given.rows.map(({ cells }) =>
    columns.map(({ name, type }) => {
      const cell = cells.get(name);
      return cell === undefined ? (defaults.get(name) ?? null) : literalOf(cell, type, name);
    }),
  );
  const keys = source.key?.items.map((word) => columns.findIndex(({ name }) => name === word.text)) ?? [];
  return { columns, rows: withoutDuplicates(rows, keys) };
}

function withoutDuplicates(
  rows: readonly (readonly LiteralValue[])[],
  keys: readonly number[],
): readonly (readonly LiteralValue[])[] {
  const seen = new Set<string>();
  return rows.filter((row) => {
    if (keys.length === 0 || keys.some((index) => (row[index] ?? null) === null)) return true;
    const text = JSON.stringify(row);
    const fresh = !seen.has(text);
    seen.add(text);
    return fresh;
  });
}

/** What a row has where it leaves out the source's time, the metric's own time, or the start of its spell. */
function defaultCells(source: Source, times: readonly string[], period: Period): ReadonlyMap<string, string> {
  const cells = new Map<string, string>();
  const inside = [...times, ...(source.time === undefined ? [] : [source.time.text])];
  if (source.lifespan !== undefined) cells.set(source.lifespan.start.text, formatDay(period.start - 1));
  for (const time of inside) cells.set(time, formatDay(period.start));
  return cells;
}

const INTEGER = /^[+-]?\d+$/;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const TIMESTAMP = /^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/;

function literalOf(cell: Word, type: ValueType, column: string): LiteralValue {
  const { text } = cell;
  if (isBlank(cell)) return null;
  switch (type) {
    case 'integer':
      if (INTEGER.test(text)) return text;
      break;
    case 'number':
      if (NUMBER.test(text)) return text;
      break;
    case 'boolean':
      if (/^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
      break;
    case 'date':
      if (parseDay(text) !== undefined) return text;
      break;
    case 'timestamp':
      if (TIMESTAMP.test(text) || parseDay(text) !== undefined) return text;
      break;
    default:
      return text;
  }
  throw new Refusal(`"${text}" in the column ${column} of the example is not of its type, ${type}.`);
}

function isBlank({ text, node }: Word): boolean {
  return text.trim() === '' || (node.style === 'plain' && node.value === null);
}

/** The type of a column whose type nobody declared and no file tells, from its cells in the example. */
function typeOfCells(cells: readonly (Word | undefined)[]): ValueType {
  const texts = cells.flatMap((cell) => (cell === undefined || isBlank(cell) ? [] : [cell.text]));
  if (texts.length === 0) return 'text';
  const all = (test: (text: string) => boolean): boolean => texts.every(test);
  if (all((text) => /^[+-]?(0|[1-9]\d*)$/.test(text))) return 'integer';
  if (all((text) => NUMBER.test(text) && !/^[+-]?0\d/.test(text))) return 'number';
  if (all((text) => text === 'true' || text === 'false')) return 'boolean';
  if (all((text) => parseDay(text) !== undefined)) return 'date';
  return all((text) => TIMESTAMP.test(text) || parseDay(text) !== undefined) ? 'timestamp' : 'text';
}
