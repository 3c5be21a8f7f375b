import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import {
  type ClientCapabilities,
  CodeLensRefreshRequest,
  InlayHintRefreshRequest,
} from 'vscode-languageserver/node';
import { createRefresh } from '../../server/src/lsp/refresh.ts';
import { type Connected, connected } from './connected.ts';

describe('the request to ask again', () => {
  let ends: Connected;
  /** What the client was asked. */
  let asked: string[];
  const events = new EventEmitter();

  function open(capabilities: ClientCapabilities): () => void {
    ends = connected();
    asked = [];
    const hear = (what: string) => async (): Promise<void> => {
      asked.push(what);
      events.emit('asked');
    };
    ends.client.onRequest(InlayHintRefreshRequest.type, hear('hints'));
    ends.client.onRequest(CodeLensRefreshRequest.type, hear('lenses'));
    ends.listen();
    return createRefresh(ends.server, () => capabilities);
  }

  afterEach(() => ends.end());

  it('goes out for what the client supports, once for many calls', async () => {
    const refresh = open({ workspace: { inlayHint: { refreshSupport: true } } });
    const first = once(events, 'asked');
    for (let i = 0; i < 100; i++) refresh();
    await first;
    assert.deepEqual(asked, ['hints']);
  });

  it('goes out once more for calls that come while the client is at work', async () => {
    const refresh = open({ workspace: { codeLens: { refreshSupport: true } } });
    const first = once(events, 'asked');
    refresh();
    await first;
    const second = once(events, 'asked');
    // The answer to the first request has not been read yet.
    for (let i = 0; i < 100; i++) refresh();
    await second;
    assert.deepEqual(asked, ['lenses', 'lenses']);
  });

  it('is not made to a client that does not know it', async () => {
    const refresh = open({});
    ends.client.onRequest('ping', () => 'pong');
    refresh();
    await new Promise((done) => setImmediate(done));
    assert.equal(await ends.server.sendRequest('ping'), 'pong');
    assert.deepEqual(asked, []);
  });
});
