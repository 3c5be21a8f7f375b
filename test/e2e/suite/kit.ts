import assert from 'node:assert/strict';
import {
  ColorThemeKind,
  ConfigurationTarget,
  commands,
  type Diagnostic,
  type Disposable,
  Disposable as Disposables,
  type Event,
  type InlayHint,
  languages,
  Range,
  type TextDocument,
  TextEditorRevealType,
  type Uri,
  Uri as Uris,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';

/** The URI of a file of the opened workspace. */
export function inWorkspace(...path: readonly string[]): Uri {
  const [folder] = workspace.workspaceFolders ?? [];
  assert.ok(folder, 'a folder is open');
  return Uris.joinPath(folder.uri, ...path);
}

/** The problems of a file as soon as they are as wanted. Waits on the editor's own event. */
export async function problemsOf(
  uri: Uri,
  isWanted: (problems: readonly Diagnostic[]) => boolean,
): Promise<readonly Diagnostic[]> {
  await until(languages.onDidChangeDiagnostics, () => isWanted(languages.getDiagnostics(uri)));
  return languages.getDiagnostics(uri);
}

/** The range of a text that occurs once in a document. */
export function rangeOf(document: TextDocument, text: string): Range {
  const parts = document.getText().split(text);
  assert.equal(parts.length, 2, `"${text}" occurs once`);
  const start = parts[0]?.length ?? 0;
  return new Range(document.positionAt(start), document.positionAt(start + text.length));
}

/** Replaces a range, as typing does: the document is dirty afterwards. */
export async function replace(document: TextDocument, range: Range, text: string): Promise<void> {
  const edit = new WorkspaceEdit();
  edit.replace(document.uri, range, text);
  assert.ok(await workspace.applyEdit(edit));
}

/** The labels of the hints of a document, by line. */
export async function hintsOf(document: TextDocument): Promise<ReadonlyMap<number, string>> {
  const whole = new Range(0, 0, document.lineCount, 0);
  const hints = await commands.executeCommand<InlayHint[]>(
    'vscode.executeInlayHintProvider',
    document.uri,
    whole,
  );
  return new Map(hints.map(({ position, label }) => [position.line, String(label).trim()]));
}

/** The hint of the line in which a text occurs once, as soon as it is as wanted. The editor tells nobody of new hints: each answer is the event. */
export async function hintBeside(document: TextDocument, text: string, wanted: RegExp): Promise<string> {
  for (;;) {
    const hint = (await hintsOf(document)).get(rangeOf(document, text).start.line);
    if (hint !== undefined && wanted.test(hint)) return hint;
  }
}

/** Scrolls the active editor to a text. */
export function reveal(text: string): void {
  const editor = window.activeTextEditor;
  assert.ok(editor);
  editor.revealRange(rangeOf(editor.document, text), TextEditorRevealType.InCenter);
}

const THEMES = {
  dark: ['Default Dark Modern', ColorThemeKind.Dark],
  light: ['Default Light Modern', ColorThemeKind.Light],
  'dark-contrast': ['Default High Contrast', ColorThemeKind.HighContrast],
  'light-contrast': ['Default High Contrast Light', ColorThemeKind.HighContrastLight],
} as const;

/**
 * Does something in a dark theme, a light one, and one of high contrast of each.
 *
 * @param act is given the theme's name, which suits the name of a picture
 */
export async function inThemes(act: (theme: keyof typeof THEMES) => Promise<unknown>): Promise<void> {
  const settings = workspace.getConfiguration('workbench');
  for (const theme of ['dark', 'light', 'dark-contrast', 'light-contrast'] as const) {
    const [label, wanted] = THEMES[theme];
    await settings.update('colorTheme', label, ConfigurationTarget.Global);
    await until(window.onDidChangeActiveColorTheme, () => window.activeColorTheme.kind === wanted);
    await act(theme);
  }
  await settings.update('colorTheme', undefined, ConfigurationTarget.Global);
}

/** Resolves as soon as something holds, which can only change with an event. */
export function until(event: Event<unknown>, holds: () => boolean): Promise<void> {
  return new Promise((done) => {
    let listening: Disposable | undefined;
    const look = (): void => {
      if (!holds()) return;
      listening?.dispose();
      done();
    };
    listening = event(look);
    look();
  });
}

/** Resolves when the active editor has a text selected. Which editor is active may change after its selection, or before. */
export async function untilSelected(text: string): Promise<void> {
  const either: Event<unknown> = (listener) =>
    Disposables.from(
      window.onDidChangeTextEditorSelection(listener),
      window.onDidChangeActiveTextEditor(listener),
    );
  await until(either, () => {
    const editor = window.activeTextEditor;
    return editor?.document.getText(editor.selection) === text;
  });
}

/** Leaves a document as it is on disk. */
export async function revert(document: TextDocument): Promise<void> {
  await window.showTextDocument(document);
  await commands.executeCommand('workbench.action.files.revert');
}
