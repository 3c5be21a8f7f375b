import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { type Evaluator, evaluate } from '../../../server/src/core/evaluate/evaluate.ts';
import { resultDocument } from '../../../server/src/core/evaluate/result.ts';
import { runExamples } from '../../../server/src/core/evaluate/run-examples.ts';
import type { QueryEngine } from '../../../server/src/core/ports.ts';
import type { DuckDbEngine } from '../../../server/src/engines/duckdb/duckdb-engine.ts';
import { testEngine } from '../../kit/engine.ts';
import { withProject } from '../../kit/reference/run.ts';

/** Runs for hours. */
const ENDLESS =
  'select count(*) as n from range(1000000) a, range(1000000) b, range(1000000) c where a.range + b.range = c.range';

const files = {
  'plumbline.yaml': 'plumbline: 1\n',
  'a.metrics.yaml': `
plumbline: 1
defaults: { source: orders }
sources:
  orders: { data: orders.csv, time: placed_on }
metrics:
  orders: { type: count, segments: [channels], examples: [{ period: 2025-01, expect: 2 }] }
  amount: { type: sum, value: amount, grain: quarter }
  median: { type: median, value: amount, grain: week }
segments:
  channels: { source: orders, by: channel }
targets:
  enough: { metric: orders, at_least: 2, due: 2025-01 }
`,
  'orders.csv': 'placed_on,amount,channel\n2025-01-05,10,web\n2025-01-20,20,shop\n2025-02-28,5,web\n',
};

/** An engine to which something is done instead of its query of a number, counted from 1. */
function disturbed(engine: QueryEngine, number: number, disturb: QueryEngine['run']): QueryEngine {
  let asked = 0;
  return {
    dialect: engine.dialect,
    load: (tables, options) => engine.load(tables, options),
    run: (sql, options) => {
      asked += 1;
      return (asked === number ? disturb : engine.run)(sql, options);
    },
    dispose: () => engine.dispose(),
  };
}

function kill(engine: DuckDbEngine): void {
  const pid = engine.processId();
  assert.ok(pid !== undefined && pid > 0);
  process.kill(pid, 'SIGKILL');
}

/** Clock ticks that a process has spent computing, where the system tells. */
function ticksOf(pid: number | undefined): number {
  const path = `/proc/${pid}/stat`;
  if (!existsSync(path)) return Number.POSITIVE_INFINITY;
  const fields = readFileSync(path, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return Number(fields[11]) + Number(fields[12]);
}

/** Asks for what never ends, and kills the process when it computes. */
async function killedWhileComputing(engine: DuckDbEngine): ReturnType<QueryEngine['run']> {
  const before = ticksOf(engine.processId());
  const running = engine.run(ENDLESS);
  // Awaited by the caller; here it only must not count as unhandled.
  running.catch(() => undefined);
  while (ticksOf(engine.processId()) <= before + 10) await new Promise((resolve) => setTimeout(resolve, 5));
  kill(engine);
  return running;
}

describe('an engine killed while it evaluates', () => {
  const engine = testEngine();

  async function documentOf(evaluator: Evaluator): Promise<unknown> {
    return resultDocument(evaluator.checked, await evaluate(evaluator, { ownSegments: true }));
  }

  for (const number of [1, 3, 5]) {
    it(`answers rightly where it is killed at query ${number}, and afterwards`, async () => {
      await withProject(engine, files, async ({ evaluator }) => {
        const expected = await documentOf(evaluator);
        const killed = disturbed(engine, number, () => killedWhileComputing(engine));
        assert.deepEqual(await documentOf({ ...evaluator, engine: killed }), expected);
        assert.deepEqual(await documentOf(evaluator), expected);
      });
    });
  }

  it('costs only the metrics that kill it again their values', async () => {
    await withProject(engine, files, async ({ evaluator }) => {
      const killed: QueryEngine = { ...disturbed(engine, 0, engine.run) };
      const run: QueryEngine['run'] = async (sql, options) => {
        if (!/median|quantile/i.test(sql)) return killed.run(sql, options);
        // It has been killed before: another one is there as soon as something is asked.
        await engine.run('select 1 as one');
        return killedWhileComputing(engine);
      };
      const { metrics, problems } = await evaluate({ ...evaluator, engine: { ...killed, run } });
      const refused = metrics.flatMap(({ metric, refused }) => (refused === undefined ? [] : [metric.name]));
      assert.deepEqual(refused, ['median']);
      assert.deepEqual(
        problems.flatMap(({ code, file, span }) =>
          code === 'not-computed'
            ? [
                evaluator.checked.project.files
                  .find(({ path }) => path === file)
                  ?.text.slice(span.start, span.end),
              ]
            : [],
        ),
        ['median'],
      );
    });
  });

  it('is not noticed where it was idle', async () => {
    await withProject(engine, files, async ({ evaluator }) => {
      const expected = await documentOf(evaluator);
      const killed = disturbed(engine, 3, async (sql, options) => {
        const rows = await engine.run(sql, options);
        const pid = engine.processId();
        kill(engine);
        while (engine.processId() === pid) await new Promise((resolve) => setTimeout(resolve, 5));
        return rows;
      });
      assert.deepEqual(await documentOf({ ...evaluator, engine: killed }), expected);
    });
  });

  it('makes no example fail that it did not compute', async () => {
    await withProject(engine, files, async ({ evaluator }) => {
      const metrics = [...evaluator.checked.project.metrics.values()];
      const killed = disturbed(engine, 1, () => killedWhileComputing(engine));
      const passed = (results: Awaited<ReturnType<typeof runExamples>>): readonly boolean[] =>
        results.map((result) => result.passed);
      assert.deepEqual(passed(await runExamples({ ...evaluator, engine: killed }, metrics)), [true]);
      assert.deepEqual(passed(await runExamples(evaluator, metrics)), [true]);
    });
  });
});

describe('an evaluation that is cancelled', () => {
  const engine = testEngine();

  it('rejects, and can be asked for again', async () => {
    await withProject(engine, files, async ({ evaluator }) => {
      const expected = resultDocument(evaluator.checked, await evaluate(evaluator));
      const cancel = new AbortController();
      const cancelled = disturbed(engine, 3, (sql, options) => {
        cancel.abort();
        return engine.run(sql, options);
      });
      await assert.rejects(evaluate({ ...evaluator, engine: cancelled }, {}, { signal: cancel.signal }));
      assert.deepEqual(resultDocument(evaluator.checked, await evaluate(evaluator)), expected);
    });
  });
});
