import { CancellationTokenSource, type Disposable, l10n } from 'vscode';
import type { Preview, Subject } from '../../../../server/src/protocol/index.ts';
import type { PreviewState, ToPage } from '../../../webview/messages.ts';
import type { LanguageServer } from '../../language-server.ts';
import { type Soon, soon } from '../../soon.ts';
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
  const tell = (message: ToPage): void => {
    post(message);
    if (message.kind !== 'preview') return;
    entitle(titleOf(message));
    if (!message.isWhole) return;
    last = message;
    if (section !== undefined) post({ kind: 'reveal', section });
    section = undefined;
  };
  const loading = loader(server, () => (isListening ? shown : null), tell);
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
      if (!isShown(shown, document, subject)) {
        last = undefined;
        replace({ document, subject, locked: shown?.locked ?? false });
        loading.now();
      } else if (at !== undefined) post({ kind: 'reveal', section: at });
    },
    change(next) {
      if (shown === null) return;
      replace({ ...shown, ...next });
      if (next.locked === undefined) loading.now();
    },
    listening(next) {
      isListening = next;
      if (!next) return loading.cancel();
      post({ kind: 'state', state: shown });
      if (last !== undefined) post(last);
      loading.now();
    },
    refresh: loading.now,
    refreshSoon: loading.soon,
    outdate() {
      loading.cancel();
      post({ kind: 'stale' });
      loading.soon();
    },
    dispose: loading.dispose,
  };
}

/** Loads what is to be shown, if anything is: whatever is asked for next cancels what runs. */
function loader(
  server: LanguageServer,
  current: () => PreviewState | null,
  tell: (message: ToPage) => void,
): Soon & { cancel(): void } {
  let running: CancellationTokenSource | undefined;
  const cancel = (): void => running?.cancel();
  const loading = soon(TYPING_MS, async () => {
    const state = current();
    if (state === null) return;
    cancel();
    running = new CancellationTokenSource();
    tell({ kind: 'stale' });
    // Not waited for, so that it can be cancelled by the next.
    void loadPreview(server, state, running.token, tell);
  });
  return {
    ...loading,
    cancel,
    dispose() {
      cancel();
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
  if (preview.kind !== 'comparison') return l10n.t('Preview: {0}', labelOf(preview));
  const [only] = preview.metric === null ? [] : preview.metrics;
  return only === undefined
    ? l10n.t('Changes since {0}', preview.before)
    : l10n.t('{0} since {1}', only.label, preview.before);
}

function labelOf(preview: Exclude<Preview, { kind: 'comparison' }>): string {
  return preview.kind === 'scorecard'
    ? (preview.file ?? preview.project ?? l10n.t('Scorecard'))
    : preview.about.label;
}
