import fc from 'fast-check';
import { condition, numberExpr } from './arbitrary-expression.ts';
import { namesOf, ownNames, SEGMENTS_OF, type SourceName } from './arbitrary-measure.ts';
import { windows } from './arbitrary-picking.ts';
import { GRAINS, segmentsOf } from './arbitrary-project.ts';
import { richWorld } from './arbitrary-rows.ts';
import { worlds } from './arbitrary-world.ts';
import type { RefGrain, RefInterval } from './calendar.ts';
import { type Expr, path } from './expression.ts';
import type { RefCommon, RefLifecycle, RefMetric, RefMovement } from './metric.ts';
import type { RefProject } from './project.ts';
import { Tables, type World } from './world.ts';

/** Random projects whose metrics follow entities through time: over spells, and over events. */

type FollowedSource = 'subscriptions' | 'orders' | 'feedback';

const ENTITIES: Readonly<Record<FollowedSource, readonly string[]>> = {
  subscriptions: ['acct', 'acct', 'account', 'account.industry', 'plan'],
  orders: ['acct', 'acct', 'account', 'account.region', 'channel'],
  feedback: ['who', 'account', 'source_name'],
};

export const MOVEMENTS: readonly RefMovement[] = [
  'opening',
  'closing',
  'retained',
  'lost',
  'new',
  'returned',
  'acquired',
];
const IN_VALUE: readonly RefMovement[] = [...MOVEMENTS, 'expanded', 'contracted'];

const UNITS: readonly RefInterval['unit'][] = ['day', 'week', 'month', 'quarter', 'year'];

/** Intervals that a grain can look later by: in finer units any, else whole periods. */
function afters(grain: RefGrain): fc.Arbitrary<RefInterval> {
  const units = UNITS.filter((unit) => grain !== 'week' || (unit !== 'month' && unit !== 'quarter'));
  return fc.constantFrom(...units).chain((unit) => {
    const most = unit === 'day' ? 20 : unit === 'week' ? 3 : 2;
    return fc.integer({ min: 1, max: most }).map((count): RefInterval => ({ count, unit }));
  });
}

function lifecycleOf(world: World, source: FollowedSource, grain: RefGrain): fc.Arbitrary<RefLifecycle> {
  const entity = fc.constantFrom(...ENTITIES[source]);
  const value = fc.option(numberExpr(ownNames(world, source)), { nil: undefined, freq: 3 });
  const joined = fc.option(fc.constantFrom(...joinedOf(source)), { nil: undefined, freq: 2 });
  return fc.oneof(
    fc
      .record({ entity, value, expansion: fc.constantFrom('include' as const, 'exclude' as const) })
      .map(({ entity: who, value: worth, expansion }): RefLifecycle => {
        return {
          type: 'retention',
          entity: who,
          ...(worth === undefined ? {} : { value: worth, expansion }),
        };
      }),
    fc
      .record({ entity, value, base: fc.constantFrom('opening' as const, 'average' as const) })
      .map(({ entity: who, value: worth, base }): RefLifecycle => {
        return { type: 'churn', entity: who, ...(worth === undefined ? { base } : { value: worth }) };
      }),
    fc
      .record({ entity, value, of: fc.constantFrom(...MOVEMENTS), inValue: fc.constantFrom(...IN_VALUE) })
      .map(({ entity: who, value: worth, of, inValue }): RefLifecycle => {
        return worth === undefined
          ? { type: 'movement', entity: who, of }
          : { type: 'movement', entity: who, of: inValue, value: worth };
      }),
    fc
      .record({ entity, after: afters(grain), joined })
      .map(({ entity: who, after, joined: since }): RefLifecycle => {
        return {
          type: 'cohort_retention',
          entity: who,
          after,
          ...(since === undefined ? {} : { joined: since }),
        };
      }),
  );
}

function joinedOf(source: FollowedSource): readonly Expr[] {
  const opened = path('account.opened_on', 'date');
  return source === 'orders' ? [opened, path('due_on', 'date')] : [opened];
}

/** A metric that follows the entities of a source, without a name or grain. */
function sideOf(
  world: World,
  source: FollowedSource,
  grain: RefGrain,
): fc.Arbitrary<RefCommon & RefLifecycle & { readonly source: FollowedSource }> {
  return fc
    .record({
      one: lifecycleOf(world, source, grain),
      where: fc.option(fc.array(condition(namesOf(world, source)), { minLength: 1, maxLength: 2 }), {
        nil: undefined,
        freq: 2,
      }),
      window: fc.option(windows, { nil: undefined, freq: 2 }),
      time: fc.option(fc.constantFrom('due_on', 'placed_at'), { nil: undefined, freq: 2 }),
    })
    .map(({ one, where, window, time }) => ({
      ...one,
      source,
      ...(where === undefined ? {} : { where }),
      ...(window === undefined || one.type === 'cohort_retention' ? {} : { window }),
      ...(source === 'orders' && time !== undefined ? { time } : {}),
    }));
}

function metricOf(world: World, name: string, project: RefGrain): fc.Arbitrary<RefMetric> {
  return fc
    .record({
      source: fc.constantFrom('subscriptions', 'subscriptions', 'orders', 'feedback' as const),
      grain: fc.option(fc.constantFrom(...GRAINS), { nil: undefined }),
    })
    .chain(({ source, grain }) =>
      fc
        .record({
          side: sideOf(world, source, grain ?? project),
          by: fc.uniqueArray(fc.constantFrom(...SEGMENTS_OF[source satisfies SourceName]), { maxLength: 2 }),
        })
        .map(({ side, by }): RefMetric => ({ ...side, name, by, ...(grain === undefined ? {} : { grain }) })),
    );
}

/** Lost by group over all at the opening, as in churn by reason. */
function churnBy(world: World): fc.Arbitrary<RefMetric> {
  const where = fc.option(
    fc.array(condition(namesOf(world, 'subscriptions')), { minLength: 1, maxLength: 1 }),
    {
      nil: undefined,
    },
  );
  return where.map((conditions): RefMetric => {
    const side = (of: RefMovement): RefCommon & RefLifecycle => ({ type: 'movement', entity: 'acct', of });
    return {
      name: 'churn_by',
      type: 'ratio',
      source: 'subscriptions',
      numerator: side('lost'),
      denominator: side('opening'),
      totalOver: ['plan'],
      by: ['plan'],
      ...(conditions === undefined ? {} : { where: conditions }),
    };
  });
}

/** Ten metrics that follow entities, and a ratio of two. */
export const lifecycleProjects: fc.Arbitrary<RefProject> = fc
  .tuple(worlds.chain(richWorld), fc.constantFrom(...GRAINS))
  .chain(([world, grain]) =>
    fc
      .record({
        metrics: fc.tuple(...Array.from({ length: 10 }, (_, index) => metricOf(world, `m${index}`, grain))),
        ratio: churnBy(world),
        segments: segmentsOf(world),
      })
      .map(({ metrics, ratio, segments }) => ({
        tables: new Tables(world),
        grain,
        metrics: [...metrics, ratio],
        segments,
        [fc.toStringMethod]: () => 'project',
      })),
  );
