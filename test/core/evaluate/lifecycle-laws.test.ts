import assert from 'node:assert/strict';
import fc from 'fast-check';
import { evaluate } from '../../../server/src/core/evaluate/evaluate.ts';
import { groupKey, type Series } from '../../../server/src/core/evaluate/series.ts';
import { testEngine } from '../../kit/engine.ts';
import { present } from '../../kit/present.ts';
import { GRAINS, segmentsOf } from '../../kit/reference/arbitrary-project.ts';
import { worlds } from '../../kit/reference/arbitrary-world.ts';
import { close } from '../../kit/reference/compare.ts';
import type { RefProject } from '../../kit/reference/project.ts';
import { withProject } from '../../kit/reference/run.ts';
import { runs } from '../../kit/reference/runs.ts';
import { Tables, type World, type WrittenRow } from '../../kit/reference/world.ts';
import { projectFiles } from '../../kit/reference/write.ts';

/** What metrics of one lifecycle have to do with each other, over spells and over events. */

const VALUED = ['opening', 'closing', 'retained', 'lost', 'new', 'returned', 'expanded', 'contracted'];
const COUNTED = ['opening', 'closing', 'retained', 'lost', 'new', 'returned', 'acquired'];

interface Drawn {
  readonly project: RefProject;
  readonly source: 'subscriptions' | 'orders';
  readonly entity: string;
  readonly where: string | undefined;
  readonly window: string | undefined;
}

const drawn: fc.Arbitrary<Drawn> = worlds.chain((world) =>
  fc
    .record({
      segments: segmentsOf(world),
      grain: fc.constantFrom(...GRAINS),
      source: fc.constantFrom('subscriptions' as const, 'orders' as const),
      entity: fc.constantFrom('acct', 'account', 'account.industry'),
      where: fc.option(fc.constantFrom("acct <> 'A1'", 'account.employees > 3'), { nil: undefined }),
      window: fc.option(fc.constantFrom('14 days', '2 months', 'year_to_date'), { nil: undefined }),
    })
    .map(({ segments, grain, ...rest }) => ({
      ...rest,
      project: { tables: new Tables(world), grain, metrics: [], segments },
      [fc.toStringMethod]: () => 'project',
    })),
);

/** All metrics of the lifecycle on a source, by the name of what they are. */
function definitions({ source, entity, where, window }: Omit<Drawn, 'project'>): string {
  const value = source === 'orders' ? 'abs(amount)' : 'abs(mrr)';
  const common = { source, entity, segments: ['size', 'rank'], where, window };
  const metric = (more: object): object => ({ ...common, ...more });
  return JSON.stringify({
    plumbline: 1,
    metrics: {
      retention: metric({ type: 'retention' }),
      churn: metric({ type: 'churn' }),
      net: metric({ type: 'retention', value, expansion: 'include' }),
      gross: metric({ type: 'retention', value, expansion: 'exclude' }),
      value_churn: metric({ type: 'churn', value }),
      first: { ...metric({ type: 'cohort_retention', after: '1 day' }), window: undefined },
      ...Object.fromEntries(COUNTED.map((of) => [of, metric({ type: 'movement', of })])),
      ...Object.fromEntries(VALUED.map((of) => [`${of}_value`, metric({ type: 'movement', of, value })])),
    },
  });
}

/** The values of each metric in each period and group, in one order. */
type Found = ReadonlyMap<string, readonly (number | null)[]>;

function valuesOf({ periods, groups, at }: Series): (number | null)[] {
  return periods.flatMap((period) => groups.map((group) => at(period, group).value));
}

