import type { DocumentLink } from 'vscode-languageserver';
import { documentLinks, type DocumentLink as Link } from '../../core/ide/document-links.ts';
import { answer } from '../answer.ts';
import type { Feature } from '../feature.ts';
import type { Snapshot } from '../snapshot.ts';
import { uriOfPath } from '../uris.ts';

/** Links to data files, and from a deprecated metric to the one that replaces it. */
export const documentLink: Feature = {
  capabilities: { documentLinkProvider: { resolveProvider: false } },
  register(context) {
    context.connection.onDocumentLinks(({ textDocument }, token) =>
      answer(context, textDocument.uri, token, (snapshot) =>
        snapshot
          .files(textDocument.uri)
          .flatMap((file) => documentLinks(snapshot.context, file).map((link) => toLsp(snapshot, link))),
      ),
    );
  },
};

function toLsp(snapshot: Snapshot, link: Link): DocumentLink {
  return { range: snapshot.range(link), target: targetOf(snapshot, link), tooltip: link.tooltip };
}

/** A place in a file is written behind its URI, in the way that editors have in common: lines and columns from 1. */
function targetOf(snapshot: Snapshot, { to }: Link): string {
  if ('path' in to) return uriOfPath(to.path);
  const { uri, range } = snapshot.location(to.place);
  return `${uri}#L${range.start.line + 1},${range.start.character + 1}`;
}
