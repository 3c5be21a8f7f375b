import assert from 'node:assert/strict';
import { evaluate } from '../../../server/src/core/evaluate/evaluate.ts';
import { testEngine } from '../../kit/engine.ts';
import { withProject } from '../../kit/reference/run.ts';

const SOURCES = `plumbline: 1
sources:
  orders: { data: orders.csv, time: at }
  shops: { data: shops.csv }
metrics:
`;

const DATA = {
  'plumbline.yaml': 'plumbline: 1\n',
  'orders.csv': 'id,at\n1,2025-01-01\n2,2025-01-02\n3,2025-02-28\n',
  'shops.csv': 'shop\nA\nB\n',
};

describe('a ratio of rows with a time and rows without', () => {
  const engine = testEngine();

  for (const [style, text] of [
    [
      'block style',
      '  each:\n    type: ratio\n    numerator: { type: count, source: orders }\n    denominator: { type: count, source: shops }\n',
    ],
    [
      'flow style',
      '  each: { type: ratio, numerator: { type: count, source: orders }, denominator: { type: count, source: shops } }\n',
    ],
    [
      'a grain of its own',
      '  each:\n    type: ratio\n    grain: day\n    numerator: { type: count, source: orders }\n    denominator: { type: count, source: shops }\n',
    ],
  ] as const) {
    it(`is refused with a fix that gives it a value, in ${style}`, async () => {
      const before = `${SOURCES}${text}`;
      const fixed = await withProject(engine, { ...DATA, 'a.metrics.yaml': before }, async ({ analysis }) => {
        const [problem, ...others] = analysis.problems.filter(({ severity }) => severity === 'error');
        assert.deepEqual([problem?.code, others], ['mixed-times', []]);
        const [edit] = problem?.fixes?.[0]?.edits ?? assert.fail('There is no fix.');
        const { start, end } = edit?.span ?? assert.fail();
        return before.slice(0, start) + edit?.text + before.slice(end);
      });
      await withProject(engine, { ...DATA, 'a.metrics.yaml': fixed }, async ({ evaluator, analysis }) => {
        assert.deepEqual(
          analysis.problems.filter(({ severity }) => severity === 'error'),
          [],
          fixed,
        );
        const { metrics } = await evaluate(evaluator);
        const [result] = metrics;
        const [period] = result?.total?.periods ?? assert.fail(result?.refused);
        // Three orders and two shops.
        assert.equal(result?.total?.at(period ?? assert.fail(), []).value, 1.5);
      });
    });
  }
});
