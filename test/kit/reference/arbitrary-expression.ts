import fc from 'fast-check';
import { day } from './calendar.ts';
import {
  and,
  between,
  caseWhen,
  coalesce,
  compare,
  compute,
  dateLiteral,
  type Expr,
  extreme,
  isNull,
  lengthOf,
  like,
  literal,
  not,
  nullif,
  numeric,
  oneOf,
  or,
  path,
  textFunction,
} from './expression.ts';
import type { RefType } from './world.ts';

/** Texts that occur in cells and in literals: quotes, commas, other letters, words that look like something else. */
export const TEXTS = ['north', 'North', 'web, app', "it's", 'say "hi"', 'Müller', 'NULL', 'a b', '100%'];

/** Names that an expression may use, with their types. */
export type Names = Readonly<Record<string, RefType>>;

const comparisons = fc.constantFrom('=', '<>', '<', '<=', '>', '>=' as const);
const flag = fc.boolean();

/** Numbers that doubles hold exactly, so that no order of additions shows. */
export const smallNumber = fc.integer({ min: -20, max: 40 }).map((quarters) => quarters / 4);

function columns(names: Names, ...types: readonly RefType[]): Expr[] {
  return Object.entries(names).flatMap(([name, type]) => (types.includes(type) ? [path(name, type)] : []));
}

/** An expression with a number for each row, or null. */
export function numberExpr(names: Names): fc.Arbitrary<Expr> {
  const column = fc.constantFrom(...columns(names, 'integer', 'number'));
  const simple = fc.oneof(
    { weight: 4, arbitrary: column },
    { weight: 1, arbitrary: smallNumber.map(literal) },
  );
  const operators = fc.constantFrom('+', '-', '*', '/' as const);
  return fc.oneof(
    { weight: 6, arbitrary: column },
    { weight: 2, arbitrary: fc.tuple(operators, column, simple).map(([op, a, b]) => compute(op, a, b)) },
    { weight: 1, arbitrary: fc.tuple(column, smallNumber).map(([a, b]) => coalesce(a, literal(b))) },
    { weight: 1, arbitrary: fc.tuple(column, smallNumber).map(([a, b]) => nullif(a, literal(b))) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom('least' as const, 'greatest' as const), column, simple)
        .map(([name, a, b]) => extreme(name, a, b)),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom('abs' as const, 'floor' as const, 'ceil' as const), column)
        .map(([name, a]) => numeric(name, a)),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(atom(names), column, fc.option(simple, { nil: undefined }))
        .map(([condition, a, b]) => caseWhen(condition, a, b)),
    },
  );
}

/** An expression with a text for each row, or null. */
export function textExpr(names: Names): fc.Arbitrary<Expr> {
  const column = fc.constantFrom(...columns(names, 'text'));
  return fc.oneof(
    { weight: 5, arbitrary: column },
    {
      weight: 1,
      arbitrary: fc.tuple(column, fc.constantFrom(...TEXTS)).map(([a, b]) => coalesce(a, literal(b))),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom('lower' as const, 'trim' as const), column)
        .map(([name, a]) => textFunction(name, a)),
    },
  );
}

/** A condition: nulls in it make null. */
export function condition(names: Names): fc.Arbitrary<Expr> {
  const single = atom(names);
  return fc.oneof(
    { weight: 5, arbitrary: single },
    { weight: 1, arbitrary: fc.tuple(single, single).map(([a, b]) => and(a, b)) },
    { weight: 1, arbitrary: fc.tuple(single, single).map(([a, b]) => or(a, b)) },
    { weight: 1, arbitrary: single.map(not) },
  );
}

function atom(names: Names): fc.Arbitrary<Expr> {
  const [numbers, texts, dates, booleans] = [
    columns(names, 'integer', 'number'),
    columns(names, 'text'),
    columns(names, 'date'),
    columns(names, 'boolean'),
  ];
  const any = fc.constantFrom(...numbers, ...texts, ...dates, ...booleans);
  const choices: fc.Arbitrary<Expr>[] = [
    fc.tuple(any, flag).map(([a, negated]) => isNull(a, negated)),
    ...(numbers.length === 0 ? [] : numberAtoms(fc.constantFrom(...numbers))),
    ...(texts.length === 0 ? [] : textAtoms(fc.constantFrom(...texts))),
    ...(dates.length === 0 ? [] : dateAtoms(fc.constantFrom(...dates))),
    ...(booleans.length === 0 ? [] : [fc.constantFrom(...booleans)]),
  ];
  return fc.oneof(...choices);
}

function numberAtoms(column: fc.Arbitrary<Expr>): fc.Arbitrary<Expr>[] {
  return [
    fc.tuple(comparisons, column, smallNumber).map(([op, a, b]) => compare(op, a, literal(b))),
    fc.tuple(comparisons, column, column).map(([op, a, b]) => compare(op, a, b)),
    fc
      .tuple(column, smallNumber, smallNumber, flag)
      .map(([a, b, c, negated]) => between(a, literal(Math.min(b, c)), literal(Math.max(b, c)), negated)),
  ];
}

function textAtoms(column: fc.Arbitrary<Expr>): fc.Arbitrary<Expr>[] {
  const text = fc.constantFrom(...TEXTS);
  return [
    fc
      .tuple(fc.constantFrom('=' as const, '<>' as const), column, text)
      .map(([op, a, b]) => compare(op, a, literal(b))),
    fc
      .tuple(column, fc.uniqueArray(text, { minLength: 1, maxLength: 3 }), flag)
      .map(([a, items, negated]) => oneOf(a, items.map(literal), negated)),
    fc
      .tuple(column, fc.constantFrom('n%', '%o%', 'N____', '%"%'), flag)
      .map(([a, pattern, negated]) => like(a, pattern, negated)),
    fc
      .tuple(comparisons, column, fc.integer({ min: 0, max: 8 }))
      .map(([op, a, n]) => compare(op, lengthOf(a), literal(n))),
  ];
}

function dateAtoms(column: fc.Arbitrary<Expr>): fc.Arbitrary<Expr>[] {
  const date = fc
    .constantFrom('2025-03-30', '2025-01-01', '2024-12-31')
    .map((iso) => dateLiteral(iso, day(iso)));
  return [
    fc.tuple(comparisons, column, date).map(([op, a, b]) => compare(op, a, b)),
    fc.tuple(comparisons, column, column).map(([op, a, b]) => compare(op, a, b)),
  ];
}
