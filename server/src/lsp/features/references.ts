import { type DocumentHighlight, DocumentHighlightKind, type Location } from 'vscode-languageserver';
import { filesNaming, highlights, references as referencesAt } from '../../core/ide/references.ts';
import { answer } from '../answer.ts';
import type { Feature } from '../feature.ts';

/** Every place where something is named, in all files of the project. */
export const references: Feature = {
  capabilities: { referencesProvider: true },
  register(server) {
    server.connection.onReferences(({ textDocument, position, context: { includeDeclaration } }, token) =>
      answer(server, textDocument.uri, token, (snapshot): Location[] | undefined => {
        const at = snapshot.at(textDocument.uri, position);
        if (at === undefined) return undefined;
        const { files } = snapshot.analysis.loaded.project;
        const context = snapshot.around(filesNaming(at.context, files, at.file, at.offset));
        return referencesAt(context, at.file, at.offset)
          .filter(({ declares }) => includeDeclaration || !declares)
          .map((place) => snapshot.location(place));
      }),
    );
  },
};

/** The places in the same document. */
export const documentHighlight: Feature = {
  capabilities: { documentHighlightProvider: true },
  register(server) {
    server.connection.onDocumentHighlight(({ textDocument, position }, token) =>
      answer(server, textDocument.uri, token, (snapshot): DocumentHighlight[] | undefined => {
        const at = snapshot.at(textDocument.uri, position);
        if (at === undefined) return undefined;
        const own = snapshot.files(textDocument.uri).map(({ file }) => file);
        const files = filesNaming(at.context, own, at.file, at.offset);
        return highlights(snapshot.around(files), files, at.file, at.offset).map((place) => ({
          range: snapshot.range(place),
          kind: place.access === 'write' ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
        }));
      }),
    );
  },
};
