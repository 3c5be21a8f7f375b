import fc from 'fast-check';
import { condition, smallNumber, textExpr } from './arbitrary-expression.ts';
import {
  BEHIND_ACCOUNT,
  MEASURES,
  measureOf,
  namesOf,
  ownNames,
  type SourceName,
} from './arbitrary-measure.ts';
import { worlds } from './arbitrary-world.ts';
import type { RefGrain } from './calendar.ts';
import { compareEvent, comparePeriod, type Expr, path } from './expression.ts';
import type { RefMetric, RefReference, RefSegment, RefSide, When } from './metric.ts';
import type { RefProject } from './project.ts';
import { type RefType, Tables, type World } from './world.ts';

/** Random projects over the tables of `arbitrary-world.ts`: metrics of every type, and segments of every kind. */

export const GRAINS: readonly RefGrain[] = ['day', 'week', 'month', 'quarter', 'year', 'all'];
const grain = fc.constantFrom(...GRAINS);

const SEGMENTS_OF: Readonly<Record<SourceName, readonly string[]>> = {
  accounts: ['industry', 'size', 'vips', 'rank', 'zone'],
  orders: ['industry', 'size', 'vips', 'rank', 'zone', 'channel', 'amounts', 'paying', 'activity'],
  subscriptions: ['industry', 'size', 'vips', 'rank', 'zone', 'plan', 'activity'],
  items: ['industry', 'size', 'vips', 'rank', 'zone'],
};

/** Segments that reach every source. */
const COMMON_SEGMENTS = SEGMENTS_OF.accounts;

/** What metrics can be broken down by, alone and together: segments, columns and paths. */
export const BREAKDOWNS_OF: Readonly<Record<SourceName, readonly string[]>> = {
  accounts: [...SEGMENTS_OF.accounts, 'employees', 'region.zone', 'opened_on'],
  orders: [
    ...SEGMENTS_OF.orders,
    'qty',
    'amount',
    'paid',
    'due_on',
    'account.industry',
    'account.region.rank',
  ],
  subscriptions: [...SEGMENTS_OF.subscriptions, 'mrr', 'account.vip'],
  items: [...SEGMENTS_OF.items, 'kind', 'price', 'account.region.zone'],
};

/** Conditions on the period and on the metric's own time, for metrics whose rows have one. */
function timeConditions(world: World, source: SourceName, time: string | undefined): Expr[] {
  if (source !== 'orders') return [];
  const [due, placed] = [path('due_on', 'date'), path('placed_at', 'timestamp')];
  const type: RefType = (time ?? world.sources.orders?.time) === 'due_on' ? 'date' : 'timestamp';
  const opened = path('account.opened_on', 'date');
  return [
    comparePeriod('>=', due, 'period_start'),
    comparePeriod('<', due, 'period_end'),
    comparePeriod('>=', placed, 'period_start'),
    comparePeriod('<', placed, 'period_end'),
    comparePeriod('<', opened, 'period_start'),
    compareEvent('<=', opened, type === 'date' ? 'date' : 'timestamp'),
    compareEvent('=', due, type === 'date' ? 'date' : 'timestamp'),
  ];
}

function whereOf(world: World, source: SourceName, time: string | undefined): fc.Arbitrary<readonly Expr[]> {
  const plain = condition(namesOf(world, source));
  const timed = timeConditions(world, source, time);
  const one =
    timed.length === 0
      ? plain
      : fc.oneof({ weight: 3, arbitrary: plain }, { weight: 1, arbitrary: fc.constantFrom(...timed) });
  return fc.array(one, { minLength: 1, maxLength: 2 });
}

const WHENS: readonly When[] = ['started', 'ended', 'active', 'during'];
const whens = fc.constantFrom(...WHENS);

function sideOf(world: World, source: SourceName): fc.Arbitrary<RefSide> {
  const ownTime =
    source === 'orders'
      ? fc.option(fc.constantFrom('due_on', 'placed_at'), { nil: undefined, freq: 2 })
      : fc.constant(undefined);
  return ownTime.chain((time) =>
    fc
      .record({
        measure: measureOf(world, source),
        where: fc.option(whereOf(world, source, time), { nil: undefined, freq: 2 }),
        when: whens,
      })
      .map(({ measure, where, when }) => ({
        ...measure,
        source,
        ...(where === undefined ? {} : { where }),
        ...(time === undefined ? {} : { time }),
        ...(source === 'subscriptions' ? { when } : {}),
      })),
  );
}

function breakdownOf(segments: readonly string[]): fc.Arbitrary<readonly string[]> {
  return fc.uniqueArray(fc.constantFrom(...segments), { maxLength: 3 });
}

function plainMetric(world: World, name: string): fc.Arbitrary<RefMetric> {
  return fc.constantFrom('orders', 'orders', 'subscriptions', 'accounts', 'items' as const).chain((source) =>
    fc
      .record({
        side: sideOf(world, source),
        grain: fc.option(grain, { nil: undefined }),
        by: breakdownOf(SEGMENTS_OF[source]),
      })
      .map(
        ({ side, grain: own, by }): RefMetric => ({
          ...side,
          name,
          by,
          ...(own === undefined ? {} : { grain: own }),
        }),
      ),
  );
}

