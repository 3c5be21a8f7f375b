import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type EvaluationRequest, evaluate } from '../../../server/src/core/evaluate/evaluate.ts';
import {
  type MetricDocument,
  type ResultOptions,
  resultDocument,
  type ValueDocument,
} from '../../../server/src/core/evaluate/result.ts';
import { testEngine } from '../../kit/engine.ts';
import { present } from '../../kit/present.ts';
import { projects } from '../../kit/reference/arbitrary-project.ts';
import { worlds } from '../../kit/reference/arbitrary-world.ts';
import type { RefGrain } from '../../kit/reference/calendar.ts';
import { path } from '../../kit/reference/expression.ts';
import type { RefMetric, RefSegment } from '../../kit/reference/metric.ts';
import { parquet } from '../../kit/reference/parquet.ts';
import type { RefProject } from '../../kit/reference/project.ts';
import { type OpenProject, withProject } from '../../kit/reference/run.ts';
import { runs } from '../../kit/reference/runs.ts';
import { Tables } from '../../kit/reference/world.ts';
import { projectFiles } from '../../kit/reference/write.ts';

type Documents = readonly MetricDocument[];

async function documentsOf(
  { evaluator }: OpenProject,
  request: EvaluationRequest = { ownSegments: true },
  options: ResultOptions = {},
): Promise<Documents> {
  return resultDocument(evaluator.checked, await evaluate(evaluator, request), options).metrics;
}

/** Documents with numbers to eleven digits: the order of additions may show behind them. */
function rounded(documents: unknown): unknown {
  const text = JSON.stringify(documents, (_, value) =>
    typeof value === 'number' ? Number(value.toPrecision(11)) : value,
  );
  return JSON.parse(text);
}

describe('whatever the project', () => {
  const engine = testEngine();

  it('the order of rows does not matter', async () => {
    const shuffled = projects.chain((project) => {
      const { world } = project.tables;
      const orders = Object.entries(world.sources).map(([name, source]) =>
        fc
          .shuffledSubarray([...source.rows], { minLength: source.rows.length })
          .map((rows) => [name, { ...source, rows }] as const),
      );
      return fc.tuple(
        fc.constant(project),
        fc.tuple(...orders).map((all) => ({ ...world, sources: Object.fromEntries(all) })),
      );
    });
    await fc.assert(
      fc.asyncProperty(shuffled, async ([project, world]) => {
        const other = { ...project, tables: new Tables(world) };
        const expected = await withProject(engine, projectFiles(project), (open) => documentsOf(open));
        const actual = await withProject(engine, projectFiles(other), (open) => documentsOf(open));
        assert.deepEqual(rounded(actual), rounded(expected));
      }),
      runs(3),
    );
  });

  it('metrics evaluated together have the values that they have alone', async () => {
    await fc.assert(
      fc.asyncProperty(projects, async (project) => {
        await withProject(engine, projectFiles(project), async (open) => {
          const together = await documentsOf(open);
          for (const [index, metric] of [...open.evaluator.checked.project.metrics.values()].entries()) {
            const alone = await documentsOf(open, { metrics: [metric], ownSegments: true });
            assert.deepEqual(rounded(alone[0]), rounded(together[index]));
          }
        });
      }),
      runs(3),
    );
  });

  it('showing a range of periods changes no value', async () => {
    await fc.assert(
      fc.asyncProperty(projects, fc.nat(60), fc.nat(60), async (project, after, length) => {
        await withProject(engine, projectFiles(project), async (open) => {
          const evaluation = await evaluate(open.evaluator, { ownSegments: true });
          const documents = (options: ResultOptions): Documents =>
            resultDocument(open.evaluator.checked, evaluation, options).metrics;
          const days = documents({}).flatMap(({ values }) => values.flatMap(({ start }) => start ?? []));
          const first = Math.min(...days.map((day) => Date.parse(day) / 86_400_000));
          const from = first + after;
          const shown = documents({ from, to: from + length });
          for (const [index, whole] of documents({}).entries()) {
            const part = present(shown[index]);
            // The headline is the last complete period of the data, whatever is shown.
            assert.deepEqual(part.headline, whole.headline);
            const overlapping = whole.values.filter((value) => overlaps(value, from, from + length));
            assert.deepEqual(part.values, overlapping);
          }
        });
      }),
      runs(3),
    );
  });

  it('a value is held against the one of the period before, and the headline is the last complete period', async () => {
    await fc.assert(
      fc.asyncProperty(projects, async (project) => {
        for (const { headline, values } of await withProject(engine, projectFiles(project), (open) =>
          documentsOf(open),
        )) {
          const before = new Map<string, ValueDocument>();
          for (const value of values) {
            const group = JSON.stringify(value.group);
            const earlier = before.get(group);
            before.set(group, value);
            // A partial period takes no part in changes.
            if (value.partial) assert.equal(value.change, null);
            else assert.deepEqual([value.previous, value.change], heldAgainst(value, earlier));
          }
          const last = values.filter((value) => isTotal(value) && !value.partial).at(-1);
          assert.equal(headline?.period, last?.period);
          assert.equal(headline?.value, last?.value);
        }
      }),
      runs(3),
    );
  });

  it('Parquet files give the values that CSV files give', async () => {
    await fc.assert(
      fc.asyncProperty(projects, async (project) => {
        const files = projectFiles(project);
        const sources = Object.entries(project.tables.world.sources);
        const binary = await Promise.all(
          sources.map(
            async ([name, source]) =>
              [
                `data/${name}.parquet`,
                await parquet(source, source.timezone ?? project.tables.world.timezone),
              ] as const,
          ),
        );
        const definitions = present(files['all.metrics.yaml']).replaceAll('.csv"', '.parquet"');
        const others = { ...files, 'all.metrics.yaml': definitions, ...Object.fromEntries(binary) };
        const expected = await withProject(engine, files, (open) => documentsOf(open));
        const actual = await withProject(engine, others, (open) => documentsOf(open));
        assert.deepEqual(rounded(actual), rounded(expected));
      }),
      runs(3),
    );
  });
});

