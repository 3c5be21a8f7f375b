// Runs the editor tests in a real VS Code: `npm run test:e2e`, or with names of workspaces to run only theirs.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { codeServer } from './code-server/editor.ts';
import { installCodeServer } from './code-server/install.ts';
import { desktop } from './desktop.ts';
import type { Bench, Editor } from './editor.ts';
import { copyInstalled } from './installed.ts';
import { addUp, type Counts } from './results.ts';

/** The folders that are opened, one window each. The suites of a workspace lie in `suite/<name>`; each run has a fresh copy. */
const WORKSPACES = {
  plain: 'test/e2e/workspaces/plain',
  saas: 'samples/saas',
} as const;

/** Where editors are installed to. */
const HOME = resolve(process.env.E2E_DIR ?? '.e2e');

async function main(): Promise<void> {
  const asked = process.argv.slice(2);
  const names = Object.entries(WORKSPACES).filter(([name]) => asked.length === 0 || asked.includes(name));
  const bench = createBench();
  let editor: Editor | undefined;
  const counts: Counts[] = [];
  try {
    editor = await chooseEditor(bench);
    console.log(`Running in ${editor.name}`);
    for (const [name, source] of names) {
      const workspace = join(bench.folder, 'workspaces', name);
      cpSync(source, workspace, { recursive: true });
      await editor.run(workspace);
      counts.push(report(join(bench.folder, 'results', name)));
    }
  } finally {
    await editor?.close();
    rmSync(bench.folder, { recursive: true, force: true });
  }
  const { passed, failed } = addUp(counts);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
}

function createBench(): Bench {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'plumbline-e2e-')));
  const results = join(folder, 'results');
  const shots = join(HOME, 'shots');
  for (const each of [results, shots]) mkdirSync(each, { recursive: true });
  const extension = join(folder, 'extension');
  copyInstalled(extension);
  const suite = resolve('dist', 'e2e', 'suite', 'index.js');
  return { folder, extension, suite, shots, env: { E2E_RESULTS: results } };
}

/** The VS Code at `VSCODE_PATH`; or one that is downloaded, where there is a display for it; or that of code-server. */
async function chooseEditor(bench: Bench): Promise<Editor> {
  const named = process.env.VSCODE_PATH;
  if (named !== undefined) return desktop(bench, named);
  const linux = process.platform === 'linux';
  if (!linux || process.env.DISPLAY !== undefined) {
    try {
      return desktop(bench, await downloadAndUnzipVSCode({ cachePath: join(HOME, 'vscode') }));
    } catch (error) {
      if (!linux) throw error;
      console.log('VS Code cannot be downloaded.');
    }
  }
  return codeServer(bench, installCodeServer(join(HOME, 'code-server')));
}

/** Prints what a suite said. One that could not even start has written nothing: that is a failure. */
function report(results: string): Counts {
  if (existsSync(`${results}.log`)) console.log(readFileSync(`${results}.log`, 'utf8').trimEnd());
  const counts = `${results}.json`;
  return existsSync(counts) ? (JSON.parse(readFileSync(counts, 'utf8')) as Counts) : { passed: 0, failed: 1 };
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
