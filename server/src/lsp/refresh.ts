import { type ClientCapabilities, CodeLensRefreshRequest, type Connection } from 'vscode-languageserver';

/** Asks the client to ask again for what numbers or settings have changed, as far as it can be asked. */
export type Refresh = () => void;

/**
 * Calls that come together become one request, and while the client is at work on one, later calls become one more: a number store
 * may call it for every number that arrives.
 */
export function createRefresh(connection: Connection, client: () => ClientCapabilities): Refresh {
  let state: 'idle' | 'busy' | 'again' = 'idle';
  const run = async (): Promise<void> => {
    const { inlayHint, codeLens } = client().workspace ?? {};
    await Promise.allSettled([
      inlayHint?.refreshSupport === true ? connection.languages.inlayHint.refresh() : undefined,
      codeLens?.refreshSupport === true ? connection.sendRequest(CodeLensRefreshRequest.type) : undefined,
    ]);
    const again = state === 'again';
    state = 'idle';
    if (again) refresh();
  };
  const refresh = (): void => {
    if (state !== 'idle') {
      state = 'again';
      return;
    }
    state = 'busy';
    setImmediate(() => void run());
  };
  return refresh;
}
