import type { ValueType } from '../../base/value-type.ts';
import type { Expression } from './ast.ts';
import type { ExpressionFix } from './issue.ts';
import { readIsoDate, readIsoTimestamp, readNumber } from './literals.ts';
import { printText } from './print.ts';
import { type Resolver, wrongType } from './resolver.ts';
import { capital, commonType, isOpen, type Typed, wordFor } from './types.ts';

/** A part of the expression with its type. */
export interface Operand {
  readonly node: Expression;
  readonly value: Typed;
}

/**
 * The type in which values are compared or chosen between. Where they have none in common, one issue stands at the value
 * that does not go with those before it, with the literal that was probably meant, and the result is `null`.
 */
export function compareTypes(r: Resolver, operands: readonly Operand[], what: string): ValueType | null {
  const type = commonType(operands.map(({ value }) => value));
  if (type !== null) return type;
  const known = operands.filter(({ value }) => !isOpen(value.type));
  const odd = known.find(
    (_, index) => commonType(known.slice(0, index + 1).map(({ value }) => value)) === null,
  );
  const first = known[0];
  if (odd === undefined || first === undefined) return null;
  // Of a column and a literal it is the literal that was written wrongly, whichever comes first.
  const [wrong, right] =
    first.node.kind === 'literal' && odd.node.kind !== 'literal' ? [first, odd] : [odd, first];
  const fix = literalFix(wrong.node, right.value.type);
  const hint = fix === undefined ? castHint(wrong.value.type, right.value.type) : ` Write ${fix.text}.`;
  const message = `${capital(wordFor(right.value.type))} and ${wordFor(wrong.value.type)} do not go together in ${what}.${hint}`;
  wrongType(r, wrong.node.span, message, [right.value.type], wrong.value.type, fix);
  return null;
}

/** The literal of type `wanted` that somebody meant who wrote `node`. */
function literalFix(node: Expression, wanted: ValueType): ExpressionFix | undefined {
  if (node.kind !== 'literal') return undefined;
  const text = meant(node.type, node.value, wanted);
  return text === null ? undefined : { span: node.span, text, title: `Write ${text}` };
}

function meant(type: string, value: string, wanted: ValueType): string | null {
  if (wanted === 'text' && type !== 'text') return type === 'null' ? null : printText(value);
  if (type !== 'text') return null;
  switch (wanted) {
    case 'date':
      return readIsoDate(value) === null ? null : `date ${printText(value)}`;
    case 'timestamp':
      if (readIsoDate(value) !== null) return `date ${printText(value)}`;
      return readIsoTimestamp(value) === null ? null : `timestamp ${printText(value)}`;
    case 'integer':
    case 'number':
      return value.trim() === '' || readNumber(value.trim()) === null ? null : value.trim();
    case 'boolean':
      return /^(true|false)$/i.test(value) ? value.toLowerCase() : null;
    default:
      return null;
  }
}

function castHint(wrong: ValueType, right: ValueType): string {
  if (wrong !== 'text' && right !== 'text') return '';
  const type = wrong === 'text' ? right : wrong;
  return type === 'boolean' ||
    type === 'date' ||
    type === 'timestamp' ||
    type === 'integer' ||
    type === 'number'
    ? ` If the text holds it, write cast(x as ${type}).`
    : '';
}
