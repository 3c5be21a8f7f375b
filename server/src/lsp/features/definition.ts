import {
  type Location,
  type LocationLink,
  Range,
  type TextDocumentPositionParams,
} from 'vscode-languageserver';
import { type Destination, definitionAt, type Origin, typeDefinitionAt } from '../../core/ide/definition.ts';
import { answer } from '../answer.ts';
import type { Feature } from '../feature.ts';
import type { At, Snapshot } from '../snapshot.ts';
import { uriOfPath } from '../uris.ts';

/** Where a name is declared. */
export const definition: Feature = {
  capabilities: { definitionProvider: true },
  register(context) {
    context.connection.onDefinition((params, token) =>
      answer(context, params.textDocument.uri, token, (snapshot) => {
        const links = context.client().textDocument?.definition?.linkSupport === true;
        return linksOf(snapshot, params, links, ({ context: ide, file, offset }) =>
          definitionAt(ide, file, offset),
        );
      }),
    );
  },
};

/** Where the kind of thing that a name stands for is described: the source of a metric, the metric of a target. */
export const typeDefinition: Feature = {
  capabilities: { typeDefinitionProvider: true },
  register(context) {
    context.connection.onTypeDefinition((params, token) =>
      answer(context, params.textDocument.uri, token, (snapshot) => {
        const links = context.client().textDocument?.typeDefinition?.linkSupport === true;
        return linksOf(snapshot, params, links, ({ context: ide, file, offset }) =>
          typeDefinitionAt(ide, file, offset),
        );
      }),
    );
  },
};

/** Links say from which characters they start; a client that cannot read them gets places. */
function linksOf(
  snapshot: Snapshot,
  { textDocument, position }: TextDocumentPositionParams,
  linkSupport: boolean,
  originAt: (at: At) => Origin | undefined,
): LocationLink[] | Location[] | undefined {
  const at = snapshot.at(textDocument.uri, position);
  const origin = at && originAt(at);
  if (origin === undefined) return undefined;
  const targets = origin.to.map((destination) => targetOf(snapshot, destination));
  const originSelectionRange = snapshot.range(origin);
  if (linkSupport) return targets.map((target) => ({ ...target, originSelectionRange }));
  return targets.map(({ targetUri, targetSelectionRange }) => ({
    uri: targetUri,
    range: targetSelectionRange,
  }));
}

function targetOf(snapshot: Snapshot, destination: Destination): LocationLink {
  if (destination.kind === 'data') {
    const start = Range.create(0, 0, 0, 0);
    return { targetUri: uriOfPath(destination.path), targetRange: start, targetSelectionRange: start };
  }
  const { uri, range } = snapshot.location(destination);
  const targetRange = snapshot.range({ file: destination.file, span: destination.whole });
  return { targetUri: uri, targetRange, targetSelectionRange: range };
}
