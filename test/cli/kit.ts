import { type ChildProcess, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of bundles: the one above this test's bundle that holds `cli.js`. */
export function distFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'cli.js'))) {
    const parent = dirname(folder);
    if (parent === folder)
      throw new Error('dist/cli.js is not there: run "node esbuild.mjs --only cli,engine".');
    folder = parent;
  }
  return folder;
}

/** The root of the repository. */
export function repository(): string {
  return dirname(distFolder());
}

/** What a run of the command line came to. */
export interface Run {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Another bundle than `dist/cli.js`. */
  readonly bundle?: string;
  /** What is written to the standard input; without it there is none. */
  readonly input?: string;
}

/** A folder with files, removed after the tests of the `describe` in which it is made. */
export interface Folder {
  readonly path: string;
  write(name: string, content: string | Uint8Array): void;
  /** Runs `plumbline` in the folder. */
  plumbline(args: readonly string[], options?: RunOptions): Promise<Run>;
  /** Starts it, for tests that stop it on its way. */
  start(args: readonly string[], options?: RunOptions): StartedRun;
}

export interface StartedRun {
  readonly child: ChildProcess;
  readonly ended: Promise<Run>;
}

/** Makes a folder for one `describe`. */
export function folderOf(files: Readonly<Record<string, string | Uint8Array>>): Folder {
  // Links are resolved, so that paths printed by the command line are the ones that the tests know.
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'plumbline-cli-')));
  after(() => rmSync(path, { recursive: true, force: true }));
  const write = (name: string, content: string | Uint8Array): void => {
    const file = join(path, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  };
  for (const [name, content] of Object.entries(files)) write(name, content);
  const start = (args: readonly string[], options: RunOptions = {}): StartedRun =>
    startRun(path, args, options);
  return { path, write, start, plumbline: (args, options) => start(args, options).ended };
}

function startRun(cwd: string, args: readonly string[], options: RunOptions): StartedRun {
  const bundle = options.bundle ?? join(distFolder(), 'cli.js');
  // Nothing of the surroundings may decide about colours or characters.
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, LANG: 'C.UTF-8', ...options.env };
  const child = spawn(process.execPath, [bundle, ...args], { cwd, env, stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.end(options.input);
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text;
  });
  const ended = new Promise<Run>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, ...output }));
  });
  return { child, ended };
}

/** The processes whose parent is `pid`, with the number of bytes that they have read. Linux only. */
export function childrenOf(pid: number): readonly { readonly pid: number; readonly bytesRead: number }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        // The name of the program stands in brackets and may hold spaces; its parent is the second word behind them.
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        if (Number(parent) !== pid || state === 'Z') return [];
        const read = /rchar: (\d+)/.exec(readFileSync(`/proc/${name}/io`, 'utf8'));
        return [{ pid: Number(name), bytesRead: Number(read?.[1] ?? 0) }];
      } catch {
        // The process has ended meanwhile.
        return [];
      }
    });
}

/** Whether a process exists and has not ended. Linux only. */
export function isRunning(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3) !== 'Z';
  } catch {
    return false;
  }
}

/** Resolves to the first answer of `find` that is one; asks again whenever other work has been done. */
export async function eventually<T>(find: () => T | undefined): Promise<T> {
  for (;;) {
    const found = find();
    if (found !== undefined) return found;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Says what stops a value from being what the result schema states; nothing where it is. */
export type Validate = (value: unknown) => readonly string[];

/** A validator of `schemas/result.schema.json`, or of one of its definitions. */
export async function resultValidator(definition?: 'check' | 'ci' | 'test' | 'mutate'): Promise<Validate> {
  const { Ajv2020 } = await import('ajv/dist/2020.js');
  const schema: unknown = JSON.parse(readFileSync(join(repository(), 'schemas/result.schema.json'), 'utf8'));
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true });
  ajv.addSchema(schema as object);
  const id = `urn:plumbline:schema:result:1${definition === undefined ? '' : `#/$defs/${definition}`}`;
  const validate = ajv.getSchema(id);
  if (validate === undefined) throw new Error(`There is no schema ${id}.`);
  return (value) => {
    validate(value);
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };
}
