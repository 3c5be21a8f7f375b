import assert from 'node:assert/strict';
import type { ValueType } from '../../server/src/core/base/value-type.ts';
import type { ExpressionIssue } from '../../server/src/core/syntax/expression/issue.ts';
import { parseExpression } from '../../server/src/core/syntax/expression/parse.ts';
import {
  type Resolved,
  type ResolveOptions,
  resolveExpression,
} from '../../server/src/core/syntax/expression/resolve.ts';
import type { NameRef, Scalar } from '../../server/src/core/syntax/expression/scalar.ts';
import type { Lookup, Scope } from '../../server/src/core/syntax/expression/scope.ts';

/** The name of a row's own column. */
export function columnRef(column: string): NameRef {
  return { at: 'row', links: [], column };
}

/** A scope of columns with their types; links by `link.column`. */
export function scopeOf(
  columns: Readonly<Record<string, ValueType>>,
  aggregates: Scope['aggregates'] = 'forbidden',
): Scope {
  return {
    aggregates,
    lookup(path): Lookup {
      const parts = path.map(({ text }) => text);
      const [first = '', second] = parts;
      if (first === 'period_end')
        return { kind: 'found', ref: { at: 'period', bound: 'end' }, type: 'timestamp' };
      if (first === 'event_time') return { kind: 'found', ref: { at: 'event_time' }, type: 'timestamp' };
      if (first === 'period_start')
        return { kind: 'not-available', reason: 'period_start is there in metrics only.' };
      const type = columns[parts.join('.')];
      if (type !== undefined) {
        return {
          kind: 'found',
          ref: { at: 'row', links: parts.slice(0, -1), column: parts.at(-1) ?? '' },
          type,
        };
      }
      const links = [...new Set(Object.keys(columns).flatMap((name) => name.split('.').slice(0, -1)))];
      if (second !== undefined && !links.includes(first)) {
        return { kind: 'unknown-link', part: 0, source: 'orders', candidates: links };
      }
      const candidates = Object.keys(columns).flatMap((name) => name.split('.').at(-1) ?? []);
      return { kind: 'unknown-column', part: parts.length - 1, source: 'orders', candidates };
    },
  };
}

/** Parses and resolves a text. */
export function read(
  text: string,
  scope: Scope,
  options: ResolveOptions = {},
): Resolved & { readonly issues: readonly ExpressionIssue[] } {
  const { expression, issues } = parseExpression(text);
  const resolved = resolveExpression(expression, scope, { text, ...options });
  return { ...resolved, issues: [...issues, ...resolved.issues] };
}

/** The typed expression of a text that must have no issue, but that a comparison with null never holds. */
export function scalarOf(text: string, scope: Scope): Scalar<NameRef> {
  const { scalar, issues } = read(text, scope);
  assert.deepEqual(
    issues.filter(({ issue }) => issue !== 'null-comparison'),
    [],
    text,
  );
  assert.ok(scalar !== null, text);
  return scalar;
}

/** Issues as lines, with the characters they stand on: `wrong-type «'5'»: …`. */
export function shown(text: string, issues: readonly ExpressionIssue[]): string[] {
  return issues.map(
    ({ issue, span, message }) => `${issue} «${text.slice(span.start, span.end)}»: ${message}`,
  );
}

/** The text after the fix of its only issue. */
export function mended(text: string, issues: readonly ExpressionIssue[]): string {
  const fix = issues[0]?.fix;
  assert.ok(issues.length === 1 && fix !== undefined, `${text}: ${JSON.stringify(issues)}`);
  return text.slice(0, fix.span.start) + fix.text + text.slice(fix.span.end);
}