/** Both sides have periods, or both are snapshots; a common `where` has paths that mean the same column on either side. */
function ratio(world: World, name: string, others: readonly RefMetric[]): fc.Arbitrary<RefMetric> {
  const timed = others
    .filter(({ source, type }) => source !== 'items' && type !== 'ratio')
    .map((metric) => metric.name);
  const pool = fc.constantFrom('orders', 'subscriptions' as const);
  const inline: fc.Arbitrary<RefReference> = pool.chain((source) => sideOf(world, source));
  const side =
    timed.length === 0
      ? inline
      : fc.oneof({ weight: 2, arbitrary: inline }, { weight: 1, arbitrary: fc.constantFrom(...timed) });
  const pair = fc.oneof(
    { weight: 4, arbitrary: fc.tuple(side, side) },
    { weight: 1, arbitrary: fc.tuple(sideOf(world, 'items'), sideOf(world, 'items')) },
  );
  return fc
    .record({
      pair,
      where: fc.option(
        condition(BEHIND_ACCOUNT).map((one) => [one]),
        { nil: undefined, freq: 2 },
      ),
      grain: fc.option(grain, { nil: undefined }),
      by: breakdownOf(COMMON_SEGMENTS),
    })
    .map(({ pair: [numerator, denominator], where, grain: own, by }): RefMetric => {
      const onAccounts = [numerator, denominator].some((one) =>
        others.some((other) => other.name === one && other.source === 'accounts'),
      );
      return {
        type: 'ratio',
        name,
        numerator,
        denominator,
        by,
        // From accounts themselves there is no path that begins with `account`.
        ...(where === undefined || onAccounts ? {} : { where }),
        ...(own === undefined ? {} : { grain: own }),
      };
    });
}

function segmentsOf(world: World): fc.Arbitrary<Readonly<Record<string, RefSegment>>> {
  const accounts = namesOf(world, 'accounts');
  const orders = ownNames(world, 'orders');
  return fc
    .record({
      industry: fc.oneof(textExpr(accounts), condition(accounts)),
      small: condition(accounts),
      large: condition(accounts),
      vip: condition(accounts),
      amounts: fc.tuple(condition(orders), smallNumber),
      paying: fc.array(condition(orders), { minLength: 1, maxLength: 2 }),
      plan: textExpr(ownNames(world, 'subscriptions')),
    })
    .map((drawn) => ({
      industry: { kind: 'by', source: 'accounts', by: drawn.industry },
      size: { kind: 'groups', source: 'accounts', groups: { small: drawn.small, large: drawn.large } },
      vips: { kind: 'where', source: 'accounts', where: [drawn.vip] },
      rank: { kind: 'by', source: 'accounts', by: path('region.rank', 'integer') },
      zone: { kind: 'by', source: 'regions', by: path('zone', 'text') },
      channel: { kind: 'by', source: 'orders', by: path('channel', 'text') },
      amounts: { kind: 'groups', source: 'orders', groups: { some: drawn.amounts[0] } },
      paying: { kind: 'where', source: 'orders', where: drawn.paying },
      plan: { kind: 'by', source: 'subscriptions', by: drawn.plan },
      activity: {
        kind: 'by-source',
        by: { orders: path('channel', 'text'), subscriptions: path('plan', 'text') },
      },
    }));
}

/** A project with eight metrics on one source each, and four ratios. */
export const projects: fc.Arbitrary<RefProject> = worlds.chain((world) =>
  fc.tuple(...Array.from({ length: 8 }, (_, index) => plainMetric(world, `m${index}`))).chain((plain) =>
    fc
      .record({
        ratios: fc.tuple(...Array.from({ length: 4 }, (_, index) => ratio(world, `r${index}`, plain))),
        segments: segmentsOf(world),
        grain,
      })
      .map(({ ratios, segments, grain: own }) => ({
        tables: new Tables(world),
        grain: own,
        metrics: [...plain, ...ratios],
        segments,
        // A failing test shows the files instead.
        [fc.toStringMethod]: () => 'project',
      })),
  ),
);

/** Every type over `orders`, and every `when` at every grain over `subscriptions`, without conditions, so that nothing hides a bound. */
export const plainProjects: fc.Arbitrary<RefProject> = fc
  .record({ world: worlds, grain, by: fc.constantFrom('channel', 'size', 'paying') })
  .chain(({ world, grain: own, by }) =>
    segmentsOf(world).map((segments) => ({
      tables: new Tables(world),
      grain: own,
      metrics: [
        ...MEASURES.map(
          (measure, index): RefMetric => ({ ...measure, name: `m${index}`, source: 'orders', by: [by] }),
        ),
        ...GRAINS.flatMap((each) =>
          WHENS.map(
            (when): RefMetric => ({
              name: `${when}_${each}`,
              type: 'count',
              source: 'subscriptions',
              when,
              grain: each,
            }),
          ),
        ),
      ],
      segments,
      [fc.toStringMethod]: () => 'project',
    })),
  );
