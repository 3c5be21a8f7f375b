import {
  DocumentFormattingRequest,
  DocumentOnTypeFormattingRequest,
  DocumentRangeFormattingRequest,
  type TextEdit,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { formatRange } from '../../core/format/format-range.ts';
import { formatText } from '../../core/format/format-text.ts';
import { indentLine } from '../../core/format/indent-line.ts';
import { type LineEdit, lineEdits } from '../../core/format/line-edits.ts';
import type { SchemaKind } from '../../core/schema/json-schema.ts';
import { SETTINGS_FILE } from '../../core/workspace/walk.ts';
import type { Feature } from '../feature.ts';

/**
 * The canonical form of a document, of the definitions in a range of it, and the indentation of a new line. Only the text counts, so
 * that no project is looked at and documents that are not saved are formatted too.
 */
export const formatting: Feature = {
  capabilities: {
    documentFormattingProvider: true,
    documentRangeFormattingProvider: true,
    documentOnTypeFormattingProvider: { firstTriggerCharacter: '\n' },
  },
  register({ connection, documents }) {
    connection.onRequest(DocumentFormattingRequest.type, ({ textDocument }) => {
      const document = documents.get(textDocument.uri);
      return document && changes(document, formatText(kindOf(document), document.getText()).text);
    });
    connection.onRequest(DocumentRangeFormattingRequest.type, ({ textDocument, range: { start, end } }) => {
      const document = documents.get(textDocument.uri);
      // A range that ends at the start of a line does not touch it.
      const last = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
      const lines = { first: start.line, last };
      return document && changes(document, formatRange(kindOf(document), document.getText(), lines));
    });
    connection.onRequest(DocumentOnTypeFormattingRequest.type, ({ textDocument, position, ch }) => {
      const document = documents.get(textDocument.uri);
      if (document === undefined || ch !== '\n') return null;
      const edit = indentLine(document.getText(), document.offsetAt(position));
      return edit && [toTextEdit(document, edit)];
    });
  },
};

function kindOf({ uri }: TextDocument): SchemaKind {
  return uri.endsWith(`/${SETTINGS_FILE}`) ? 'project' : 'metrics';
}

function changes(document: TextDocument, text: string): TextEdit[] {
  return lineEdits(document.getText(), text).map((edit) => toTextEdit(document, edit));
}

function toTextEdit(document: TextDocument, { span, text }: LineEdit): TextEdit {
  const range = { start: document.positionAt(span.start), end: document.positionAt(span.end) };
  return { range, newText: text };
}
