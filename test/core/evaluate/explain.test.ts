import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { type Explanation, explain } from '../../../server/src/core/evaluate/explain.ts';
import { kitagawa, type Standing } from '../../../server/src/core/evaluate/statistics/kitagawa.ts';
import { testEngine } from '../../kit/engine.ts';
import { present } from '../../kit/present.ts';
import { withProject } from '../../kit/reference/run.ts';

type Counts = Readonly<Record<string, readonly [hits: number, of: number]>>;

interface Vectors {
  readonly kitagawa: {
    readonly cases: readonly {
      readonly old?: Counts;
      readonly new?: Counts;
      readonly rate_effect: number;
      readonly mix_effect: number;
      readonly segments?: readonly {
        readonly segment: string;
        readonly rate_effect: number;
        readonly mix_effect_centred: number;
      }[];
    }[];
  };
}

const vectorsPath = join('..', 'shared', 'design', 'vectors.json');
const vectors: Vectors | undefined = existsSync(vectorsPath)
  ? JSON.parse(readFileSync(vectorsPath, 'utf8'))
  : undefined;

const near = (actual: number | null, expected: number, within = 1e-9): void =>
  assert.ok(Math.abs((actual ?? Number.NaN) - expected) <= within, `${actual} is not ${expected}`);

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

function standing(counts: readonly [number, number] | undefined): Standing {
  const [hits, of] = counts ?? [0, 0];
  return { weight: of, rate: of === 0 ? null : hits / of };
}

