import assert from 'node:assert/strict';
import { evaluate } from '../../../server/src/core/evaluate/evaluate.ts';
import { metricFunnel } from '../../../server/src/core/evaluate/funnel.ts';
import { countedStep, periodStep } from '../../../server/src/core/evaluate/funnel-words.ts';
import type { FunnelPart } from '../../../server/src/core/evaluate/numbers.ts';
import { countingRows } from '../../../server/src/core/evaluate/preview-rows.ts';
import { resultDocument } from '../../../server/src/core/evaluate/result.ts';
import { Refusal } from '../../../server/src/core/plan/refusal.ts';
import { testEngine } from '../../kit/engine.ts';
import { present } from '../../kit/present.ts';
import { type OpenProject, withProject } from '../../kit/reference/run.ts';

const FILES = {
  'plumbline.yaml': 'plumbline: 1\nas_of: 2025-03-31\n',
  'a.metrics.yaml': `
plumbline: 1
sources:
  answers:
    data: answers.csv
    key: id
    time: on
    columns: { on: { type: date }, score: { type: integer }, doubled: { value: score * 2 } }
    links: { account: { to: accounts, using: account_id } }
  accounts: { data: accounts.csv, key: account_id }
  spells: { data: spells.csv, lifespan: { start: from, end: to } }
  twice: { data: twice.csv, key: id, links: { many: { to: answers, using: { id: account_id } } } }
  picky: { data: accounts.csv, where: size > 1 }
metrics:
  nps: { type: nps, source: answers, value: score, where: [score is not null, account.size > 1] }
  share: { type: share, source: answers, matching: doubled > 18 }
  answers: { type: count, source: answers }
  scored: { type: count, source: answers, value: score }
  mean: { type: average, source: answers, value: score }
  total: { type: sum, source: answers, value: score }
  usual: { type: average, source: answers, value: sum(score), per: account_id }
  often: { type: average, source: answers, value: count(), per: account.size }
  recent: { type: count, source: answers, where: "on >= date_add('day', 10, period_start)" }
  all_time: { type: count, source: answers, grain: all, where: score > 5 }
  accounts: { type: count, source: accounts, where: size > 1 }
  started: { type: count, source: spells, when: started }
  ended: { type: count, source: spells, when: ended }
  active: { type: count, source: spells, when: active, where: "from >= date_add('month', -2, period_start)" }
  during: { type: count, source: spells, when: during }
  daily: { type: count, source: spells, when: active, grain: day }
  scored_per_recent: { type: ratio, numerator: scored, denominator: recent, where: id > 1 }
  broken: { type: sum, source: answers, value: nothing }
  many: { type: count, source: twice, where: many.score > 1 }
  picky: { type: count, source: picky }
`,
  'answers.csv': [
    'id,on,score,account_id',
    '1,2025-03-01,10,A', // counts
    '2,2025-03-09,11,A', // off the scale
    '3,2025-03-31,,A', // no score
    '4,2025-03-31,0,B', // account B is too small
    '5,2025-02-28,9,A', // another month
    '6,,9,A', // no time
    '7,2025-04-01,9,A', // after as_of
    '8,2025-03-20,3,Z', // no account
    '8,2025-03-20,3,Z', // an exact duplicate
    '',
  ].join('\n'),
  'accounts.csv': 'account_id,size\nA,5\nB,1\n',
  'twice.csv': 'id\nA\n',
  'spells.csv': [
    'id,from,to',
    '1,2025-01-05,', // active in March, begun in January
    '2,2024-12-31,', // active, begun too early for `active`
    '3,2025-03-10,2025-03-20', // within March
    '4,2025-03-31,2025-05-01', // ends after as_of: still active
    '5,2025-03-02,2025-03-01', // ends before it starts
    '6,,2025-03-01', // no start
    '7,2025-04-02,', // after as_of
    '8,2025-01-01,2025-03-01', // ended on the first of March: not during March, but ended in it
    '',
  ].join('\n'),
};

const FOLLOWED = {
  'plumbline.yaml': 'plumbline: 1\nas_of: 2025-03-31\n',
  'orders.csv':
    'id,on,customer,paid\n1,2025-01-05,A,1\n2,2025-02-10,A,1\n3,2025-02-20,B,1\n4,2025-03-01,A,1\n',
  'a.metrics.yaml': `plumbline: 1
sources: { orders: { data: orders.csv, key: id, time: on } }
metrics:
  again: { type: cohort_retention, source: orders, entity: customer, after: 1 month }
  kept: { type: retention, source: orders, entity: customer }
  first_month: { type: lifetime_value, source: orders, entity: customer, value: paid, horizon: 1 month }
  paid: { type: sum, source: orders, value: paid }
`,
};

