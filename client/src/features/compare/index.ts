import { commands, Disposable, l10n, Uri, window } from 'vscode';
import { type Base, type ProjectSummary, refsRequest } from '../../../../server/src/protocol/index.ts';
import { pathInside } from '../../path-inside.ts';
import type { ClientContext, ClientFeature } from '../feature.ts';
import { LAST_COMMIT, mergeBaseOf } from './bases.ts';
import { definitionOf, metricOf } from './change-rows.ts';
import { type ChangesView, changesView, OPEN_ROW, VIEW } from './changes-view.ts';
import { compareDefinitions, openAt } from './compare-definitions.ts';
import { type Compared, ComparisonModel } from './comparison-model.ts';
import { oldValueDecorations } from './old-value-decorations.ts';
import { pickBase } from './pick-base.ts';
import { projectOf, uriIn } from './project-of.ts';
import { type RememberedBases, rememberedBases } from './remembered-bases.ts';
import { onCommit } from './repository-changes.ts';
import { versionTexts } from './version-texts.ts';

/** A project compared with another version of it: in a view of what changed, beside the text, in a preview, and in the editor's own comparison of texts. */
export const compare: ClientFeature = (context) => {
  const { extension, server, log } = context;
  const model = new ComparisonModel(server, log, VIEW);
  const remembered = rememberedBases(extension.workspaceState);
  const view = changesView(context, model, remembered);
  return Disposable.from(
    model,
    view,
    versionTexts(server),
    oldValueDecorations(model),
    followCommits(context, model),
    ...startCommands(context, model, remembered),
    ...viewCommands(model, remembered, view),
  );
};

/** Compares anew after a commit, from the first comparison on: before that nobody needs to know of commits. */
function followCommits({ log }: ClientContext, model: ComparisonModel): Disposable {
  const listening: Disposable[] = [];
  const first = model.onChanged(() => {
    if (model.compared === undefined || listening.length > 0) return;
    listening.push(
      onCommit(log, (root) => {
        const folder = model.compared?.project.folder;
        const isAround = folder !== undefined && pathInside(root.path, Uri.parse(folder).path) !== undefined;
        if (isAround) model.refreshSoon();
      }),
    );
  });
  return new Disposable(() => {
    for (const each of [first, ...listening]) each.dispose();
  });
}

/** The commands by which a comparison begins. */
function startCommands(
  { server, log }: ClientContext,
  model: ComparisonModel,
  remembered: RememberedBases,
): readonly Disposable[] {
  const start = async (project: ProjectSummary, base: Base, metric?: string): Promise<void> => {
    remembered.remember(project.folder, base);
    model.compare(project, base);
    if (metric === undefined) await commands.executeCommand(`${VIEW}.focus`);
    else await openComparison(model.compared, metric);
  };
  /** Finds the project and its versions, and starts with the one that is chosen. What goes wrong is said. */
  const startFrom = async (
    given: unknown,
    choose: (refs: Parameters<typeof pickBase>[0]) => Promise<Base | undefined>,
    metric?: string,
  ): Promise<void> => {
    try {
      const project = await projectOf(server, uriIn(given));
      if (project === undefined) return;
      const refs = await server.request(refsRequest, { textDocument: { uri: project.uri } });
      if (refs === null || 'unavailable' in refs) {
        const reason = refs?.unavailable ?? l10n.t('It is in no project any more.');
        void window.showErrorMessage(
          l10n.t('{0} cannot be compared with another version: {1}', project.name, reason),
        );
        return;
      }
      const base = await choose(refs);
      if (base !== undefined) await start(project, base, metric);
    } catch (error) {
      log.error(`A comparison could not be started: ${String(error)}`);
      void window.showErrorMessage(l10n.t('The versions could not be compared: {0}', String(error)));
    }
  };
  return [
    commands.registerCommand('plumbline.compareWith', (given?: unknown, metric?: unknown) =>
      startFrom(given, pickBase, nameIn(metric)),
    ),
    commands.registerCommand('plumbline.compareWithHead', (given?: unknown, metric?: unknown) =>
      startFrom(given, async () => LAST_COMMIT, nameIn(metric)),
    ),
    commands.registerCommand('plumbline.compareWithMergeBase', (given?: unknown) =>
      startFrom(given, async (refs) => mergeBaseOf(refs)),
    ),
  ];
}

/** The commands of the view and of its rows. A row is given by its id; without one the row that is selected is meant. */
function viewCommands(
  model: ComparisonModel,
  remembered: RememberedBases,
  changes: ChangesView,
): readonly Disposable[] {
  const idOf = (id: unknown): string => (typeof id === 'string' ? id : (changes.view.selection[0] ?? ''));
  const versions = (): readonly [string, string] => {
    const { before = '', after = '' } = model.compared?.comparison ?? {};
    return [before, after];
  };
  const compareTexts = async (id: string): Promise<void> => {
    const definition = definitionOf(changes.rows, id);
    const isShown = definition !== undefined && (await compareDefinitions(definition, versions()));
    if (!isShown) await openComparison(model.compared);
  };
  return [
    commands.registerCommand('plumbline.changes.refresh', () => {
      model.refresh();
      changes.look();
    }),
    commands.registerCommand('plumbline.changes.stop', () => {
      const folder = model.compared?.project.folder;
      if (folder !== undefined) remembered.remember(folder, undefined);
      model.stop();
    }),
    commands.registerCommand('plumbline.changes.openAll', () => openComparison(model.compared)),
    commands.registerCommand(OPEN_ROW, async (given: unknown) => {
      const id = idOf(given);
      const metric = metricOf(changes.rows, id);
      await (metric === undefined ? compareTexts(id) : openComparison(model.compared, metric));
    }),
    commands.registerCommand('plumbline.changes.compareDefinitions', (id: unknown) => compareTexts(idOf(id))),
    commands.registerCommand('plumbline.changes.openDefinition', async (id: unknown) => {
      const at = definitionOf(changes.rows, idOf(id))?.at.after;
      if (at !== null && at !== undefined) await openAt(at);
    }),
  ];
}

/** Shows a comparison in the preview beside the editor: of one metric, or of all that changed. */
async function openComparison(compared: Compared | undefined, metric?: string): Promise<void> {
  if (compared === undefined) return;
  const { project, base } = compared;
  const subject = { kind: 'comparison', base, ...(metric !== undefined && { metric }) };
  await commands.executeCommand('plumbline.openPreview', { uri: project.uri, subject });
}

/** From the files view a command is given all that is selected in place of a metric. */
function nameIn(given: unknown): string | undefined {
  return typeof given === 'string' && given !== '' ? given : undefined;
}
