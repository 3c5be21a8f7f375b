import { KEYWORDS } from '../syntax/expression/parse-operand.ts';

/** Words that mean something else in an expression, so that a column of that name could not be named in one. */
const TAKEN: ReadonlySet<string> = new Set([
  ...KEYWORDS,
  'as',
  'cast',
  'date',
  'timestamp',
  'period_start',
  'period_end',
  'event_time',
  'source_name',
]);

/** A text as a name of the format: lower case letters, digits and underscores, a letter first. */
export function nameFrom(text: string, fallback: string): string {
  const words = text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replaceAll(/[^a-z\d]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
    .slice(0, MAX_NAME)
    .replace(/_+$/, '');
  if (words === '') return fallback;
  return /^[a-z]/.test(words) ? words : `${fallback}_${words}`;
}

/** Longer names are no help. */
const MAX_NAME = 40;

/** The name itself, or with the first number behind it that is free; notes it as taken. */
export function freeName(name: string, taken: Set<string>): string {
  let free = name;
  for (let next = 2; taken.has(free); next += 1) free = `${name}_${next}`;
  taken.add(free);
  return free;
}

/** The names of the columns of a file, by their headers: the header itself where expressions can name it. */
export function columnNames(headers: readonly string[]): readonly string[] {
  const taken = new Set<string>(headers.filter(isPlain));
  return headers.map((header, index) => {
    if (isPlain(header) && headers.indexOf(header) === index) return header;
    const name = nameFrom(header, 'column');
    return freeName(TAKEN.has(name) ? `${name}_value` : name, taken);
  });
}

function isPlain(header: string): boolean {
  return /^[a-z][a-z\d_]*$/.test(header) && !TAKEN.has(header);
}
