import type { Span } from '../base/span.ts';
import { suggest } from '../base/suggest.ts';
import type { Definition } from '../model/project.ts';
import type { Expression } from '../syntax/expression/ast.ts';
import { operandsOf } from '../syntax/expression/names.ts';
import { printExpression, printText } from '../syntax/expression/print.ts';
import type { DeclaredIn } from './declared-groups.ts';
import { hint } from './names.ts';
import { possibleValues } from './possible-values.ts';

type Literal = Extract<Expression, { kind: 'literal' }>;

/** A literal that something is compared with and that it can never be. */
export interface UndeclaredValue {
  /** In the expression's own text. */
  readonly span: Span;
  readonly message: string;
  /** The nearest of the values, and how it is written in an expression. */
  readonly near: { readonly value: string; readonly text: string } | undefined;
}

/**
 * The literals in an expression that are compared for being equal with something whose declared values they are not among.
 *
 * @param source the source on which the expression is read
 * @param isIncomplete whether something of a definition could not be read, so that its declarations are not all there
 */
export function undeclaredValues(
  context: DeclaredIn,
  expression: Expression,
  source: string,
  isIncomplete: (definition: Definition) => boolean = () => false,
): readonly UndeclaredValue[] {
  return [...comparisonsIn(expression)].flatMap(({ of, literal }): UndeclaredValue[] => {
    if (literal.type !== 'text' && literal.type !== 'integer' && literal.type !== 'number') return [];
    const values = possibleValues(context, of, source, isIncomplete) ?? [];
    if (values.length === 0 || values.some((value) => isSame(literal, value))) return [];
    const [near] = literal.type === 'text' ? suggest(literal.value, values) : [];
    const what = of.kind === 'name' ? `"${printExpression(of)}"` : 'what stands here';
    return [
      {
        span: literal.span,
        message: `No row can have the value ${printExpression(literal)}: ${what} has other declared values.${hint(literal.value, values)}`,
        near: near === undefined ? undefined : { value: near, text: printText(near) },
      },
    ];
  });
}

/** What is compared for being equal, and the literal that it is compared with. */
interface Comparison {
  readonly of: Expression;
  readonly literal: Literal;
}

function* comparisonsIn(expression: Expression): Generator<Comparison> {
  switch (expression.kind) {
    case 'binary':
      if (expression.op === '=' || expression.op === '<>') {
        yield* compared(expression.left, [expression.right]);
        yield* compared(expression.right, [expression.left]);
      }
      break;
    case 'in':
      yield* compared(expression.value, expression.list);
      break;
    case 'case':
      if (expression.subject !== null) {
        const whens = expression.branches.map(({ when }) => when);
        yield* compared(expression.subject, whens);
      }
      break;
  }
  for (const operand of operandsOf(expression)) yield* comparisonsIn(operand);
}

function* compared(of: Expression, others: readonly Expression[]): Generator<Comparison> {
  if (!hasName(of)) return;
  for (const literal of others) if (literal.kind === 'literal') yield { of, literal };
}

/** Whether a column stands anywhere in it: what is made of constants alone has no declared values. */
function hasName(expression: Expression): boolean {
  return expression.kind === 'name' || [...operandsOf(expression)].some(hasName);
}

/** Numbers are compared as such: 1 and 1.0 are one value. */
function isSame({ type, value }: Literal, other: string): boolean {
  return type === 'text' ? value === other : Number(value) === Number(other);
}
