import type { WorkspaceEdit, TextEdit as WrittenEdit } from 'vscode-languageserver';
import type { TextEdit } from '../core/base/problem.ts';
import type { Snapshot } from './snapshot.ts';

/** Edits of several files in the client's terms. */
export function workspaceEditOf(snapshot: Snapshot, edits: readonly TextEdit[]): WorkspaceEdit {
  const changes: Record<string, WrittenEdit[]> = {};
  for (const edit of edits) {
    const { uri, range } = snapshot.location(edit);
    const ofFile = changes[uri] ?? [];
    changes[uri] = ofFile;
    ofFile.push({ range, newText: edit.text });
  }
  return { changes };
}
