import { type EventEmitter, MarkdownString, type TreeDataProvider, type TreeItem } from 'vscode';
import { describeRequest } from '../../../../server/src/protocol/index.ts';
import { rangeFrom, uriFrom } from '../../from-protocol.ts';
import type { LanguageServer } from '../../language-server.ts';
import type { ExplorerModel } from './explorer-model.ts';
import { nodeItem, openCommand } from './node-item.ts';
import { locationOf, type Node } from './tree-nodes.ts';

type Provider = TreeDataProvider<string>;

/**
 * The rows of the explorer as the editor asks for them. A row is its id: it is the same for the same thing whatever else has changed, by which
 * the editor knows what is open and selected.
 */
export function treeProvider(
  server: LanguageServer,
  model: ExplorerModel,
  changed: EventEmitter<string | string[] | undefined>,
): Provider {
  const node = (id: string): Node | undefined => model.forest.nodes.get(id);
  return {
    onDidChangeTreeData: changed.event,
    getParent: (id) => node(id)?.parent,
    async getChildren(id) {
      if (id === undefined) {
        await model.loaded();
        return [...model.forest.roots];
      }
      model.setOpen(id, true);
      return [...(node(id)?.children ?? [])];
    },
    getTreeItem(id): TreeItem {
      const shown = node(id);
      // It went while the editor asked for it; its parent is asked again.
      if (shown === undefined) return { id };
      const at = locationOf(shown);
      return nodeItem(shown, at && openCommand(uriFrom(at.uri), rangeFrom(at.range)));
    },
    async resolveTreeItem(item, id, token) {
      const shown = node(id);
      if (shown !== undefined && server.running) item.tooltip = await tooltipOf(server, shown, token);
      return item;
    },
  };
}

/** The definition in words, as the hover over its name says it. */
async function tooltipOf(
  server: LanguageServer,
  { content, project }: Node,
  token: Parameters<NonNullable<Provider['resolveTreeItem']>>[2],
): Promise<MarkdownString | undefined> {
  switch (content.kind) {
    case 'metric':
    case 'segment':
    case 'target':
    case 'source':
    case 'journey': {
      const { kind, item } = content;
      const params = { textDocument: { uri: project }, definition: kind, name: item.name };
      const text = await server.request(describeRequest, params, { token });
      return text === null ? undefined : new MarkdownString(text);
    }
    default:
      return undefined;
  }
}
