import { Disposable, type WebviewPanel, workspace } from 'vscode';
import type { FromPage, PreviewState, ToPage } from '../../../webview/messages.ts';
import { isOurs } from '../../our-documents.ts';
import type { ClientContext } from '../feature.ts';
import { answerPage } from './answer-page.ts';
import { isInProject } from './is-in-project.ts';
import { notRunning } from './load-preview.ts';
import { pageHtml, pageOptions } from './page.ts';
import { type PreviewSession, previewSession } from './preview-session.ts';

/** A preview beside the editor. */
export interface PreviewPanel extends Disposable {
  readonly panel: WebviewPanel;
  readonly session: PreviewSession;
}

/**
 * Fills a panel with a preview and keeps it up to date, as long as it is seen.
 *
 * @param state what it showed before a reload; null for a new one
 * @param released is told when it follows the cursor again
 */
export function previewPanel(
  context: ClientContext,
  panel: WebviewPanel,
  state: PreviewState | null,
  released: () => void,
): PreviewPanel {
  const { extension, log } = context;
  const session = previewSession(
    context.server,
    (message) => void panel.webview.postMessage(message),
    (title) => {
      panel.title = title;
    },
    state,
  );
  const receive = async (message: FromPage): Promise<void> => {
    try {
      await answerPage(context, panel, session, message);
      if (message.kind === 'lock' && !message.locked) released();
    } catch (error) {
      log.error(`A preview could not do "${message.kind}": ${String(error)}`);
      const text = error instanceof Error ? error.message : String(error);
      const refused: ToPage = { kind: 'refused', text };
      void panel.webview.postMessage(refused);
    }
  };
  const listening = Disposable.from(
    session,
    panel.webview.onDidReceiveMessage(receive),
    // The page of a panel that is not seen is taken away, and says so when it is there again.
    panel.onDidChangeViewState(() => {
      if (!panel.visible) session.listening(false);
    }),
    keepCurrent(context, panel, session),
  );
  panel.webview.options = pageOptions(extension.extensionUri);
  panel.webview.html = pageHtml(panel.webview, extension.extensionUri);
  return { panel, session, dispose: () => listening.dispose() };
}

/** Makes a preview again with everything that may change it. */
function keepCurrent({ server }: ClientContext, panel: WebviewPanel, session: PreviewSession): Disposable {
  return Disposable.from(
    server.onChanged(({ project }) => {
      const { state } = session;
      if (state !== null && isInProject(state.document, project)) session.refreshSoon();
    }),
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0 && isOurs(document)) session.outdate();
    }),
    server.onState(() => {
      if (server.running) session.refresh();
      else void panel.webview.postMessage(notRunning(server));
    }),
    workspace.onDidGrantWorkspaceTrust(() => session.refreshSoon()),
  );
}
