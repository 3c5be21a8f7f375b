import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { distFolder } from '../cli/kit.ts';

/** How a command of the command line ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
}

/** The memory that our own process may take for what it makes of definitions, in MB. */
const HEAP_MB = 512;

/** Runs the bundled command line in a folder, with little memory, behind words that watch it. */
export function runWatched(
  cwd: string,
  args: readonly string[],
  before: readonly string[] = [],
): Promise<Ended> {
  const command = [...before, process.execPath, join(distFolder(), 'cli.js'), ...args];
  const env = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    LANG: 'C.UTF-8',
    NODE_OPTIONS: `--max-old-space-size=${HEAP_MB}`,
  };
  const started = performance.now();
  const child = spawn(command[0] ?? '', command.slice(1), { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) =>
      resolve({ code, ...output, seconds: (performance.now() - started) / 1000 }),
    );
  });
}
