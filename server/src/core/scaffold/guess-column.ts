import type { ColumnType } from '../base/value-type.ts';
import { ISO_DATE, ISO_TIMESTAMP, type MomentFormat, OTHER_FORMATS } from './moments.ts';

/** What the cells of a column say of it. */
export interface ColumnGuess {
  readonly type: ColumnType;
  /** How its dates are written, where that is not ISO: each cell is of one of these forms. */
  readonly formats: readonly MomentFormat[];
  /** Whether its days could as well be read with day and month the other way round. */
  readonly ambiguous: boolean;
}

const INTEGER = /^[+-]?(?:0|[1-9]\d*)$/;
const NUMBER = /^[+-]?(?:(?:0|[1-9]\d*)(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
const MAX_INTEGER = 2n ** 63n;
/** So many ways to write a date may be mixed in one column. */
const MAX_FORMATS = 3;

/**
 * The type of a column from its filled cells, by the rules by which data are typed when they are loaded: integer, number, boolean, ISO
 * date, ISO timestamp, else text. Beyond these, texts that are dates of other forms become dates, which only a declaration can say.
 *
 * @param cells trimmed, none of them blank
 */
export function guessColumn(cells: readonly string[]): ColumnGuess {
  const plain = (type: ColumnType): ColumnGuess => ({ type, formats: [], ambiguous: false });
  const all = (test: (cell: string) => boolean): boolean => cells.every(test);
  if (cells.length === 0) return plain('text');
  if (all(isInteger)) return plain('integer');
  if (all((cell) => NUMBER.test(cell) && isExact(cell))) return plain('number');
  if (all((cell) => cell === 'true' || cell === 'false')) return plain('boolean');
  if (all((cell) => ISO_DATE.read(cell) !== undefined)) return plain('date');
  if (all((cell) => ISO_TIMESTAMP.read(cell) !== undefined)) return plain('timestamp');
  return guessMoments(cells) ?? plain('text');
}

function isInteger(cell: string): boolean {
  if (!INTEGER.test(cell)) return false;
  if (cell.length < 18) return true;
  const value = BigInt(cell);
  return value < MAX_INTEGER && value >= -MAX_INTEGER;
}

/** Whole numbers beyond 64 bits are identifiers, which as numbers would lose their last digits. */
function isExact(cell: string): boolean {
  const value = Number(cell);
  return Number.isFinite(value) && (Math.abs(value) < 9e18 || /[.eE]/.test(cell));
}

/** The fewest forms, those first that most cells have, that together read every cell. */
function guessMoments(cells: readonly string[]): ColumnGuess | undefined {
  const distinct = [...new Set(cells)];
  const formats: MomentFormat[] = [];
  let left = distinct;
  while (left.length > 0) {
    const best = mostOf(left);
    if (best === undefined || formats.length === MAX_FORMATS) return undefined;
    formats.push(best);
    left = left.filter((cell) => best.read(cell) === undefined);
  }
  // Of a day and of a moment in one column, all are moments only where a form says how to read each.
  const hasTime = formats.some((format) => format.hasTime);
  const other = formats.map(({ pattern }) => swapped(pattern));
  const ambiguous = other.some((pattern, index) => {
    const twin = OTHER_FORMATS.find((format) => format.pattern === pattern);
    const own = formats[index];
    const read = distinct.filter((cell) => own?.read(cell) !== undefined);
    return twin !== undefined && read.every((cell) => twin.read(cell) !== undefined);
  });
  return { type: hasTime ? 'timestamp' : 'date', formats, ambiguous };
}

function mostOf(cells: readonly string[]): MomentFormat | undefined {
  let best: { readonly format: MomentFormat; readonly count: number } | undefined;
  for (const format of [ISO_DATE, ...OTHER_FORMATS]) {
    const count = cells.filter((cell) => format.read(cell) !== undefined).length;
    if (count > (best?.count ?? 0)) best = { format, count };
  }
  return best?.format;
}

/** The pattern with day and month the other way round; `undefined` where nobody writes it so. */
function swapped(pattern: string): string | undefined {
  if (!/%d(?=[/-]%m)|%m(?=[/-]%d)/.test(pattern)) return undefined;
  return pattern.replaceAll(/%[dm]/g, (part) => (part === '%d' ? '%m' : '%d'));
}
