import type { Span } from '../../base/span.ts';
import { didYouMean, suggest } from '../../base/suggest.ts';
import type { ColumnType, ValueType } from '../../base/value-type.ts';
import type { Expression } from './ast.ts';
import { nameHint } from './hints.ts';
import type { ExpressionFix, ExpressionIssue } from './issue.ts';
import { readIsoTimestamp, readNumber } from './literals.ts';
import { printName, printText } from './print.ts';
import { resolveCall } from './resolve-call.ts';
import { resolveCast } from './resolve-cast.ts';
import { resolveBinary, resolveUnary } from './resolve-operators.ts';
import { resolveBetween, resolveCase, resolveIn, resolveIsNull, resolveLike } from './resolve-predicates.ts';
import { broken, type ResolvedName, type Resolver, report, typed, wrongType } from './resolver.ts';
import { childrenOf, type NameRef, type Scalar } from './scalar.ts';
import type { Lookup, Scope } from './scope.ts';
import { fits, type Typed, variesByRow, wordFor, wordsFor } from './types.ts';

export interface ResolveOptions {
  /** The types that the whole may have; all if absent. A type that widens to one of them fits. */
  readonly expected?: readonly ColumnType[];
  /** What needs them, for the message: `where`. */
  readonly role?: string;
  /** The text that was parsed, for fixes that repeat parts of it. */
  readonly text?: string;
}

export interface Resolved {
  /** `null` where an issue leaves the expression without a meaning. */
  readonly scalar: Scalar<NameRef> | null;
  readonly type: ValueType;
  readonly issues: readonly ExpressionIssue[];
  /** Every name that stands for something, in the order of the text. */
  readonly names: readonly ResolvedName[];
  /** Whether it aggregates rows. */
  readonly aggregates: boolean;
}

/** The most parts a typed expression may have: `case x when …` repeats x in every branch. */
const MAX_SIZE = 4_000;

/**
 * Gives an expression its meaning: what its names stand for and the type of every part. Nodes that are `missing` were
 * reported by the parser and are passed over. Never throws; one mistake is one issue.
 */
export function resolveExpression(
  expression: Expression,
  scope: Scope,
  options: ResolveOptions = {},
): Resolved {
  const r: Resolver = {
    text: options.text,
    scope,
    issues: [],
    names: [],
    aggregate: null,
    aggregates: 0,
    resolve: (node) => resolveNode(r, node),
  };
  const value = resolveNode(r, expression);
  const { expected = [], role = 'This' } = options;
  if (!fits(value.type, expected)) {
    const message = `${role} needs ${wordsFor(expected)}, but the expression gives ${wordFor(value.type)}.`;
    wrongType(r, expression.span, message, expected, value.type);
  }
  checkGrouping(r, expression);
  if (value.scalar !== null && sizeOf(value.scalar, new Map()) > MAX_SIZE) {
    report(
      r,
      'too-complex',
      expression.span,
      'The expression is too large. Split it into computed columns.',
      {},
    );
  }
  const meaningless = r.issues.some(({ issue }) => issue !== 'null-comparison');
  return {
    scalar: meaningless ? null : value.scalar,
    type: value.type,
    issues: r.issues.toSorted((a, b) => a.span.start - b.span.start),
    names: r.names,
    aggregates: r.aggregates > 0,
  };
}

/** The number of nodes, repeated ones counted each time; shared objects are visited once. */
function sizeOf(scalar: Scalar, known: Map<Scalar, number>): number {
  const before = known.get(scalar);
  if (before !== undefined) return before;
  const size = childrenOf(scalar).reduce((sum, child) => sum + sizeOf(child, known), 1);
  known.set(scalar, size);
  return size;
}

function resolveNode(r: Resolver, node: Expression): Typed {
  switch (node.kind) {
    case 'missing':
      return broken();
    case 'literal':
      return resolveLiteral(r, node);
    case 'name':
      return resolveName(r, node);
    case 'unary':
      return resolveUnary(r, node);
    case 'binary':
      return resolveBinary(r, node);
    case 'between':
      return resolveBetween(r, node);
    case 'in':
      return resolveIn(r, node);
    case 'like':
      return resolveLike(r, node);
    case 'is-null':
      return resolveIsNull(r, node);
    case 'case':
      return resolveCase(r, node);
    case 'cast':
      return resolveCast(r, node);
    case 'call': {
      const special = r.scope.call?.(node, { insideAggregate: r.aggregate !== null }) ?? null;
      return special === null ? resolveCall(r, node) : found(r, node, [node.name], special);
    }
  }
}

