import { type Span, touches } from '../base/span.ts';
import { expressionUses } from '../check/expressions.ts';
import { parsedExpression } from '../check/parsed.ts';
import type { Expression, NamePart } from '../syntax/expression/ast.ts';
import { operandsOf } from '../syntax/expression/names.ts';
import type { ScalarNode } from '../syntax/yaml/tree.ts';
import { nodeAt } from '../syntax/yaml/walk.ts';
import type { IdeContext, IdeFile } from './ide-context.ts';
import { readAlone } from './names/in-definition.ts';
import { extentOf } from './occurrences.ts';

/**
 * What can be selected around an offset, each within the next: the word and the parts of an expression, the scalar without and with its
 * quotes, the entry, the map, and so on to the whole section. Empty outside of everything.
 */
export function selectionRanges(context: IdeContext, file: IdeFile, offset: number): readonly Span[] {
  const found = nodeAt(file.tree, offset);
  if (found === undefined) return [];
  const { node, path } = found;
  const inside: Span[] =
    node.kind === 'scalar' && node.origin === undefined ? insideScalar(context, file, node, offset) : [];
  const around = [...path]
    .reverse()
    .flatMap((step) => ('entry' in step ? [step.entry.span, step.in.span] : [step.in.span]));
  return nested([...inside, node.span, ...around]);
}

function insideScalar(context: IdeContext, file: IdeFile, node: ScalarNode, offset: number): Span[] {
  const text = { start: node.offsetAt(0), end: node.offsetAt(node.text.length) };
  const expression = expressionOf(context, file, node);
  const parts = expression === undefined ? [] : partsAt(expression, node, offset);
  return [...parts, ...(touches(text, offset) ? [text] : [])];
}

/** The syntax tree of a scalar that is an expression. */
function expressionOf({ checked }: IdeContext, { file }: IdeFile, node: ScalarNode): Expression | undefined {
  const definition = file.definitions.find((each) => touches(extentOf(each), node.span.start));
  if (definition === undefined) return undefined;
  const { view, book } = readAlone(checked, definition);
  const use = expressionUses(book, view).find(({ word }) => word.node === node);
  return use && parsedExpression(use.word).expression;
}

/** The parts of an expression that an offset of the file touches, innermost first. */
function partsAt(expression: Expression, node: ScalarNode, offset: number): Span[] {
  const place = ({ start, end }: Span): Span => ({ start: node.offsetAt(start), end: node.offsetAt(end) });
  const isHere = ({ span }: { readonly span: Span }): boolean => touches(place(span), offset);
  const own = place(expression.span);
  const word = wordsOf(expression).find(isHere);
  if (word !== undefined) return [place(word.span), own];
  const operand = operandsOf(expression).find(isHere);
  return operand === undefined ? [own] : [...partsAt(operand, node, offset), own];
}

function wordsOf(expression: Expression): readonly NamePart[] {
  if (expression.kind === 'name') return expression.parts;
  return expression.kind === 'call' ? [expression.name] : [];
}

/** Each span once, and only those that hold all before them. */
function nested(spans: readonly Span[]): readonly Span[] {
  const kept: Span[] = [];
  for (const span of spans) {
    const last = kept.at(-1);
    if (last === undefined) kept.push(span);
    else if (
      span.start <= last.start &&
      last.end <= span.end &&
      span.end - span.start > last.end - last.start
    )
      kept.push(span);
  }
  return kept;
}
