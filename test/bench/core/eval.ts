import { join } from 'node:path';
import { type Evaluation, evaluate } from '../../../server/src/core/evaluate/evaluate.ts';
import { metricSql } from '../../../server/src/core/evaluate/metric-sql.ts';
import type { Metric } from '../../../server/src/core/model/project.ts';
import type { OpenedData } from '../../../server/src/core/open-data.ts';
import type { QueryEngine, Row } from '../../../server/src/core/ports.ts';
import { inTurn } from '../kit/in-turn.ts';
import { cpuOf } from '../kit/processes.ts';
import { runAlone } from './alone.ts';
import type { CoreOptions } from './bench.ts';
import type { Findings, Measured } from './findings.ts';
import { timedWith } from './on-engine.ts';
import { requireSameValues } from './same-values.ts';
import { openSample, sampleAt } from './sample.ts';
import { SAMPLE_RATIOS, SAMPLE_STATEMENTS } from './sample-sql.ts';
import { type Timed, timed } from './timed.ts';

const EVAL = 'eval';
const LOADED = 'eval with loading';

/** Every metric of the sample: against SQL written by hand on the same engine, and against one query for each metric. */
export async function benchEval(
  findings: Findings,
  folder: string,
  options: CoreOptions,
  say: (line: string) => void,
): Promise<void> {
  for (const size of options.sizes) {
    say(`eval: the sample at ${size}x …`);
    const project = await sampleAt(folder, options, size);
    await benchQueries(findings, project, options, size);
    await benchLoading(findings, project, options, size);
  }
  for (const what of ['plumbline', 'by hand']) findings.growth(EVAL, what);
  findings.growth(LOADED, 'plumbline');
}

/** The queries alone, on data that are loaded already. */
async function benchQueries(
  findings: Findings,
  project: string,
  options: CoreOptions,
  size: number,
): Promise<void> {
  const { engine, opened } = await openSample(project);
  try {
    requireSameValues((await evaluateAll(opened)).metrics, await runByHand(engine), {
      statements: SAMPLE_STATEMENTS,
      ratios: SAMPLE_RATIOS,
    });
    const single = await statementsOf(opened);
    const onEngine = (work: () => Promise<unknown>) => () => timedWith(engine, work);
    const [own = [], hand = [], one = [], each = [], all = []] = await inTurn(
      [
        onEngine(() => evaluateAll(opened)),
        onEngine(() => runByHand(engine)),
        onEngine(() => runAll(engine, single)),
        onEngine(() => evaluateEach(opened)),
        // What `plumbline eval` does: targets too, and what the data break.
        onEngine(() => evaluate({ ...opened.evaluator })),
      ],
      { repeat: options.repeat, warm: 1 },
    );
    const plumbline: Measured = { what: 'plumbline', times: own };
    const byHand: Measured = { what: 'by hand', times: hand };
    const perMetric: Measured = { what: `one query per metric (${single.length})`, times: one };
    findings.add(EVAL, size, plumbline);
    findings.add(EVAL, size, byHand);
    findings.add(EVAL, size, perMetric);
    findings.add(EVAL, size, { what: 'plumbline, metric after metric', times: each });
    findings.add(EVAL, size, { what: 'plumbline, with targets and findings', times: all });
    findings.compare(`eval ${size}x to SQL written by hand`, plumbline, byHand, 1.5);
    findings.compare(`eval ${size}x to one query per metric`, plumbline, perMetric, 1 / 3);
  } finally {
    await engine.dispose();
  }
}

/** From files to values, each time in a new engine. */
async function benchLoading(
  findings: Findings,
  project: string,
  options: CoreOptions,
  size: number,
): Promise<void> {
  const [own = [], alone = []] = await inTurn<Timed>(
    [() => loadAndEvaluate(project), async () => (await runAlone(join(project, 'data'))).whole],
    { repeat: Math.max(3, Math.ceil(options.repeat / 2)), warm: 1 },
  );
  const plumbline: Measured = { what: 'plumbline', times: own };
  const byHand: Measured = { what: 'DuckDB alone', times: alone };
  findings.add(LOADED, size, plumbline);
  findings.add(LOADED, size, byHand);
  findings.compare(`eval ${size}x with loading to DuckDB alone`, plumbline, byHand);
}

async function loadAndEvaluate(project: string): Promise<Timed> {
  let used = Number.NaN;
  const { wall, cpu } = await timed(async () => {
    const { engine, opened } = await openSample(project);
    try {
      await evaluateAll(opened);
      used = cpuOf(engine.processId() ?? 0);
    } finally {
      await engine.dispose();
    }
  });
  return { wall, cpu: cpu + used };
}

/** A copy of the evaluator remembers nothing of what an earlier one has found of the data. */
function evaluateAll({ evaluator }: OpenedData): Promise<Evaluation> {
  return evaluate({ ...evaluator }, { metrics: bothCompute(evaluator), targets: [], findings: false });
}

/** The metrics that are written by hand, too; those that follow customers through time have a scenario of their own. */
function bothCompute({ checked }: OpenedData['evaluator']): readonly Metric[] {
  const names = new Set([
    ...SAMPLE_STATEMENTS.flatMap(({ counts, values }) => [...counts, ...values]),
    ...Object.keys(SAMPLE_RATIOS),
  ]);
  return [...checked.project.metrics.values()].filter(({ name }) => names.has(name));
}

async function evaluateEach({ evaluator }: OpenedData): Promise<void> {
  for (const metric of bothCompute(evaluator))
    await evaluate(evaluator, { metrics: [metric], targets: [], findings: false });
}

/** What `plumbline sql` prints for each metric. */
async function statementsOf({ evaluator }: OpenedData): Promise<readonly string[]> {
  const statements: string[] = [];
  for (const metric of bothCompute(evaluator)) {
    for (const { sql } of await metricSql(evaluator, metric)) statements.push(sql);
  }
  return statements;
}

async function runAll(
  engine: QueryEngine,
  statements: readonly string[],
): Promise<readonly (readonly Row[])[]> {
  const results: (readonly Row[])[] = [];
  for (const sql of statements) results.push(await engine.run(sql));
  return results;
}

function runByHand(engine: QueryEngine): Promise<readonly (readonly Row[])[]> {
  return runAll(
    engine,
    SAMPLE_STATEMENTS.map(({ sql }) => sql),
  );
}
