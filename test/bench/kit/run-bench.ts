import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type BenchResult, requirementsOf, tableOf } from './report.ts';

/** What a benchmark is given: a folder of its own, and a way to tell how far it is. */
export type Bench = (folder: string, say: (line: string) => void) => Promise<BenchResult>;

/**
 * Runs a benchmark in a folder that is gone afterwards, prints what it found, and writes it as JSON together with what it was run on.
 *
 * @param about the options that it ran with
 * @param out the file for the JSON
 */
export async function runBench(bench: Bench, about: object, out: string): Promise<void> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'plumbline-bench-')));
  const before = loadavg();
  try {
    const result = await bench(folder, (line) => process.stderr.write(`${line}\n`));
    const machine = {
      node: process.version,
      processor: cpus()[0]?.model ?? 'unknown',
      cores: availableParallelism(),
      load: { before: rounded(before), after: rounded(loadavg()) },
    };
    console.log(`${tableOf(result.rows)}\n`);
    for (const note of result.notes) console.log(note);
    console.log(
      `Node ${machine.node}, ${machine.cores} cores; load ${machine.load.before.join(' ')} before, ${machine.load.after.join(' ')} after.`,
    );
    console.log(`\n${requirementsOf(result.requirements)}`);
    await mkdir(dirname(out), { recursive: true });
    await writeFile(out, `${JSON.stringify({ about: { ...about, ...machine }, ...result }, undefined, 2)}\n`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function rounded(load: readonly number[]): readonly number[] {
  return load.map((value) => Math.round(value * 10) / 10);
}
