import { type TextEditor, ViewColumn, window } from 'vscode';
import type { Location } from '../../../../server/src/protocol/index.ts';
import { rangeFrom, uriFrom } from '../../from-protocol.ts';

/** Shows a place in an editor that is not where the preview is: in the one that shows its document, else beside. */
export async function openPlace(at: Location, preview: ViewColumn | undefined): Promise<void> {
  const uri = uriFrom(at.uri);
  const selection = rangeFrom(at.range);
  const shows = ({ document }: TextEditor): boolean => document.uri.toString() === uri.toString();
  const beside = preview === ViewColumn.One ? ViewColumn.Beside : ViewColumn.One;
  const viewColumn = window.visibleTextEditors.find(shows)?.viewColumn ?? beside;
  await window.showTextDocument(uri, { selection, viewColumn });
}
