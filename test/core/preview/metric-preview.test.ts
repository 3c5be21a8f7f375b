import assert from 'node:assert/strict';
import { evaluate } from '../../../server/src/core/evaluate/evaluate.ts';
import { metricSql } from '../../../server/src/core/evaluate/metric-sql.ts';
import { resultDocument } from '../../../server/src/core/evaluate/result.ts';
import { Refusal } from '../../../server/src/core/plan/refusal.ts';
import { metricPreview } from '../../../server/src/core/preview/metric-preview.ts';
import { SHOP } from '../../cli/shop.ts';
import { testEngine } from '../../kit/engine.ts';
import { present } from '../../kit/present.ts';
import { testWork } from '../../kit/preview.ts';
import { type OpenProject, withProject } from '../../kit/reference/run.ts';

const FILES = {
  ...SHOP,
  'more.metrics.yaml': `plumbline: 1
segments:
  city: { source: shops, by: city }
  nowhere: { source: shops, by: nothing }
metrics:
  a_in_ghent: { type: count, source: orders, where: [shop.city = 'Ghent', kind = 'a'] }
  value_per_order: { type: ratio, numerator: revenue, denominator: orders }
  wrong: { type: sum, source: orders, value: nothing }
  by_nothing: { type: count, source: orders, segments: [nowhere] }
`,
};

const metricOf = ({ evaluator }: OpenProject, name: string) =>
  present(evaluator.checked.project.metrics.get(name));

describe('the SQL of a metric', () => {
  const engine = testEngine();

  it('gives the numbers of the metric when it is run', async () => {
    await withProject(engine, FILES, async (project) => {
      const [statement, ...more] = await metricSql(project.evaluator, metricOf(project, 'a_in_ghent'));
      assert.deepEqual(more, []);
      assert.deepEqual([statement?.metric, statement?.source], ['a_in_ghent', 'orders']);
      const rows = await engine.run(present(statement).sql);
      // In Ghent, of kind a: order 1 in January, 3 in February, 4 in March.
      assert.deepEqual(rows.map(({ period, value_1 }) => [period, value_1]).toSorted(), [
        ['2025-01-01', 1],
        ['2025-02-01', 1],
        ['2025-03-01', 1],
      ]);
    });
  });

  it('has a statement for each measure, by the groups and at the grain asked for', async () => {
    await withProject(engine, FILES, async (project) => {
      const options = { by: ['kind'], grain: 'quarter' as const };
      const statements = await metricSql(project.evaluator, metricOf(project, 'value_per_order'), options);
      assert.deepEqual(
        statements.map(({ metric }) => metric),
        ['revenue', 'orders'],
      );
      const sums = await engine.run(present(statements[0]).sql);
      // 10 + 20 + 50 of kind a, 30 + 70 of kind b.
      assert.deepEqual(sums.map(({ period, group_1, value_1 }) => [period, group_1, value_1]).toSorted(), [
        ['2025-01-01', 'a', 80],
        ['2025-01-01', 'b', 100],
      ]);
    });
  });

  it('is refused where the metric has no value', async () => {
    await withProject(engine, FILES, async (project) => {
      await assert.rejects(metricSql(project.evaluator, metricOf(project, 'wrong')), Refusal);
      const by = { by: ['nothing'] };
      await assert.rejects(metricSql(project.evaluator, metricOf(project, 'revenue'), by), /"nothing"/);
    });
  });
});

