import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { COMMANDS } from './page-commands.ts';

export interface PageService {
  readonly url: string;
  close(): void;
}

/**
 * Lets a suite, which runs in the extension host, reach the page around it. What an extension cannot see or do through the
 * API is seen and done this way: `POST /<command>?<parameters>`, answered with text when it is done, or with status 500 and why not.
 *
 * @param shots where pictures are kept
 */
export async function servePage(shots: string, page: () => Page | undefined): Promise<PageService> {
  const answer = async (request: IncomingMessage): Promise<string> => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://page');
    const [command, current] = [COMMANDS[pathname.slice(1)], page()];
    if (request.method !== 'POST' || command === undefined || current === undefined)
      throw new Error('No such command, or no page.');
    return command({ page: current, params: searchParams, shots });
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
