import { type Range, type SemanticTokens, SemanticTokensBuilder } from 'vscode-languageserver';
import type { Span } from '../../core/base/span.ts';
import type { IdeFile } from '../../core/ide/ide-context.ts';
import {
  type SemanticToken,
  TOKEN_MODIFIERS,
  TOKEN_TYPES,
  semanticTokens as tokensOf,
} from '../../core/ide/semantic-tokens.ts';
import { answer } from '../answer.ts';
import type { Feature } from '../feature.ts';
import type { At, Snapshot } from '../snapshot.ts';

/** `textDocument/semanticTokens`, of whole documents and of ranges. */
export const semanticTokens: Feature = {
  capabilities: {
    semanticTokensProvider: {
      legend: { tokenTypes: [...TOKEN_TYPES], tokenModifiers: [...TOKEN_MODIFIERS] },
      full: true,
      range: true,
    },
  },
  register(context) {
    const { semanticTokens: requests } = context.connection.languages;
    const none = { data: [] };
    requests.on(async ({ textDocument: { uri } }, token) => {
      const found = await answer(context, uri, token, (snapshot) => encoded(snapshot, uri, undefined));
      return found ?? none;
    });
    requests.onRange(async ({ textDocument: { uri }, range }, token) => {
      const found = await answer(context, uri, token, (snapshot) => encoded(snapshot, uri, range));
      return found ?? none;
    });
  },
};

/** The tokens of a document's files, or those in a range of it, each once: the head of a document stands in each of its files. */
function encoded(snapshot: Snapshot, uri: string, range: Range | undefined): SemanticTokens {
  const placed = new Map<string, { readonly at: Range; readonly token: SemanticToken }>();
  for (const { file, within } of partsOf(snapshot, uri, range)) {
    for (const token of tokensOf(snapshot.context, file, within)) {
      const at = snapshot.range({ file: file.file.path, span: token.span });
      placed.set(`${at.start.line} ${at.start.character}`, { at, token });
    }
  }
  const builder = new SemanticTokensBuilder();
  for (const { at, token } of [...placed.values()].sort((a, b) => before(a.at, b.at))) {
    const { line, character } = at.start;
    const length = at.end.character - character;
    builder.push(line, character, length, TOKEN_TYPES.indexOf(token.type), modifierBits(token));
  }
  return builder.build();
}

function before(a: Range, b: Range): number {
  return a.start.line - b.start.line || a.start.character - b.start.character;
}

/** The files of a document that a range touches, each with the part that is in the range. */
function partsOf(
  snapshot: Snapshot,
  uri: string,
  range: Range | undefined,
): readonly { readonly file: IdeFile; readonly within: Span | undefined }[] {
  const files = snapshot.files(uri);
  const [from, to] = [range && snapshot.at(uri, range.start), range && snapshot.at(uri, range.end)];
  if (from === undefined || to === undefined) return files.map((file) => ({ file, within: undefined }));
  const indexOf = ({ file }: At): number => files.findIndex(({ file: { path } }) => path === file.file.path);
  const [first, last] = [indexOf(from), indexOf(to)];
  return files.slice(first, last + 1).map((file, index) => ({
    file,
    within: {
      start: index === 0 ? from.offset : 0,
      end: first + index === last ? to.offset : file.file.text.length,
    },
  }));
}

function modifierBits({ modifiers }: SemanticToken): number {
  return modifiers.reduce((bits, modifier) => bits | (1 << TOKEN_MODIFIERS.indexOf(modifier)), 0);
}
