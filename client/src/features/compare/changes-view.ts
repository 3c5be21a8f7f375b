import { commands, Disposable, EventEmitter, l10n, type TreeView, window, workspace } from 'vscode';
import { projectsRequest } from '../../../../server/src/protocol/index.ts';
import { changedRows } from '../../changed-rows.ts';
import type { LanguageServer, Phase } from '../../language-server.ts';
import { type Soon, soon } from '../../soon.ts';
import type { ClientContext } from '../feature.ts';
import { sinceWords } from './base-words.ts';
import { changeItem } from './change-item.ts';
import { type ChangeRows, changeRows, definitionOf, metricOf, NO_ROWS } from './change-rows.ts';
import { type ChangesState, changesState } from './changes-state.ts';
import type { Compared, ComparisonModel } from './comparison-model.ts';
import { plainText } from './plain-text.ts';
import { activeUri, projectAround } from './project-of.ts';
import type { RememberedBases } from './remembered-bases.ts';

export const VIEW = 'plumbline.changes';
/** What a row that is clicked does; `package.json` does not list it, as it is no use without a row. */
export const OPEN_ROW = 'plumbline.changes.openRow';

const DELAY_MS = 200;

/** The view of what changed, and what its commands ask it. */
export interface ChangesView extends Disposable {
  readonly view: TreeView<string>;
  readonly rows: ChangeRows;
  /** Finds out anew whether something can be compared. */
  look(): void;
}

/** Shows the comparison as rows, and says above them how it is. */
export function changesView(
  { server, log }: ClientContext,
  model: ComparisonModel,
  remembered: RememberedBases,
): ChangesView {
  let rows = NO_ROWS;
  const changed = new EventEmitter<string[] | undefined>();
  const view = window.createTreeView<string>(VIEW, {
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getParent: (id) => rows.nodes.get(id)?.parent,
      getChildren: (id) => [...(id === undefined ? rows.roots : (rows.nodes.get(id)?.children ?? []))],
      getTreeItem(id) {
        const row = rows.nodes.get(id);
        // It went while the editor asked for it; its parent is asked again.
        return row === undefined ? { id } : changeItem(row, commandOf(rows, id));
      },
    },
  });
  const state = stateLook(server, log, model, remembered, () => view.visible);
  const show = (): void => {
    const before = rows;
    const { compared } = model;
    rows = compared?.comparison ? changeRows(compared.comparison) : NO_ROWS;
    const others = changedRows(before, rows);
    if (others === 'all') changed.fire(undefined);
    else if (others.length > 0) changed.fire([...others]);
    tell(view, compared, server.phase);
  };
  const listening = Disposable.from(
    changed,
    view,
    state,
    model.onChanged(show),
    view.onDidChangeVisibility(() => state.soon()),
  );
  return {
    view,
    get rows() {
      return rows;
    },
    look: () => state.now(),
    dispose: () => listening.dispose(),
  };
}

/** What a click opens: the comparison of the metric that a row belongs to, else the two texts of a definition. */
function commandOf(rows: ChangeRows, id: string) {
  if (metricOf(rows, id) === undefined && definitionOf(rows, id) === undefined) return undefined;
  return { command: OPEN_ROW, title: l10n.t('Show Change'), arguments: [id] };
}

/** Says since when, and how much changed, or why that is not known. */
function tell(view: TreeView<string>, compared: Compared | undefined, phase: Phase): void {
  // With a version beside it the title is short, as the actions of the view stand there too.
  view.title = compared === undefined ? l10n.t('Metric Changes') : l10n.t('Changes');
  if (compared === undefined) {
    view.description = '';
    view.message = '';
    return;
  }
  const { base, comparison, failure, isCurrent } = compared;
  const since = sinceWords(base);
  view.description = isCurrent ? since : l10n.t('{0} (updating)', since);
  // Where there is no message, the view says what to do about a server that has stopped.
  const waiting = phase === 'stopped' ? '' : l10n.t('Comparing…');
  view.message = failure ?? (comparison === null ? waiting : plainText(comparison.summary));
}

/** Keeps the context keys by which menus and words are chosen; and, when the view is seen first, takes up what was compared before. */
function stateLook(
  server: LanguageServer,
  log: ClientContext['log'],
  model: ComparisonModel,
  remembered: RememberedBases,
  isVisible: () => boolean,
): Soon {
  let isRestored = false;
  let before: ChangesState | undefined;
  const set = (state: ChangesState): void => {
    if (state === before) return;
    before = state;
    setContext('state', state);
  };
  const look = soon(DELAY_MS, async () => {
    const isOn = model.compared !== undefined;
    setContext('on', isOn);
    if (!isVisible()) return;
    try {
      if (!isOn && !isRestored && server.running && workspace.isTrusted) {
        isRestored = await restore(server, model, remembered);
      }
      const known = { isTrusted: workspace.isTrusted, isOn: model.compared !== undefined };
      set(await changesState(server, known, activeUri()?.toString()));
    } catch (error) {
      // It died meanwhile, and its state tells so.
      log.debug(`Whether something can be compared is not known: ${String(error)}`);
    }
  });
  const listening = Disposable.from(
    look,
    model.onChanged(() => look.soon()),
    server.onState(() => look.soon()),
    workspace.onDidChangeWorkspaceFolders(() => look.soon()),
    workspace.onDidGrantWorkspaceTrust(() => look.soon()),
    // Projects are found a moment after the server has started.
    server.onChanged(() => {
      if (before === 'noProject' || before === 'loading') look.soon();
    }),
  );
  look.soon();
  return { ...look, dispose: () => listening.dispose() };
}

/**
 * Compares again what was compared when the window was left: the project of the active editor, else the first that was.
 *
 * @returns whether the projects were known
 */
async function restore(
  server: LanguageServer,
  model: ComparisonModel,
  remembered: RememberedBases,
): Promise<boolean> {
  const { projects } = await server.request(projectsRequest, null);
  const active = projectAround(projects, activeUri());
  for (const project of [...(active ? [active] : []), ...projects]) {
    const base = remembered.of(project.folder);
    if (base !== undefined && model.compared === undefined) model.compare(project, base);
  }
  return projects.length > 0;
}

function setContext(key: string, value: unknown): void {
  void commands.executeCommand('setContext', `plumbline.changes.${key}`, value);
}
