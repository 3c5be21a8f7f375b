import { type DocumentSymbol, type Range, SymbolKind, SymbolTag } from 'vscode-languageserver';
import { type OutlineItem, outline } from '../../core/ide/document-symbols.ts';
import { answer } from '../answer.ts';
import type { Feature } from '../feature.ts';
import { hull } from '../ranges.ts';
import type { Snapshot } from '../snapshot.ts';
import { SYMBOL_KINDS } from '../symbol-kinds.ts';

/** The outline of a document: sections, definitions, and what stands in these. */
export const documentSymbol: Feature = {
  capabilities: { documentSymbolProvider: true },
  register(context) {
    context.connection.onDocumentSymbol(({ textDocument }, token) =>
      answer(context, textDocument.uri, token, (snapshot) => symbolsOf(snapshot, textDocument.uri)),
    );
  },
};

/** A section that stands in several files of the document is one, over all of its definitions. */
function symbolsOf(snapshot: Snapshot, uri: string): DocumentSymbol[] {
  const sections = new Map<string, DocumentSymbol>();
  for (const { file, ...rest } of snapshot.files(uri)) {
    const toRange = (span: OutlineItem['span']): Range => snapshot.range({ file: file.path, span });
    for (const { name, nameSpan, items } of outline({ file, ...rest })) {
      const children = items.map((item) => symbolOf(item, toRange));
      const selectionRange = toRange(nameSpan);
      const before = sections.get(name);
      const range = hull([selectionRange, ...children.map((child) => child.range)]);
      if (before === undefined)
        sections.set(name, { name, kind: SymbolKind.Namespace, range, selectionRange, children });
      else {
        before.range = hull([before.range, range]);
        before.children?.push(...children);
      }
    }
  }
  return [...sections.values()];
}

function symbolOf(item: OutlineItem, toRange: (span: OutlineItem['span']) => Range): DocumentSymbol {
  return {
    name: item.name,
    kind: SYMBOL_KINDS[item.kind],
    ...(item.detail === undefined ? {} : { detail: item.detail }),
    ...(item.deprecated ? { tags: [SymbolTag.Deprecated] } : {}),
    range: toRange(item.span),
    selectionRange: toRange(item.nameSpan),
    children: item.children.map((child) => symbolOf(child, toRange)),
  };
}
