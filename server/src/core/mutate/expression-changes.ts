import type { Span } from '../base/span.ts';
import type { BinaryOperator, Expression } from '../syntax/expression/ast.ts';
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
 * What can be taken away from an expression, or moved in it by one step: an operand of `and` and `or`, a `not`, an item of `in`, a branch of `case`, a
 * `distinct`; where a comparison begins or ends to hold. In the order of the text.
 */
export function expressionChanges(root: Expression, text: string): readonly ExpressionChange[] {
  const changes: ExpressionChange[] = [];
  const swap = (node: Expression, put: Expression, span: Span, words: string): void => {
    changes.push({ expression: replaceIn(root, node, put), span, words });
  };
  const slice = ({ start, end }: Span): string => quoted(text.slice(start, end));
  const omit = (node: Expression, put: Expression, left: Span): void =>
    swap(node, put, left, `${slice(left)} is left out`);
  const visit = (node: Expression, chain?: BinaryOperator): void => {
    switch (node.kind) {
      case 'binary':
        if (node.op === 'and' || node.op === 'or') {
          if (chain !== node.op)
            for (const part of operandsOf(node, node.op)) omit(node, without(node, part), part.span);
          visit(node.left, node.op);
          visit(node.right, node.op);
          return;
        }
        for (const put of weakened(node)) swap(node, put, node.span, becomes(slice(node.span), put, text));
        break;
      case 'between':
        for (const put of weakenedRange(node))
          swap(node, put, node.span, becomes(slice(node.span), put, text));
        break;
      case 'unary':
        if (node.op === 'not')
          swap(node, node.operand, node.span, `\`not\` is left out of ${slice(node.span)}`);
        break;
      case 'in':
        for (const item of node.list.length > 1 ? node.list.slice(0, MAX_ITEMS) : []) {
          const list = node.list.filter((other) => other !== item);
          swap(node, { ...node, list }, item.span, `${slice(item.span)} is left out of ${slice(node.span)}`);
        }
        break;
      case 'case':
        for (const branch of node.branches.length > 1 ? node.branches : []) {
          const span = { start: branch.when.span.start, end: branch.result.span.end };
          const branches = node.branches.filter((other) => other !== branch);
          swap(node, { ...node, branches }, span, `the branch ${slice(span)} is left out`);
        }
        break;
      case 'call':
        if (node.distinct)
          swap(
            node,
            { ...node, distinct: false },
            node.span,
            `\`distinct\` is left out of ${slice(node.span)}`,
          );
    }
    for (const child of childrenOf(node)) visit(child);
  };
  visit(root);
  return changes.toSorted((one, other) => one.span.start - other.span.start);
}

/** The operands of a chain of one operator: `a`, `b` and `c` of `a and b and c`. */
export function operandsOf(node: Expression, op: BinaryOperator): readonly Expression[] {
  return node.kind === 'binary' && node.op === op
    ? [...operandsOf(node.left, op), ...operandsOf(node.right, op)]
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
function becomes(before: string, put: Expression, text: string): string {
  return `${before} becomes ${quoted(spelled(put, text))}`;
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

function childrenOf(node: Expression): readonly Expression[] {
  switch (node.kind) {
    case 'unary':
      return [node.operand];
    case 'binary':
      return [node.left, node.right];
    case 'between':
      return [node.value, node.low, node.high];
    case 'in':
      return [node.value, ...node.list];
    case 'like':
      return [node.value, node.pattern];
    case 'is-null':
    case 'cast':
      return [node.value];
    case 'case':
      return [
        ...(node.subject === null ? [] : [node.subject]),
        ...node.branches.flatMap(({ when, result }) => [when, result]),
        ...(node.otherwise === null ? [] : [node.otherwise]),
      ];
    case 'call':
      return node.args;
    default:
      return [];
  }
}
