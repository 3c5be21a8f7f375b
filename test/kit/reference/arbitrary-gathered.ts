import fc from 'fast-check';
import { condition, numberExpr } from './arbitrary-expression.ts';
import { namesOf, ownNames, SEGMENTS_OF } from './arbitrary-measure.ts';
import { windows } from './arbitrary-picking.ts';
import { GRAINS, segmentsOf } from './arbitrary-project.ts';
import { richWorld } from './arbitrary-rows.ts';
import { worlds } from './arbitrary-world.ts';
import type { RefInterval } from './calendar.ts';
import type { Expr } from './expression.ts';
import type { RefCommon, RefGathered, RefMetric, RefStep, RefTenureReport } from './metric.ts';
import type { RefProject } from './project.ts';
import { Tables, type World } from './world.ts';

/** Random projects whose metrics gather rows: tenures, lifetime values and conversions. */

type Source = 'subscriptions' | 'orders' | 'accounts' | 'items';

const ENTITIES = {
  subscriptions: ['acct', 'acct', 'account', 'plan', 'account.industry'],
  orders: ['acct', 'acct', 'account', 'channel', 'account.region'],
} as const;

const lengths: fc.Arbitrary<RefInterval> = fc
  .tuple(fc.constantFrom('day', 'day', 'week', 'month', 'quarter' as const), fc.integer({ min: 1, max: 4 }))
  .map(([unit, count]) => ({ unit, count: unit === 'day' ? count * 3 : count }));

const reports: fc.Arbitrary<RefTenureReport> = fc
  .record({
    kind: fc.constantFrom('median' as const, 'survival' as const, 'mean' as const),
    days: fc.integer({ min: 1, max: 12 }),
    months: fc.boolean(),
  })
  .map(({ kind, days, months }) => {
    const [at, text] = months
      ? [((days % 3) + 1) * 30.4375, `${(days % 3) + 1} months`]
      : [days, `${days} days`];
    if (kind === 'median') return { kind };
    return kind === 'survival' ? { kind, at, text } : { kind, horizon: at, text };
  });

function conditions(world: World, source: Source, freq = 2): fc.Arbitrary<readonly Expr[] | undefined> {
  return fc.option(fc.array(condition(namesOf(world, source)), { minLength: 1, maxLength: 2 }), {
    nil: undefined,
    freq,
  });
}

interface Drawn {
  readonly side: RefCommon & RefGathered;
  /** Where its rows are. */
  readonly home: Source;
}

function commonOf(source: Source, where: readonly Expr[] | undefined): RefCommon {
  return { source, ...(where === undefined ? {} : { where }) };
}

function spellTenures(world: World): fc.Arbitrary<Drawn> {
  return fc
    .record({
      entity: fc.constantFrom(...ENTITIES.subscriptions),
      report: reports,
      where: conditions(world, 'subscriptions', 4),
      window: fc.option(windows, { nil: undefined, freq: 3 }),
    })
    .map(({ entity, report, where, window }) => ({
      home: 'subscriptions',
      side: {
        type: 'tenure',
        entity,
        report,
        ...commonOf('subscriptions', where),
        ...(window === undefined ? {} : { window }),
      },
    }));
}

function statedTenures(world: World): fc.Arbitrary<Drawn> {
  return fc.constantFrom('orders' as const, 'items' as const).chain((source) =>
    fc
      .record({
        duration: numberExpr(ownNames(world, source)),
        ended: condition(ownNames(world, source)),
        report: reports,
        where: conditions(world, source, 4),
        window: fc.option(windows, { nil: undefined, freq: 3 }),
      })
      .map(({ duration, ended, report, where, window }) => ({
        home: source,
        side: {
          type: 'tenure',
          duration,
          ended,
          report,
          ...commonOf(source, where),
          ...(window === undefined || source === 'items' ? {} : { window }),
        },
      })),
  );
}

