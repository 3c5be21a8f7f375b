import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { followLine } from './follow-line.ts';

export interface PageService {
  readonly url: string;
  close(): void;
}

/** No value takes longer to come. */
const LIMIT_MS = 20_000;

type Command = (page: Page, params: URLSearchParams) => Promise<string>;

/**
 * Lets a suite, which runs in the extension host, reach the page around it. What an extension cannot see or do through the
 * API is seen and done this way:
 *
 * - `POST /screenshot?name=x&of=.css` answers when an element with that selector is shown and the picture is taken.
 * - `POST /type?text=x&line=y` types where the focus is, and answers with what the line that begins with `y` shows until its value is new.
 */
export async function servePage(shots: string, page: () => Page | undefined): Promise<PageService> {
  const commands: Readonly<Record<string, Command>> = {
    '/screenshot': (current, params) => screenshot(current, params, shots),
    '/type': typeUntilNew,
  };
  const answer = async (request: IncomingMessage): Promise<string> => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://page');
    const [command, current] = [commands[pathname], page()];
    if (request.method !== 'POST' || command === undefined || current === undefined)
      throw new Error('No such command, or no page.');
    return command(current, searchParams);
  };
  const server = createServer((request, response) => {
    answer(request).then(
      (text) => response.writeHead(200).end(text),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

async function screenshot(page: Page, params: URLSearchParams, shots: string): Promise<string> {
  const name = params.get('name') ?? '';
  if (!/^[\w-]+$/.test(name)) throw new Error(`"${name}" is no name of a picture.`);
  await page.waitForSelector(params.get('of') ?? 'body', { state: 'attached' });
  await page.screenshot({ path: join(shots, `${name}.png`) });
  return '';
}

/** The clock is the page's own, from the key to the frame in which the line shows what it had not shown before. */
async function typeUntilNew(page: Page, params: URLSearchParams): Promise<string> {
  const line = params.get('line') ?? '';
  await page.locator('.monaco-editor .view-line', { hasText: line }).first().waitFor();
  const followed = await page.evaluateHandle(followLine, [line, LIMIT_MS] as const);
  await page.keyboard.type(params.get('text') ?? '');
  return JSON.stringify(await followed.evaluate(({ end }) => end));
}