describe('whatever the customers', () => {
  const engine = testEngine();

  async function evaluated(one: Drawn, by: string | undefined): Promise<Found> {
    const files = { ...projectFiles(one.project), 'laws.metrics.yaml': definitions(one) };
    return withProject(engine, files, async ({ evaluator, analysis }) => {
      const errors = analysis.problems.filter(({ severity }) => severity === 'error');
      assert.deepEqual(errors, []);
      const { metrics } = await evaluate(evaluator, { ownSegments: true, findings: false });
      return new Map(
        metrics.map(({ metric, total, breakdowns, refused }) => {
          const series = by === undefined ? total : breakdowns.find((each) => each.by.join() === by)?.series;
          const shown = present(series, `${metric.name}: ${refused}`);
          const order = [...shown.groups].sort((a, b) => (groupKey(a) < groupKey(b) ? -1 : 1));
          return [metric.name, valuesOf({ ...shown, groups: order, at: shown.at })] as const;
        }),
      );
    });
  }

  const each = (found: Found, check: (value: (metric: string) => number | null) => void): number => {
    const length = present(found.get('retention')).length;
    for (let index = 0; index < length; index += 1) check((metric) => found.get(metric)?.[index] ?? null);
    return length;
  };

  const equal = (a: number, b: number, what: string): void => assert.ok(close(a, b), `${what}: ${a}, ${b}`);

  it('terms add up, shares to 1, and growth accounts for every change', async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(drawn, async (one) => {
        compared += each(await evaluated(one, undefined), (value) => {
          const of = (metric: string): number => value(metric) ?? Number.NaN;
          equal(of('opening') - of('lost') + of('new') + of('returned'), of('closing'), 'entities');
          equal(of('retained') + of('lost'), of('opening'), 'opening');
          assert.ok(of('acquired') >= of('new'));
          const arrived = of('new_value') + of('returned_value');
          const grown = of('expanded_value') - of('contracted_value');
          equal(of('opening_value') - of('lost_value') + grown + arrived, of('closing_value'), 'value');
          equal(
            of('retained_value') + of('lost_value') + of('contracted_value'),
            of('opening_value'),
            'left',
          );
          shares(value);
        });
      }),
      runs(4),
    );
    assert.ok(compared >= 40, `${compared} periods were compared`);
  });

  function shares(value: (metric: string) => number | null): void {
    const [kept, lost, net, gross, left] = ['retention', 'churn', 'net', 'gross', 'value_churn'].map(value);
    assert.equal(kept === null, lost === null);
    assert.equal(kept === null, value('opening') === 0);
    if (typeof kept === 'number' && typeof lost === 'number') equal(kept + lost, 1, 'shares');
    if (typeof gross !== 'number' || typeof net !== 'number') return;
    equal(gross + (left ?? Number.NaN), 1, 'shares of value');
    assert.ok(gross <= 1 && gross <= net + 1e-12, `${gross}, ${net}`);
  }

  it('the same holds in each group for what the opening tells', async () => {
    await fc.assert(
      fc.asyncProperty(drawn, fc.constantFrom('size', 'rank'), async (one, by) => {
        each(await evaluated(one, by), (value) => {
          const of = (metric: string): number => value(metric) ?? Number.NaN;
          equal(of('retained') + of('lost'), of('opening'), 'opening');
          shares(value);
        });
      }),
      runs(3),
    );
  });

  it('neither the order of rows nor a spell cut into two that touch changes anything', async () => {
    await fc.assert(
      fc.asyncProperty(drawn, fc.constantFrom(undefined, 'size'), fc.nat(), async (one, by, seed) => {
        const other: Drawn = {
          ...one,
          project: { ...one.project, tables: new Tables(cutAndTurned(one.project.tables.world, seed)) },
        };
        const [expected, actual] = [await evaluated(one, by), await evaluated(other, by)];
        for (const [metric, values] of expected) {
          const found = actual.get(metric) ?? [];
          assert.equal(found.length, values.length, metric);
          values.forEach((value, index) => {
            assert.ok(close(value, found[index] ?? null), `${metric}: ${value}, ${found[index]}`);
          });
        }
      }),
      runs(3),
    );
  });
});

/** The rows in reverse, and spells of whole days in two parts where they are long enough, one ending when the other begins. */
function cutAndTurned(world: World, seed: number): World {
  const { subscriptions, orders } = world.sources;
  if (subscriptions === undefined || orders === undefined) throw new Error('A world has both.');
  const inclusive = subscriptions.lifespan?.inclusive === true ? 1 : 0;
  const rows = subscriptions.rows.flatMap((row, index): WrittenRow[] => {
    const { begins, ends } = row;
    if (typeof begins !== 'number' || (ends !== null && typeof ends !== 'number')) return [row];
    const cut = begins + 1 + ((seed + index) % 40);
    if (ends !== null && cut + inclusive > ends) return [row];
    // Where rows have a key they are told apart by it, so that none is set aside as a copy.
    const halves = [
      { ...row, ends: cut - inclusive },
      { ...row, begins: cut },
    ];
    return subscriptions.key === undefined ? halves : [row];
  });
  return {
    ...world,
    sources: {
      ...world.sources,
      subscriptions: { ...subscriptions, rows: rows.reverse() },
      orders: { ...orders, rows: [...orders.rows].reverse() },
    },
  };
}
