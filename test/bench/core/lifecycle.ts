import { evaluate } from '../../../server/src/core/evaluate/evaluate.ts';
import type { Metric } from '../../../server/src/core/model/project.ts';
import type { OpenedData } from '../../../server/src/core/open-data.ts';
import type { DuckDbEngine } from '../../../server/src/engines/duckdb/duckdb-engine.ts';
import { present } from '../../kit/present.ts';
import { inTurn } from '../kit/in-turn.ts';
import type { CoreOptions } from './bench.ts';
import type { Findings, Measured } from './findings.ts';
import { lifecycleAt } from './lifecycle-data.ts';
import { LIFECYCLE_STATEMENTS, type LifecycleStatement } from './lifecycle-sql.ts';
import { timedWith } from './on-engine.ts';
import { requireSameValues } from './same-values.ts';
import { openSample } from './sample.ts';

/** Metrics that follow customers through time, against SQL written by hand on the same engine. */
export async function benchLifecycle(
  findings: Findings,
  folder: string,
  options: CoreOptions,
  say: (line: string) => void,
): Promise<void> {
  for (const size of options.sizes) {
    say(`lifecycle: spells and events at ${size}x …`);
    const { engine, opened } = await openSample(await lifecycleAt(folder, options, size));
    try {
      for (const statement of LIFECYCLE_STATEMENTS) {
        say(`  ${statement.name} …`);
        await benchStatement(findings, { engine, opened, statement }, options.repeat, size);
      }
    } finally {
      await engine.dispose();
    }
  }
  for (const { name } of LIFECYCLE_STATEMENTS)
    for (const what of ['plumbline', 'by hand']) findings.growth(`lifecycle, ${name}`, what);
}

interface Subject {
  readonly engine: DuckDbEngine;
  readonly opened: OpenedData;
  readonly statement: LifecycleStatement;
}

/** The metrics of one statement, evaluated together. */
async function benchStatement(
  findings: Findings,
  { engine, opened, statement }: Subject,
  repeat: number,
  size: number,
): Promise<void> {
  const { project } = opened.evaluator.checked;
  const metrics = [...statement.counts, ...statement.values].map(
    (name): Metric => present(project.metrics.get(name), name),
  );
  // A copy of the evaluator remembers nothing of what an earlier one has found of the data.
  const own = () => evaluate({ ...opened.evaluator }, { metrics, targets: [], findings: false });
  const byHand = () => engine.run(statement.sql);
  requireSameValues((await own()).metrics, [await byHand()], { statements: [statement], ratios: {} });
  const [ours = [], theirs = []] = await inTurn(
    [() => timedWith(engine, own), () => timedWith(engine, byHand)],
    { repeat, warm: 1 },
  );
  const scenario = `lifecycle, ${statement.name}`;
  const plumbline: Measured = { what: 'plumbline', times: ours };
  const hand: Measured = { what: 'by hand', times: theirs };
  findings.add(scenario, size, plumbline);
  findings.add(scenario, size, hand);
  findings.compare(`${scenario} ${size}x to SQL written by hand`, plumbline, hand, 1.5);
}
