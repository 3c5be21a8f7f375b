import { type Problem, type ProblemKind, problemOf } from '../base/problem.ts';
import type { Source } from '../model/project.ts';
import type { YamlNode } from '../syntax/yaml/tree.ts';
import { behind, listedRows, membersOf } from './row-words.ts';
import type { RunContext } from './run-demands.ts';

/** What is wrong with the rows of a source, at a place of its definition. */
export interface Found {
  readonly kind: ProblemKind;
  readonly source: Source;
  readonly node: YamlNode;
  readonly message: string;
}

/** The problem, without rows. */
export function problemAt(
  { kind, source, node, message }: Found,
  more: Pick<Problem, 'related'> = {},
): Problem {
  return problemOf(kind, { file: source.file, span: node.span }, message, more);
}

/**
 * The problem with how many rows it concerns, the first of which are named.
 *
 * @param numbers as statements give them
 * @param owner the source whose rows they are, where that is another one
 */
export function counted(
  context: RunContext,
  found: Found,
  count: number,
  numbers: readonly number[],
  owner: Source = found.source,
): Problem {
  const shown = behind(context, owner, numbers);
  const message = `${found.message} ${listedRows(shown, count)}`.trimEnd();
  const problem = problemAt({ ...found, message }, membersOf(owner, shown));
  return { ...problem, counts: { count, rows: shown.map(({ number }) => number) } };
}

/** `1 row`, `12 rows`. */
export function rows(count: number): string {
  return count === 1 ? '1 row' : `${count} rows`;
}
