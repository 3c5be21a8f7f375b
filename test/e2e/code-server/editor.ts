import { format } from 'node:util';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { Bench, Editor, Opening } from '../editor.ts';
import type { Installed } from './install.ts';
import { servePage } from './page-service.ts';
import { type CodeServer, startCodeServer } from './process.ts';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
/** What a page has not shown by then, on a machine that is busy with other things too, it never will. */
const LONGEST_WAIT_MS = 60_000;
/** A suite that has not ended by then never will. */
const LIMIT_MS = 20 * 60_000;

/** The VS Code of code-server, in Chromium. */
export async function codeServer(bench: Bench, installed: Installed): Promise<Editor> {
  let page: Page | undefined;
  let server: CodeServer | undefined;
  const service = await servePage(bench.shots, () => page);
  const env = { ...bench.env, E2E_PAGE: service.url };
  let browser: Browser;
  try {
    browser = await chromium.launch({ executablePath: installed.chromium, args: FLAGS });
  } catch (error) {
    service.close();
    throw error;
  }
  const context = await browser.newContext({
    viewport: { width: 1400, height: 850 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  context.setDefaultTimeout(LONGEST_WAIT_MS);
  return {
    name: 'VS Code of code-server, in Chromium',
    run: async (opening) => {
      server = await startCodeServer({ ...bench, env }, installed, opening);
      try {
        page = await context.newPage();
        await runIn(page, addressOf(server.address, bench, opening));
        await page.close();
      } finally {
        await server.stop();
      }
    },
    close: async () => {
      await browser.close();
      await server?.stop();
      service.close();
    },
  };
}

/** The window's address says which extension is under development, and which suite to run in its host. */
function addressOf(address: string, { suite }: Bench, { workspace, developed }: Opening): string {
  const remote = (path: string): string => `vscode-remote://${address}${path}`;
  const payload = [
    ['extensionDevelopmentPath', remote(developed)],
    ['extensionTestsPath', remote(suite)],
  ];
  const kind = workspace.endsWith('.code-workspace') ? 'workspace' : 'folder';
  const query = new URLSearchParams({ [kind]: workspace, payload: JSON.stringify(payload) });
  return `http://${address}/?${query}`;
}

/** Opens the window and waits for the end of its suite. */
async function runIn(page: Page, url: string): Promise<void> {
  const said: string[] = [];
  await page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) => {
    said.push(format(...args));
  });
  let end: (how: 'ended' | 'late') => void = () => {};
  const ended = new Promise<'ended' | 'late'>((done) => {
    end = done;
  });
  await page.exposeFunction('codeAutomationExit', () => end('ended'));
  const limit = setTimeout(() => end('late'), LIMIT_MS);
  try {
    await page.goto(url);
    if ((await ended) === 'late') {
      console.error(`The suite did not end. The window said:\n${said.slice(-30).join('\n')}`);
    }
  } finally {
    clearTimeout(limit);
  }
}
