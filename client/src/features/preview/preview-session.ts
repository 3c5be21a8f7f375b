import { CancellationTokenSource, type Disposable, l10n } from 'vscode';
import type { Subject } from '../../../../server/src/protocol/index.ts';
import type { PreviewState, ToPage } from '../../../webview/messages.ts';
import type { LanguageServer } from '../../language-server.ts';
import { soon } from '../../soon.ts';
import { loadPreview } from './load-preview.ts';

/** What one preview shows, and the work of keeping it up to date. */
export interface PreviewSession extends Disposable {
  readonly state: PreviewState | null;
  /** Shows something, unless it is shown already. `section` names the one to scroll to. */
  show(document: string, subject: Subject, section?: string): void;
  /** Changes how it is shown, or whether it is kept. */
  change(next: Partial<PreviewState>): void;
  /** The page listens from now on, or there is none any more: what is not seen is not made. */
  listening(isListening: boolean): void;
  /** Makes it again, at once or when nobody has asked for a moment. */
  refresh(): void;
  refreshSoon(): void;
  /** What is shown is of a text that has changed. */
  outdate(): void;
}

/** While somebody types, a preview is not made for every character. */
const TYPING_MS = 120;

/**
 * The session of a preview.
 *
 * @param post sends a message to the page
 * @param entitle is told a title for what is shown
 * @param state what was shown before a reload; null for a new one
 */
export function previewSession(
  server: LanguageServer,
  post: (message: ToPage) => void,
  entitle: (title: string) => void,
  state: PreviewState | null,
): PreviewSession {
  let shown = state;
  let isListening = false;
  let last: ToPage | undefined;
  let section: string | undefined;
  let running: CancellationTokenSource | undefined;
  const tell = (message: ToPage): void => {
    post(message);
    if (message.kind !== 'preview') return;
    entitle(titleOf(message));
    if (!message.isWhole) return;
    last = message;
    if (section !== undefined) post({ kind: 'reveal', section });
    section = undefined;
  };
  const load = async (): Promise<void> => {
    if (shown === null || !isListening) return;
    running?.cancel();
    running = new CancellationTokenSource();
    post({ kind: 'stale' });
    // Not waited for: whatever comes next cancels it.
    void loadPreview(server, shown, running.token, tell);
  };
  const loading = soon(TYPING_MS, load);
  const replace = (next: PreviewState): void => {
    shown = next;
    post({ kind: 'state', state: next });
  };
  return {
    get state() {
      return shown;
    },
    show(document, subject, at) {
      section = at;
      if (isShown(shown, document, subject)) {
        if (at !== undefined) post({ kind: 'reveal', section: at });
        return;
      }
      replace({ document, subject, locked: shown?.locked ?? false });
      loading.now();
    },
    change(next) {
      if (shown === null) return;
      replace({ ...shown, ...next });
      if (next.locked === undefined) loading.now();
    },
    listening(next) {
      isListening = next;
      if (!next) return running?.cancel();
      post({ kind: 'state', state: shown });
      if (last !== undefined) post(last);
      loading.now();
    },
    refresh: loading.now,
    refreshSoon: loading.soon,
    outdate() {
      running?.cancel();
      post({ kind: 'stale' });
      loading.soon();
    },
    dispose() {
      running?.cancel();
      loading.dispose();
    },
  };
}

function isShown(state: PreviewState | null, document: string, subject: Subject): boolean {
  return (
    state !== null && state.document === document && JSON.stringify(state.subject) === JSON.stringify(subject)
  );
}

function titleOf({ preview }: Extract<ToPage, { kind: 'preview' }>): string {
  const label =
    preview.kind === 'scorecard'
      ? (preview.file ?? preview.project ?? l10n.t('Scorecard'))
      : preview.about.label;
  return l10n.t('Preview: {0}', label);
}
