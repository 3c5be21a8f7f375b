import assert from 'node:assert/strict';
import { evaluate } from '../../../server/src/core/evaluate/evaluate.ts';
import { loadData } from '../../../server/src/core/evaluate/load-data.ts';
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
  kept: { type: tenure, source: orders, entity: account_id }
  side: { type: ratio, numerator: kept, denominator: plain }
  formula: { type: formula, formula: plain * kept }
  part: { type: formula, formula: 2 * few, parts: { few: { metric: kept, where: amount > 1 } } }
`,
  'orders.csv': 'at,account_id,amount\n2025-01-05,a,1\n2025-01-06,a,2\n2025-01-31,b,4\n',
};

describe('what is not computed', () => {
  const engine = testEngine();

  it('has a reason in place of a value wherever a part of it has none', async () => {
    await withProject(engine, FILES, async ({ evaluator }) => {
      const { metrics } = await evaluate(evaluator);
      const refused = metrics.filter(({ total }) => total === undefined);
      assert.deepEqual(
        metrics.filter(({ total }) => total !== undefined).map(({ metric }) => metric.name),
        ['plain', 'spread'],
      );
      for (const { metric, refused: reason } of refused) {
        assert.match(reason ?? '', /^The source of this metric has no "lifespan"/, metric.name);
      }
    });
  });

  it('costs no other metric its value when the data of a source are not there', async () => {
    const files = {
      ...FILES,
      'a.metrics.yaml': `plumbline: 1
sources:
  orders: { data: orders.csv, time: at }
  accounts: { data: accounts.csv, key: account_id, as_of: 2025-01-31, lifespan: { start: since, end: until } }
metrics:
  plain: { type: sum, source: orders, value: amount }
  signed: { type: count, source: accounts, when: started }
`,
      'accounts.csv': 'account_id,seats,since,until\na,3,2025-01-01,\nb,5,2025-01-02,\n',
    };
    await withProject(engine, files, async ({ evaluator }) => {
      const data = await loadData(evaluator.checked, engine, ['orders']);
      const { metrics, asOf } = await evaluate({ ...evaluator, data });
      const [plain, signed] = metrics;
      assert.equal(plain?.total?.at(plain.total.periods[0] ?? assert.fail(), []).value, 7);
      assert.equal(signed?.refused, 'The data of accounts could not be read.');
      assert.equal(asOf, '2025-01-31');
    });
  });

  it('says which error is in the way where broken YAML hides that a source has no data', async () => {
    const files = {
      ...FILES,
      'a.metrics.yaml': `plumbline: 1
sources:
  orders: { data: orders.csv, time: at }
  accounts:
    dta: accounts.csv
    lifespan: { start: since, end: until }
    columns:
      kind: { type: text, values: [a,& b] }
      since: { type: date }
      until: { type: date }
metrics:
  plain: { type: sum, source: orders, value: amount }
  signed: { type: count, source: accounts, when: started }
`,
    };
    await withProject(engine, files, async ({ evaluator }) => {
      const { metrics } = await evaluate(evaluator);
      assert.notEqual(metrics[0]?.total, undefined);
      assert.match(metrics[1]?.refused ?? '', /has no key `dta`/);
    });
  });

  it('costs no other metric its value when broken YAML has swallowed the link to a time or a key', async () => {
    const files = {
      ...FILES,
      'a.metrics.yaml': `plumbline: 1
sources:
  plain: { data: orders.csv, time: at, links: { to: { to: torn, using: account_id } } }
  accounts: { data: accounts.csv, key: account_id }
  torn:
    data: orders.csv
    key: account.seats
    lifespan: { start: account.since, end: at }
    links:
      account { to: accounts, using: account_id }
metrics:
  plain: { type: sum, source: plain, value: amount }
  torn: { type: count, source: torn, when: started }
`,
    };
    await withProject(engine, files, async ({ evaluator }) => {
      const [plain, torn] = (await evaluate(evaluator)).metrics;
      assert.equal(plain?.total?.at(plain.total.periods[0] ?? assert.fail(), []).value, 7);
      assert.notEqual(torn?.refused, undefined);
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
