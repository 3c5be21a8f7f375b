import fc from 'fast-check';
import { condition, numberExpr, smallNumber, textExpr } from './arbitrary-expression.ts';
import { namesOf, ownNames, type SourceName } from './arbitrary-measure.ts';
import type { RefGrain, RefInterval } from './calendar.ts';
import { caseWhen, coalesce, compare, compute, type Expr, extreme, literal, numeric } from './expression.ts';
import {
  type AggregateExpr,
  aggregate,
  countDistinct,
  countIf,
  countRows,
  DAYS_IN_PERIOD,
  metricValue,
} from './formula-expression.ts';
import type { RefFormula } from './metric.ts';
import type { World } from './world.ts';

/** Random formulas over metric names and aggregates. */

/** What a formula may hold. */
export interface Ingredients {
  readonly names: readonly string[];
  readonly grain: RefGrain;
  /** Of which aggregates may be taken. */
  readonly source?: SourceName;
  /** Whether there are periods with bounds. */
  readonly timed: boolean;
}

interface Atom {
  readonly expr: Expr;
  readonly name?: string;
  readonly aggregate?: AggregateExpr;
}

const counts = fc.integer({ min: 1, max: 3 });

/** Intervals that are whole periods of a grain; none for `all`. */
function intervals(grain: RefGrain): fc.Arbitrary<RefInterval> | undefined {
  const of = (...units: readonly [RefInterval['unit'], number][]): fc.Arbitrary<RefInterval> =>
    fc.tuple(fc.constantFrom(...units), counts).map(([[unit, times], n]) => ({ unit, count: times * n }));
  switch (grain) {
    case 'all':
      return undefined;
    case 'day':
      return of(['day', 1], ['week', 1], ['month', 1], ['quarter', 1], ['year', 1]);
    case 'week':
      return of(['week', 1], ['day', 7], ['year', 1]);
    case 'month':
      return of(['month', 1], ['quarter', 1], ['year', 1]);
    case 'quarter':
      return of(['quarter', 1], ['month', 3], ['year', 1]);
    case 'year':
      return of(['year', 1], ['month', 12], ['quarter', 4]);
  }
}

function metricAtom({ names, grain }: Ingredients): fc.Arbitrary<Atom> {
  const back = intervals(grain);
  const when = fc.oneof(
    { weight: 4, arbitrary: fc.constant(undefined) },
    { weight: 2, arbitrary: fc.constant('period' as const) },
    ...(back === undefined ? [] : [{ weight: 2, arbitrary: back }]),
  );
  return fc
    .tuple(fc.constantFrom(...names), when)
    .map(([name, before]): Atom => ({ expr: metricValue(name, before), name }));
}

/** An aggregate over the rows of a source, with values of the source's own. */
export function aggregateOf(world: World, source: SourceName): fc.Arbitrary<AggregateExpr> {
  const value = numberExpr(ownNames(world, source));
  const names = fc.constantFrom('sum', 'avg', 'median', 'min', 'max' as const);
  return fc.oneof(
    { weight: 2, arbitrary: fc.constant(countRows) },
    { weight: 2, arbitrary: condition(namesOf(world, source)).map(countIf) },
    { weight: 1, arbitrary: fc.oneof(value, textExpr(namesOf(world, source))).map(countDistinct) },
    { weight: 4, arbitrary: fc.tuple(names, value).map(([name, of]) => aggregate(name, of)) },
  );
}

const comparisons = fc.constantFrom('=', '<>', '<', '<=', '>', '>=' as const);
const operators = fc.constantFrom('+', '-', '*', '/' as const);

type Step = (left: Expr, right: Expr) => Expr;

const steps: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: operators.map(
      (operator): Step =>
        (a, b) =>
          compute(operator, a, b),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('least' as const, 'greatest' as const).map(
      (name): Step =>
        (a, b) =>
          extreme(name, a, b),
    ),
  },
  { weight: 1, arbitrary: fc.constant<Step>((a, b) => coalesce(a, b)) },
  {
    weight: 1,
    arbitrary: fc.tuple(comparisons, smallNumber, fc.boolean()).map(
      ([operator, bound, both]): Step =>
        (a, b) => {
          return caseWhen(compare(operator, a, literal(bound)), b, both ? a : undefined);
        },
    ),
  },
);

type Wrap = (operand: Expr) => Expr;

const wraps: fc.Arbitrary<Wrap> = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Wrap>((a) => a) },
  {
    weight: 1,
    arbitrary: smallNumber.map(
      (other): Wrap =>
        (a) =>
          coalesce(a, literal(other)),
    ),
  },
  { weight: 1, arbitrary: fc.constant<Wrap>((a) => numeric('abs', a)) },
);

/** A formula of one to four names and aggregates, with numbers and days of the period between them. */
export function formulaOf(
  world: World,
  ingredients: Ingredients,
): fc.Arbitrary<Pick<RefFormula, 'formula' | 'names' | 'aggregates'>> {
  const { names, source, timed } = ingredients;
  const metrics = names.length === 0 ? [] : [metricAtom(ingredients)];
  const aggregates =
    source === undefined
      ? []
      : [aggregateOf(world, source).map((one): Atom => ({ expr: one, aggregate: one }))];
  const atoms = fc.oneof(...metrics, ...aggregates);
  const others = fc.oneof(
    { weight: 5, arbitrary: atoms },
    { weight: 1, arbitrary: smallNumber.map((value): Atom => ({ expr: literal(value) })) },
    ...(timed ? [{ weight: 1, arbitrary: fc.constant<Atom>({ expr: DAYS_IN_PERIOD }) }] : []),
  );
  const more = fc.array(fc.tuple(others, steps, wraps), { maxLength: 3 });
  return fc.tuple(atoms, wraps, more).map(([first, wrap, rest]) => ({
    formula: rest.reduce((left, [{ expr }, step, outer]) => outer(step(left, expr)), wrap(first.expr)),
    names: distinct([first, ...rest.map(([atom]) => atom)].flatMap(({ name }) => name ?? [])),
    aggregates: [first, ...rest.map(([atom]) => atom)].flatMap((atom) => atom.aggregate ?? []),
  }));
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)];
}
