import assert from 'node:assert/strict';
import type { Place } from '../../../server/src/core/base/span.ts';
import { evaluate } from '../../../server/src/core/evaluate/evaluate.ts';
import { type MetricPreview, metricPreview } from '../../../server/src/core/evaluate/metric-preview.ts';
import { metricSql } from '../../../server/src/core/evaluate/metric-sql.ts';
import { resultDocument } from '../../../server/src/core/evaluate/result.ts';
import { Refusal } from '../../../server/src/core/plan/refusal.ts';
import { pathOf } from '../../../server/src/core/syntax/units/unit-id.ts';
import { SHOP } from '../../cli/shop.ts';
import { testEngine } from '../../kit/engine.ts';
import { present } from '../../kit/present.ts';
import { type OpenProject, withProject } from '../../kit/reference/run.ts';

const FILES = {
  ...SHOP,
  'more.metrics.yaml': `plumbline: 1
metrics:
  a_in_ghent: { type: count, source: orders, where: [shop.city = 'Ghent', kind = 'a'] }
  value_per_order: { type: ratio, numerator: revenue, denominator: orders }
  wrong: { type: sum, source: orders, value: nothing }
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
  const at = (place: { readonly file: string; readonly span: { readonly start: number } }) =>
    `${place.file.slice(place.file.lastIndexOf('/') + 1)}:${place.span.start}`;

  it('has the values that eval gives, by its segments, with its targets', async () => {
    await withProject(engine, FILES, async (project) => {
      const { evaluator } = project;
      const metric = metricOf(project, 'revenue');
      const preview = await metricPreview(evaluator, metric, { at });
      const evaluation = await evaluate(evaluator, { metrics: [metric], ownSegments: true });
      const document = resultDocument(evaluator.checked, evaluation);
      assert.deepEqual(preview.result, document.metrics[0]);
      assert.deepEqual(preview.targets, document.targets);
      assert.equal(preview.result.headline?.value, 120);
      assert.ok(preview.result.values.some(({ group }) => group?.kind === 'b'));
      assert.equal(preview.targets[0]?.status, 'met');
    });
  });

  it('has the way of the rows, with each clause at its place', async () => {
    await withProject(engine, FILES, async (project) => {
      // Places are those of units; the characters there tell whether they are right.
      const written = ({ file, span }: Place): string => {
        const unit = project.evaluator.checked.project.files.find(({ path }) => path === file);
        return `${at({ file: pathOf(file), span })[0] === 'm' ? 'more' : file}: ${unit?.text.slice(span.start, span.end)}`;
      };
      const { funnel, rows, sql } = await metricPreview(project.evaluator, metricOf(project, 'a_in_ghent'), {
        at: written,
        rows: 1,
      });
      const part = funnel?.parts[0];
      assert.deepEqual(part, {
        metric: 'a_in_ghent',
        source: 'orders',
        rows: 5,
        timed: 5,
        clauses: [
          { text: "shop.city = 'Ghent'", kept: 4, at: "more: shop.city = 'Ghent'" },
          { text: "kind = 'a'", kept: 3, at: "more: kind = 'a'" },
        ],
        period: '2025-03',
        inPeriod: 1,
        counted: 1,
      });
      const [shown] = rows;
      assert.deepEqual(
        shown?.counting.map(({ row }) => row),
        [4],
      );
      assert.deepEqual(
        shown?.notCounting.map(({ row, reason, clause }) => [row, reason, clause]),
        [[5, 'clause', "kind = 'a'"]],
      );
      assert.equal(sql.length, 1);
    });
  });

  it('is plain data, and is told section by section', async () => {
    await withProject(engine, FILES, async (project) => {
      const sections: Partial<MetricPreview<string>>[] = [];
      const steps: string[] = [];
      const preview = await metricPreview(project.evaluator, metricOf(project, 'value_per_order'), {
        at,
        section: (section) => sections.push(section),
        progress: (done, total) => steps.push(`${done}/${total}`),
      });
      assert.deepEqual(Object.assign({}, ...sections), preview);
      assert.deepEqual(JSON.parse(JSON.stringify(preview)), preview);
      assert.deepEqual(steps, ['1/5', '2/5', '3/5', '4/5', '5/5']);
      assert.deepEqual(Object.keys(present(sections[0])), ['lineage']);
    });
  });

  it('of a metric that has no value says why, and what it rests on', async () => {
    await withProject(engine, FILES, async (project) => {
      const preview = await metricPreview(project.evaluator, metricOf(project, 'wrong'), { at });
      assert.match(preview.result.error ?? '', /nothing/);
      assert.deepEqual([preview.funnel, preview.rows, preview.sql], [null, [], []]);
      assert.equal(preview.lineage.root, 'metric:wrong');
    });
  });
});
