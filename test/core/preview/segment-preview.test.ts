import assert from 'node:assert/strict';
import { segmentPreview } from '../../../server/src/core/preview/segment-preview.ts';
import { testEngine } from '../../kit/engine.ts';
import { present } from '../../kit/present.ts';
import { testWork } from '../../kit/preview.ts';
import { type OpenProject, withProject } from '../../kit/reference/run.ts';

/** 60 accounts, signed up over five months of which the second has none; every seventh has no plan. */
const ACCOUNTS = Array.from({ length: 60 }, (_, index) => ({
  id: index + 1,
  month: [1, 3, 4, 5][(index * 7) % 4] ?? 1,
  seats: (index * 37) % 100,
  plan: index % 7 === 0 ? '' : ['free', 'team', 'pro'][index % 3],
}));
const csv = [
  'id,signed_up_on,seats,plan',
  ...ACCOUNTS.map(({ id, month, seats, plan }) => `${id},2025-0${month}-11,${seats},${plan}`),
].join('\n');

const FILES = {
  'plumbline.yaml': 'plumbline: 1\nas_of: 2025-05-20\n',
  'accounts.csv': `${csv}\n`,
  'spells.csv': 'account,from_on,to_on\n1,2025-01-02,2025-03-01\n2,2025-03-05,\n3,2025-03-06,2025-03-07\n',
  'a.metrics.yaml': `plumbline: 1
sources:
  accounts: { data: accounts.csv, key: id, time: signed_up_on }
  list: { data: accounts.csv }
  spells:
    data: spells.csv
    lifespan: { start: from_on, end: to_on }
    links: { account: { to: accounts, using: account } }
segments:
  plan: { source: accounts, by: plan }
  size:
    source: accounts
    groups:
      small: seats < 40
      middle: seats between 20 and 70
      large: seats >= 60
      none_at_all: seats < 0
  over_two: { by: { accounts: plan, list: plan } }
  spelled: { source: spells, by: account.plan }
  wrong: { source: accounts, by: nothing }
metrics:
  accounts: { type: count, source: accounts, segments: [plan] }
  seats: { type: sum, source: accounts, value: seats, segments: [size, plan] }
targets:
  free: { metric: accounts, segment: plan.free, at_least: 3, due: 2025-04, why: A test. }
`,
};

const previewOf = ({ evaluator }: OpenProject, name: string, isEvaluated = true) =>
  segmentPreview(testWork(evaluator, { isEvaluated }), present(evaluator.checked.project.segments.get(name)));

describe('the preview of a segment', () => {
  const engine = testEngine();

  it('has groups over time that add up to their sizes, and those to the rows, where none overlap', async () => {
    await withProject(engine, FILES, async (project) => {
      const { sizes, overTime, overlaps } = await previewOf(project, 'plan');
      const [only, ...more] = present(overTime);
      assert.deepEqual(more, []);
      assert.deepEqual(overlaps, []);
      const summed = present(only).groups.map(({ label, rows }) => ({ label, rows: sum(rows) }));
      assert.deepEqual(summed, sizes?.groups);
      assert.equal(sum(present(sizes).groups.map(({ rows }) => rows)), ACCOUNTS.length);
      const free = only?.groups.find(({ label }) => label === 'free');
      // Counted again here: a month without rows is there, with none.
      assert.deepEqual(
        free?.rows,
        [1, 2, 3, 4, 5].map(
          (at) => ACCOUNTS.filter(({ month, plan }) => month === at && plan === 'free').length,
        ),
      );
      assert.deepEqual(
        only?.periods.map(({ period, start, end, partial }) => [period, start, end, partial]),
        [
          ['2025-01', '2025-01-01', '2025-02-01', false],
          ['2025-02', '2025-02-01', '2025-03-01', false],
          ['2025-03', '2025-03-01', '2025-04-01', false],
          ['2025-04', '2025-04-01', '2025-05-01', false],
          ['2025-05', '2025-05-01', '2025-06-01', true],
        ],
      );
    });
  });

  it('counts the rows that two groups share, as rows are counted one by one', async () => {
    await withProject(engine, FILES, async (project) => {
      const { overlaps, sizes } = await previewOf(project, 'size');
      const conditions: readonly (readonly [string, (seats: number) => boolean])[] = [
        ['small', (seats) => seats < 40],
        ['middle', (seats) => seats >= 20 && seats <= 70],
        ['large', (seats) => seats >= 60],
      ];
      const expected = conditions.flatMap(([first, isFirst], index) =>
        conditions.slice(index + 1).flatMap(([second, isSecond]) => {
          const rows = ACCOUNTS.filter(({ seats }) => isFirst(seats) && isSecond(seats)).length;
          return rows === 0 ? [] : [{ first, second, rows }];
        }),
      );
      assert.equal(expected.length, 2);
      assert.deepEqual(overlaps, expected);
      assert.equal(sizes?.overlapping, sum(expected.map(({ rows }) => rows)));
    });
  });

  it('of spells counts those that began, and of a snapshot nothing over time', async () => {
    await withProject(engine, FILES, async (project) => {
      const spelled = await previewOf(project, 'spelled');
      const [over] = present(spelled.overTime);
      assert.deepEqual(
        over?.periods.map((_, index) => sum(over.groups.map(({ rows }) => rows[index] ?? 0))),
        [1, 0, 2, 0, 0],
      );
      const both = await previewOf(project, 'over_two');
      assert.deepEqual(
        both.overTime?.map(({ source }) => source),
        ['accounts'],
      );
      assert.equal(both.sizes?.rows, 2 * ACCOUNTS.length);
    });
  });

  it('names the metrics that use it', async () => {
    await withProject(engine, FILES, async (project) => {
      const { usedBy, about } = await previewOf(project, 'plan');
      assert.deepEqual(usedBy, [
        { name: 'accounts', label: 'Accounts', at: 'a.metrics.yaml: accounts' },
        { name: 'seats', label: 'Seats', at: 'a.metrics.yaml: seats' },
      ]);
      assert.equal(about.unavailable, null);
    });
  });

  it('says why there are no numbers, and has the rest', async () => {
    await withProject(engine, FILES, async (project) => {
      const untrusted = await previewOf(project, 'plan', false);
      assert.equal(untrusted.about.unavailable, 'Metrics are not evaluated in this workspace.');
      assert.equal(untrusted.usedBy.length, 2);
      const wrong = await previewOf(project, 'wrong');
      assert.match(wrong.about.unavailable ?? '', /wrong/);
      assert.ok(wrong.about.words.length > 0);
      assert.equal(wrong.sizes, undefined);
    });
  });
});

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
