import type { Span } from '../base/span.ts';

/** A run of lines that is replaced by others. */
export interface LineChange {
  /** The first line, counted from 0, and the one behind the last, in the text before. */
  readonly from: number;
  readonly to: number;
  /** The same in the text after. */
  readonly newFrom: number;
  readonly newTo: number;
}

/** A replacement in one text. */
export interface LineEdit {
  readonly span: Span;
  readonly text: string;
}

/** More differing lines than this are replaced as one run: finding the fewest would take too long. */
const MAX_DIFFERENCES = 1000;

/** The lines of a text with their line breaks. */
export function splitLines(text: string): readonly string[] {
  return text.match(/[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+$/g) ?? [];
}

/** The edits, a few lines each, that make one text another, so that cursors and folds elsewhere stay where they are. */
export function lineEdits(before: string, after: string): readonly LineEdit[] {
  const [old, now] = [splitLines(before), splitLines(after)];
  const starts = [0];
  for (const line of old) starts.push((starts.at(-1) ?? 0) + line.length);
  return lineChanges(old, now).map(({ from, to, newFrom, newTo }) => ({
    span: { start: starts[from] ?? before.length, end: starts[to] ?? before.length },
    text: now.slice(newFrom, newTo).join(''),
  }));
}

/** The fewest runs of lines in which two texts differ (E. Myers, An O(ND) difference algorithm, 1986), in order. */
export function lineChanges(before: readonly string[], after: readonly string[]): readonly LineChange[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let [oldEnd, newEnd] = [before.length, after.length];
  while (oldEnd > start && newEnd > start && before[oldEnd - 1] === after[newEnd - 1]) {
    oldEnd--;
    newEnd--;
  }
  if (start === oldEnd && start === newEnd) return [];
  const equal = matches(before.slice(start, oldEnd), after.slice(start, newEnd));
  const changes: LineChange[] = [];
  let [from, newFrom] = [start, start];
  for (const [x, y] of [...equal, [oldEnd - start, newEnd - start] as const]) {
    const [to, newTo] = [x + start, y + start];
    if (to > from || newTo > newFrom) changes.push({ from, to, newFrom, newTo });
    [from, newFrom] = [to + 1, newTo + 1];
  }
  return changes;
}

/** Indices of equal lines, ascending in both texts; as many as can be. */
function matches(
  before: readonly string[],
  after: readonly string[],
): readonly (readonly [number, number])[] {
  /** For each number of differences, how far each diagonal (old index less new index) is reached in the text before. */
  const reached: Map<number, number>[] = [];
  for (let d = 0; d <= Math.min(MAX_DIFFERENCES, before.length + after.length); d++) {
    const last = reached.at(-1);
    const current = new Map<number, number>();
    for (let k = -d; k <= d; k += 2) {
      let x = last === undefined ? 0 : stepFrom(last, k, d).x;
      while (x < before.length && x - k < after.length && before[x] === after[x - k]) x++;
      current.set(k, x);
      if (x >= before.length && x - k >= after.length) {
        return trace([...reached, current], before.length, after.length);
      }
    }
    reached.push(current);
  }
  return [];
}

/** The better way to a diagonal: by a line taken out, or by one put in. */
function stepFrom(last: ReadonlyMap<number, number>, k: number, d: number): { x: number; from: number } {
  const left = last.get(k - 1) ?? -1;
  const right = last.get(k + 1) ?? -1;
  return k === -d || (k !== d && left < right) ? { x: right, from: k + 1 } : { x: left + 1, from: k - 1 };
}

function trace(
  reached: readonly ReadonlyMap<number, number>[],
  oldLength: number,
  newLength: number,
): readonly (readonly [number, number])[] {
  const equal: [number, number][] = [];
  let [x, k] = [oldLength, oldLength - newLength];
  for (let d = reached.length - 1; d >= 0; d--) {
    const last = reached[d - 1];
    const step = last === undefined ? { x: 0, from: k } : stepFrom(last, k, d);
    for (; x > step.x; x--) equal.push([x - 1, x - 1 - k]);
    x = last?.get(step.from) ?? 0;
    k = step.from;
  }
  return equal.reverse();
}
