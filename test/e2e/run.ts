// Runs the editor tests in a real VS Code: `npm run test:e2e`, or with names of windows to run only theirs.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { codeServer } from './code-server/editor.ts';
import { installCodeServer } from './code-server/install.ts';
import { desktop } from './desktop.ts';
import type { Bench, Editor, Opening } from './editor.ts';
import { createEmptyExtension, createExtension, makePackage } from './installed.ts';
import { addUp, type Counts } from './results.ts';
import { createWorkspace, type TestWindow, WINDOWS } from './windows.ts';

/** Where editors are installed to. */
const HOME = resolve(process.env.E2E_DIR ?? '.e2e');

async function main(): Promise<void> {
  const windows = chosen(process.argv.slice(2));
  const bench = createBench();
  let editor: Editor | undefined;
  const counts: Counts[] = [];
  const tidy = async (): Promise<void> => {
    await editor?.close();
    rmSync(bench.folder, { recursive: true, force: true });
  };
  // An editor that nobody waits for any more would go on.
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => tidy().finally(() => process.exit(1)));
  try {
    editor = await chooseEditor(bench);
    console.log(`Running in ${editor.name}`);
    for (const window of windows) counts.push(await runWindow(editor, window, bench));
  } finally {
    await tidy();
  }
  const { passed, failed, skipped } = addUp(counts);
  console.log(`Editor: ${passed} passed, ${failed} failed, ${skipped} skipped`);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
}

/** Opens a window, runs its suite and prints what it said. A window that could not be opened is a failure, and no reason to leave out the others. */
async function runWindow(editor: Editor, window: TestWindow, bench: Bench): Promise<Counts> {
  const begun = performance.now();
  try {
    await editor.run(prepare(window, bench));
  } catch (error) {
    console.error(error);
  }
  const counts = report(join(bench.folder, 'results', window.name));
  console.log(`  ${window.name}: ${Math.round((performance.now() - begun) / 1000)} s\n`);
  return counts;
}

/** The windows with these names, or all. */
function chosen(names: readonly string[]): readonly TestWindow[] {
  const known = WINDOWS.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new Error(`There is no window "${unknown}". There are: ${known.join(', ')}.`);
  return WINDOWS.filter(({ name }) => names.length === 0 || names.includes(name));
}

function createBench(): Bench {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'plumbline-e2e-')));
  const results = join(folder, 'results');
  const shots = join(HOME, 'shots');
  for (const each of [results, shots]) mkdirSync(each, { recursive: true });
  const suite = resolve('dist', 'e2e', 'suite', 'index.js');
  return { folder, suite, shots, env: { E2E_RESULTS: results } };
}

/** Makes the workspace of a window and the extension that it is to have. */
function prepare(window: TestWindow, { folder }: Bench): Opening {
  const workspace = createWorkspace(window, join(folder, 'workspaces', window.name));
  const developed = join(folder, window.extension);
  const isInstalled = window.extension === 'installed';
  if (!existsSync(developed)) (isInstalled ? createEmptyExtension : createExtension)(developed);
  return { window, workspace, developed, vsix: isInstalled ? makePackage() : undefined };
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
  if (existsSync(counts)) return JSON.parse(readFileSync(counts, 'utf8')) as Counts;
  console.log('  The suite has not ended.');
  return { passed: 0, failed: 1, skipped: 0 };
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
