import {
  commands,
  Disposable,
  EventEmitter,
  l10n,
  type TextEditor,
  type TreeView,
  window,
  workspace,
} from 'vscode';
import { isOurs } from '../../our-documents.ts';
import { soon } from '../../soon.ts';
import type { ClientFeature } from '../feature.ts';
import { ExplorerModel } from './explorer-model.ts';
import { definitionAt, GROUPINGS } from './tree-nodes.ts';
import { treeProvider } from './tree-provider.ts';
import { type Shown, viewCommands } from './view-commands.ts';

const VIEW = 'plumbline.explorer';
/** Where the grouping of a workspace is remembered. */
const GROUP_BY = 'plumbline.explorer.groupBy';
const FOLLOW = 'plumbline.explorer.followEditor';
/** The cursor rests for so long before the explorer follows it. */
const FOLLOW_MS = 250;

/** The view that shows the definitions of every project of the window, with how they stand. */
export const explorer: ClientFeature = ({ extension, server, log }) => {
  const model = new ExplorerModel(server, log);
  const changed = new EventEmitter<string | string[] | undefined>();
  const treeDataProvider = treeProvider(server, model, changed);
  const view = window.createTreeView<string>(VIEW, { treeDataProvider, showCollapseAll: true });
  const remembered = extension.workspaceState.get(GROUP_BY);
  let shown: Shown = {
    groupBy: GROUPINGS.find((each) => each === remembered) ?? GROUPINGS[0],
    filter: '',
  };
  const tell = (): void => {
    view.message = messageOf(shown.filter, model);
    setContext('explorer.state', model.state);
    setContext('explorer.filtered', shown.filter !== '');
  };
  const show = (change: Partial<Shown>): void => {
    shown = { ...shown, ...change };
    if (change.groupBy !== undefined) void extension.workspaceState.update(GROUP_BY, change.groupBy);
    model.show(shown.groupBy, shown.filter);
    tell();
  };
  model.setVisible(view.visible);
  show({});
  return Disposable.from(
    model,
    changed,
    view,
    model.onChanged((rows) => {
      changed.fire(rows === 'all' ? undefined : [...rows]);
      tell();
    }),
    view.onDidChangeVisibility(({ visible }) => model.setVisible(visible)),
    view.onDidCollapseElement(({ element }) => model.setOpen(element, false)),
    workspace.onDidGrantWorkspaceTrust(tell),
    ...viewCommands(model, view, () => shown, show),
    followEditor(model, view),
    commands.registerCommand('plumbline.revealInExplorer', async () => {
      // What is looked for may be among what is filtered out.
      if (shown.filter !== '') show({ filter: '' });
      await commands.executeCommand(`${VIEW}.focus`);
      await model.loaded();
      await reveal(model, view, window.activeTextEditor, true);
    }),
  );
};

/** Selects the definition at the cursor while the view is seen, unless the setting is off. */
function followEditor(model: ExplorerModel, view: TreeView<string>): Disposable {
  const follow = soon(FOLLOW_MS, async () => {
    const follows = workspace.getConfiguration().get<boolean>(FOLLOW, true);
    if (view.visible && follows) await reveal(model, view, window.activeTextEditor, false);
  });
  return Disposable.from(
    follow,
    window.onDidChangeTextEditorSelection(() => follow.soon()),
  );
}

async function reveal(
  { forest }: ExplorerModel,
  view: TreeView<string>,
  editor: TextEditor | undefined,
  focus: boolean,
): Promise<void> {
  if (editor === undefined || !isOurs(editor.document)) return;
  const node = definitionAt(forest, editor.document.uri.toString(), editor.selection.active.line);
  const content = node?.content;
  const isSelected = view.selection.some((id) => {
    const selected = forest.nodes.get(id)?.content;
    // A metric of several stages stands in several places: the one that was chosen stays.
    return (
      selected !== undefined &&
      'item' in selected &&
      selected.item === (content && 'item' in content && content.item)
    );
  });
  if (node === undefined || (isSelected && !focus)) return;
  try {
    await view.reveal(node.id, { select: true, focus });
  } catch {
    // The row went while the editor looked for it.
  }
}

/** What stands above the rows: the filter, and why there are no values. */
function messageOf(filter: string, { forest, state }: ExplorerModel): string {
  if (state !== 'ready') return '';
  const filtered =
    forest.roots.length === 0
      ? l10n.t('Nothing has the words "{0}". Clear the filter to see everything.', filter)
      : l10n.t('Filtered by "{0}".', filter);
  return [
    ...(filter === '' ? [] : [filtered]),
    ...(workspace.isTrusted ? [] : [l10n.t('There are no values, as this workspace is not trusted.')]),
  ].join(' ');
}

function setContext(key: string, value: unknown): void {
  void commands.executeCommand('setContext', `plumbline.${key}`, value);
}
