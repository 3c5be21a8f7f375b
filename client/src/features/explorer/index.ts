import {
  commands,
  Disposable,
  EventEmitter,
  env,
  l10n,
  MarkdownString,
  type QuickPickItem,
  type TextEditor,
  type TreeDataProvider,
  type TreeItem,
  type TreeView,
  window,
  workspace,
} from 'vscode';
import { describeRequest } from '../../../../server/src/protocol/index.ts';
import { isOurs } from '../../our-documents.ts';
import { soon } from '../../soon.ts';
import type { ClientContext, ClientFeature } from '../feature.ts';
import { ExplorerModel } from './explorer-model.ts';
import { groupingWords, nodeItem, openCommand } from './node-item.ts';
import { definitionAt, GROUPINGS, type Grouping, locationOf, type Node } from './tree-nodes.ts';

const VIEW = 'plumbline.explorer';
/** Where the grouping of a workspace is remembered. */
const GROUP_BY = 'plumbline.explorer.groupBy';
const FOLLOW = 'plumbline.explorer.followEditor';
/** The cursor rests for so long before the explorer follows it. */
const FOLLOW_MS = 250;

/** The view that shows the definitions of every project of the window, with how they stand. */
export const explorer: ClientFeature = (context) => {
  const { extension, server, log } = context;
  const model = new ExplorerModel(server, log);
  const rows = new EventEmitter<string | string[] | undefined>();
  const provider = providerOf(context, model, rows);
  const view = window.createTreeView<string>(VIEW, { treeDataProvider: provider, showCollapseAll: true });
  const shown = {
    groupBy: GROUPINGS.find((each) => each === extension.workspaceState.get(GROUP_BY)) ?? GROUPINGS[0],
    filter: '',
  };
  const show = (change: Partial<typeof shown>): void => {
    Object.assign(shown, change);
    model.show(shown.groupBy, shown.filter);
    tell();
  };
  const tell = (): void => {
    view.message = messageOf(shown.filter, model);
    setContext('explorer.state', model.state);
    setContext('explorer.filtered', shown.filter !== '');
  };
  const reveal = async (editor: TextEditor | undefined, focus: boolean): Promise<void> => {
    if (editor === undefined || !isOurs(editor.document)) return;
    const node = definitionAt(model.forest, editor.document.uri.toString(), editor.selection.active.line);
    if (node !== undefined) await view.reveal(node.id, { select: true, focus });
  };
  const follow = soon(FOLLOW_MS, async () => {
    const editor = window.activeTextEditor;
    const follows = workspace.getConfiguration().get<boolean>(FOLLOW, true);
    if (view.visible && follows) await reveal(editor, false);
  });
  model.setVisible(view.visible);
  show({});
  return Disposable.from(
    model,
    rows,
    view,
    follow,
    model.onChanged((changed) => {
      rows.fire(changed === 'all' ? undefined : [...changed]);
      tell();
    }),
    view.onDidChangeVisibility(({ visible }) => model.setVisible(visible)),
    view.onDidCollapseElement(({ element }) => model.setOpen(element, false)),
    workspace.onDidGrantWorkspaceTrust(tell),
    window.onDidChangeTextEditorSelection(() => follow.soon()),
    ...viewCommands(model, view, shown, show, async () => {
      if (shown.filter !== '') show({ filter: '' });
      await commands.executeCommand(`${VIEW}.focus`);
      await model.loaded();
      await reveal(window.activeTextEditor, true);
    }),
    commands.registerCommand('plumbline.explorer.groupBy', async () => {
      const groupBy = await pickGrouping(shown.groupBy);
      if (groupBy === undefined) return;
      await extension.workspaceState.update(GROUP_BY, groupBy);
      show({ groupBy });
    }),
  );
};

