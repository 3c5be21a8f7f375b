import assert from 'node:assert/strict';
import { analyse } from '../../../server/src/core/analyse.ts';
import type { QueryEngine } from '../../../server/src/core/evaluate/engine.ts';
import { type Evaluator, evaluate } from '../../../server/src/core/evaluate/evaluate.ts';
import { kinds } from '../../../server/src/core/kinds/index.ts';
import { PERIOD } from '../../../server/src/core/plan/scan-columns.ts';
import { tableStorage } from '../../../server/src/core/plan/storage.ts';
import { projectOf } from '../../kit/project.ts';

const PROJECT = {
  'a.metrics.yaml': `plumbline: 1
sources:
  orders:
    data: orders.csv
    time: ordered_on
    columns: { ordered_on: { type: date }, amount: { type: number }, region: { type: text } }
segments:
  region: { source: orders, by: region }
metrics:
  orders: { type: count, source: orders }
  revenue: { type: sum, source: orders, value: amount }
  big_orders: { type: count, source: orders, where: amount > 100 }
  big_share: { type: share, source: orders, matching: amount > 100 }
  revenue_per_order: { type: ratio, numerator: revenue, denominator: orders }
  weekly_orders: { type: count, source: orders, grain: week }
`,
  'orders.csv': 'ordered_on,amount,region\n2025-01-01,10,north\n',
};

/** An engine that keeps what it was asked, and answers with a day for extents and no rows for the rest. */
function recordingEngine(): { readonly engine: QueryEngine; readonly statements: string[] } {
  const statements: string[] = [];
  const engine: QueryEngine = {
    dialect: 'duckdb',
    load: async () => [],
    async run(sql) {
      statements.push(sql);
      return sql.includes('"first_0"') ? [{ first_0: '2025-01-01', last_0: '2025-01-31' }] : [];
    },
    dispose: async () => {},
  };
  return { engine, statements };
}

async function openShop(): Promise<{
  readonly evaluator: Evaluator;
  readonly statements: readonly string[];
}> {
  const loaded = await projectOf(PROJECT);
  const { checked, problems } = analyse(loaded, kinds);
  assert.deepEqual(problems, []);
  const { engine, statements } = recordingEngine();
  const names = new Map(['ordered_on', 'amount', 'region'].map((name) => [name, name]));
  const data = {
    storage: tableStorage(new Map([['orders', names]])),
    shapes: loaded.shapes,
    tables: new Map(),
  };
  return { evaluator: { checked, kinds, engine, data }, statements };
}

async function scansOf(metrics: readonly string[], by: readonly string[] = []): Promise<readonly string[]> {
  const { evaluator, statements } = await openShop();
  const chosen = metrics.map((name) => {
    const metric = evaluator.checked.project.metrics.get(name);
    assert.ok(metric !== undefined, name);
    return metric;
  });
  await evaluate(evaluator, { metrics: chosen, by });
  return statements.filter((sql) => sql.includes(`AS "${PERIOD}"`));
}

describe('scans', () => {
  it('are shared by metrics that agree in source, rows, grain and breakdown', async () => {
    const scans = await scansOf(['orders', 'revenue', 'big_orders', 'big_share', 'revenue_per_order']);
    assert.equal(scans.length, 1);
  });

  it('are their own for another grain', async () => {
    assert.equal((await scansOf(['orders', 'revenue', 'weekly_orders'])).length, 2);
  });

  it('are one for the total and one for a breakdown', async () => {
    assert.equal((await scansOf(['orders', 'revenue', 'big_share'], ['region'])).length, 2);
  });

  it('ask for the extents of a source once, however often its metrics are evaluated', async () => {
    const { evaluator, statements } = await openShop();
    await evaluate(evaluator);
    await evaluate(evaluator);
    assert.equal(statements.filter((sql) => sql.includes('"first_0"')).length, 1);
  });

  it('compute an aggregate that several metrics need once', async () => {
    const [scan = ''] = await scansOf(['orders', 'revenue', 'revenue_per_order']);
    assert.equal(scan.match(/fsum\(/g)?.length, 1);
  });
});
