import type { DifferenceId } from '../../../server/src/core/syntax/expression/engine-differences.ts';
import type { JsValue } from '../interpret.ts';
import { columnsIn } from './columns-in.ts';
import type { ParityRow } from './rows.ts';

/** What DuckDB answers where it stops. */
export const FAILED = Symbol('an error');

/** One call with its two answers. */
export interface Answers {
  /** The texts that were evaluated. */
  readonly ours: string;
  readonly theirs: string;
  readonly timezone: string;
  /** One row, or those that an aggregate was over. */
  readonly rows: readonly ParityRow[];
  readonly here: JsValue;
  readonly there: JsValue | typeof FAILED;
}

const HOUR = 3_600_000;
const WHITE = /^[ \t\r\n\u00a0]+|[ \t\r\n\u00a0]+$/g;

/** Whether a documented difference is what tells the two answers apart. That ours is right is checked beside it. */
export const EXPLAINS: Readonly<Record<DifferenceId, (answers: Answers) => boolean>> = {
  'null-out-of-range': ({ here, there }) =>
    here === null && (there === FAILED || (typeof there === 'bigint' && BigInt.asIntN(64, there) !== there)),
  'null-for-infinity': ({ here, there }) =>
    here === null && typeof there === 'number' && !Number.isFinite(there),
  'exact-whole-numbers': ({ ours, here, there }) =>
    there === FAILED ? ours.startsWith('i %') && here === 0n : Number(here) === Number(there),
  'sums-of-decimals': (answers) => {
    const { rows, here, there } = answers;
    const column = columnsIn(answers.ours)[0];
    if (column === undefined || typeof there !== 'number' || typeof here !== 'number') return false;
    const largest = Math.max(...rows.map((row) => Math.abs(Number(row[column]))));
    return Math.abs(here - there) <= rows.length * largest * 1e-15;
  },
  'zero-over-no-rows': ({ ours, rows, here, there }) =>
    (rows.length === 0 || ours.startsWith('count_if')) && Number(here) === 0 && there === null,
  'white-space': ({ here, there }) => String(there).replace(WHITE, '') === here,
  'places-from-one': ({ ours, rows: [row], there }) => {
    const places = columnsIn(ours).flatMap((name) => (name === 's' ? [] : Number(row?.[name] ?? 1)));
    return places.some((place) => place < 1) || (there === FAILED && places.some((place) => place > 2 ** 32));
  },
  'first-midnight': ({ timezone, rows: [row], here, there }) =>
    timezone === 'America/Havana' && (row?.d === '2025-11-02' || apart(here, there) === HOUR),
  'the-hour-it-was': ({ ours, here, there }) => ours.includes("'hour'") && apart(here, there) === HOUR,
  'the-later-of-two': ({ ours, timezone, here, there }) =>
    timezone !== 'UTC' && !/'(second|minute|hour)'/.test(ours) && apart(here, there) === HOUR,
  monday: ({ here, there }) => here === 7n && there === 0n,
  // One for the boundary, and one for an hour that the clocks repeat.
  'elapsed-units': ({ theirs, here, there }) => theirs.startsWith('date_diff') && apart(here, there) <= 2,
  'days-of-24-hours': ({ ours, theirs, timezone, here, there }) =>
    theirs.startsWith('date_sub') &&
    timezone !== 'UTC' &&
    /'(day|week)'/.test(ours) &&
    /\ba\b/.test(ours) &&
    apart(here, there) === 1,
  'ends-of-months': ({ ours, theirs, here, there }) =>
    theirs.startsWith('date_sub') && /'(month|quarter|year)'/.test(ours) && apart(here, there) === 1,
  'four-digit-years': ({ here, there }) =>
    here === null && typeof there === 'string' && !/^\d{4}-/.test(there),
  'a-function-for-adding': () => false,
  'texts-that-can-be-cast': ({ ours, here }) => ours.startsWith('cast(s as') && here === null,
  'offsets-behind-a-blank': ({ rows: [row], here, there }) =>
    there === null && here !== null && / [+-]\d{4}$/.test(String(row?.s)),
  'halves-away-from-zero': ({ ours, rows: [row], here, there }) =>
    ours === 'cast(x as integer)' && Math.abs(Number(row?.x) % 1) === 0.5 && apart(here, there) === 1,
  'shortest-numbers': ({ ours, here, there }) =>
    ours === 'cast(x as text)' && String(there).replace(/\.0$/, '').replace(/^-0$/, '0') === here,
  'clock-time-without-offset': ({ ours, here, there }) =>
    ours === 'cast(a as text)' && String(there).replace(/(\.\d+)?[+-]\d{2}(:\d{2})*$/, '') === here,
  'decimals-are-doubles': () => false,
};

/** How far two values are apart: whole numbers by their difference, times by milliseconds. */
function apart(here: JsValue, there: JsValue | typeof FAILED): number {
  if (there === FAILED || here === null || there === null) return Number.NaN;
  const number = (value: JsValue): number => (typeof value === 'string' ? Date.parse(value) : Number(value));
  return Math.abs(number(here) - number(there));
}
