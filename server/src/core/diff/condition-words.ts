import type { Words } from '../ide/prose/prose.ts';
import type { Expression } from '../syntax/expression/ast.ts';
import { parseExpression } from '../syntax/expression/parse.ts';

/**
 * What a condition does to rows, as a verb and what follows it: `counts only` or `leaves out`, and "rows whose `plan` is `free`". Forms
 * that have no shorter words are told as they are written.
 */
export function conditionWords(text: string): {
  readonly verb: 'counts only' | 'leaves out';
  readonly rows: Words;
} {
  const { expression, issues } = parseExpression(text);
  const out = (rows: Words) => ({ verb: 'leaves out', rows }) as const;
  const only = (rows: Words) => ({ verb: 'counts only', rows }) as const;
  const asWritten = only(['rows for which ', { code: text }]);
  if (issues.length > 0) return asWritten;
  const written = ({ span }: Expression): Words => [{ code: text.slice(span.start, span.end) }];
  switch (expression.kind) {
    case 'name':
      return only(['rows for which ', ...written(expression), ' holds']);
    case 'unary':
      return expression.op === 'not' && expression.operand.kind === 'name'
        ? out(['rows for which ', ...written(expression.operand), ' holds'])
        : asWritten;
    case 'binary': {
      const { left, op, right } = expression;
      if (left.kind !== 'name' || right.kind !== 'literal' || right.type === 'null') return asWritten;
      const is: Words = ['rows whose ', ...written(left), ' is ', { code: literalText(right) }];
      if (op === '=') return only(is);
      return op === '<>' ? out(is) : asWritten;
    }
    case 'in': {
      const { value, list, negated } = expression;
      if (value.kind !== 'name' || list.some(({ kind }) => kind !== 'literal')) return asWritten;
      const options = list.map((item) => (item.kind === 'literal' ? literalText(item) : '')).join(', ');
      const rows: Words = ['rows whose ', ...written(value), ' is one of ', { code: options }];
      return negated ? out(rows) : only(rows);
    }
    case 'is-null': {
      const rows: Words = ['rows without ', ...written(expression.value)];
      return expression.negated ? out(rows) : only(rows);
    }
    default:
      return asWritten;
  }
}

function literalText({ value }: Extract<Expression, { kind: 'literal' }>): string {
  return value === '' ? "''" : value;
}

/** Whether two conditions differ in nothing but the literals in them, so that one took the place of the other. */
export function areAlike(one: string, other: string): boolean {
  return shapeOf(one) === shapeOf(other);
}

function shapeOf(text: string): string {
  return text
    .replace(/'(?:[^']|'')*'|\b\d+(?:\.\d+)?\b/g, '?')
    .replace(/\?(?:\s*,\s*\?)+/g, '?')
    .replace(/\s+/g, '');
}
