import type { Span } from '../../base/span.ts';

/** A replacement of a stretch of one text by a new one: `end` is where the old stretch ended, `length` how long the new one is. */
export interface TextChange extends Span {
  readonly length: number;
}

/** What is different between two texts, as one replacement. */
export function changeOf(before: string, after: string): TextChange {
  const most = Math.min(before.length, after.length);
  let start = sameAtStart(before, after, most);
  // The halves of one character are not told apart.
  if (start > 0 && isHigh(before.charCodeAt(start - 1))) start--;
  let end = sameAtEnd(before, after, most - start);
  if (end > 0 && isLow(before.charCodeAt(before.length - end))) end--;
  return { start, end: before.length - end, length: after.length - end - start };
}

/** The longest stretch that is compared at once. */
const LONGEST = 1 << 16;

/** Compares large stretches at once: for equal texts that is a hundred times as fast as `startsWith`, or one character after the other. */
function sameAtStart(a: string, b: string, most: number): number {
  let count = 0;
  for (let step = LONGEST; step > 0; step >>= 2) {
    while (count + step <= most && a.slice(count, count + step) === b.slice(count, count + step)) {
      count += step;
    }
  }
  return count;
}

function sameAtEnd(a: string, b: string, most: number): number {
  let count = 0;
  const before = (text: string, length: number): string =>
    text.slice(text.length - count - length, text.length - count);
  for (let step = LONGEST; step > 0; step >>= 2) {
    while (count + step <= most && before(a, step) === before(b, step)) count += step;
  }
  return count;
}

function isHigh(code: number): boolean {
  return code >= 0xd800 && code < 0xdc00;
}

function isLow(code: number): boolean {
  return code >= 0xdc00 && code < 0xe000;
}
