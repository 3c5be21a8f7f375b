import { touches } from '../base/span.ts';
import type { ExpressionUse } from '../check/expressions.ts';
import { readFile } from '../model/read-file.ts';
import { parseYaml } from '../syntax/yaml/parse.ts';
import type { ScalarNode } from '../syntax/yaml/tree.ts';
import type { IdeContext, IdeFile } from './ide-context.ts';
import { definitionAt, usesIn } from './uses.ts';

/** An expression with a place in it. */
export interface ExpressionAt {
  /** Of an expression that is read on several sources, as in the `where` of a ratio, there is one for each. */
  readonly uses: readonly [ExpressionUse, ...ExpressionUse[]];
  /** Where the offset is in the expression's own text, which is empty where the value is still to be written. */
  readonly index: number;
}

/**
 * The expression in which an offset stands, its end and blanks behind it included, so that it is also found while it is being
 * typed: `where: ┆` has an expression with an empty text. `undefined` where no expression is read.
 */
export function expressionAt(context: IdeContext, file: IdeFile, offset: number): ExpressionAt | undefined {
  const at = endOfText(file.file.text, offset);
  const definition = definitionAt(file.file, at);
  const written = usesIn(context.checked, file.file, definition ? [definition] : []).expressions.filter(
    ({ word: { node } }) => node.origin === undefined && (touches(node.span, offset) || node.span.end === at),
  );
  const [use, ...others] = written;
  if (use !== undefined) return { uses: [use, ...others], index: indexAt(use.word.node, offset) };
  return awaitsValue(file.file.text, offset) ? unwrittenAt(context, file, offset) : undefined;
}

/** The index in a scalar's text of the character that stands at an offset of the file: the inverse of `offsetAt`. */
export function indexAt(node: ScalarNode, offset: number): number {
  let low = 0;
  let high = node.text.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (node.offsetAt(middle) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The offset without the blanks before it on its line. */
function endOfText(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && ' \t'.includes(text.charAt(at - 1))) at--;
  return at;
}

/** Whether a value or item is begun and not written yet. */
function awaitsValue(text: string, offset: number): boolean {
  return /[:,\-[]\s*$/.test(text.slice(Math.max(0, offset - 200), offset));
}

/** Reads the file as if a name stood at the offset, and finds the expression that it would be. */
function unwrittenAt({ checked }: IdeContext, { file }: IdeFile, offset: number): ExpressionAt | undefined {
  const text = `${file.text.slice(0, offset)}x${file.text.slice(offset)}`;
  const then = readFile(file.path, text, parseYaml(text), checked.kinds);
  const definition = definitionAt(then, offset);
  if (definition === undefined) return undefined;
  const [use, ...others] = usesIn(checked, then, [definition]).expressions.flatMap((each) => {
    const { node, text: written } = each.word;
    if (node.span.start !== offset || written !== 'x') return [];
    return [{ ...each, word: { ...each.word, text: '' } }];
  });
  return use === undefined ? undefined : { uses: [use, ...others], index: 0 };
}
