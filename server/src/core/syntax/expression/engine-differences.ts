import type { CallName, OperatorName } from './functions.ts';

/** Everything of the language that computes something. */
export type Callable = CallName | OperatorName | 'case' | 'cast';

/** The names of the differences. */
export type DifferenceId =
  | 'null-out-of-range'
  | 'null-for-infinity'
  | 'exact-whole-numbers'
  | 'sums-of-decimals'
  | 'zero-over-no-rows'
  | 'white-space'
  | 'places-from-one'
  | 'first-midnight'
  | 'the-hour-it-was'
  | 'the-later-of-two'
  | 'monday'
  | 'elapsed-units'
  | 'days-of-24-hours'
  | 'ends-of-months'
  | 'four-digit-years'
  | 'a-function-for-adding'
  | 'texts-that-can-be-cast'
  | 'offsets-behind-a-blank'
  | 'halves-away-from-zero'
  | 'shortest-numbers'
  | 'clock-time-without-offset'
  | 'decimals-are-doubles';

/** One way in which an expression means something else here than in the engine that computes it, were the same text given to that. */
export interface EngineDifference {
  /** What it concerns; none where it concerns literals. */
  readonly of: readonly Callable[];
  /** Full sentences that say what holds here, and why it does. */
  readonly text: string;
  /** An expression, by the time zone UTC. */
  readonly example: string;
  /** Its value here, as text. */
  readonly here: string;
  /** Its value by DuckDB's own reading of the text; `an error` where the statement fails. */
  readonly there: string;
}

/**
 * Where expressions differ from DuckDB, for those who know it. In everything else they are what DuckDB makes of the same
 * text, with numbers as `DOUBLE`, whole numbers as `BIGINT` and timestamps as `TIMESTAMPTZ` in the project's time zone: a test calls every
 * function both ways over random arguments, and fails where a difference is not listed here, or listed and never seen.
 */
