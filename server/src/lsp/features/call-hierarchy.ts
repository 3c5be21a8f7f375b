import type { CallHierarchyItem } from 'vscode-languageserver';
import { type LineageItem, lineageAt, usedBy, uses } from '../../core/ide/call-hierarchy.ts';
import type { DefinitionKind } from '../../core/model/project.ts';
import { answer } from '../answer.ts';
import type { Feature } from '../feature.ts';
import type { Snapshot } from '../snapshot.ts';
import { SYMBOL_KINDS } from '../symbol-kinds.ts';

/** Lineage as calls: a definition "calls" what it is made of, and is called by what uses it. */
export const callHierarchy: Feature = {
  capabilities: { callHierarchyProvider: true },
  register(context) {
    const { callHierarchy: on } = context.connection.languages;
    on.onPrepare(({ textDocument, position }, token) =>
      answer(context, textDocument.uri, token, (snapshot) => {
        const at = snapshot.at(textDocument.uri, position);
        const items = at === undefined ? [] : lineageAt(at.context, at.file, at.offset);
        return items.length === 0 ? undefined : items.map((item) => toLsp(snapshot, item));
      }),
    );
    on.onIncomingCalls(({ item }, token) =>
      answer(context, item.uri, token, (snapshot) =>
        usedBy(snapshot.context, referenceOf(item)).map((step) => ({
          from: toLsp(snapshot, step.item),
          fromRanges: step.places.map((place) => snapshot.range(place)),
        })),
      ),
    );
    on.onOutgoingCalls(({ item }, token) =>
      answer(context, item.uri, token, (snapshot) =>
        uses(snapshot.context, referenceOf(item)).map((step) => ({
          to: toLsp(snapshot, step.item),
          fromRanges: step.places.map((place) => snapshot.range(place)),
        })),
      ),
    );
  },
};

function toLsp(snapshot: Snapshot, item: LineageItem): CallHierarchyItem {
  const { uri, range } = snapshot.location(item);
  return {
    name: item.name,
    kind: SYMBOL_KINDS[item.kind],
    ...(item.detail === undefined ? {} : { detail: item.detail }),
    uri,
    range: snapshot.range({ file: item.file, span: item.whole }),
    selectionRange: range,
    data: item.kind,
  };
}

/** A client gives an item back as it got it; one that does not is taken to ask about a metric. */
function referenceOf({ name, data }: CallHierarchyItem): Pick<LineageItem, 'kind' | 'name'> {
  return { kind: KINDS.find((kind) => kind === data) ?? 'metric', name };
}

const KINDS: readonly DefinitionKind[] = ['source', 'segment', 'metric', 'target', 'journey'];