describe('the preview of a metric', () => {
  const engine = testEngine();

  it('has the values that eval gives, by its first segment, with its targets', async () => {
    await withProject(engine, FILES, async (project) => {
      const { evaluator } = project;
      const metric = metricOf(project, 'revenue');
      const preview = await metricPreview(testWork(evaluator), metric);
      const evaluation = await evaluate(evaluator, { metrics: [metric], ownSegments: true });
      const document = resultDocument(evaluator.checked, evaluation);
      assert.deepEqual(preview.result, document.metrics[0]);
      assert.deepEqual(
        preview.targets?.map(({ target }) => target),
        document.targets,
      );
      assert.equal(preview.result?.headline?.value, 120);
      assert.equal(preview.by, 'kind');
      assert.ok(preview.result?.values.some(({ group }) => group?.kind === 'b'));
      assert.equal(preview.targets?.[0]?.target.status, 'met');
      assert.equal(preview.about.unavailable, null);
    });
  });

  it('has the way of the rows, with each clause at its place', async () => {
    await withProject(engine, FILES, async (project) => {
      const metric = metricOf(project, 'a_in_ghent');
      const { funnel, rows, sql } = await metricPreview(testWork(project.evaluator), metric, { rows: 1 });
      const part = funnel?.parts[0];
      assert.deepEqual(part, {
        metric: 'a_in_ghent',
        source: 'orders',
        rows: 5,
        timed: 5,
        clauses: [
          { text: "shop.city = 'Ghent'", kept: 4, at: "more.metrics.yaml: shop.city = 'Ghent'" },
          { text: "kind = 'a'", kept: 3, at: "more.metrics.yaml: kind = 'a'" },
        ],
        period: '2025-03',
        inPeriod: 1,
        counted: 1,
      });
      const shown = rows?.[0];
      assert.deepEqual(
        shown?.counting.map(({ row }) => row),
        [4],
      );
      assert.deepEqual(
        shown?.notCounting.map(({ row, reason, clause }) => [row, reason, clause]),
        [[5, 'clause', "kind = 'a'"]],
      );
      assert.equal(sql?.length, 1);
    });
  });

  it('has the largest of very many groups, fewer of them where there are many periods, and says how many it leaves out', async () => {
    // Group 0 has one row on each of the days, the others one on the last two days that are whole.
    const day = (offset: number): string =>
      new Date(Date.UTC(2023, 0, 1 + offset)).toISOString().slice(0, 10);
    const [days, groups] = [1_000, 150];
    const rows = Array.from({ length: days }, (_, at) => `${day(at)},g0`);
    for (let group = 1; group < groups; group += 1) rows.push(`${day(days - 1)},g${group}`);
    const files = {
      'plumbline.yaml': '',
      'rows.csv': `at,kind\n${rows.join('\n')}\n`,
      'a.metrics.yaml':
        'plumbline: 1\nsources:\n  rows: { data: rows.csv, time: at }\nmetrics:\n  rows: { type: count, source: rows }\n',
    };
    await withProject(engine, files, async (project) => {
      const previewBy = (grain: 'day' | 'all') =>
        metricPreview(testWork(project.evaluator), metricOf(project, 'rows'), { by: 'kind', grain });
      const groupsIn = ({ result }: Awaited<ReturnType<typeof previewBy>>) =>
        new Set(result?.values.flatMap(({ group: { kind } }) => kind ?? []));
      const [all, daily] = [await previewBy('all'), await previewBy('day')];
      assert.equal(groupsIn(all).size, 100);
      assert.ok(groupsIn(all).has('g0'));
      assert.equal(all.omittedGroups, groups - 100);
      // A thousand days of 20 groups are 20,000 values.
      assert.equal(groupsIn(daily).size, 20);
      assert.equal(daily.omittedGroups, groups - 20);
    });
  });

  it('is plain data, and is told section by section, each time as far as it is known', async () => {
    await withProject(engine, FILES, async (project) => {
      const work = testWork(project.evaluator);
      const preview = await metricPreview(work, metricOf(project, 'value_per_order'));
      assert.deepEqual(JSON.parse(JSON.stringify(preview)), preview);
      assert.deepEqual(work.steps, ['1/7', '2/7', '3/7', '4/7', '5/7', '6/7', '7/7']);
      assert.deepEqual(work.shown.at(-1), preview);
      // Nothing that was there is taken away again.
      work.shown.slice(1).forEach((later, index) => {
        for (const key of Object.keys(work.shown[index] ?? {})) assert.ok(key in later, key);
      });
      const [first] = work.shown;
      assert.ok(first?.kind === 'metric' && first.lineage !== undefined && first.result === undefined);
    });
  });

  it('of a metric that has no value says why, what it is and what it rests on', async () => {
    await withProject(engine, FILES, async (project) => {
      const preview = await metricPreview(testWork(project.evaluator), metricOf(project, 'wrong'));
      assert.match(preview.result?.error ?? '', /nothing/);
      assert.equal(preview.about.unavailable, preview.result?.error);
      assert.ok(preview.about.words.length > 0);
      assert.deepEqual([preview.funnel, preview.rows, preview.sql], [null, [], []]);
      assert.equal(preview.lineage?.root, 'metric:wrong');
    });
  });

  it('offers the segments and columns by which it can be had, and no others', async () => {
    await withProject(engine, FILES, async (project) => {
      const choicesOf = async (name: string) =>
        (await metricPreview(testWork(project.evaluator), metricOf(project, name))).choices;
      const { by, grains } = await choicesOf('revenue');
      assert.deepEqual(
        by.map(({ key, kind }) => `${kind} ${key}`),
        // The segment comes first; a column of its name is the same breakdown, and others are numbers or keys.
        ['segment kind', 'segment city'],
      );
      assert.deepEqual(grains, ['day', 'week', 'month', 'quarter', 'year', 'all']);
      for (const { key } of by) {
        const preview = await metricPreview(testWork(project.evaluator), metricOf(project, 'revenue'), {
          by: key,
        });
        assert.equal(preview.result?.error, null, key);
        assert.ok(preview.result?.values.some(({ group }) => key in group));
      }
      const refused = await metricPreview(testWork(project.evaluator), metricOf(project, 'by_nothing'));
      assert.match(refused.result?.error ?? '', /nowhere/);
      assert.equal(refused.result?.headline?.value, 2);
      assert.equal(refused.about.unavailable, null);
    });
  });

  it('is computed again at another grain, its rows too, and without groups where none are wanted', async () => {
    await withProject(engine, FILES, async (project) => {
      const choice = { grain: 'quarter' as const, by: null };
      const preview = await metricPreview(testWork(project.evaluator), metricOf(project, 'revenue'), choice);
      // All of the amounts lie in the first quarter.
      assert.deepEqual(
        preview.result?.values.map(({ period, value, group }) => [period, value, group]),
        [['2025-Q1', 180, {}]],
      );
      assert.equal(preview.grain, 'quarter');
      assert.equal(preview.funnel?.parts[0]?.counted, 5);
      assert.equal(preview.rows?.[0]?.period, '2025-Q1');
    });
  });

  it('where nothing is evaluated has everything that needs no data, and says so', async () => {
    await withProject(engine, FILES, async (project) => {
      const work = testWork(project.evaluator, { isEvaluated: false });
      const preview = await metricPreview(work, metricOf(project, 'revenue'));
      assert.equal(preview.about.unavailable, 'Metrics are not evaluated in this workspace.');
      assert.equal(preview.result, undefined);
      assert.ok(preview.lineage?.nodes.some(({ id }) => id === 'source:orders'));
      assert.ok(preview.choices.by.some(({ key }) => key === 'city'));
      assert.equal(preview.about.at, 'shop.metrics.yaml: revenue');
    });
  });
});