function resolveLiteral(r: Resolver, node: Extract<Expression, { kind: 'literal' }>): Typed {
  switch (node.type) {
    case 'null':
      return typed({ kind: 'literal', type: 'null', value: null });
    case 'boolean':
      return typed({ kind: 'literal', type: 'boolean', value: node.value === 'true' });
    case 'integer':
    case 'number': {
      const number = readNumber(node.value);
      if (number !== null) {
        const type = node.type === 'number' ? 'number' : number.type;
        return typed({ kind: 'literal', type, value: number.value });
      }
      wrongType(r, node.span, 'This number is too large.', ['number'], 'unknown');
      return broken('number');
    }
    case 'timestamp':
      return typed({ kind: 'literal', type: 'timestamp', value: readIsoTimestamp(node.value) ?? node.value });
    default:
      return typed({ kind: 'literal', type: node.type, value: node.value });
  }
}

type NameNode = Extract<Expression, { kind: 'name' }>;

function resolveName(r: Resolver, node: NameNode): Typed {
  const answer = r.scope.lookup(node.parts, { insideAggregate: r.aggregate !== null });
  return found(r, node, node.parts, answer);
}

function found(r: Resolver, node: Expression, path: NameNode['parts'], answer: Lookup): Typed {
  switch (answer.kind) {
    case 'found': {
      const { ref, type } = answer;
      r.names.push({ path, span: node.span, ref, type, aggregate: r.aggregate });
      return typed({ kind: 'name', type, ref });
    }
    case 'not-available':
      report(r, 'not-available', node.span, answer.reason, { name: nameOf(path) });
      return broken();
    default:
      reportUnknown(r, path, answer);
      return broken();
  }
}

function nameOf(path: NameNode['parts']): string {
  return path.map(({ text }) => text).join('.');
}

function reportUnknown(
  r: Resolver,
  path: NameNode['parts'],
  answer: Extract<Lookup, { kind: 'unknown-column' | 'unknown-link' }>,
): void {
  const part = path[answer.part] ?? path[0];
  if (part === undefined) return;
  const { text: name, span } = part;
  const { candidates } = answer;
  const what = answer.kind === 'unknown-link' ? 'link' : 'column';
  const where = answer.source === undefined ? '' : ` in ${answer.source}`;
  const near = suggest(name, candidates);
  const behind = answer.behindLinks ?? [];
  // Double quotes make a name even of what resembles a column, and are what people put around a text.
  const isUnlike = near.length === 0 && behind.length === 0;
  const mayBeText = path.length === 1 && (isUnlike || part.quoted === true);
  const meant = behind.length === 0 ? didYouMean(name, candidates) : insteadOf(behind, near);
  const hint = `${meant}${mayBeText ? otherwise(part) : ''}`;
  const message = `There is no ${what} "${name}"${where}.${hint}`;
  const fix = behind[0] === undefined ? fixFor(part, near[0]) : replacement(span, behind[0]);
  report(r, answer.kind, span, message, { name, candidates: [...behind, ...near] }, fix);
}

/** The paths to a column of that name first, then names that are near. */
function insteadOf(behind: readonly string[], near: readonly string[]): string {
  const all = [...behind, ...near].map((each) => (each.includes('"') ? each : `"${each}"`));
  return ` Did you mean ${all.join(' or ')}?`;
}

function replacement(span: Span, text: string): ExpressionFix {
  return { span, text, title: `Change to ${text}` };
}

/** For one word that resembles no column: a text in the wrong quotes, or a word of another language. */
function otherwise(part: NameNode['parts'][number]): string {
  const hint = nameHint(part.text);
  return hint === null ? ` If it is text, write ${printText(part.text)}.` : ` ${hint}`;
}

function fixFor(part: NameNode['parts'][number], near: string | undefined): ExpressionFix | undefined {
  if (near !== undefined) {
    return replacement(part.span, printName(near));
  }
  if (part.quoted !== true) return undefined;
  const text = printText(part.text);
  return { span: part.span, text, title: `Write the text ${text}` };
}

/** A value of one row cannot stand beside a value of many. */
function checkGrouping(r: Resolver, expression: Expression): void {
  const { aggregates } = r.scope;
  if (aggregates === 'forbidden' || (aggregates === 'allowed' && r.aggregates === 0)) return;
  const alone = r.names.find(({ aggregate, ref }) => aggregate === null && variesByRow(ref));
  if (alone !== undefined) {
    const name = nameOf(alone.path);
    const message = `"${name}" has a value for every row, but here stands one value for many rows: put it into an aggregate, as in max(${name}).`;
    report(r, 'aggregate-misplaced', alone.span, message, {});
  } else if (
    r.aggregates === 0 &&
    r.issues.length === 0 &&
    r.names.length === 0 &&
    expression.kind !== 'missing'
  ) {
    const message = 'An aggregate over the rows is expected here, such as count() or sum(x).';
    report(r, 'aggregate-misplaced', expression.span, message, {});
  }
}
