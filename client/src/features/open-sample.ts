import {
  commands,
  Disposable,
  type ExtensionContext,
  FileType,
  l10n,
  type QuickPickItem,
  Uri,
  window,
  workspace,
} from 'vscode';
import type { ClientFeature } from './feature.ts';

/** The file of the sample that is shown first. */
const FIRST = 'customers.metrics.yaml';
const NAME = 'plumbline-sample';
/** In the extension's memory: the sample that a window was opened for, and that has not been shown yet. */
const WAITING = 'plumbline.sampleToShow';

/**
 * Copies the sample project to where the user wants it, and opens it in a window. Who runs the command with a folder is asked nothing: it is
 * copied into that, and the URI of the copy is the answer.
 */
export const openSample: ClientFeature = ({ extension, log }) => {
  showWaiting(extension).catch((error: unknown) => log.error(`The sample is not shown: ${String(error)}`));
  return Disposable.from(
    commands.registerCommand('plumbline.openSample', async (target?: unknown) => {
      const parent = target instanceof Uri ? target : await chooseParent(extension);
      if (parent === undefined) return undefined;
      try {
        const folder = await copyTo(extension, parent);
        if (parent !== target) await open(extension, folder);
        return folder;
      } catch (error) {
        log.error(`The sample could not be copied: ${String(error)}`);
        await window.showErrorMessage(
          l10n.t(
            'The sample could not be copied to {0}. Choose another folder; the log says why.',
            parent.fsPath,
          ),
        );
      }
    }),
    commands.registerCommand('plumbline.openWalkthrough', () =>
      commands.executeCommand(
        'workbench.action.openWalkthrough',
        `${extension.extension.id}#plumbline.start`,
        false,
      ),
    ),
  );
};

/** The folder into which the sample is copied; undefined where the user has changed their mind. */
async function chooseParent(extension: ExtensionContext): Promise<Uri | undefined> {
  const temporary: QuickPickItem = {
    label: l10n.t('A folder that the extension keeps'),
    detail: l10n.t('Removed with the extension. Good for looking around.'),
  };
  const own: QuickPickItem = {
    label: l10n.t('Another folder…'),
    detail: l10n.t('A folder named "{0}" is made in the one that you choose.', NAME),
  };
  const chosen = await window.showQuickPick([temporary, own], {
    title: l10n.t('Open Sample Project'),
    placeHolder: l10n.t('Where should the sample be copied to?'),
  });
  if (chosen === undefined) return undefined;
  if (chosen === temporary) return extension.globalStorageUri;
  const folders = await window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    openLabel: l10n.t('Copy Sample Here'),
  });
  return folders?.[0];
}

/** Copies the sample to a new folder: one that is there already holds what the user has made of it. */
async function copyTo(extension: ExtensionContext, parent: Uri): Promise<Uri> {
  await workspace.fs.createDirectory(parent);
  const taken = new Set((await workspace.fs.readDirectory(parent)).map(([name]) => name));
  let name = NAME;
  for (let number = 2; taken.has(name); number++) name = `${NAME}-${number}`;
  const folder = Uri.joinPath(parent, name);
  await copyFolder(Uri.joinPath(extension.extensionUri, 'client', 'walkthrough', 'sample'), folder);
  return folder;
}

/** File by file, as the files of an installed extension may be such that only reading is allowed, and copies would be too. */
async function copyFolder(from: Uri, to: Uri): Promise<void> {
  await workspace.fs.createDirectory(to);
  for (const [name, type] of await workspace.fs.readDirectory(from)) {
    const [source, target] = [Uri.joinPath(from, name), Uri.joinPath(to, name)];
    if (type === FileType.Directory) await copyFolder(source, target);
    else await workspace.fs.writeFile(target, await workspace.fs.readFile(source));
  }
}

/** Opens the folder: in this window where it shows no other. Its first file is shown by the window that opens. */
async function open(extension: ExtensionContext, folder: Uri): Promise<void> {
  await extension.globalState.update(WAITING, folder.toString());
  const forceNewWindow = (workspace.workspaceFolders ?? []).length > 0;
  await commands.executeCommand('vscode.openFolder', folder, { forceNewWindow });
}

async function showWaiting({ globalState }: ExtensionContext): Promise<void> {
  const waiting = globalState.get<string>(WAITING);
  const folder = workspace.workspaceFolders?.find(({ uri }) => uri.toString() === waiting);
  if (folder === undefined) return;
  await globalState.update(WAITING, undefined);
  await window.showTextDocument(Uri.joinPath(folder.uri, FIRST));
}
