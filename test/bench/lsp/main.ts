import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { runBench } from './bench.ts';
import { requirementsOf, tableOf } from './report.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: 'A,B,C,D,E,F' },
    quick: { type: 'boolean', default: false },
    metrics: { type: 'string' },
    'per-file': { type: 'string' },
    lines: { type: 'string' },
    rows: { type: 'string' },
    repeat: { type: 'string' },
    keystrokes: { type: 'string' },
    rest: { type: 'string' },
    out: { type: 'string', default: join('dist', 'bench-lsp.json') },
  },
});

/** A flag, or its default: of a quick run the smaller one. */
function size(flag: string | undefined, full: number, quick: number): number {
  return flag === undefined ? (values.quick ? quick : full) : Number(flag);
}

const options = {
  scenarios: new Set(values.only.split(',')),
  metrics: size(values.metrics, 5_000, 500),
  perFile: size(values['per-file'], 500, 100),
  lines: size(values.lines, 10_000, 2_000),
  rows: size(values.rows, 1_000_000, 50_000),
  repeat: size(values.repeat, 30, 5),
  keystrokes: size(values.keystrokes, 2_000, 200),
  rest: size(values.rest, 100, 30),
};

const folder = await realpath(await mkdtemp(join(tmpdir(), 'plumbline-bench-')));
try {
  const result = await runBench(folder, options, (line) => process.stderr.write(`${line}\n`));
  console.log(`${tableOf(result.rows)}\n`);
  for (const note of result.notes) console.log(note);
  console.log(`\n${requirementsOf(result.requirements)}`);
  await mkdir(dirname(values.out), { recursive: true });
  const { scenarios, ...sizes } = options;
  const about = { scenarios: [...scenarios], ...sizes, node: process.version };
  await writeFile(values.out, `${JSON.stringify({ about, ...result }, undefined, 2)}\n`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
