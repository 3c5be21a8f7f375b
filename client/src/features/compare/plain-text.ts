import type { Comparison } from '../../../../server/src/protocol/index.ts';

/** A line of text as the server writes it. */
export type Words = Comparison['summary'];

/** A line in one string, as plain text. Whoever shows it as Markdown has to escape it. */
export function plainText(words: Words): string {
  return oneLine(
    words.map((run) => (typeof run === 'string' ? run : 'code' in run ? run.code : run.strong)).join(''),
  );
}

/** What breaks a line, or turns the direction of the text after it. */
const MISLEADING = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/** A text of people that may stand between other words: in one line, and read from left to right like those. */
export function oneLine(text: string): string {
  return text.replaceAll(MISLEADING, ' ');
}