describe('rate and mix', () => {
  it('agree with values computed elsewhere', function () {
    if (vectors === undefined) return this.skip();
    let compared = 0;
    for (const { old, new: next, rate_effect, mix_effect, segments } of vectors.kitagawa.cases) {
      if (old === undefined || next === undefined || Array.isArray(old)) continue;
      const names = [...new Set([...Object.keys(old), ...Object.keys(next)])];
      const effects = kitagawa(
        names.map((name) => ({ before: standing(old[name]), after: standing(next[name]) })),
      );
      near(sum(effects.map(({ rate }) => rate)), rate_effect);
      near(sum(effects.map(({ mix }) => mix)), mix_effect);
      for (const { segment, rate_effect: rate, mix_effect_centred: mix } of segments ?? []) {
        const own = present(effects[names.indexOf(segment)]);
        near(own.rate, rate);
        near(own.mix, mix);
      }
      compared++;
    }
    assert.ok(compared >= 2);
  });

  it('add up to the change of the whole, whatever comes and goes', () => {
    const counts = fc.nat(60).chain((of) => fc.tuple(fc.nat(of), fc.constant(of)));
    const groups = fc.array(fc.record({ before: counts, after: counts }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(groups, (drawn) => {
        const of = (when: 'before' | 'after', index: 0 | 1): number =>
          sum(drawn.map((each) => each[when][index]));
        fc.pre(of('before', 1) > 0 && of('after', 1) > 0);
        const effects = kitagawa(
          drawn.map(({ before, after }) => ({ before: standing(before), after: standing(after) })),
        );
        const change = of('after', 0) / of('after', 1) - of('before', 0) / of('before', 1);
        near(sum(effects.map(({ rate, mix }) => rate + mix)), change);
        // What is new or gone has no rate to compare.
        for (const [index, { before, after }] of drawn.entries())
          if (before[1] === 0 || after[1] === 0) assert.equal(effects[index]?.rate, 0);
      }),
    );
  });
});

describe('an explanation', () => {
  const engine = testEngine();
  // January: north 3 of 4, south 1 of 6. February: north 8 of 10, south 1 of 5.
  const rows = (month: string, team: string, hits: number, of: number): string =>
    Array.from({ length: of }, (_, index) => `${month}-01,${team},${index < hits},${index + 1}\n`).join('');
  const files = {
    'plumbline.yaml': 'plumbline: 1\nas_of: 2025-03-15\n',
    'a.csv': `on,team,ok,amount\n${rows('2025-01', 'north', 3, 4)}${rows('2025-01', 'south', 1, 6)}${rows('2025-02', 'north', 8, 10)}${rows('2025-02', 'south', 1, 5)}${rows('2025-03', 'north', 1, 1)}`,
    'a.metrics.yaml': `plumbline: 1
sources: { a: { data: a.csv, time: on } }
segments:
  team: { source: a, by: team }
  overlapping: { source: a, groups: { all: amount > 0, north: team = 'north' } }
metrics:
  ok: { type: share, source: a, matching: ok }
  rows: { type: count, source: a }
  good: { type: count, source: a, where: ok }
  rate: { type: ratio, numerator: good, denominator: rows }
  middle: { type: median, source: a, value: amount }
  numbers: { type: count_distinct, source: a, value: amount }
  numbers_per_row: { type: ratio, numerator: numbers, denominator: rows }
  mean_per_row: { type: ratio, source: a, numerator: { type: average, value: amount }, denominator: { type: count } }
  good_of_all: { type: ratio, numerator: good, denominator: rows, total_over: [team] }
  good_per_hundred: { type: formula, formula: 100 * good / rows }
  rows_per_number: { type: ratio, numerator: rows, denominator: numbers }
`,
  };

  const explained = (metric: string, request: Parameters<typeof explain>[2]): Promise<Explanation> =>
    withProject(engine, files, ({ evaluator }) =>
      explain(evaluator, present(evaluator.checked.project.metrics.get(metric)), request),
    );

  it('splits a share into rate and mix', async () => {
    const { period, before, groups, total, rest, split } = await explained('ok', { by: 'team' });
    // March is not over.
    assert.deepEqual([before, period, split], ['2025-01', '2025-02', 'rate_and_mix']);
    near(total.change, 9 / 15 - 4 / 10);
    near(rest, 0);
    const [north, south] = groups;
    near(present(north).weight, 10 / 15);
    near(present(north).previous_weight, 4 / 10);
    near(present(north).rate, (0.8 - 0.75) * ((10 / 15 + 4 / 10) / 2));
    near(present(south).rate, (1 / 5 - 1 / 6) * ((5 / 15 + 6 / 10) / 2));
    // North is better than the whole and weighs more than before; south is worse and weighs less: both lift it.
    assert.ok((north?.mix ?? 0) > 0 && (south?.mix ?? 0) > 0);
  });

  it('says the same of a ratio of the same counts, weighed by its denominator', async () => {
    const [share, ratio] = [await explained('ok', { by: 'team' }), await explained('rate', { by: 'team' })];
    for (const [index, group] of share.groups.entries()) {
      const other = present(ratio.groups[index]);
      assert.equal(other.group, group.group);
      near(other.rate, group.rate ?? Number.NaN);
      near(other.mix, group.mix ?? Number.NaN);
    }
  });

  it('gives each group its part of the change of a count', async () => {
    const { groups, rest } = await explained('rows', { by: 'team' });
    assert.deepEqual(
      groups.map(({ group, effect }) => [group, effect]),
      [
        ['north', 6],
        ['south', -1],
      ],
    );
    assert.equal(rest, 0);
  });

  it('gives each group its part of a ratio whose denominator stays whole', async () => {
    // The numerators of north and south over all rows: 3 and 1 of 10, then 8 and 1 of 15.
    const { groups, rest, split, total } = await explained('good_of_all', { by: 'team' });
    assert.equal(split, 'contributions');
    const [north, south] = groups;
    near(present(north).effect, 8 / 15 - 3 / 10);
    near(present(south).effect, 1 / 15 - 1 / 10);
    near(total.change, 9 / 15 - 4 / 10);
    near(rest, 0);
  });

  it('names what can be explained in place of a formula', async () => {
    await assert.rejects(
      explained('good_per_hundred', { by: 'team' }),
      /`plumbline explain good --by team`, `plumbline explain rows --by team`; .* `ratio`/,
    );
  });

  it('shows what groups that overlap count twice', async () => {
    const { rest, groups } = await explained('rows', { by: 'overlapping' });
    // North is in both groups: its six rows more are counted once too often.
    assert.equal(sum(groups.map(({ effect }) => effect)), 5 + 6);
    assert.equal(rest, -6);
  });

  it('is refused with the reason where there is none', async () => {
    await assert.rejects(
      explained('middle', { by: 'team' }),
      /`median`, and the total of such a metric is neither/,
    );
    // Both teams number their rows from 1, so that the groups have more numbers than there are.
    await assert.rejects(
      explained('rows_per_number', { by: 'team' }),
      /In 2025-02 its groups weigh 15 together and the whole 10/,
    );
    // Each team has as many numbers as rows, and both together have 10 in 15: whatever a group does, it is not a part of that.
    await assert.rejects(
      explained('numbers_per_row', { by: 'team' }),
      /In 2025-02 its value is not the mean of its groups/,
    );
    await assert.rejects(explained('mean_per_row', { by: 'team' }), /not the mean of its groups/);
    await assert.rejects(
      explained('ok', { by: 'team', period: '2025-01' }),
      /no complete period before 2025-01/,
    );
    await assert.rejects(explained('ok', { by: 'team', period: '2025-03' }), /2025-03 is not complete/);
    await assert.rejects(explained('ok', { by: 'team', period: '2024-03' }), /from 2025-01 to 2025-03/);
  });
});
