import { commands, Disposable, l10n, window } from 'vscode';
import type { Phase } from '../language-server.ts';
import type { ClientFeature } from './feature.ts';

/** Restarting the server, its log, and the message when it has stopped for good. */
export const serverLifecycle: ClientFeature = ({ server, log }) => {
  const restart = async (): Promise<void> => {
    try {
      await server.restart();
    } catch (error) {
      log.error(`The language server did not start: ${String(error)}`);
    }
  };
  let before: Phase = server.phase;
  return Disposable.from(
    commands.registerCommand('plumbline.restartServer', restart),
    commands.registerCommand('plumbline.showLog', () => log.show()),
    server.onState(async () => {
      const stopped = before !== 'stopped' && server.phase === 'stopped';
      before = server.phase;
      if (!stopped) return;
      const [again, show] = [l10n.t('Restart'), l10n.t('Show Log')];
      const chosen = await window.showErrorMessage(
        l10n.t(
          'The language server of Plumbline has stopped, and starting it again did not help. Metrics are not checked until it runs. The log says why.',
        ),
        again,
        show,
      );
      if (chosen === again) await restart();
      if (chosen === show) log.show();
    }),
  );
};
