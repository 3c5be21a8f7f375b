import type { Fix, Problem } from '../base/problem.ts';
import { inOrder } from '../base/problems-in-order.ts';
import type { Place } from '../base/span.ts';
import type { TextUnits } from '../syntax/units/text-units.ts';
import { pathOf } from '../syntax/units/unit-id.ts';

/** The texts of metrics files, by path. */
export type Texts = ReadonlyMap<string, TextUnits>;

/** Problems of a project's units as they stand in its files, in order. */
export function inFiles({ texts }: { readonly texts: Texts }, problems: readonly Problem[]): Problem[] {
  return inOrder(problems.map((problem) => problemIn(texts, problem)));
}

/** The place in a file of a place in one of its units. */
export function placeIn(texts: Texts, { file, span }: Place): Place {
  const path = pathOf(file);
  return path === file ? { file, span } : { file: path, span: texts.get(path)?.place(file, span) ?? span };
}

function problemIn(texts: Texts, problem: Problem): Problem {
  const { related, fixes } = problem;
  return {
    ...problem,
    ...placeIn(texts, problem),
    ...(related === undefined
      ? {}
      : { related: related.map((place) => ({ ...place, ...placeIn(texts, place) })) }),
    ...(fixes === undefined ? {} : { fixes: fixes.map((fix) => fixIn(texts, fix)) }),
  };
}

function fixIn(texts: Texts, fix: Fix): Fix {
  return { ...fix, edits: fix.edits.map((edit) => ({ ...edit, ...placeIn(texts, edit) })) };
}
