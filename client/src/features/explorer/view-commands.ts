import { commands, type Disposable, env, l10n, type QuickPickItem, type TreeView, window } from 'vscode';
import type { ExplorerModel } from './explorer-model.ts';
import { groupingWords } from './node-item.ts';
import { GROUPINGS, type Grouping, type Node } from './tree-nodes.ts';

/** What the explorer shows of what there is. */
export interface Shown {
  readonly groupBy: Grouping;
  /** Words that a definition has to have; empty for all definitions. */
  readonly filter: string;
}

/** The commands of the view. Those that ask something take the answer as an argument too, for keys that are bound to them. */
export function viewCommands(
  model: ExplorerModel,
  view: TreeView<string>,
  shown: () => Shown,
  show: (change: Partial<Shown>) => void,
): readonly Disposable[] {
  const nodeOf = (id: unknown): Node | undefined =>
    model.forest.nodes.get(typeof id === 'string' ? id : (view.selection[0] ?? ''));
  return [
    commands.registerCommand('plumbline.explorer.groupBy', async (wanted?: unknown) => {
      const known = GROUPINGS.find((each) => each === wanted);
      const groupBy = known ?? (await pickGrouping(shown().groupBy));
      if (groupBy !== undefined) show({ groupBy });
    }),
    commands.registerCommand('plumbline.explorer.filter', async (wanted?: unknown) => {
      const filter = typeof wanted === 'string' ? wanted : await askForFilter(shown().filter);
      if (filter !== undefined) show({ filter: filter.trim() });
    }),
    commands.registerCommand('plumbline.explorer.clearFilter', () => show({ filter: '' })),
    commands.registerCommand('plumbline.explorer.refresh', () => model.refresh()),
    commands.registerCommand('plumbline.explorer.copyName', async (id: unknown) => {
      const content = nodeOf(id)?.content;
      if (content !== undefined && 'item' in content) await env.clipboard.writeText(content.item.name);
    }),
    commands.registerCommand('plumbline.explorer.openPreview', async (id: unknown) => {
      const node = nodeOf(id);
      if (node === undefined || !('item' in node.content) || node.content.kind === 'stage') return;
      const { kind, item } = node.content;
      const subject = { kind, name: item.name };
      await commands.executeCommand('plumbline.openPreview', { uri: node.project, subject });
    }),
    commands.registerCommand('plumbline.explorer.compareWith', async (id: unknown) => {
      const node = nodeOf(id);
      if (node?.content.kind !== 'metric') return;
      await commands.executeCommand('plumbline.compareWith', node.project, node.content.item.name);
    }),
    commands.registerCommand('plumbline.manageTrust', () =>
      commands.executeCommand('workbench.trust.manage'),
    ),
  ];
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
