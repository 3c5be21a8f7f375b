import type { ColumnType } from '../../core/base/value-type.ts';
import { quoteText } from './sql-text.ts';

// How a cell of text is read as a value: the grammar of the format reference, section 2, as SQL on a text expression.
// DuckDB's own casts take far more (`0x1F`, `1_000`, `1.6` as an integer, `inf`, `t` and `yes`, `2020/1/5`), and
// drop the offset of a timestamp. So every cast stands behind a pattern. All patterns allow white space around the value.

const INTEGER = String.raw`\s*[+-]?(0|[1-9][0-9]*)\s*`;
const NUMBER = String.raw`\s*[+-]?((0|[1-9][0-9]*)(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?\s*`;
const BOOLEAN = String.raw`\s*(true|false)\s*`;
const TRUE = String.raw`\s*true\s*`;
const DATE = String.raw`\s*\d{4}-\d{2}-\d{2}\s*`;
const LOCAL = String.raw`\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?`;
const OFFSET = String.raw`Z|UTC|[+-]([01]\d|2[0-3])(:?[0-5]\d)?`;
const NAIVE = String.raw`\s*${LOCAL}\s*`;
const ZONED = String.raw`\s*${LOCAL} ?(${OFFSET})\s*`;
/** Blank cells are those of white space only, a no-break space included. */
const BLANK = String.raw`[\s\p{Z}]*`;

/** The types that undeclared columns are tried for, in this order; none fits: text. */
export const INFERRED_TYPES = ['integer', 'number', 'boolean', 'date', 'timestamp'] as const;
export type InferredType = (typeof INFERRED_TYPES)[number];

/** How the cells of one table are read. */
export interface CellRules {
  /** Of naive timestamps. */
  readonly timezone: string;
  /** Cells that mean null, beside blank ones. */
  readonly nulls: readonly string[];
}

/** Whether a cell holds something: it is not blank, and no null marker. Never null. */
export function cellIsFilled(cell: string, rules: CellRules): string {
  // The comparison spares nearly all cells the pattern: they begin with a visible ASCII character.
  const matches = `regexp_full_match(${cell}, ${quoteText(BLANK)})`;
  const notBlank = `case when ${cell} between '!' and '~' then true when ${cell} is null then false else not ${matches} end`;
  if (rules.nulls.length === 0) return notBlank;
  const markers = rules.nulls.map((text) => quoteText(text.trim())).join(', ');
  return `case when trim(${cell}) in (${markers}) then false else ${notBlank} end`;
}

/** Whether a cell is of an inferred type; false or null where not. Null markers are not looked at. */
export function cellFits(cell: string, type: InferredType): string {
  if (type === 'timestamp') return `(${timestampValue(cell, 'UTC')}) is not null`;
  const matches = `regexp_full_match(${cell}, ${quoteText(patternOf(type))})`;
  if (type === 'boolean') return matches;
  if (type !== 'number') return `(${matches} and ${castOf(cell, type, 'UTC')} is not null)`;
  // Whole numbers beyond 64 bits are identifiers more often than amounts: as numbers they would lose their last digits, and
  // different ones would become equal. So they make the column text, unless it is declared.
  const double = `try_cast(${cell} as double)`;
  const withPoint = `regexp_matches(${cell}, '[.eE]')`;
  return `case when not ${matches} then false when abs(${double}) < 9e18 then true when isfinite(${double}) then ${withPoint} end`;
}

/** The value of a cell of a column that is taken for a type: null where the cell does not fit after all. */
export function guessedValue(cell: string, type: InferredType, rules: CellRules): string {
  const value = castOf(cell, type, rules.timezone);
  // The value of a timestamp looks at the cell's form itself.
  const fitting = type === 'timestamp' ? value : `case when ${cellFits(cell, type)} then ${value} end`;
  return rules.nulls.length === 0 ? fitting : `case when ${cellIsFilled(cell, rules)} then ${fitting} end`;
}

/** The value of a filled cell of a column that was inferred, so that every filled cell fits. Text stays as written. */
export function inferredValue(cell: string, type: ColumnType, rules: CellRules): string {
  const value = castOf(cell, type, rules.timezone);
  // Most casts of blank cells are null of themselves; null markers can look like values (`0`, `-1`).
  const filled = type === 'text' || type === 'boolean' || rules.nulls.length > 0;
  return filled ? `case when ${cellIsFilled(cell, rules)} then ${value} end` : value;
}

