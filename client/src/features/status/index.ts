import { commands, Disposable, l10n, StatusBarAlignment, window } from 'vscode';
import { projectsRequest, type ServerState } from '../../../../server/src/protocol/index.ts';
import { isOurs } from '../../our-documents.ts';
import { soon } from '../../soon.ts';
import type { ClientFeature } from '../feature.ts';
import { showStatus } from './status-item.ts';
import { statusLook } from './status-look.ts';
import { statusOf } from './status-of.ts';

/** Changes come in bursts while somebody types. */
const DELAY_MS = 200;

/**
 * The item in the status bar that says how the projects of the window are doing, and the context keys that say the same to menus:
 * `plumbline.serverState` (`absent`, `starting`, `running`, `stopped`) and `plumbline.hasProject`.
 */
export const status: ClientFeature = ({ server, log }) => {
  const item = window.createStatusBarItem('plumbline.status', StatusBarAlignment.Right, 90);
  item.name = l10n.t('Plumbline');
  let state: ServerState | undefined;
  const show = (): void => {
    const shown = statusOf(server.phase, state);
    showStatus(item, statusLook(shown), state);
    setContext('serverState', server.phase);
    setContext('hasProject', (state?.projects.length ?? 0) > 0);
    const isWanted = window.visibleTextEditors.some(({ document }) => isOurs(document));
    if (isWanted || (state?.projects.length ?? 0) > 0 || shown.kind === 'stopped') item.show();
    else item.hide();
  };
  const ask = soon(DELAY_MS, async () => {
    if (!server.running) return;
    try {
      state = await server.request(projectsRequest, null);
    } catch (error) {
      // It died meanwhile, and its state tells so, or it is another defect: the item then goes on to say what it said.
      log.debug(`The state of the projects is not known: ${String(error)}`);
    }
    show();
  });
  show();
  return Disposable.from(
    item,
    ask,
    server.onChanged(() => ask.soon()),
    server.onState(() => {
      if (!server.running) state = undefined;
      show();
      ask.now();
    }),
    window.onDidChangeVisibleTextEditors(show),
  );
};

function setContext(key: string, value: unknown): void {
  void commands.executeCommand('setContext', `plumbline.${key}`, value);
}
