import { appendFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { format } from 'node:util';
import type { Context } from 'mocha';
import { workspace } from 'vscode';
import type { Counts } from '../results.ts';
import { screenshot } from './page.ts';

/**
 * Called by the extension host: runs the suites of the window, which is named like its workspace. Leaves what mocha says and the counts in files, as
 * the console of an extension host is full of what the editor says.
 */
export async function run(): Promise<void> {
  const { workspaceFile, workspaceFolders } = workspace;
  const name = basename((workspaceFile ?? workspaceFolders?.[0]?.uri)?.fsPath ?? '', '.code-workspace');
  const { default: Mocha } = await import('mocha');
  const results = join(process.env.E2E_RESULTS ?? '', name);
  Mocha.reporters.Base.consoleLog = (...words: unknown[]) => {
    appendFileSync(`${results}.log`, `${format(...words)}\n`);
  };
  // A real editor on a busy machine misses a click now and then: what fails is tried once more, and has failed where it fails twice.
  const mocha = new Mocha({ timeout: 120_000, forbidOnly: true, color: false, retries: 1 });
  // How the editor looked when a test failed says more than the test's words.
  mocha.rootHooks({
    async afterEach(this: Context) {
      if (this.currentTest?.err === undefined) return;
      const words = this.currentTest.fullTitle().replaceAll(/[^\w]+/g, '-');
      await screenshot(`failed-${words.slice(0, 100)}`, 'body');
    },
  });
  const folder = join(__dirname, name);
  for (const file of readdirSync(folder)) if (file.endsWith('.suite.js')) mocha.addFile(join(folder, file));
  await mocha.loadFilesAsync();
  const counts = await new Promise<Counts>((done) => {
    const runner = mocha.run((failed) =>
      done({ passed: runner.stats?.passes ?? 0, failed, skipped: runner.stats?.pending ?? 0 }),
    );
  });
  writeFileSync(`${results}.json`, JSON.stringify(counts));
  if (counts.failed > 0) throw new Error(`${counts.failed} tests failed`);
}
