import { join } from 'node:path';
import { evaluate } from '../../../server/src/core/evaluate/evaluate.ts';
import { inTurn } from '../kit/in-turn.ts';
import { peakMemoryOf } from '../kit/processes.ts';
import { medianRatio, summary } from '../kit/statistics.ts';
import { runAlone } from './alone.ts';
import type { CoreOptions } from './bench.ts';
import type { Findings } from './findings.ts';
import { openSample, sampleAt } from './sample.ts';

/** The most memory that the engine's process takes for every metric of the sample, and that of DuckDB alone for the same. */
export async function benchMemory(
  findings: Findings,
  folder: string,
  options: CoreOptions,
  say: (line: string) => void,
): Promise<void> {
  for (const size of options.sizes) {
    say(`memory: the sample at ${size}x …`);
    const project = await sampleAt(folder, options, size);
    const [own = [], alone = []] = await inTurn(
      [() => peakOfEngine(project), async () => (await runAlone(join(project, 'data'))).peak],
      { repeat: 3, warm: 0 },
    );
    const scenario = `memory ${size}x`;
    findings.rows.push({ scenario, what: 'engine of plumbline', unit: 'MB', ...summary(own) });
    findings.rows.push({ scenario, what: 'DuckDB alone', unit: 'MB', ...summary(alone) });
    findings.requirements.push({
      name: `memory ${size}x to DuckDB alone`,
      ratio: medianRatio(own, alone),
    });
  }
}

async function peakOfEngine(project: string): Promise<number> {
  const { engine, opened } = await openSample(project);
  try {
    await evaluate(opened.evaluator);
    return peakMemoryOf(engine.processId() ?? 0);
  } finally {
    await engine.dispose();
  }
}