export const ENGINE_DIFFERENCES: Readonly<Record<DifferenceId, EngineDifference>> = {
  'null-out-of-range': {
    of: ['abs', 'sqrt', 'ln', 'negate', '+', '-', '*', 'date_add', 'sum'],
    text: 'Where a function is not defined, or a whole number grows beyond 64 bits, the value is null: one odd row never costs a metric its value. DuckDB stops with an error, or goes on with a sum of 128 bits.',
    example: 'sqrt(-1)',
    here: 'null',
    there: 'an error',
  },
  'null-for-infinity': {
    of: ['exp', 'power', '+', '-', '*', '/', 'sum', 'avg'],
    text: 'No value is infinite or NaN: a division by 0, and a result beyond the range of numbers, is null.',
    example: '1 / 0',
    here: 'null',
    there: 'Infinity',
  },
  'exact-whole-numbers': {
    of: ['floor', 'ceil', '%'],
    text: 'A whole number stays exact to 64 bits. DuckDB makes a double of it, which has 53, to take its floor, and fails at the remainder of the least one by -1.',
    example: 'floor(9007199254740993)',
    here: '9007199254740993',
    there: '9007199254740992',
  },
  'sums-of-decimals': {
    of: ['sum', 'avg'],
    text: 'Sums and means of numbers are compensated (Kahan), so that the order of rows does not show in the first 15 digits. Many rows (more than some 100,000) are summed in parts by several threads, and the 16th digit may then differ from one run to the next. The mean of whole numbers is computed from doubles, and so is exact to 53 bits of the largest.',
    example: 'sum(x) over (0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1)',
    here: '1',
    there: '0.9999999999999999',
  },
  'zero-over-no-rows': {
    of: ['sum', 'count_if'],
    text: 'A sum and a count over no rows are 0; DuckDB has null for a sum, and for a `count_if` whose condition is never true or false.',
    example: 'sum(x) over ()',
    here: '0',
    there: 'null',
  },
  'white-space': {
    of: ['trim'],
    text: 'Tabs, line breaks and blanks that do not break are trimmed too, as spreadsheets leave them.',
    example: "length(trim('a\t'))",
    here: '1',
    there: '2',
  },
  'places-from-one': {
    of: ['substring', 'split_part'],
    text: 'Places are counted from 1 on. One below 1 holds nothing; DuckDB counts it from the end of the text, and fails beyond 32 bits.',
    example: "substring('GB-1042', -2, 2)",
    here: '',
    there: '42',
  },
  'first-midnight': {
    of: [
      'date_trunc',
      'date_diff',
      'cast',
      'least',
      'greatest',
      'coalesce',
      'nullif',
      'case',
      '=',
      '<>',
      '<',
      '<=',
      '>',
      '>=',
    ],
    text: 'A day begins with its first instant. Where clocks are put back over midnight (Havana), DuckDB takes the second midnight of the two.',
    example: "cast(date '2025-11-02' as timestamp)",
    here: '2025-11-02T00:00:00',
    there: '2025-11-02T00:00:00',
  },
  'the-hour-it-was': {
    of: ['date_trunc'],
    text: 'An hour that a change of clocks repeats stays the hour that it was; DuckDB takes the second for the first too.',
    example: "date_trunc('hour', timestamp '2025-10-26 00:30')",
    here: '2025-10-26T00:00:00',
    there: '2025-10-26T00:00:00',
  },
  'the-later-of-two': {
    of: ['date_add'],
    text: 'Days and longer units move the time that the clocks show. Where that occurs twice, the later instant is meant, as in data without an offset; DuckDB stays with the first where it was the first.',
    example: "date_add('day', 0, timestamp '2025-10-26 00:30')",
    here: '2025-10-26T00:30:00',
    there: 'an error',
  },
  monday: {
    of: ['date_part'],
    text: "Monday is day 1 and Sunday day 7 of `dow`, as weeks begin on Monday; DuckDB's Sunday is 0.",
    example: "date_part('dow', date '2025-06-01')",
    here: '7',
    there: '0',
  },
  'elapsed-units': {
    of: ['date_diff'],
    text: 'Whole units that have elapsed are counted; DuckDB counts the boundaries that were crossed, and calls the other `date_sub`.',
    example: "date_diff('month', date '2025-01-31', date '2025-02-01')",
    here: '0',
    there: '1',
  },
  'days-of-24-hours': {
    of: ['date_diff'],
    text: 'Between timestamps a day is 24 hours, and a week 168; DuckDB counts days of the calendar, which may have 23 or 25.',
    example: "date_diff('day', timestamp '2025-03-29 12:00', timestamp '2025-03-30 12:00')",
    here: '1',
    there: '1',
  },
  'ends-of-months': {
    of: ['date_diff'],
    text: 'A month has passed when its day of the month is reached: none from 31 January to 28 February. DuckDB’s `date_sub` takes the last day of a month for any later one.',
    example: "date_diff('month', date '2025-01-31', date '2025-02-28')",
    here: '0',
    there: '1',
  },
  'four-digit-years': {
    of: ['date_add'],
    text: 'Times lie in the years 1 to 9999; what lies beyond is null.',
    example: "date_add('year', 1, date '9999-12-31')",
    here: 'null',
    there: 'an error',
  },
  'a-function-for-adding': {
    of: [],
    text: "`date_add('month', n, x)` adds n units; DuckDB writes `x + to_months(n)`. `day_of_week(x)` is DuckDB's `isodow(x)`, and `cast(x as number)` its `try_cast(x as double)`.",
    example: "date_add('month', 1, date '2025-01-31')",
    here: '2025-02-28',
    there: 'an error',
  },
  'texts-that-can-be-cast': {
    of: ['cast'],
    text: 'A text is cast where it is plainly what the type is called: digits to a whole number, true or false to a boolean, an ISO date to a date. DuckDB also takes 0x1F, 1e3 or 2.5 for whole numbers, T and yes for booleans, nan for a number and 2025-3-1 for a date.',
    example: "cast('2.5' as integer)",
    here: 'null',
    there: '3',
  },
  'offsets-behind-a-blank': {
    of: ['cast'],
    text: 'A timestamp may have its offset without a colon, and behind a blank: `2015-02-24 11:35:52 -0800`.',
    example: "cast('2015-02-24 11:35:52 -0800' as timestamp)",
    here: '2015-02-24T19:35:52',
    there: 'an error',
  },
  'halves-away-from-zero': {
    of: ['cast'],
    text: 'A cast to a whole number rounds halves away from zero, as `round` does; that of DuckDB rounds them to the even one.',
    example: 'cast(2.5e0 as integer)',
    here: '3',
    there: '2',
  },
  'shortest-numbers': {
    of: ['cast'],
    text: 'A number is written in its shortest form, as groups are named: 5, not 5.0.',
    example: 'cast(5e0 as text)',
    here: '5',
    there: '5.0',
  },
  'clock-time-without-offset': {
    of: ['cast'],
    text: "A timestamp is written as the project's clocks show it, to the second and without an offset.",
    example: "cast(timestamp '2025-01-31 10:00:05' as text)",
    here: '2025-01-31 10:00:05',
    there: '2025-01-31 10:00:05',
  },
  'decimals-are-doubles': {
    of: [],
    text: 'A number with a point is a double, as spreadsheets have it; DuckDB makes a decimal of it.',
    example: '0.1 + 0.2',
    here: '0.30000000000000004',
    there: '0.3',
  },
};
