import type { Problem } from '../base/problem.ts';
import type { Span } from '../base/span.ts';
import { byFile } from './damage.ts';

/** Finds the first error in a part of a file. */
export interface ErrorIndex {
  /** The first error that lies in `span`, and in none of `except`. In a file that is not read at all, its first error. */
  first(file: string, span: Span, except?: readonly Span[]): Problem | undefined;
}

/** Sorts errors by place. `unread` are files in which every definition is worthless. */
export function errorIndex(errors: readonly Problem[], unread: ReadonlySet<string>): ErrorIndex {
  const sorted = new Map<string, readonly Problem[]>();
  for (const [file, list] of byFile(errors)) {
    sorted.set(
      file,
      [...list].sort((a, b) => a.span.start - b.span.start),
    );
  }
  return {
    first(file, span, except = []) {
      const list = sorted.get(file) ?? [];
      if (unread.has(file) && list.length > 0) return list[0];
      for (let index = lowerBound(list, span.start); index < list.length; index++) {
        const problem = list[index];
        if (problem === undefined || problem.span.start > span.end) return undefined;
        const isExcepted = except.some((part) => contains(part, problem.span));
        if (!isExcepted && contains(span, problem.span)) return problem;
      }
      return undefined;
    },
  };
}

function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** Index of the first problem that starts at `start` or behind it. */
function lowerBound(sorted: readonly Problem[], start: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.span.start ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  return low;
}
