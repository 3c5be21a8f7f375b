import {
  type CancellationToken,
  type ClientCapabilities,
  type CompletionItem,
  CompletionItemKind,
  CompletionItemTag,
  type CompletionList,
  type CompletionParams,
  InsertTextFormat,
  InsertTextMode,
  MarkupKind,
  type Range,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Span } from '../../core/base/span.ts';
import {
  type CompletionOptions,
  complete,
  completeSettings,
  completionFolder,
  completionNeeds,
} from '../../core/ide/completion/complete.ts';
import type * as ide from '../../core/ide/completion/item.ts';
import { columnBelow } from '../../core/ide/completion/line-cursor.ts';
import { resolveCompletion } from '../../core/ide/completion/resolve.ts';
import { problemKinds } from '../../core/registry.ts';
import { leadsOut } from '../../core/workspace/inside-root.ts';
import { SETTINGS_FILE } from '../../core/workspace/walk.ts';
import { answer } from '../answer.ts';
import type { Feature, ServerContext } from '../feature.ts';
import type { At, Snapshot } from '../snapshot.ts';

/**
 * What can be written at the cursor. Triggers are the characters behind which something is about to begin: a value behind
 * `: `, a path behind a dot or slash, a text behind a quote, an item behind a bracket or comma.
 */
export const completion: Feature = {
  capabilities: {
    completionProvider: {
      resolveProvider: true,
      triggerCharacters: [' ', '.', "'", '"', '/', '[', '{', '(', ','],
    },
  },
  register(context) {
    const { connection } = context;
    connection.onCompletion((params, token) =>
      answer(context, params.textDocument.uri, token, (snapshot) => listAt(context, snapshot, params, token)),
    );
    connection.onCompletionResolve(async (item, token): Promise<CompletionItem> => {
      const data = dataOf(item);
      if (data === undefined) return item;
      const documented = await answer(context, data.uri, token, ({ context: project }) => {
        const text = resolveCompletion(project, data.item, problemKinds);
        return text === undefined ? item : withDocumentation(context.client(), item, text);
      });
      return documented ?? item;
    });
  },
};

/** What travels with an item and comes back when its documentation is asked for. */
interface Data {
  readonly uri: string;
  readonly item: ide.CompletionData;
}

async function listAt(
  server: ServerContext,
  snapshot: Snapshot,
  { textDocument: { uri }, position, context }: CompletionParams,
  token: CancellationToken,
): Promise<CompletionList | undefined> {
  const document = server.documents.get(uri);
  const typed = context?.triggerCharacter;
  const base: CompletionOptions = { problemKinds, ...(typed === undefined ? {} : { typed }) };
  if (document !== undefined && uri.endsWith(`/${SETTINGS_FILE}`)) {
    const list = completeSettings(snapshot.context, document.getText(), document.offsetAt(position), base);
    return toList(server, uri, list, (span) => rangeIn(document, span));
  }
  const at = snapshot.at(uri, position);
  if (at === undefined) return undefined;
  const needs = completionNeeds(at.context, at.file, at.offset);
  if (needs.length > 0) await snapshot.ensure(needs, token);
  if (token.isCancellationRequested) return undefined;
  const options = { ...base, ...(await surroundings(server, snapshot, at, uri, document, position.line)) };
  // Asked for again, the context has the numbers that are there by now.
  const known = needs.length > 0 ? snapshot.around([at.file]) : at.context;
  const list = complete(known, at.file, at.offset, options);
  return toList(server, uri, list, (span) => snapshot.range({ file: at.file.file.path, span }));
}

/** What completion has to know beyond the text of the unit: folders, and what stands around it in the document. */
async function surroundings(
  { fs }: ServerContext,
  snapshot: Snapshot,
  at: At,
  uri: string,
  document: TextDocument | undefined,
  line: number,
): Promise<CompletionOptions> {
  const named = completionFolder(at.context, at.file, at.offset);
  const isOutside = named !== undefined && (await leadsOut(fs, at.context.checked.project.folder, named));
  const folder = isOutside ? undefined : named;
  // The first unit of a document is its top level.
  const top = snapshot.files(uri)[0]?.tree.root;
  const topKeys = top?.kind === 'map' ? top.entries.map(({ key }) => key.text) : [];
  return {
    topKeys,
    ...(folder === undefined ? {} : { entries: await fs.list(folder) }),
    ...(document === undefined
      ? {}
      : { below: columnBelow(document.getText(), document.offsetAt({ line: line + 1, character: 0 })) }),
  };
}

