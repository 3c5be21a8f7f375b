import type { Span } from '../../base/span.ts';
import type { ValueType } from '../../base/value-type.ts';
import type { Expression, NamePart } from './ast.ts';
import type { AggregateName, FunctionName, OperatorName, TimeUnit } from './functions.ts';
import type { ExpressionFix, ExpressionIssue, ExpressionIssueKind } from './issue.ts';
import type { NameRef, Scalar } from './scalar.ts';
import type { Scope } from './scope.ts';
import { type Typed, wordFor, wordsFor } from './types.ts';

/** A name of the expression and what it stands for, for hovers, references and rules that point at it. */
export interface ResolvedName {
  /** The words of the path; of a call that the scope knows, its name. */
  readonly path: readonly NamePart[];
  readonly span: Span;
  readonly ref: NameRef;
  readonly type: ValueType;
  /** The aggregate in which it stands. */
  readonly aggregate: AggregateName | null;
}

/** What is known while an expression is being resolved. */
export interface Resolver {
  readonly text: string | undefined;
  readonly scope: Scope;
  readonly issues: ExpressionIssue[];
  readonly names: ResolvedName[];
  /** The aggregate around the current node. */
  aggregate: AggregateName | null;
  aggregates: number;
  /** Resolves a child. */
  resolve(node: Expression): Typed;
}

/** The type is known although the value holds an issue. */
export function broken(type: ValueType = 'unknown'): Typed {
  return { scalar: null, type };
}

export function typed(scalar: Scalar): Typed {
  return { scalar, type: scalar.type };
}

/** A call of a function or operator, or nothing where an argument holds an issue. */
export function call(
  fn: FunctionName | OperatorName,
  type: ValueType,
  args: readonly (Scalar | null)[],
  unit?: TimeUnit,
): Typed {
  const whole = args.filter((arg) => arg !== null);
  if (whole.length < args.length) return broken(type);
  const scalar: Scalar = { kind: 'call', type, fn, args: whole };
  return typed(unit === undefined ? scalar : { ...scalar, unit });
}

type Details<Kind extends ExpressionIssueKind> = Omit<
  Extract<ExpressionIssue, { issue: Kind }>,
  'issue' | 'span' | 'message' | 'fix'
>;

/** Adds an issue. */
export function report<Kind extends ExpressionIssueKind>(
  r: Resolver,
  issue: Kind,
  span: Span,
  message: string,
  details: Details<Kind>,
  fix?: ExpressionFix,
): void {
  const base = { issue, span, message, ...details } as unknown as ExpressionIssue;
  r.issues.push(fix === undefined ? base : { ...base, fix });
}

/** Reports a value of the wrong type, and returns it without its scalar. */
export function wrongType(
  r: Resolver,
  span: Span,
  message: string,
  expected: readonly ValueType[],
  found: ValueType,
  fix?: ExpressionFix,
): void {
  report(r, 'wrong-type', span, message, { expected, found }, fix);
}

/** `… needs a number, but this is text.` */
export function needs(what: string, expected: readonly ValueType[], found: ValueType): string {
  return `${what} needs ${wordsFor(expected)}, but this is ${wordFor(found)}.`;
}

/** The characters of a node, where the text is at hand: fixes are made of it. */
export function textOf(r: Resolver, node: Expression): string | undefined {
  return r.text?.slice(node.span.start, node.span.end);
}
