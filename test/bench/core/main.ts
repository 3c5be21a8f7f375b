import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runBench } from '../kit/run-bench.ts';
import { benchCore, SCENARIOS } from './bench.ts';

const HELP = `Usage: npm run bench -- [options]

Measures what Plumbline costs beside what it cannot be cheaper than, in one run and in turn, and prints the ratios.

  check   check in a warm process, to a bare parse of the same files and to yaml-language-server
  cold    the whole command, from the start of its process, to Node that loads (and parses with) yaml
  eval    every metric of samples/saas, to SQL written by hand and to one query for each metric
  memory  the engine while it does that, to DuckDB alone with the same data and the SQL written by hand
  lifecycle  retention, cohorts, tenure, lifetime value and conversion, to SQL written by hand
  diff    two versions compared, to evaluating on both sides just the metrics that the change reaches

Options:
  --only NAMES     some of them, with commas between (default: ${SCENARIOS.join(',')})
  --quick          small sizes and few repetitions: whether it runs, not how fast
  --sizes NUMBERS  how many times the smallest size (default: 1,4,16)
  --metrics N      metrics of the smallest project (default: 1000)
  --per-file N     metrics in one file (default: 20)
  --events N       events of the sample at the largest size, rows of a file of diff (default: 1000000)
  --spells N       spells of the lifecycle at the largest size, with 10 events for each (default: 1000000)
  --repeat N       measurements of each (default: 7)
  --out FILE       where the JSON goes (default: dist/bench.json)
  --help           this text

Times are of the wall clock, with the processor time beside them. docs/benchmarks.md says how to read them.
`;

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: SCENARIOS.join(',') },
    quick: { type: 'boolean', default: false },
    sizes: { type: 'string', default: '1,4,16' },
    metrics: { type: 'string' },
    'per-file': { type: 'string', default: '20' },
    events: { type: 'string' },
    spells: { type: 'string' },
    repeat: { type: 'string' },
    out: { type: 'string', default: join('dist', 'bench.json') },
    help: { type: 'boolean', default: false },
  },
});

/** A number of the command line, or the default: of a quick run the smaller one. */
function size(flag: string | undefined, full: number, quick: number): number {
  return flag === undefined ? (values.quick ? quick : full) : Number(flag);
}

if (values.help) process.stdout.write(HELP);
else {
  const scenarios = new Set(values.only.split(','));
  const unknown = [...scenarios].filter((name) => !SCENARIOS.some((known) => known === name));
  if (unknown.length > 0) {
    process.stderr.write(
      `There is no scenario "${unknown.join(', ')}". There are ${SCENARIOS.join(', ')}.\n`,
    );
    process.exitCode = 2;
  } else {
    const options = {
      metrics: size(values.metrics, 1_000, 100),
      perFile: Number(values['per-file']),
      events: size(values.events, 1_000_000, 40_000),
      spells: size(values.spells, 1_000_000, 16_000),
      sizes: values.sizes.split(',').map(Number),
      repeat: size(values.repeat, 7, 3),
    };
    await runBench(
      (folder, say) => benchCore(folder, { ...options, scenarios }, say),
      { scenarios: [...scenarios], ...options },
      values.out,
    );
  }
}