/** The value of a cell of a declared column: null where the cell is not of that type. */
export function declaredValue(
  cell: string,
  type: ColumnType,
  dateFormats: readonly string[] | undefined,
  rules: CellRules,
): string {
  const filled = cellIsFilled(cell, rules);
  if (type === 'text') return `case when ${filled} then ${cell} end`;
  if ((type === 'date' || type === 'timestamp') && dateFormats !== undefined && dateFormats.length > 0) {
    return `case when ${filled} then ${formattedValue(cell, type, dateFormats, rules.timezone)} end`;
  }
  const value = castOf(cell, type, rules.timezone);
  if (type !== 'timestamp') {
    const options = type === 'boolean' ? ", 'i'" : '';
    const matches = `regexp_full_match(${cell}, ${quoteText(patternOf(type))}${options})`;
    return `case when ${filled} and ${matches} then ${value} end`;
  }
  const date = `regexp_full_match(${cell}, ${quoteText(DATE)})`;
  const midnight = naiveToUtc(`try_cast(${cell} as timestamp)`, rules.timezone);
  return `case when not ${filled} then null when ${date} then ${midnight} else ${value} end`;
}

function patternOf(type: Exclude<InferredType, 'timestamp'>): string {
  switch (type) {
    case 'integer':
      return INTEGER;
    case 'number':
      return NUMBER;
    case 'boolean':
      return BOOLEAN;
    case 'date':
      return DATE;
  }
}

/** The value of a cell that matches the pattern of its type; null where it is out of range, or no day of the calendar. */
function castOf(cell: string, type: ColumnType, timezone: string): string {
  switch (type) {
    case 'integer':
      return `try_cast(${cell} as bigint)`;
    case 'number':
      return finite(`try_cast(${cell} as double)`);
    case 'boolean':
      return `regexp_full_match(${cell}, ${quoteText(TRUE)}, 'i')`;
    case 'date':
      return `try_cast(${cell} as date)`;
    case 'timestamp':
      return timestampValue(cell, timezone);
    case 'text':
      return cell;
  }
}

/** A double that is a number: null for infinities and NaN. */
export function finite(double: string): string {
  return `case when isfinite(${double}) then ${double} end`;
}

/** The timestamp in a cell, in UTC; null where the cell holds none. */
function timestampValue(cell: string, timezone: string): string {
  const matches = (pattern: string): string => `regexp_full_match(${cell}, ${quoteText(pattern)})`;
  const naive = naiveToUtc(`try_cast(${cell} as timestamp)`, timezone);
  const local = `try_cast(regexp_extract(${cell}, ${quoteText(LOCAL)}) as timestamp)`;
  return `case when ${matches(NAIVE)} then ${naive} when ${matches(ZONED)} then ${local} - ${offsetOf(cell)} end`;
}

/** The offset at the end of a cell as an interval: `+05:30`, `+0530`, `-08`, `Z`. */
function offsetOf(cell: string): string {
  const digits = `replace(regexp_extract(${cell}, ${quoteText(`(${OFFSET})\\s*$`)}, 1), ':', '')`;
  const hours = `coalesce(try_cast(substr(${digits}, 2, 2) as integer), 0)`;
  const minutes = `coalesce(try_cast(substr(${digits}, 4, 2) as integer), 0)`;
  return `to_minutes(case when ${digits} like '-%' then -1 else 1 end * (60 * ${hours} + ${minutes}))`;
}

/** A timestamp without a zone, read in a time zone, in UTC. */
export function naiveToUtc(timestamp: string, timezone: string): string {
  return timezone === 'UTC' ? timestamp : `timezone('UTC', timezone(${quoteText(timezone)}, ${timestamp}))`;
}

function formattedValue(
  cell: string,
  type: 'date' | 'timestamp',
  formats: readonly string[],
  timezone: string,
): string {
  const values = formats.map((format) => {
    const value = `try_strptime(trim(${cell}), ${quoteText(format)})`;
    if (type === 'date') return `cast(${value} as date)`;
    // A pattern with a zone gives an instant; the cast to a time zone's clock is then that of UTC.
    return /%[zZ]/.test(format)
      ? `cast(timezone('UTC', cast(${value} as timestamptz)) as timestamp)`
      : naiveToUtc(value, timezone);
  });
  return `coalesce(${values.join(', ')}, null)`;
}
