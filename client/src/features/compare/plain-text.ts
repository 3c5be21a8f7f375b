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

/**
 * A text as Markdown that shows it and nothing else, in one line: no link, picture or list can come of it. The editor's own way makes all spaces
 * hard, so that long texts break in the middle of words.
 */
export function asMarkdown(text: string): string {
  return oneLine(text)
    .trim()
    .replaceAll(/[!-/:-@[-`{-~]/g, '\\$&');
}