describe('the funnel of a metric', () => {
  const engine = testEngine();
  const funnelOf = async ({ evaluator }: OpenProject, name: string): Promise<readonly FunnelPart[]> => {
    const metric = present(evaluator.checked.project.metrics.get(name));
    return (await metricFunnel(evaluator, metric)).parts;
  };
  const countsOf = ({ rows, timed, clauses, inPeriod, counted }: FunnelPart) => [
    rows,
    timed,
    ...clauses.map(({ kept }) => kept),
    inPeriod,
    counted,
  ];

  it('counts the rows that are left after each step, by hand', async () => {
    await withProject(engine, FILES, async (project) => {
      const expected = {
        // Eight rows without the duplicate; two of them have no valid time.
        nps: [8, 6, 5, 3, 2, 1],
        share: [8, 6, 5, 4],
        answers: [8, 6, 5, 5],
        scored: [8, 6, 5, 4],
        total: [8, 6, 5, 4],
        // A row without a score adds nothing to the sum of its account, but it is one of its rows. Account Z has no size.
        usual: [8, 6, 5, 4],
        often: [8, 6, 5, 4],
        // On or after the 11th of their month, February included.
        recent: [8, 6, 4, 3, 3],
        all_time: [8, 6, 3, 3, 3],
        accounts: [2, null, 1, 1, 1],
        // Five spells are valid.
        started: [8, 5, 2, 2],
        ended: [8, 5, 2, 2],
        // From January on: all but spell 2. At the close of March 1 and 4 are alive.
        active: [8, 5, 4, 2, 2],
        during: [8, 5, 4, 4],
        daily: [8, 5, 3, 3],
      };
      for (const [name, counts] of Object.entries(expected)) {
        const [part, ...more] = await funnelOf(project, name);
        assert.deepEqual(more, [], name);
        assert.deepEqual(countsOf(present(part)), counts, name);
      }
    });
  });

  it('names the period, the source and the words of each clause', async () => {
    await withProject(engine, FILES, async (project) => {
      const [nps] = await funnelOf(project, 'nps');
      assert.equal(nps?.period, '2025-03');
      assert.equal(nps?.source, 'answers');
      assert.deepEqual(
        nps?.clauses.map(({ word }) => word.text),
        ['score is not null', 'account.size > 1'],
      );
      assert.equal((await funnelOf(project, 'all_time'))[0]?.period, 'all');
      assert.equal((await funnelOf(project, 'accounts'))[0]?.period, 'all');
    });
  });

  it('says which days tell of a period where entities are followed through it, and of a horizon', async () => {
    await withProject(engine, FOLLOWED, async (project) => {
      const of = async (name: string) => {
        const part = present((await funnelOf(project, name))[0]);
        return [part.inPeriod, periodStep(part), countedStep(part)];
      };
      const days = (from: string, period: string) => `${from} to 2025-03-31, which tell of ${period}`;
      assert.deepEqual(await of('again'), [
        3,
        days('from 2025-02-01', '2025-02'),
        'that belong to an entity',
      ]);
      assert.deepEqual(await of('kept'), [3, days('from 2025-02-01', '2025-03'), 'that belong to an entity']);
      assert.deepEqual(await of('first_month'), [
        4,
        'up to 2025-03-31, which tell of 2025-03',
        'that belong to an entity, also those more than 1 month after its first',
      ]);
      assert.deepEqual(await of('paid'), [1, 'in 2025-03', 'with a value that counts']);
    });
  });

  it('has a part for each measure of a ratio, whose conditions come before those of its parts', async () => {
    await withProject(engine, FILES, async (project) => {
      const parts = await funnelOf(project, 'scored_per_recent');
      assert.deepEqual(
        parts.map((part) => [part.metric, part.source, ...countsOf(part)]),
        [
          ['scored', 'answers', 8, 6, 5, 4, 3],
          ['recent', 'answers', 8, 6, 5, 4, 3, 3],
        ],
      );
      assert.deepEqual(
        parts[1]?.clauses.map(({ word }) => word.text),
        ['id > 1', "on >= date_add('day', 10, period_start)"],
      );
    });
  });

  it('ends with the `n` of the headline, and never grows', async () => {
    await withProject(engine, FILES, async (project) => {
      const { evaluator } = project;
      const evaluation = await evaluate(evaluator, { findings: false });
      const { metrics } = resultDocument(evaluator.checked, evaluation);
      let compared = 0;
      for (const { metric, headline, error } of metrics) {
        if (error !== null || headline === null) continue;
        const parts = await funnelOf(project, metric);
        // The `n` of a metric with `per` counts entities.
        if (evaluator.checked.project.metrics.get(metric)?.per !== undefined) continue;
        // A ratio has the `n` of its denominator.
        assert.equal(parts.at(-1)?.counted, headline.n, metric);
        assert.equal(parts.at(-1)?.period, headline.period, metric);
        for (const part of parts) {
          const steps = countsOf(part).filter((step) => step !== null);
          assert.deepEqual(
            steps,
            steps.toSorted((a, b) => b - a),
            metric,
          );
        }
        compared += 1;
      }
      assert.equal(compared, 16);
    });
  });

  it('is refused where the metric has no value', async () => {
    await withProject(engine, FILES, async (project) => {
      await assert.rejects(funnelOf(project, 'broken'), Refusal);
      await assert.rejects(funnelOf(project, 'many'), /arrives at more than one row/);
    });
  });

  it('has no period where none is complete', async () => {
    const files = {
      ...FILES,
      'plumbline.yaml': 'plumbline: 1\nas_of: 2025-02-10\n',
      'answers.csv': 'id,on,score,account_id\n1,2025-02-02,1,A\n',
    };
    await withProject(engine, files, async (project) => {
      const [part] = await funnelOf(project, 'scored');
      assert.equal(part?.period, null);
      assert.deepEqual(countsOf(present(part)), [1, 1, 0, 0]);
    });
  });

  it('counts nothing where no row has a time', async () => {
    const files = { ...FILES, 'answers.csv': 'id,on,score,account_id\n1,,1,A\n' };
    await withProject(engine, files, async (project) => {
      const [part] = await funnelOf(project, 'scored');
      assert.equal(part?.period, null);
      assert.deepEqual(countsOf(present(part)), [1, 0, 0, 0]);
    });
  });

  describe('in rows', () => {
    const rowsOf = async (project: OpenProject, name: string, limit = 10) =>
      present(
        (
          await countingRows(
            project.evaluator,
            present(project.evaluator.checked.project.metrics.get(name)),
            limit,
          )
        )[0],
      );

    it('shows those that count, and why others do not', async () => {
      await withProject(engine, FILES, async (project) => {
        const nps = await rowsOf(project, 'nps');
        assert.deepEqual(
          nps.counting.map(({ row }) => row),
          [1],
        );
        assert.deepEqual(
          nps.notCounting.map(({ row, reason }) => [
            row,
            reason.kind === 'clause' ? reason.word.text : reason.kind,
          ]),
          [
            [2, 'no-value'],
            [3, 'score is not null'],
            [4, 'account.size > 1'],
            [6, 'no-time'],
            [7, 'after-as-of'],
            [8, 'account.size > 1'],
          ],
        );
      });
    });

    it('shows the columns that the metric uses first, also those that are computed', async () => {
      await withProject(engine, FILES, async (project) => {
        const { columns, counting } = await rowsOf(project, 'share', 1);
        assert.deepEqual(
          columns.map(({ name, used }) => [name, used]),
          [
            ['on', true],
            ['score', true],
            ['doubled', true],
            ['id', false],
            ['account_id', false],
          ],
        );
        assert.deepEqual(counting, [{ row: 1, cells: ['2025-03-01', '10', '20', '1', 'A'] }]);
      });
    });

    it('says what is wrong with a spell', async () => {
      await withProject(engine, FILES, async (project) => {
        const { counting, notCounting } = await rowsOf(project, 'active');
        assert.deepEqual(
          counting.map(({ row }) => row),
          [1, 4],
        );
        assert.deepEqual(
          notCounting.map(({ row, reason }) => [row, reason.kind]),
          [
            [2, 'clause'],
            [5, 'ends-before-start'],
            [6, 'no-time'],
            [7, 'after-as-of'],
          ],
        );
      });
    });

    it('has as many rows as the funnel counts, where they are few', async () => {
      await withProject(engine, FILES, async (project) => {
        for (const name of [
          'nps',
          'share',
          'answers',
          'recent',
          'accounts',
          'started',
          'ended',
          'during',
          'daily',
        ]) {
          const [part] = await funnelOf(project, name);
          assert.equal((await rowsOf(project, name, 100)).counting.length, part?.counted, name);
        }
        assert.equal((await rowsOf(project, 'answers', 2)).counting.length, 2);
      });
    });
  });
});
