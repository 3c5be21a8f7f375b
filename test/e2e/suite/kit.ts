import assert from 'node:assert/strict';
import {
  ConfigurationTarget,
  commands,
  type Diagnostic,
  type Disposable,
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
import type { Shown } from '../code-server/follow-line.ts';

/** The URI of a file of the opened workspace. */
export function inWorkspace(...path: readonly string[]): Uri {
  const [folder] = workspace.workspaceFolders ?? [];
  assert.ok(folder, 'a folder is open');
  return Uris.joinPath(folder.uri, ...path);
}

/** The problems of a file as soon as they are as wanted. Waits on the editor's own event. */
export function problemsOf(
  uri: Uri,
  isWanted: (problems: readonly Diagnostic[]) => boolean,
): Promise<readonly Diagnostic[]> {
  return new Promise((done) => {
    let listening: Disposable | undefined;
    const look = (): void => {
      const problems = languages.getDiagnostics(uri);
      if (!isWanted(problems)) return;
      listening?.dispose();
      done(problems);
    };
    listening = languages.onDidChangeDiagnostics(look);
    look();
  });
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

const THEMES = { dark: 'Default Dark Modern', light: 'Default Light Modern' };

/** Does something with a document in a dark theme and in a light one. */
export async function inThemes(
  document: TextDocument,
  act: (theme: string) => Promise<unknown>,
): Promise<void> {
  const settings = workspace.getConfiguration('workbench');
  for (const [theme, label] of Object.entries(THEMES)) {
    await settings.update('colorTheme', label, ConfigurationTarget.Global);
    await window.showTextDocument(document);
    await act(theme);
  }
  await settings.update('colorTheme', undefined, ConfigurationTarget.Global);
}

/** Leaves a document as it is on disk. */
export async function revert(document: TextDocument): Promise<void> {
  await window.showTextDocument(document);
  await commands.executeCommand('workbench.action.files.revert');
}

/** Whether the editor runs in a page, whose pictures can be taken and whose keys can be pressed. */
export const hasPage = process.env.E2E_PAGE !== undefined;

/**
 * Takes a picture of the window when it shows an element with a CSS selector, and fails where it does not. Does nothing where
 * the editor does not run in a page.
 */
export async function screenshot(name: string, of: string): Promise<void> {
  if (hasPage) await ask('screenshot', { name, of });
}

/**
 * Presses keys where the focus is, and follows the line that begins with a text until it shows another value that is not marked as old.
 * Resolves to everything that it showed, from before the key on.
 */
export async function typeUntilNew(text: string, line: string): Promise<readonly Shown[]> {
  return JSON.parse(await ask('type', { text, line }));
}

async function ask(command: string, params: Record<string, string>): Promise<string> {
  const url = `${process.env.E2E_PAGE}/${command}?${new URLSearchParams(params)}`;
  const answer = await fetch(url, { method: 'POST' });
  const text = await answer.text();
  assert.ok(answer.ok, text);
  return text;
}
