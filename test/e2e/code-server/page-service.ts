import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

export interface PageService {
  readonly url: string;
  close(): void;
}

/**
 * Lets a suite, which runs in the extension host, reach the page around it: `POST /screenshot?name=x&of=.css` answers when
 * an element with that CSS selector is shown and the picture is taken. What an extension cannot see through the API is
 * seen this way.
 */
export async function servePage(shots: string, page: () => Page | undefined): Promise<PageService> {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://page');
    const answer = (status: number, text: string): void => {
      response.writeHead(status).end(text);
    };
    const current = page();
    const name = searchParams.get('name') ?? '';
    if (
      request.method !== 'POST' ||
      pathname !== '/screenshot' ||
      current === undefined ||
      !/^[\w-]+$/.test(name)
    ) {
      answer(400, 'No such command, or no page.');
      return;
    }
    const shown = current.waitForSelector(searchParams.get('of') ?? 'body', { state: 'attached' });
    const taken = shown.then(() => current.screenshot({ path: join(shots, `${name}.png`) }));
    taken.then(
      () => answer(200, ''),
      (error: unknown) => answer(500, String(error)),
    );
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}