function rangeIn(document: TextDocument, { start, end }: Span): Range {
  return { start: document.positionAt(start), end: document.positionAt(end) };
}

function toList(
  server: ServerContext,
  uri: string,
  { items, isIncomplete }: ide.CompletionList,
  range: (span: Span) => Range,
): CompletionList {
  const client = server.client();
  return { isIncomplete, items: items.map((item) => toItem(client, uri, item, range)) };
}

function toItem(
  client: ClientCapabilities,
  uri: string,
  { label, kind, detail, edit, snippet, sortText, filterText, deprecated, data }: ide.CompletionItem,
  range: (span: Span) => Range,
): CompletionItem {
  const can = client.textDocument?.completion?.completionItem;
  const isSnippet = snippet !== undefined && can?.snippetSupport === true;
  // Lines of an item carry their whole indentation, since the first one may stand elsewhere than the cursor.
  const asIs = can?.insertTextModeSupport?.valueSet.includes(InsertTextMode.asIs) === true;
  const isTagged = can?.tagSupport?.valueSet.includes(CompletionItemTag.Deprecated) === true;
  const sent: Data | undefined = data === undefined ? undefined : { uri, item: data };
  return {
    label,
    kind: KINDS[kind],
    ...(detail === undefined ? {} : beside(detail, can?.labelDetailsSupport === true)),
    textEdit: { range: range(edit.span), newText: isSnippet ? snippet : edit.text },
    insertTextFormat: isSnippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    ...(asIs ? { insertTextMode: InsertTextMode.asIs } : {}),
    sortText,
    filterText,
    ...(deprecated ? (isTagged ? { tags: [CompletionItemTag.Deprecated] } : { deprecated }) : {}),
    ...(sent === undefined ? {} : { data: sent }),
  };
}

/** Where the client can, it stands beside every item: a plain detail is often shown only of the one that is focused. */
function beside(detail: string, isSupported: boolean): Pick<CompletionItem, 'detail' | 'labelDetails'> {
  return isSupported ? { labelDetails: { description: detail } } : { detail };
}

/** Markdown where the client reads it. */
function withDocumentation(client: ClientCapabilities, item: CompletionItem, value: string): CompletionItem {
  const formats = client.textDocument?.completion?.completionItem?.documentationFormat ?? [];
  const isMarkdown = formats.includes(MarkupKind.Markdown);
  return { ...item, documentation: isMarkdown ? { kind: MarkupKind.Markdown, value } : value };
}

/** A client may send anything; what is no item of ours stays as it is. */
function dataOf({ data }: CompletionItem): Data | undefined {
  if (typeof data !== 'object' || data === null || typeof data.uri !== 'string') return undefined;
  return typeof data.item === 'object' && data.item !== null ? (data as Data) : undefined;
}

const KINDS: Readonly<Record<ide.CompletionKind, CompletionItemKind>> = {
  key: CompletionItemKind.Property,
  value: CompletionItemKind.EnumMember,
  type: CompletionItemKind.TypeParameter,
  source: CompletionItemKind.Struct,
  segment: CompletionItemKind.Enum,
  group: CompletionItemKind.EnumMember,
  metric: CompletionItemKind.Variable,
  column: CompletionItemKind.Field,
  link: CompletionItemKind.Reference,
  function: CompletionItemKind.Function,
  keyword: CompletionItemKind.Keyword,
  text: CompletionItemKind.Text,
  period: CompletionItemKind.Constant,
  file: CompletionItemKind.File,
  folder: CompletionItemKind.Folder,
  rule: CompletionItemKind.Event,
  definition: CompletionItemKind.Snippet,
};