/** The value before and the change from it; neither where there is none. */
function heldAgainst(
  { value }: ValueDocument,
  earlier: ValueDocument | undefined,
): readonly (number | null)[] {
  const previous = earlier?.value ?? null;
  return [previous, value === null || previous === null ? null : value - previous];
}

/** Whether a period has a day between two, both included; `all` is shown in any case. */
function overlaps({ period, start, end }: ValueDocument, from: number, to: number): boolean {
  if (period === 'all' || start === null || end === null) return true;
  return Date.parse(start) / 86_400_000 <= to && Date.parse(end) / 86_400_000 > from;
}

const GRAINS: readonly RefGrain[] = ['day', 'week', 'month', 'quarter', 'year', 'all'];
const WHENS = ['started', 'ended', 'active'] as const;

/** Segments of which every row is in one group and no more. */
const SEGMENTS: Readonly<Record<string, RefSegment>> = {
  industry: { kind: 'by', source: 'accounts', by: path('industry', 'text') },
  zone: { kind: 'by', source: 'regions', by: path('zone', 'text') },
  vips: { kind: 'where', source: 'accounts', where: [path('vip', 'boolean')] },
  channel: { kind: 'by', source: 'orders', by: path('channel', 'text') },
};

/** Counts and sums of orders, and of subscriptions by their time in life, at every grain. */
const METRICS: readonly RefMetric[] = GRAINS.flatMap((grain): RefMetric[] => [
  { name: `orders_${grain}`, type: 'count', source: 'orders', grain, by: Object.keys(SEGMENTS) },
  {
    name: `qty_${grain}`,
    type: 'sum',
    source: 'orders',
    value: path('qty', 'integer'),
    grain,
    by: Object.keys(SEGMENTS),
  },
  ...WHENS.map(
    (when): RefMetric => ({ name: `${when}_${grain}`, type: 'count', source: 'subscriptions', when, grain }),
  ),
]);

const additive: fc.Arbitrary<RefProject> = worlds.map((world) => ({
  tables: new Tables(world),
  grain: 'month',
  metrics: METRICS,
  segments: SEGMENTS,
  [fc.toStringMethod]: () => 'project',
}));

describe('counts and sums', () => {
  const engine = testEngine();

  /** Checks a law on the values of random projects, by metric; a failure shows the tables. */
  async function always(
    law: (valuesOf: (metric: string) => readonly ValueDocument[]) => void,
  ): Promise<void> {
    await fc.assert(
      fc.asyncProperty(additive, async (project) => {
        const documents = await withProject(engine, projectFiles(project), (open) => documentsOf(open));
        law((name) => present(documents.find(({ metric }) => metric === name)).values);
      }),
      runs(8),
    );
  }

  it('of groups that do not overlap add up to the total', async () => {
    await always((valuesOf) => {
      for (const metric of GRAINS.flatMap((grain) => [`orders_${grain}`, `qty_${grain}`])) {
        const values = valuesOf(metric);
        for (const whole of values.filter(isTotal)) {
          for (const segment of Object.keys(SEGMENTS)) {
            const groups = values.filter(({ group, period }) => segment in group && period === whole.period);
            assert.equal(sum(groups), whole.value ?? 0, `${metric} ${whole.period} by ${segment}`);
            assert.equal(
              groups.reduce((n, value) => n + value.n, 0),
              whole.n,
            );
          }
        }
      }
    });
  });

  it('of periods add up to those of longer ones', async () => {
    const pairs = [
      ['day', 'week'],
      ['day', 'month'],
      ['month', 'quarter'],
      ['quarter', 'year'],
      ['year', 'all'],
      ['week', 'all'],
    ] as const;
    await always((valuesOf) => {
      for (const [short, long] of pairs) {
        for (const name of ['orders', 'qty', 'started', 'ended']) {
          const parts = valuesOf(`${name}_${short}`).filter(isTotal);
          for (const whole of valuesOf(`${name}_${long}`).filter(isTotal)) {
            const inside =
              long === 'all'
                ? parts
                : parts.filter(
                    ({ start }) => (start ?? '') >= (whole.start ?? '') && (start ?? '') < (whole.end ?? ''),
                  );
            assert.equal(sum(inside), whole.value ?? 0, `${name} by ${short} in ${whole.period}`);
          }
        }
      }
    });
  });

  it('of spells that started less those that ended are the change of those active', async () => {
    await always((valuesOf) => {
      for (const grain of GRAINS) {
        let open = 0;
        for (const { period, value } of valuesOf(`active_${grain}`)) {
          const at = (name: string): number =>
            valuesOf(`${name}_${grain}`).find((one) => one.period === period)?.value ?? NaN;
          assert.equal(at('started') - at('ended'), (value ?? NaN) - open, `${grain} ${period}`);
          open = value ?? NaN;
        }
      }
    });
  });
});

function isTotal({ group }: ValueDocument): boolean {
  return Object.keys(group).length === 0;
}

/** A sum over rows without a value is null, and adds nothing. */
function sum(values: readonly ValueDocument[]): number {
  return values.reduce((all, { value }) => all + (value ?? 0), 0);
}
