import {
  commands,
  Disposable,
  type ExtensionContext,
  l10n,
  ProgressLocation,
  type QuickPickItem,
  Uri,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import { type NewProject, newProjectRequest, type Template } from '../../../server/src/protocol/index.ts';
import { commonFolder } from '../common-folder.ts';
import { DISK } from '../has-files.ts';
import { pathInside } from '../path-inside.ts';
import type { ClientContext, ClientFeature } from './feature.ts';

/** Data files that a project can be made from. */
const DATA = ['csv', 'tsv', 'json', 'ndjson', 'jsonl', 'parquet', 'xlsx', 'gz'];
/** Where the file of a project waits whose folder is still to be opened. */
const WAITING = 'plumbline.newProject';

/** Starts a project: a small one to change, a template, or one on data files that are there. Nothing that is there is overwritten. */
export const newProject: ClientFeature = (context) => {
  showWaiting(context);
  return Disposable.from(
    // A folder and the start that was chosen, or one of both, may be given by whoever knows them.
    commands.registerCommand('plumbline.newProject', async (folder?: unknown, start?: unknown) => {
      const chosen = folder instanceof Uri ? folder : await chooseFolder();
      if (chosen === undefined) return;
      const { template } = starts().find((each) => each.id === start) ?? (await chooseStart()) ?? {};
      if (template !== undefined) await create(context, chosen, [], template ?? undefined);
    }),
    // From the files view it is given the file that was clicked, and all that are selected.
    commands.registerCommand('plumbline.newProjectFromData', async (file?: unknown, files?: unknown) => {
      const selected = Array.isArray(files) ? files : [file];
      const given = selected.filter((each): each is Uri => each instanceof Uri);
      const data = given.length > 0 ? given : await chooseData();
      const folder = data === undefined || data.length === 0 ? undefined : await chooseFolderOf(data);
      if (data !== undefined && folder !== undefined) await create(context, folder, data);
    }),
  );
};

async function create(
  context: ClientContext,
  folder: Uri,
  data: readonly Uri[],
  template?: Template,
): Promise<void> {
  const { server, log } = context;
  try {
    // In a window without a folder nobody has needed it so far.
    if (!server.running) await server.restart();
    const made = await window.withProgress(
      {
        location: ProgressLocation.Notification,
        cancellable: true,
        title: data.length === 0 ? l10n.t('Making a project') : l10n.t('Reading the data files'),
      },
      (_, token) => {
        const params = {
          folder: folder.toString(),
          data: data.map((each) => each.toString()),
          ...(template && { template }),
        };
        return server.request(newProjectRequest, params, { token });
      },
    );
    // Cancelled.
    if (made === null) return;
    if ('unavailable' in made) {
      await window.showErrorMessage(l10n.t('No project was made. {0}', made.unavailable));
      return;
    }
    if (await write(made)) await show(context.extension, folder, Uri.parse(made.open));
  } catch (error) {
    log.error(`A project could not be made: ${String(error)}`);
    await window.showErrorMessage(l10n.t('No project was made. {0}', String(error)));
  }
}

/** Writes all files or, where one cannot be written, tells so. */
async function write({ files }: NewProject): Promise<boolean> {
  const edit = new WorkspaceEdit();
  for (const { uri, text } of files) {
    // One that has come meanwhile is somebody's work.
    edit.createFile(Uri.parse(uri), { overwrite: false, contents: new TextEncoder().encode(text) });
  }
  if (await workspace.applyEdit(edit)) return true;
  const names = files.map(({ uri }) => Uri.parse(uri).path.split('/').at(-1)).join(', ');
  await window.showErrorMessage(
    l10n.t(
      'The files {0} could not all be written. Choose a folder in which you may write, and in which they are not there yet.',
      names,
    ),
  );
  return false;
}

/** Shows the first file; where the folder is not open, that is opened before. */
async function show({ globalState }: ExtensionContext, folder: Uri, file: Uri): Promise<void> {
  if (workspace.getWorkspaceFolder(file) !== undefined) {
    await window.showTextDocument(file);
    return;
  }
  await globalState.update(WAITING, file.toString());
  const forceNewWindow = (workspace.workspaceFolders ?? []).length > 0;
  await commands.executeCommand('vscode.openFolder', folder, { forceNewWindow });
}

/** In the window that has been opened on a new project: shows its first file. */
function showWaiting({ extension: { globalState }, log }: ClientContext): void {
  const waiting = globalState.get<string>(WAITING);
  if (waiting === undefined || workspace.getWorkspaceFolder(Uri.parse(waiting)) === undefined) return;
  const shown = async (): Promise<void> => {
    await globalState.update(WAITING, undefined);
    await window.showTextDocument(Uri.parse(waiting));
  };
  shown().catch((error: unknown) => log.warn(`The new project could not be shown: ${String(error)}`));
}

/** What a project can start from. */
interface Start extends QuickPickItem {
  readonly id: Template | 'blank';
  /** Null for none. */
  readonly template: Template | null;
}

function starts(): readonly Start[] {
  return [
    {
      id: 'blank',
      template: null,
      label: l10n.t('A few answers to a survey'),
      detail: l10n.t('The smallest project that works, to put your own data into.'),
    },
    {
      id: 'saas',
      template: 'saas',
      label: l10n.t('Subscriptions'),
      detail: l10n.t('Software that is paid by the month: customers, recurring revenue, retention and NPS.'),
    },
    {
      id: 'retail',
      template: 'retail',
      label: l10n.t('Shop'),
      detail: l10n.t('Customers and their orders: revenue, average order value and repeat buyers.'),
    },
    {
      id: 'education',
      template: 'education',
      label: l10n.t('Courses'),
      detail: l10n.t('Students and their results: enrolment, retention, pass rate and satisfaction.'),
    },
  ];
}

function chooseStart(): Thenable<Start | undefined> {
  return window.showQuickPick(starts(), {
    title: l10n.t('New Plumbline Project: What to Start From?'),
    matchOnDetail: true,
  });
}

/** A folder of the window, or another one. */
async function chooseFolder(): Promise<Uri | undefined> {
  const folders = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === DISK);
  const other: QuickPickItem & { readonly uri?: Uri } = { label: l10n.t('Another Folder…') };
  const items = folders.map(({ name, uri }): typeof other => ({ label: name, description: uri.fsPath, uri }));
  const title = l10n.t('New Plumbline Project: In Which Folder?');
  const picked = items.length === 0 ? other : await window.showQuickPick([...items, other], { title });
  if (picked === undefined || picked.uri !== undefined) return picked?.uri;
  const [folder] =
    (await window.showOpenDialog({
      canSelectFolders: true,
      canSelectFiles: false,
      openLabel: l10n.t('Make Project Here'),
      title,
    })) ?? [];
  return folder;
}