function lifetimeValues(world: World): fc.Arbitrary<Drawn> {
  return fc.constantFrom('orders' as const, 'orders' as const, 'subscriptions' as const).chain((source) =>
    fc
      .record({
        entity: fc.constantFrom(...ENTITIES[source]),
        value: numberExpr(ownNames(world, source)),
        horizon: fc.option(lengths, { nil: undefined, freq: 1 }),
        where: conditions(world, source),
        time: fc.option(fc.constantFrom('due_on', 'placed_at'), { nil: undefined, freq: 2 }),
        when: fc.constantFrom('started' as const, 'ended' as const),
      })
      .map(({ entity, value, horizon, where, time, when }) => ({
        home: source,
        side: {
          type: 'lifetime_value',
          entity,
          value,
          ...commonOf(source, where),
          ...(horizon === undefined ? {} : { horizon }),
          ...(source === 'subscriptions' ? { when } : time === undefined ? {} : { time }),
        },
      })),
  );
}

type StepSource = 'orders' | 'subscriptions' | 'accounts';

/** Steps that read one source agree in their time, so that none of their rows is two steps. */
function conversionsOf(world: World): fc.Arbitrary<Drawn> {
  return fc
    .record({
      sources: fc.array(fc.constantFrom<StepSource>('orders', 'orders', 'subscriptions', 'accounts'), {
        minLength: 2,
        maxLength: 4,
      }),
      time: fc.option(fc.constantFrom('due_on', 'placed_at'), { nil: undefined, freq: 2 }),
      within: fc.oneof<fc.Arbitrary<RefInterval | { readonly hours: number }>[]>(
        lengths,
        lengths,
        fc.integer({ min: 1, max: 60 }).map((hours) => ({ hours })),
      ),
      linked: fc.boolean(),
    })
    .chain(({ sources, time, within, linked }) => {
      const byLink = linked && !sources.includes('accounts');
      const times = { orders: time, subscriptions: 'begins', accounts: undefined };
      const steps = sources.map((source) =>
        conditions(world, source, 3).map((where): RefStep => {
          const own = times[source];
          return {
            source,
            ...(where === undefined ? {} : { where }),
            ...(own === undefined ? {} : { time: own }),
            ...(source === 'accounts' ? { entity: 'account_id' } : {}),
          };
        }),
      );
      return fc
        .record({ steps: fc.tuple(...steps), where: conditions(world, sources[0] ?? 'orders', 4) })
        .map(
          ({ steps: drawn, where }): Drawn => ({
            home: sources[0] ?? 'orders',
            side: {
              type: 'conversion',
              entity: byLink ? 'account' : 'acct',
              steps: drawn,
              within,
              ...(where === undefined ? {} : { where }),
            },
          }),
        );
    });
}

function metricOf(world: World, name: string): fc.Arbitrary<RefMetric> {
  return fc
    .record({
      drawn: fc.oneof(
        spellTenures(world),
        statedTenures(world),
        lifetimeValues(world),
        conversionsOf(world),
        conversionsOf(world),
      ),
      grain: fc.option(fc.constantFrom(...GRAINS), { nil: undefined }),
      by: fc.uniqueArray(fc.nat(20), { maxLength: 2 }),
    })
    .map(({ drawn: { side, home }, grain, by }): RefMetric => {
      const segments = SEGMENTS_OF[home];
      const chosen = new Set(by.map((index) => segments[index % segments.length] ?? ''));
      return {
        ...side,
        name,
        by: [...chosen],
        ...(grain === undefined || home === 'items' ? {} : { grain }),
      };
    });
}

/** Ten metrics that gather rows. */
export const gatheredProjects: fc.Arbitrary<RefProject> = fc
  .tuple(worlds.chain(richWorld), fc.constantFrom(...GRAINS))
  .chain(([world, grain]) =>
    fc
      .record({
        metrics: fc.tuple(...Array.from({ length: 10 }, (_, index) => metricOf(world, `m${index}`))),
        segments: segmentsOf(world),
      })
      .map(({ metrics, segments }) => ({
        tables: new Tables(world),
        grain,
        metrics,
        segments,
        [fc.toStringMethod]: () => 'project',
      })),
  );
