import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runBench } from '../kit/run-bench.ts';
import { benchLsp } from './bench.ts';

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

const { scenarios, ...sizes } = options;
await runBench(
  (folder, say) => benchLsp(folder, options, say),
  { scenarios: [...scenarios], ...sizes },
  values.out,
);