function providerOf(
  { server }: ClientContext,
  model: ExplorerModel,
  rows: EventEmitter<string | string[] | undefined>,
): TreeDataProvider<string> {
  const node = (id: string): Node | undefined => model.forest.nodes.get(id);
  return {
    onDidChangeTreeData: rows.event,
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
      const { protocol2CodeConverter: convert } = server.client;
      return nodeItem(shown, at && openCommand(convert.asUri(at.uri), convert.asRange(at.range)));
    },
    async resolveTreeItem(item, id, token) {
      const shown = node(id);
      if (shown !== undefined && server.running) item.tooltip = await tooltipOf(shown, token);
      return item;
    },
  };

  async function tooltipOf(
    { content, project }: Node,
    token: Parameters<NonNullable<TreeDataProvider<string>['resolveTreeItem']>>[2],
  ): Promise<MarkdownString | undefined> {
    switch (content.kind) {
      case 'metric':
      case 'segment':
      case 'target':
      case 'source':
      case 'journey': {
        const params = {
          textDocument: { uri: project },
          definition: content.kind,
          name: content.item.name,
        };
        const text = await server.request(describeRequest, params, { token });
        return text === null ? undefined : new MarkdownString(text);
      }
      default:
        return undefined;
    }
  }
}

function viewCommands(
  model: ExplorerModel,
  view: TreeView<string>,
  shown: { readonly filter: string },
  show: (change: { readonly filter: string }) => void,
  revealActive: () => Promise<void>,
): readonly Disposable[] {
  const nodeOf = (id: unknown): Node | undefined =>
    model.forest.nodes.get(typeof id === 'string' ? id : (view.selection[0] ?? ''));
  const filter = async (words?: unknown): Promise<void> => {
    const asked = typeof words === 'string' ? words : await askForFilter(shown.filter);
    if (asked !== undefined) show({ filter: asked.trim() });
  };
  return [
    commands.registerCommand('plumbline.explorer.filter', filter),
    commands.registerCommand('plumbline.explorer.clearFilter', () => show({ filter: '' })),
    commands.registerCommand('plumbline.explorer.refresh', () => model.refresh()),
    commands.registerCommand('plumbline.revealInExplorer', revealActive),
    commands.registerCommand('plumbline.manageTrust', () =>
      commands.executeCommand('workbench.trust.manage'),
    ),
    commands.registerCommand('plumbline.explorer.copyName', async (id: unknown) => {
      const content = nodeOf(id)?.content;
      if (content !== undefined && 'item' in content) await env.clipboard.writeText(content.item.name);
    }),
    commands.registerCommand('plumbline.explorer.openPreview', async (id: unknown) => {
      const node = nodeOf(id);
      if (node === undefined || !('item' in node.content)) return;
      const { kind, item } = node.content;
      if (kind === 'stage') return;
      const subject = { kind, name: item.name };
      await commands.executeCommand('plumbline.openPreview', { uri: node.project, subject });
    }),
  ];
}

/** What stands above the rows: the filter, and why there are no values. */
function messageOf(filter: string, { forest, state }: ExplorerModel): string {
  const filtered =
    filter === '' || state !== 'ready'
      ? []
      : [
          forest.roots.length === 0
            ? l10n.t('Nothing has the words "{0}". Clear the filter to see everything.', filter)
            : l10n.t('Filtered by "{0}".', filter),
        ];
  const untrusted =
    workspace.isTrusted || state !== 'ready'
      ? []
      : [l10n.t('There are no values, as this workspace is not trusted.')];
  return [...filtered, ...untrusted].join(' ');
}

function askForFilter(value: string): Thenable<string | undefined> {
  return window.showInputBox({
    title: l10n.t('Filter the Explorer of Plumbline'),
    prompt: l10n.t('Words of names, labels, descriptions, owners, types or tags. Empty shows everything.'),
    placeHolder: l10n.t('nps enterprise'),
    value,
  });
}

async function pickGrouping(current: Grouping): Promise<Grouping | undefined> {
  const items = GROUPINGS.map((groupBy): QuickPickItem & { readonly groupBy: Grouping } => ({
    label: groupingWords(groupBy),
    ...(groupBy === current ? { description: l10n.t('now') } : {}),
    groupBy,
  }));
  return (await window.showQuickPick(items, { title: l10n.t('Group Metrics') }))?.groupBy;
}

function setContext(key: string, value: unknown): void {
  void commands.executeCommand('setContext', `plumbline.${key}`, value);
}
