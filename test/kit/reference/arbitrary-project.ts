import fc from 'fast-check';
import { type Combining, formulaMetric, ratioOf } from './arbitrary-combined.ts';
import { condition, smallNumber, textExpr } from './arbitrary-expression.ts';
import { MEASURES, namesOf, ownNames, SEGMENTS_OF, type SourceName } from './arbitrary-measure.ts';
import { richWorld } from './arbitrary-rows.ts';
import { sideOf, WHENS } from './arbitrary-side.ts';
import { worlds } from './arbitrary-world.ts';
import type { RefGrain } from './calendar.ts';
import { path } from './expression.ts';
import type { RefMetric, RefSegment } from './metric.ts';
import type { RefProject } from './project.ts';
import { Tables, type World } from './world.ts';

/** Random projects over the tables of `arbitrary-world.ts`: metrics of every type, and segments of every kind. */

export const GRAINS: readonly RefGrain[] = ['day', 'week', 'month', 'quarter', 'year', 'all'];
export const grain = fc.constantFrom(...GRAINS);

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
  feedback: [...SEGMENTS_OF.feedback, 'source_name', 'score', 'account.industry', 'account.spend'],
  items: [...SEGMENTS_OF.items, 'kind', 'price', 'account.region.zone'],
};

function breakdownOf(segments: readonly string[]): fc.Arbitrary<readonly string[]> {
  return fc.uniqueArray(fc.constantFrom(...segments), { maxLength: 3 });
}

function plainMetric(world: World, name: string): fc.Arbitrary<RefMetric> {
  return fc
    .constantFrom('orders', 'orders', 'subscriptions', 'accounts', 'items', 'feedback' as const)
    .chain((source) =>
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

/** What the next metric may be made of those before it, in the order in which it is drawn. */
function combinedMetrics(
  combining: Omit<Combining, 'name' | 'own'>,
  names: readonly string[],
): fc.Arbitrary<readonly RefMetric[]> {
  const [name, ...rest] = names;
  if (name === undefined) return fc.constant(combining.others);
  return fc
    .option(grain, { nil: undefined })
    .chain((own) => {
      const one = { ...combining, name, own };
      return name.startsWith('r') ? ratioOf(one) : formulaMetric(one);
    })
    .chain((metric) => combinedMetrics({ ...combining, others: [...combining.others, metric] }, rest));
}

export function segmentsOf(world: World): fc.Arbitrary<Readonly<Record<string, RefSegment>>> {
  const accounts = namesOf(world, 'accounts');
  const orders = ownNames(world, 'orders');
  const rich = world.sources.feedback !== undefined;
  return fc
    .record({
      industry: fc.oneof(textExpr(accounts), condition(accounts)),
      small: condition(accounts),
      large: condition(accounts),
      vip: condition(accounts),
      amounts: fc.tuple(condition(orders), smallNumber),
      paying: fc.array(condition(orders), { minLength: 1, maxLength: 2 }),
      plan: textExpr(ownNames(world, 'subscriptions')),
      spenders: condition(
        rich ? { spend: 'number', held: 'number', plans: 'number' } : { employees: 'integer' },
      ),
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
      spenders: { kind: 'groups', source: 'accounts', groups: { high: drawn.spenders } },
      activity: {
        kind: 'by-source',
        by: {
          orders: path('channel', 'text'),
          subscriptions: path('plan', 'text'),
          ...(rich ? { feedback: path('word', 'text') } : {}),
        },
      },
      ...(rich
        ? { origin: { kind: 'by' as const, source: 'feedback', by: path('source_name', 'text') } }
        : {}),
    }));
}

/** A project with eight metrics on one source each, three ratios and four formulas, of which later ones rest on earlier ones. */
export const projects: fc.Arbitrary<RefProject> = fc
  .tuple(worlds.chain(richWorld), grain)
  .chain(([world, own]) =>
    fc.tuple(...Array.from({ length: 8 }, (_, index) => plainMetric(world, `m${index}`))).chain((plain) =>
      fc
        .record({
          metrics: combinedMetrics({ world, others: plain, grain: own }, COMBINED),
          segments: segmentsOf(world),
        })
        .map(({ metrics, segments }) => ({
          tables: new Tables(world),
          grain: own,
          metrics,
          segments,
          // A failing test shows the files instead.
          [fc.toStringMethod]: () => 'project',
        })),
    ),
  );

const COMBINED = ['r0', 'r1', 'f0', 'f1', 'r2', 'f2', 'f3'];

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