describe('the preview of a metric for a report', () => {
  const engine = testEngine();

  it('has the numbers of an evaluation that is there, by each of its segments, and runs none of its own', async () => {
    await withProject(engine, FILES, async (project) => {
      const { evaluator } = project;
      const [revenue, orders] = [metricOf(project, 'revenue'), metricOf(project, 'orders')];
      const evaluated = await evaluate(evaluator, { metrics: [orders, revenue], ownSegments: true });
      const preview = await metricPreview(testWork(evaluator), revenue, { evaluated, withoutRows: true });
      assert.deepEqual(preview.breakdowns, [{ by: 'kind', label: 'Kind', refused: null }]);
      const alone = await metricPreview(testWork(evaluator), revenue, { by: 'kind' });
      assert.deepEqual(preview.result, alone.result);
      assert.deepEqual(preview.targets, alone.targets);
      assert.equal(preview.rows, undefined);
      assert.deepEqual(preview.funnel, alone.funnel);
    });
  });

  it('says why it cannot be broken down by one of its segments', async () => {
    await withProject(engine, FILES, async (project) => {
      const metric = metricOf(project, 'by_nothing');
      const evaluated = await evaluate(project.evaluator, { metrics: [metric], ownSegments: true });
      const { breakdowns } = await metricPreview(testWork(project.evaluator), metric, { evaluated });
      assert.equal(breakdowns?.[0]?.by, 'nowhere');
      assert.match(breakdowns?.[0]?.refused ?? '', /"nowhere" has an error/);
    });
  });
});
