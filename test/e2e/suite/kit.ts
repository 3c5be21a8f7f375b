import assert from 'node:assert/strict';
import {
  type Diagnostic,
  type Disposable,
  languages,
  Range,
  type TextDocument,
  type Uri,
  Uri as Uris,
  WorkspaceEdit,
  workspace,
} from 'vscode';

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

/**
 * Takes a picture of the window when it shows an element with a CSS selector, and fails where it does not. Does nothing where
 * the editor does not run in a page.
 */
export async function screenshot(name: string, of: string): Promise<void> {
  const page = process.env.E2E_PAGE;
  if (page === undefined) return;
  const answer = await fetch(`${page}/screenshot?${new URLSearchParams({ name, of })}`, { method: 'POST' });
  assert.ok(answer.ok, await answer.text());
}
