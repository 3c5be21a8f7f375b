import { formatDay, parseDay } from '../base/period.ts';
import type { Expression } from '../syntax/expression/ast.ts';

/** A threshold one step lower and one step higher. */
export interface Steps {
  readonly less: Expression;
  readonly more: Expression;
}

/** The neighbours of a written number (a step is 1 of its last decimal) or date (a day); `undefined` for anything else. */
export function stepsOf(node: Expression): Steps | undefined {
  if (node.kind === 'unary' && node.op === '-' && node.operand.kind === 'literal') {
    const { operand, span } = node;
    return operand.type === 'date' ? undefined : stepsOf({ ...operand, span, value: `-${operand.value}` });
  }
  if (node.kind !== 'literal') return undefined;
  if (node.type === 'date') {
    const day = parseDay(node.value);
    if (day === undefined) return undefined;
    return { less: { ...node, value: formatDay(day - 1) }, more: { ...node, value: formatDay(day + 1) } };
  }
  if (node.type !== 'integer' && node.type !== 'number') return undefined;
  const [less, more] = numbersBeside(node.value) ?? [];
  if (less === undefined || more === undefined) return undefined;
  return { less: { ...node, value: less }, more: { ...node, value: more } };
}

/** A number as written, one of its last decimal less and more; `undefined` where it is not written in plain digits. */
export function numbersBeside(text: string): readonly [less: string, more: string] | undefined {
  const match = /^(-?\d+)(?:\.(\d+))?$/.exec(text);
  if (match === null || text.length > MAX_DIGITS) return undefined;
  const decimals = match[2]?.length ?? 0;
  const step = 10 ** -decimals;
  return [(Number(text) - step).toFixed(decimals), (Number(text) + step).toFixed(decimals)];
}

/** Longer numbers are no thresholds, and not exact. */
const MAX_DIGITS = 15;
