import { commands, env, l10n, type WebviewPanel } from 'vscode';
import { rowsRequest } from '../../../../server/src/protocol/index.ts';
import type { Action, FromPage, ToPage } from '../../../webview/messages.ts';
import type { ClientContext } from '../feature.ts';
import { openPlace } from './open-place.ts';
import type { PreviewSession } from './preview-session.ts';
import { savePicture } from './save-picture.ts';

/** Does what the page of a preview asks for, but what is about the panel. Rejects where it cannot be done. */
export async function answerPage(
  context: ClientContext,
  panel: WebviewPanel,
  session: PreviewSession,
  message: FromPage,
): Promise<void> {
  const post = (answer: ToPage): void => void panel.webview.postMessage(answer);
  const { state } = session;
  switch (message.kind) {
    case 'ready':
      return session.listening(true);
    case 'open':
      return openPlace(message.at, panel.viewColumn);
    case 'show':
      return state === null ? undefined : session.show(state.document, message.subject);
    case 'choose': {
      const { kind: _, ...choice } = message;
      return session.change(choice);
    }
    case 'lock':
      return session.change({ locked: message.locked });
    case 'rows':
      return state === null ? undefined : showRows(context, state.document, message, post);
    case 'copy':
      await env.clipboard.writeText(message.text);
      return post({ kind: 'told', what: l10n.t('Copied as {0}', message.what) });
    case 'savePicture': {
      const path = await savePicture(state?.document, message.name, message.png);
      return path === undefined ? undefined : post({ kind: 'told', what: l10n.t('Saved to {0}', path) });
    }
    case 'act':
      return act(context, session, message.action);
  }
}

async function showRows(
  { server }: ClientContext,
  uri: string,
  { source, offset }: Extract<FromPage, { kind: 'rows' }>,
  post: (answer: ToPage) => void,
): Promise<void> {
  const rows = await server.request(rowsRequest, { textDocument: { uri }, source, offset });
  if (rows === null) return;
  if ('unavailable' in rows) post({ kind: 'refused', text: rows.unavailable });
  else post({ kind: 'rows', source, rows });
}

async function act(
  { server, log }: ClientContext,
  session: PreviewSession,
  action: Action['id'],
): Promise<void> {
  switch (action) {
    case 'restart':
      return server.restart();
    case 'trust':
      await commands.executeCommand('workbench.trust.manage');
      return;
    case 'log':
      return log.show();
    case 'retry':
      return session.refresh();
  }
}
