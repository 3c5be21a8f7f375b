import { type CancellationToken, l10n, Uri, workspace } from 'vscode';
import {
  type Preview,
  type PreviewParams,
  previewRequest,
  type Unavailable,
} from '../../../../server/src/protocol/index.ts';
import type { Action, PreviewState, ToPage } from '../../../webview/messages.ts';
import { DISK } from '../../has-files.ts';
import type { LanguageServer } from '../../language-server.ts';

/**
 * Asks for a preview and tells what there is of it, as soon as it is there: what a page is told. Tells nothing any more once it is cancelled.
 * Never rejects: what goes wrong is told too.
 */
export async function loadPreview(
  server: LanguageServer,
  state: PreviewState,
  token: CancellationToken,
  tell: (message: ToPage) => void,
): Promise<void> {
  const say = (message: ToPage): void => {
    if (!token.isCancellationRequested) tell(message);
  };
  if (!server.running) return say(notRunning(server));
  const part = (preview: Preview | Unavailable | null): void => {
    if (preview !== null && 'kind' in preview) say(shown(preview, false));
  };
  const progress = (percent: number): void => say({ kind: 'progress', percent });
  try {
    const preview = await server.request(previewRequest, paramsOf(state), { token, part, progress });
    if (preview === null) say(noAnswer(state));
    else if ('kind' in preview) say(shown(preview, true));
    else say({ kind: 'failure', text: preview.unavailable, action: actionFor(preview.unavailable) });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const action = { id: 'retry', label: l10n.t('Try Again') } as const;
    say({ kind: 'failure', text: l10n.t('The preview could not be made: {0}', reason), action });
  }
}

function paramsOf({ document, subject, by, grain }: PreviewState): PreviewParams {
  return {
    textDocument: { uri: document },
    subject,
    ...(by === undefined ? {} : { by }),
    ...(grain === undefined ? {} : { grain }),
  };
}

function shown(preview: Preview, isWhole: boolean): ToPage {
  const { unavailable } = 'about' in preview ? preview.about : preview;
  return { kind: 'preview', preview, isWhole, action: actionFor(unavailable) };
}

/** Why nothing can be shown where the language server does not run. */
export function notRunning(server: LanguageServer): ToPage {
  if (server.phase === 'starting')
    return { kind: 'failure', text: l10n.t('The language server is starting.'), action: null };
  return {
    kind: 'failure',
    text: l10n.t('The language server is not running, so that nothing newer can be shown.'),
    action: { id: 'restart', label: l10n.t('Restart Language Server') },
  };
}

/** The server has an answer for every file on disk, unless it has a defect, which its log tells. */
function noAnswer({ document }: PreviewState): ToPage {
  if (Uri.parse(document).scheme !== DISK)
    return {
      kind: 'failure',
      text: l10n.t(
        'This file is not on a disk that Plumbline can read. Save it in a folder to see its preview.',
      ),
      action: { id: 'retry', label: l10n.t('Try Again') },
    };
  return {
    kind: 'failure',
    text: l10n.t('The preview could not be made. The log says why.'),
    action: { id: 'log', label: l10n.t('Show Log') },
  };
}

/** What can be done where something is not available: most often it is that the workspace is not trusted. */
function actionFor(unavailable: string | null): Action | null {
  if (unavailable === null || workspace.isTrusted) return null;
  return { id: 'trust', label: l10n.t('Manage Workspace Trust') };
}
