import fc from 'fast-check';
import { condition, numberExpr, smallNumber } from './arbitrary-expression.ts';
import { aggregateOf } from './arbitrary-formula.ts';
import { behindAccount, type SourceName } from './arbitrary-measure.ts';
import type { RefInterval, RefWindow } from './calendar.ts';
import { compare, compute, type Expr, literal } from './expression.ts';
import type { RefMeasure, RefPicking } from './metric.ts';
import type { World } from './world.ts';

/** Random windows, and what metrics make of the rows of a period: `at`, `per`, `once_per`. */

const lengths: fc.Arbitrary<RefInterval> = fc
  .tuple(
    fc.constantFrom('day', 'day', 'week', 'month', 'quarter', 'year' as const),
    fc.integer({ min: 1, max: 3 }),
    fc.constantFrom(1, 7, 14),
  )
  .map(([unit, count, times]) => ({ unit, count: unit === 'day' ? count * times : count }));

export const windows: fc.Arbitrary<RefWindow> = fc.oneof<fc.MaybeWeightedArbitrary<RefWindow>[]>(
  { weight: 3, arbitrary: lengths },
  {
    weight: 2,
    arbitrary: fc.constantFrom('month_to_date', 'quarter_to_date', 'year_to_date', 'all_time' as const),
  },
);

/** The columns that tell whom a row is about. */
const WHO: Readonly<Record<SourceName, readonly string[]>> = {
  orders: ['acct', 'channel', 'account.industry'],
  subscriptions: ['acct', 'plan', 'account.region.rank'],
  accounts: ['region_id', 'industry', 'region.zone'],
  items: ['acct', 'kind', 'account.industry'],
  feedback: ['who', 'source_name', 'account.vip'],
};

/** Which rows of a period a metric is over, of a source of events. */
export function pickings(source: SourceName): fc.Arbitrary<RefPicking> {
  if (source === 'subscriptions' || source === 'items') return fc.constant({});
  const who = fc.uniqueArray(fc.constantFrom(...WHO[source]), { minLength: 1, maxLength: 2 });
  const picked = fc
    .tuple(fc.constantFrom('last' as const, 'first' as const), fc.option(who, { nil: undefined }))
    .map(([at, atPer]): RefPicking => ({ at, ...(atPer === undefined ? {} : { atPer }) }));
  return fc.oneof({ weight: 2, arbitrary: fc.constant<RefPicking>({}) }, { weight: 1, arbitrary: picked });
}

const comparisons = fc.constantFrom('=', '<>', '<', '<=', '>', '>=' as const);

/** A measure over entities: columns, paths and links tell them apart. */
export function perEntity(world: World, source: SourceName): fc.Arbitrary<RefMeasure & RefPicking> {
  const one: fc.Arbitrary<Expr> = aggregateOf(world, source);
  const value: fc.Arbitrary<Expr> = fc.oneof(
    { weight: 3, arbitrary: one },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom('+', '-', '*', '/' as const), one, one)
        .map(([operator, a, b]) => compute(operator, a, b)),
    },
  );
  const types = fc.constantFrom('average', 'median', 'min', 'max', 'stddev' as const);
  const measure = fc.oneof<fc.MaybeWeightedArbitrary<RefMeasure>[]>(
    { weight: 4, arbitrary: fc.tuple(types, value).map(([type, of]) => ({ type, value: of })) },
    { weight: 1, arbitrary: value.map((of) => ({ type: 'percentile', value: of, p: 0.75 })) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(comparisons, value, fc.oneof(value, smallNumber.map(literal)))
        .map(([operator, a, b]) => {
          return { type: 'share', matching: compare(operator, a, b) };
        }),
    },
  );
  const link = source === 'accounts' ? 'region' : 'account';
  return fc.tuple(measure, fc.constantFrom(...WHO[source], link)).map(([drawn, per]) => ({ ...drawn, per }));
}

/** A measure over what lies behind a link, once for each row there. */
export function oncePerAccount(world: World): fc.Arbitrary<RefMeasure & RefPicking> {
  const names = behindAccount(world);
  const types = fc.constantFrom('sum', 'average', 'median', 'min', 'max', 'stddev' as const);
  const measure = fc.oneof<fc.MaybeWeightedArbitrary<RefMeasure>[]>(
    { weight: 1, arbitrary: fc.constant({ type: 'count' }) },
    { weight: 4, arbitrary: fc.tuple(types, numberExpr(names)).map(([type, value]) => ({ type, value })) },
    { weight: 1, arbitrary: condition(names).map((matching) => ({ type: 'share', matching })) },
  );
  return measure.map((drawn) => ({ ...drawn, oncePer: 'account' }));
}
