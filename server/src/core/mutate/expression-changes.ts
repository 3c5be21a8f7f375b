import type { Span } from '../base/span.ts';
import type { BinaryOperator, Expression } from '../syntax/expression/ast.ts';
import { operandsOf } from '../syntax/expression/names.ts';
import { quoted } from './clause.ts';
import { replaceIn } from './replace-in.ts';
import { stepsOf } from './threshold-steps.ts';

/** An expression that says less, or a little else, than the one that is written. */
export interface ExpressionChange {
  readonly expression: Expression;
  /** In the expression's own text. */
  readonly span: Span;
  /** As `Change.words`. */
  readonly words: string;
}

/** So many items of one `in (…)` are left out in turn. */
const MAX_ITEMS = 20;

/**
 * What can be taken away from an expression, or moved in it by one step: an operand of `and` and `or`, a `not`, an item of `in`, a branch
 * of `case`, a `distinct`; where a comparison begins or ends to hold. In the order of the text.
 */
export function expressionChanges(root: Expression, text: string): readonly ExpressionChange[] {
  return changesWithin(root, text)
    .map(({ node, put, span, words }) => ({ expression: replaceIn(root, node, put), span, words }))
    .toSorted((one, other) => one.span.start - other.span.start);
}

/** Another expression in the place of a node. */
interface Swap {
  readonly node: Expression;
  readonly put: Expression;
  readonly span: Span;
  readonly words: string;
}

/** @param chain the operator of the chain that the node is an operand of */
function changesWithin(node: Expression, text: string, chain?: BinaryOperator): readonly Swap[] {
  const own = isChain(node) && node.op === chain ? [] : changesAt(node, text);
  const inner = isChain(node) ? node.op : undefined;
  return [...own, ...operandsOf(node).flatMap((child) => changesWithin(child, text, inner))];
}

function changesAt(node: Expression, text: string): readonly Swap[] {
  const piece = ({ start, end }: Span): string => quoted(text.slice(start, end));
  const whole = (put: Expression, words: string): Swap => ({ node, put, span: node.span, words });
  const less = (put: Expression, span: Span): Swap => ({
    node,
    put,
    span,
    words: `${piece(span)} is left out${isChain(node) ? '' : ` of ${piece(node.span)}`}`,
  });
  switch (node.kind) {
    case 'binary':
      if (isChain(node)) return chainOf(node, node.op).map((part) => less(without(node, part), part.span));
      return weakened(node).map((put) => whole(put, becomes(node, put, text)));
    case 'between':
      return weakenedRange(node).map((put) => whole(put, becomes(node, put, text)));
    case 'unary':
      return node.op === 'not' ? [whole(node.operand, `\`not\` is left out of ${piece(node.span)}`)] : [];
    case 'in':
      return itemsOf(node.list).map((item) =>
        less({ ...node, list: node.list.filter((other) => other !== item) }, item.span),
      );
    case 'case':
      return itemsOf(node.branches).map((branch) =>
        less(
          { ...node, branches: node.branches.filter((other) => other !== branch) },
          { start: branch.when.span.start, end: branch.result.span.end },
        ),
      );
    case 'call':
      return node.distinct
        ? [whole({ ...node, distinct: false }, `\`distinct\` is left out of ${piece(node.span)}`)]
        : [];
    default:
      return [];
  }
}

/** The first of several items; one alone is the whole of what it stands in. */
function itemsOf<T>(items: readonly T[]): readonly T[] {
  return items.length > 1 ? items.slice(0, MAX_ITEMS) : [];
}

function isChain(node: Expression): node is Binary {
  return node.kind === 'binary' && (node.op === 'and' || node.op === 'or');
}

/** The operands of a chain of one operator: `a`, `b` and `c` of `a and b and c`. */
function chainOf(node: Expression, op: BinaryOperator): readonly Expression[] {
  return node.kind === 'binary' && node.op === op
    ? [...chainOf(node.left, op), ...chainOf(node.right, op)]
    : [node];
}

/** A chain without one of its operands. */
function without(chain: Expression, operand: Expression): Expression {
  if (chain.kind !== 'binary') return chain;
  if (chain.left === operand) return chain.right;
  if (chain.right === operand) return chain.left;
  const left = without(chain.left, operand);
  return left === chain.left ? { ...chain, right: without(chain.right, operand) } : { ...chain, left };
}

type Binary = Extract<Expression, { kind: 'binary' }>;
type Between = Extract<Expression, { kind: 'between' }>;

const OTHER_BOUND: Partial<Record<BinaryOperator, BinaryOperator>> = {
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
};

/** Comparisons that hold at their threshold. */
const HOLDS_AT_BOUND: ReadonlySet<BinaryOperator> = new Set(['<=', '>=']);

/** A comparison that holds at its threshold where it did not or the other way round, and one whose threshold is a step further to the other side. */
function weakened(node: Binary): readonly Expression[] {
  const op = OTHER_BOUND[node.op];
  if (op === undefined) return [];
  const [lower, higher] = [stepsOf(node.right), stepsOf(node.left)];
  // `score >= 9` loses 9 by `>`, and gains 8 by the step; `score > 9` gains 9 by `>=`, and loses 10.
  const up = node.op.startsWith('<') === HOLDS_AT_BOUND.has(node.op);
  const moved = [
    ...(lower === undefined ? [] : [{ ...node, right: up ? lower.more : lower.less }]),
    // With the threshold before the operator the sides change places.
    ...(lower !== undefined || higher === undefined
      ? []
      : [{ ...node, left: up ? higher.less : higher.more }]),
  ];
  return [{ ...node, op }, ...moved];
}

function weakenedRange(node: Between): readonly Expression[] {
  const [low, high] = [stepsOf(node.low), stepsOf(node.high)];
  return [
    ...(low === undefined
      ? []
      : [
          { ...node, low: low.less },
          { ...node, low: low.more },
        ]),
    ...(high === undefined
      ? []
      : [
          { ...node, high: high.less },
          { ...node, high: high.more },
        ]),
  ];
}

/** `a >= 9` as it is written becomes the other one, of which only the operator or a threshold is new. */
function becomes({ span }: Expression, put: Expression, text: string): string {
  return `${quoted(text.slice(span.start, span.end))} becomes ${quoted(spelled(put, text))}`;
}

/** A comparison in the spelling of the text that it was made from. */
function spelled(node: Expression, text: string): string {
  if (node.kind === 'binary') return `${operand(node.left, text)} ${node.op} ${operand(node.right, text)}`;
  if (node.kind === 'between') {
    const not = node.negated ? 'not ' : '';
    return `${operand(node.value, text)} ${not}between ${operand(node.low, text)} and ${operand(node.high, text)}`;
  }
  return operand(node, text);
}

function operand(node: Expression, text: string): string {
  if (node.kind !== 'literal' || node.type === 'text') return text.slice(node.span.start, node.span.end);
  const isDate = node.type === 'date' || node.type === 'timestamp';
  return isDate ? `${node.type} '${node.value}'` : node.value;
}
