import {
  commands,
  Disposable,
  l10n,
  type TextEditor,
  Uri,
  ViewColumn,
  type WebviewPanel,
  window,
  workspace,
} from 'vscode';
import { type Subject, subjectAtRequest } from '../../../../server/src/protocol/index.ts';
import type { PreviewState } from '../../../webview/messages.ts';
import { isOurs } from '../../our-documents.ts';
import { soon } from '../../soon.ts';
import type { ClientContext, ClientFeature } from '../feature.ts';
import { pageOptions } from './page.ts';
import { type PreviewPanel, previewPanel } from './preview-panel.ts';

const VIEW_TYPE = 'plumbline.preview';

/** The cursor passes over a lot on its way. */
const CURSOR_MS = 100;

/**
 * Previews beside the editor: one that follows the cursor, and those that were locked. Other features show something in it by the command
 * `plumbline.openPreview` with a `Wanted`.
 */
export const preview: ClientFeature = (context) => {
  const panels = new Set<PreviewPanel>();
  const following = (): PreviewPanel | undefined =>
    [...panels].find(({ session }) => session.state?.locked !== true);
  // There is one that follows: where one is let go, another that did is kept where it is.
  const keepOthers = (released: PreviewPanel): void => {
    for (const other of panels)
      if (other !== released && other.session.state?.locked === false) other.session.change({ locked: true });
  };
  const adopt = (panel: WebviewPanel, state: PreviewState | null): PreviewPanel => {
    const made = previewPanel(context, panel, state, () => keepOthers(made));
    panels.add(made);
    panel.onDidDispose(() => {
      made.dispose();
      panels.delete(made);
    });
    return made;
  };
  const open = (): PreviewPanel => {
    const known = following();
    if (known !== undefined) {
      known.panel.reveal(undefined, true);
      return known;
    }
    const column = { viewColumn: ViewColumn.Beside, preserveFocus: true };
    const options = pageOptions(context.extension.extensionUri);
    return adopt(window.createWebviewPanel(VIEW_TYPE, l10n.t('Preview'), column, options), null);
  };
  // How often somebody has asked for something by its name: that outweighs where the cursor was before.
  let asked = 0;
  const show = (document: string, subject: Subject, section?: string): void => {
    asked++;
    open().session.show(document, subject, section);
  };
  return Disposable.from(
    ...commandsOf(context, show),
    followCursor(context, following, () => asked),
    window.registerWebviewPanelSerializer(VIEW_TYPE, {
      async deserializeWebviewPanel(panel, saved: unknown) {
        adopt(panel, stateIn(saved));
      },
    }),
    {
      // The panels stay: the editor gives them back when the window is opened again.
      dispose: () => {
        for (const each of panels) each.dispose();
      },
    },
  );
};

/** Has the preview that follows show what the cursor is on. */
function followCursor(
  context: ClientContext,
  following: () => PreviewPanel | undefined,
  asked: () => number,
): Disposable {
  let before = asked();
  const follow = soon(CURSOR_MS, async () => {
    const [editor, panel] = [window.activeTextEditor, following()];
    const isOutdated = (): boolean => following() !== panel || asked() !== before;
    if (panel === undefined || editor === undefined || !isOurs(editor.document) || isOutdated()) return;
    const subject = await subjectAt(context, editor);
    // It may have been locked, or something else asked for, meanwhile.
    if (subject === null || isOutdated()) return;
    panel.session.show(editor.document.uri.toString(), subject);
  });
  const moved = (): void => {
    before = asked();
    follow.soon();
  };
  return Disposable.from(
    follow,
    window.onDidChangeTextEditorSelection(moved),
    window.onDidChangeActiveTextEditor(moved),
  );
}

/** What the preview is asked to show, by another feature. */
interface Wanted {
  /** URI of a document of the project. */
  readonly uri: string;
  readonly subject: Subject;
}

/** The button above an editor gives the URI of its document in the place of what is wanted. */
function isWanted(value: unknown): value is Wanted {
  return typeof value === 'object' && value !== null && 'subject' in value && 'uri' in value;
}

function commandsOf(
  context: ClientContext,
  show: (document: string, subject: Subject, section?: string) => void,
): readonly Disposable[] {
  const showAtCursor = async (): Promise<void> => {
    const editor = ourEditor();
    if (editor === undefined) return;
    const subject = (await subjectAt(context, editor)) ?? { kind: 'scorecard' as const };
    show(editor.document.uri.toString(), subject);
  };
  // Of lenses; without a metric it is for whoever knows no more than the command.
  const ofMetric = (section?: string) => (metric?: string, document?: string) =>
    metric === undefined || document === undefined
      ? showAtCursor()
      : show(document, { kind: 'metric', name: metric }, section);
  return [
    commands.registerCommand('plumbline.openPreview', (wanted?: unknown) =>
      isWanted(wanted) ? show(wanted.uri, wanted.subject) : showAtCursor(),
    ),
    commands.registerCommand('plumbline.openScorecard', async (document?: string) => {
      const uri = document ?? (await projectDocument(context));
      if (uri !== undefined) show(uri, { kind: 'scorecard' });
    }),
    commands.registerCommand('plumbline.preview', ofMetric()),
    commands.registerCommand('plumbline.showSql', ofMetric('sql')),
    commands.registerCommand('plumbline.explain', ofMetric('why')),
  ];
}

/** The editor with the focus, else one that is seen: a preview may have the focus itself. */
function ourEditor(): TextEditor | undefined {
  const editors = [window.activeTextEditor, ...window.visibleTextEditors];
  return editors.find((editor) => editor !== undefined && isOurs(editor.document));
}

async function subjectAt(
  { server, log }: ClientContext,
  { document, selection }: TextEditor,
): Promise<Subject | null> {
  if (!server.running) return null;
  const { line, character } = selection.active;
  const params = { textDocument: { uri: document.uri.toString() }, position: { line, character } };
  try {
    return await server.request(subjectAtRequest, params);
  } catch (error) {
    log.warn(`What the cursor is on is not known: ${String(error)}`);
    return null;
  }
}

/** A document of a project: of the one that is edited, else of the first there is. */
async function projectDocument({ server }: ClientContext): Promise<string | undefined> {
  const editor = ourEditor();
  if (editor !== undefined) return editor.document.uri.toString();
  const [file] = await workspace.findFiles('**/plumbline.yaml', '**/node_modules/**', 1);
  if (file === undefined && server.running)
    void window.showInformationMessage(
      l10n.t('There is no project in this window: no folder has a file plumbline.yaml.'),
    );
  return file?.toString();
}

/** What a page has saved is what it was told, if it is of this version. */
function stateIn(saved: unknown): PreviewState | null {
  if (typeof saved !== 'object' || saved === null || !('state' in saved)) return null;
  const { state } = saved as { readonly state: PreviewState | null };
  const isKnown = typeof state?.document === 'string' && typeof state.subject?.kind === 'string';
  return isKnown && Uri.parse(state.document).scheme !== '' ? state : null;
}
