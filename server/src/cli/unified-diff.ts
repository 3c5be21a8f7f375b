import { type LineChange, lineChanges, splitLines } from '../core/format/line-edits.ts';

/** Lines around a change that are shown with it. */
const CONTEXT = 3;

/** The lines of a unified diff of one file, as `diff -u` and `git diff` write it; none where the texts are equal. */
export function unifiedDiff(name: string, before: string, after: string): readonly string[] {
  const [old, now] = [splitLines(before), splitLines(after)];
  const groups = grouped(lineChanges(old, now));
  if (groups.length === 0) return [];
  return [`--- ${name}`, `+++ ${name}`, ...groups.flatMap((changes) => hunk(old, now, changes))];
}

/** Changes that are so near to each other that their surroundings touch are shown together. */
function grouped(changes: readonly LineChange[]): readonly (readonly LineChange[])[] {
  const groups: LineChange[][] = [];
  for (const change of changes) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (group !== undefined && last !== undefined && change.from - last.to <= 2 * CONTEXT) group.push(change);
    else groups.push([change]);
  }
  return groups;
}

function hunk(old: readonly string[], now: readonly string[], changes: readonly LineChange[]): string[] {
  const [first] = changes;
  const last = changes.at(-1);
  if (first === undefined || last === undefined) return [];
  const start = Math.max(0, first.from - CONTEXT);
  const end = Math.min(old.length, last.to + CONTEXT);
  const newStart = first.newFrom - (first.from - start);
  const newEnd = last.newTo + (end - last.to);
  const lines: string[] = [];
  let at = start;
  for (const { from, to, newFrom, newTo } of changes) {
    lines.push(...marked(' ', old.slice(at, from)));
    lines.push(...marked('-', old.slice(from, to)), ...marked('+', now.slice(newFrom, newTo)));
    at = to;
  }
  lines.push(...marked(' ', old.slice(at, end)));
  return [`@@ -${range(start, end)} +${range(newStart, newEnd)} @@`, ...lines];
}

/** An empty range is written by the line before it. */
function range(start: number, end: number): string {
  const length = end - start;
  return `${length === 0 ? start : start + 1}${length === 1 ? '' : `,${length}`}`;
}

function marked(mark: string, lines: readonly string[]): string[] {
  return lines.flatMap((line) => {
    const text = `${mark}${line.replace(/[\r\n]+$/, '')}`;
    return /[\r\n]$/.test(line) ? [text] : [text, '\\ No newline at end of file'];
  });
}
