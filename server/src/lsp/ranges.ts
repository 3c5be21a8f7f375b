import type { Position, Range } from 'vscode-languageserver';

/** The smallest range that holds all of some, of which there is at least one. */
export function hull([first, ...rest]: readonly [Range, ...Range[]]): Range {
  return rest.reduce(
    (all, { start, end }) => ({
      start: isBefore(start, all.start) ? start : all.start,
      end: isBefore(all.end, end) ? end : all.end,
    }),
    first,
  );
}

/** Whether one range holds another. */
export function holds(outer: Range, inner: Range): boolean {
  return !isBefore(inner.start, outer.start) && !isBefore(outer.end, inner.end);
}

function isBefore(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
