import assert from 'node:assert/strict';
import { evaluate } from '../../../server/src/core/evaluate/evaluate.ts';
import { EngineFailure, type QueryEngine } from '../../../server/src/core/ports.ts';
import { testEngine } from '../../kit/engine.ts';
import { withProject } from '../../kit/reference/run.ts';

const FILES = {
  'a.metrics.yaml': `plumbline: 1
sources:
  orders: { data: orders.csv, time: at }
metrics:
  plain: { type: sum, source: orders, value: amount }
  spread: { type: stddev, source: orders, value: amount, grain: year }
  kept: { type: retention, source: orders, entity: account_id }
  side: { type: ratio, numerator: kept, denominator: plain }
  formula: { type: formula, formula: plain * kept }
  part: { type: formula, formula: 2 * few, parts: { few: { metric: kept, where: amount > 1 } } }
`,
  'orders.csv': 'at,account_id,amount\n2025-01-05,a,1\n2025-01-06,a,2\n2025-01-31,b,4\n',
};

describe('what is not computed', () => {
  const engine = testEngine();

  it('has a reason in place of a value wherever a type is not evaluated yet', async () => {
    await withProject(engine, FILES, async ({ evaluator, analysis }) => {
      const { metrics } = await evaluate(evaluator);
      const refused = metrics.filter(({ total }) => total === undefined);
      assert.deepEqual(
        metrics.filter(({ total }) => total !== undefined).map(({ metric }) => metric.name),
        ['plain', 'spread'],
      );
      for (const { metric, refused: reason } of refused) {
        assert.match(reason ?? '', /^This version does not evaluate .+ yet\.$/, metric.name);
      }
      // The editor and the command line say so of the same metrics.
      assert.equal(analysis.problems.filter(({ code }) => code === 'not-evaluated').length, refused.length);
    });
  });

  it('costs no other metric its value when the engine refuses a statement', async () => {
    await withProject(engine, FILES, async ({ evaluator }) => {
      const refusing: QueryEngine = {
        dialect: engine.dialect,
        load: (...args) => engine.load(...args),
        dispose: () => engine.dispose(),
        run: async (sql, options) => {
          if (sql.includes('stddev')) throw new EngineFailure('query', 'Out of range.');
          return engine.run(sql, options);
        },
      };
      const { metrics } = await evaluate({ ...evaluator, engine: refusing });
      const [plain, spread] = metrics;
      assert.equal(plain?.total?.at(plain.total.periods[0] ?? assert.fail(), []).value, 7);
      assert.equal(spread?.refused, 'The engine could not compute it: Out of range.');
    });
  });
});
