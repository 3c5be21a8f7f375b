import { l10n, ThemeColor } from 'vscode';
import type { Status } from './status-of.ts';

/** How a status is shown. */
export interface StatusLook {
  /** The text in the status bar, with icons. */
  readonly text: string;
  /** What it means, in a sentence, and what to do about it. */
  readonly words: string;
  /** What a click does. */
  readonly command: string;
  readonly background?: ThemeColor;
}

/** The look of a status. The colour never says anything that the text does not. */
export function statusLook(status: Status): StatusLook {
  switch (status.kind) {
    case 'virtual':
      return {
        text: `$(graph-line) ${l10n.t('Plumbline: colours only')}`,
        words: l10n.t(
          'These files are not on a disk that Plumbline can read, so that nothing is checked or evaluated. Clone or download the folder and open it from disk; until then a click has the YAML extension check keys and values.',
        ),
        command: 'plumbline.checkAsYaml',
      };
    case 'loading':
      return {
        text: `$(loading~spin) ${l10n.t('Plumbline')}`,
        words: l10n.t('Plumbline is starting.'),
        command: 'plumbline.showLog',
      };
    case 'stopped':
      return {
        text: `$(error) ${l10n.t('Plumbline: stopped')}`,
        words: l10n.t(
          'The language server of Plumbline is not running. Restart it; if it stops again, the log says why.',
        ),
        command: 'plumbline.restartServer',
        background: new ThemeColor('statusBarItem.errorBackground'),
      };
    case 'untrusted':
      return {
        text: `$(workspace-untrusted) ${l10n.t('Plumbline: not evaluated')}`,
        words: l10n.t(
          'This folder is not trusted. Definitions are checked, and nothing is evaluated until you trust it.',
        ),
        command: 'workbench.trust.manage',
        background: new ThemeColor('statusBarItem.warningBackground'),
      };
    case 'engine-off':
      return {
        text: `$(circle-slash) ${l10n.t('Plumbline: engine off')}`,
        words: l10n.t(
          'Definitions are checked, and nothing is evaluated, as the engine cannot be started: {0}',
          status.reason ?? l10n.t('the log says why.'),
        ),
        command: 'plumbline.showLog',
        background: new ThemeColor('statusBarItem.warningBackground'),
      };
    case 'problems':
      return problemsLook(status);
    case 'ready':
      return {
        text: `$(${status.busy ? 'sync~spin' : 'check'}) ${l10n.t('Plumbline')}`,
        words: status.busy
          ? l10n.t('No problems. Values are being computed.')
          : l10n.t('No problems. All values are up to date.'),
        command: 'workbench.actions.view.problems',
      };
  }
}

function problemsLook(status: Extract<Status, { kind: 'problems' }>): StatusLook {
  const { errors, warnings, busy } = status;
  const count = errors + warnings;
  const icon = busy ? 'sync~spin' : errors > 0 ? 'error' : 'warning';
  const words = count === 1 ? l10n.t('1 problem') : l10n.t('{0} problems', count);
  return {
    text: `$(${icon}) ${l10n.t('Plumbline: {0}', words)}`,
    words: busy
      ? l10n.t('{0} in the metrics of this window. Values are being computed.', words)
      : l10n.t('{0} in the metrics of this window.', words),
    command: 'workbench.actions.view.problems',
  };
}
