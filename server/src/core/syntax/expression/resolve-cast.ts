import { suggest } from '../../base/suggest.ts';
import { COLUMN_TYPES, type ColumnType, type ValueType } from '../../base/value-type.ts';
import type { Expression } from './ast.ts';
import { broken, type Resolver, report, typed, wrongType } from './resolver.ts';
import { capital, isOpen, type Typed, widen, wordFor } from './types.ts';

type CastNode = Extract<Expression, { kind: 'cast' }>;

/** Casts that mean something. Text can be cast to and from everything. */
const CASTS: Readonly<Record<ColumnType, readonly ValueType[]>> = {
  boolean: ['boolean', 'integer', 'number', 'text'],
  integer: ['integer', 'number', 'boolean', 'text'],
  number: ['integer', 'number', 'boolean', 'text'],
  text: COLUMN_TYPES,
  date: ['date', 'timestamp', 'text'],
  timestamp: ['date', 'timestamp', 'text'],
};

export function resolveCast(r: Resolver, node: CastNode): Typed {
  const value = r.resolve(node.value);
  const to = COLUMN_TYPES.find((type) => type === node.to.text.toLowerCase());
  if (to === undefined) {
    if (node.to.text !== '') reportUnknownType(r, node);
    return broken();
  }
  if (!isOpen(value.type) && !CASTS[to].includes(value.type)) {
    const message = `${capital(wordFor(value.type))} cannot be cast to ${to}.`;
    wrongType(r, node.value.span, message, CASTS[to], value.type);
    return broken(to);
  }
  if (value.scalar === null) return broken(to);
  if (value.type === to) return value;
  if (value.type === 'null') return typed(widen(value.scalar, to));
  return typed({ kind: 'cast', type: to, arg: value.scalar });
}

/** Names of types in other dialects. */
const SYNONYMS: Readonly<Record<string, ColumnType>> = {
  bool: 'boolean',
  int: 'integer',
  bigint: 'integer',
  int64: 'integer',
  float: 'number',
  double: 'number',
  real: 'number',
  decimal: 'number',
  numeric: 'number',
  string: 'text',
  varchar: 'text',
  char: 'text',
  datetime: 'timestamp',
  timestamptz: 'timestamp',
};

function reportUnknownType(r: Resolver, node: CastNode): void {
  const { text, span } = node.to;
  const lower = text.toLowerCase();
  const near = Object.hasOwn(SYNONYMS, lower) ? SYNONYMS[lower] : suggest(text, COLUMN_TYPES)[0];
  const message = `"${text}" is not a type; there are ${COLUMN_TYPES.join(', ')}.`;
  const fix = near === undefined ? undefined : { span, text: near, title: `Change to ${near}` };
  report(r, 'wrong-arguments', span, message, { function: 'cast' }, fix);
}
