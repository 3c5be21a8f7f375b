import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { inTurn } from '../kit/in-turn.ts';
import { writeFiles } from '../kit/write-files.ts';
import type { CoreOptions } from './bench.ts';
import { projectAt } from './check.ts';
import type { Findings, Measured } from './findings.ts';
import type { Timed } from './timed.ts';

const run = promisify(execFile);
const COMMAND = resolve('dist', 'cli.js');
const COLD = 'cold';

/** Parses every metrics file in a folder, as somebody would who has the `yaml` package and nothing else. */
const PARSE = `const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { parseDocument } = require('yaml');
for (const name of readdirSync(process.argv[1], { recursive: true }))
  if (name.endsWith('.yaml')) parseDocument(readFileSync(join(process.argv[1], name), 'utf8'));`;

/** Tells the processor time of a process when it ends. */
const METER = `process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  require('node:fs').writeFileSync(process.env.PLUMBLINE_BENCH_METER, String((user + system) / 1000));
});`;

/** From the start of a process to its end: `plumbline check` of the small sample and of large projects, and Node with the `yaml` package. */
export async function benchCold(
  findings: Findings,
  folder: string,
  options: CoreOptions,
  say: (line: string) => void,
): Promise<void> {
  const node = await metered(folder);
  say('cold: the small sample …');
  const repeat = options.repeat * 3;
  const [check = [], version = [], yaml = [], bare = []] = await inTurn(
    [
      () => node([COMMAND, 'check', resolve('samples', 'saas')]),
      () => node([COMMAND, '--version']),
      () => node(['-e', "require('yaml')"]),
      () => node(['-e', '0']),
    ],
    { repeat, warm: 2 },
  );
  const sample: Measured = { what: 'check of samples/saas', times: check };
  const loading: Measured = { what: 'node that loads yaml', times: yaml };
  for (const each of [sample, { what: '--version', times: version }, loading, { what: 'node', times: bare }])
    findings.tell('cold sample', each);
  findings.compare('cold check of the sample to node that loads yaml', sample, loading, 3);
  for (const size of options.sizes) {
    say(`cold: ${options.metrics * size} metrics …`);
    const project = await writeFiles(join(folder, `cold-${size}`), projectAt(options, size));
    const [own = [], parse = []] = await inTurn(
      [() => node([COMMAND, 'check', project]), () => node(['-e', PARSE, project])],
      { repeat: options.repeat, warm: 1 },
    );
    const command: Measured = { what: 'plumbline check', times: own };
    const parsing: Measured = { what: 'node that parses', times: parse };
    findings.add(COLD, size, command);
    findings.add(COLD, size, parsing);
    findings.compare(`cold check ${size}x to node that parses the same files`, command, parsing);
  }
  findings.growth(COLD, 'plumbline check');
}

/** Runs Node with arguments until it ends, which must be with success. */
async function metered(folder: string): Promise<(args: readonly string[]) => Promise<Timed>> {
  const [meter, out] = [join(folder, 'meter.cjs'), join(folder, 'meter.txt')];
  await writeFile(meter, METER);
  const env = { ...process.env, PLUMBLINE_BENCH_METER: out };
  return async (args) => {
    const begun = performance.now();
    await run(process.execPath, ['--require', meter, ...args], { env });
    const wall = performance.now() - begun;
    return { wall, cpu: Number(await readFile(out, 'utf8')) };
  };
}