async function chooseData(): Promise<readonly Uri[] | undefined> {
  const [first] = workspace.workspaceFolders ?? [];
  return window.showOpenDialog({
    canSelectMany: true,
    openLabel: l10n.t('Make Project'),
    title: l10n.t('New Plumbline Project: From Which Data Files?'),
    filters: { [l10n.t('Data')]: DATA },
    ...(first === undefined ? {} : { defaultUri: first.uri }),
  });
}

/**
 * The folder of the window that holds all files, else the folder that does. Where that is further up than the files themselves, somebody is
 * asked first: it may be their home, or the whole disk.
 */
async function chooseFolderOf(data: readonly Uri[]): Promise<Uri | undefined> {
  const holds = ({ uri }: { readonly uri: Uri }): boolean =>
    data.every((each) => pathInside(uri.path, each.path) !== undefined);
  const open = workspace.workspaceFolders?.find(holds);
  if (open !== undefined) return open.uri;
  const paths = data.map(({ path }) => path);
  const folder = (data[0] ?? Uri.file('/')).with({ path: commonFolder(paths) });
  if (paths.every((path) => commonFolder([path]) === folder.path)) return folder;
  const make = l10n.t('Make Project Here');
  const chosen = await window.showWarningMessage(
    l10n.t('The project is made in {0}, as a project reads only files inside its folder.', folder.fsPath),
    { modal: true, detail: l10n.t('To have it elsewhere, copy the files into one folder first.') },
    make,
  );
  return chosen === make ? folder : undefined;
}
