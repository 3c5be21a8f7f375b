import { type DocumentHighlight, DocumentHighlightKind, type Location } from 'vscode-languageserver';
import { highlights, references as referencesAt } from '../../core/ide/references.ts';
import { answer } from '../answer.ts';
import type { Feature } from '../feature.ts';

/** Every place where something is named, in all files of the project. */
export const references: Feature = {
  capabilities: { referencesProvider: true },
  register(context) {
    context.connection.onReferences(({ textDocument, position, context: { includeDeclaration } }, token) =>
      answer(context, textDocument.uri, token, (snapshot): Location[] | undefined => {
        const at = snapshot.at(textDocument.uri, position);
        if (at === undefined) return undefined;
        return referencesAt(snapshot.context, at.file, at.offset)
          .filter(({ declares }) => includeDeclaration || !declares)
          .map((place) => snapshot.location(place));
      }),
    );
  },
};

/** The places in the same document. */
export const documentHighlight: Feature = {
  capabilities: { documentHighlightProvider: true },
  register(context) {
    context.connection.onDocumentHighlight(({ textDocument, position }, token) =>
      answer(context, textDocument.uri, token, (snapshot): DocumentHighlight[] | undefined => {
        const at = snapshot.at(textDocument.uri, position);
        if (at === undefined) return undefined;
        return highlights(at.context, snapshot.files(textDocument.uri), at.file, at.offset).map((place) => ({
          range: snapshot.range(place),
          kind: place.access === 'write' ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
        }));
      }),
    );
  },
};
