import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  commands,
  Disposable,
  type ExtensionContext,
  tasks as editorTasks,
  l10n,
  ProcessExecution,
  Task,
  type TaskDefinition,
  TaskGroup,
  TaskRevealKind,
  Uri,
  type WorkspaceFolder,
  window,
  workspace,
} from 'vscode';
import { projectsRequest } from '../../../server/src/protocol/index.ts';
import { DISK } from '../has-files.ts';
import type { LanguageServer } from '../language-server.ts';
import { pathInside } from '../path-inside.ts';
import type { ClientFeature } from './feature.ts';

const TYPE = 'plumbline';

/** What the command line can do as a task; the group of each in the editor's terms. */
const COMMANDS = {
  check: TaskGroup.Build,
  test: TaskGroup.Test,
  eval: undefined,
} as const;
type CommandName = keyof typeof COMMANDS;

/** A task as people write it in `tasks.json`, and as `package.json` states it. */
interface OurDefinition extends TaskDefinition {
  readonly command: CommandName;
  /** Of a project, from the folder of the workspace. */
  readonly folder?: string;
  readonly args?: readonly string[];
}

/** Tasks that run the command line in a terminal, and a command that runs `check` without asking. */
export const tasks: ClientFeature = ({ extension, server }) => {
  const create = (folder: WorkspaceFolder, definition: OurDefinition): Task =>
    createTask(extension, server, folder, definition);
  return Disposable.from(
    editorTasks.registerTaskProvider(TYPE, {
      provideTasks: () =>
        foldersOnDisk().flatMap((folder) =>
          commandNames().map((command) => create(folder, { type: TYPE, command })),
        ),
      resolveTask({ definition, scope }) {
        const folder = typeof scope === 'object' ? scope : foldersOnDisk()[0];
        return isOurs(definition) && folder !== undefined ? create(folder, definition) : undefined;
      },
    }),
    commands.registerCommand('plumbline.checkProject', async () => {
      const place = await activeProject(server);
      if (place === undefined) {
        await window.showInformationMessage(
          l10n.t('Open a folder with metrics first: there is nothing to check.'),
        );
        return;
      }
      await editorTasks.executeTask(
        create(place.folder, { type: TYPE, command: 'check', folder: place.path }),
      );
    }),
  );
};

function createTask(
  { extensionPath }: ExtensionContext,
  server: LanguageServer,
  folder: WorkspaceFolder,
  definition: OurDefinition,
): Task {
  const { command, folder: project, args = [] } = definition;
  const place =
    project === undefined || project === '' ? [] : command === 'check' ? [project] : ['--project', project];
  // What the server shows already would stand in the list of problems twice.
  const matchers = command === 'check' && !server.running ? ['$plumbline'] : [];
  const task = new Task(
    definition,
    folder,
    place.length === 0 ? command : `${command} ${project}`,
    TYPE,
    new ProcessExecution(process.execPath, [cliOf(extensionPath, folder), command, ...place, ...args], {
      cwd: folder.uri.fsPath,
      // The editor's own program is Node as well, if it is told so.
      env: { ELECTRON_RUN_AS_NODE: '1' },
    }),
    matchers,
  );
  task.detail = detailOf(command);
  task.presentationOptions = { reveal: TaskRevealKind.Always, clear: true };
  const group = COMMANDS[command];
  if (group !== undefined) task.group = group;
  return task;
}

function detailOf(command: CommandName): string {
  switch (command) {
    case 'check':
      return l10n.t('Check the definitions');
    case 'test':
      return l10n.t('Run the examples');
    case 'eval':
      return l10n.t('Evaluate metrics and targets');
  }
}

/** The command line of the project, so that a task says what CI says; else the one that comes with the extension. */
function cliOf(extensionPath: string, { uri }: WorkspaceFolder): string {
  const own = join(uri.fsPath, 'node_modules', 'plumbline', 'dist', 'cli.js');
  const preferred = workspace.getConfiguration('plumbline.tasks', uri).get<boolean>('preferInstalled', true);
  return preferred && existsSync(own) ? own : join(extensionPath, 'dist', 'cli.js');
}

/** The project of the active editor, or the first of the window; the folder of the workspace and the path in it. */
async function activeProject(
  server: LanguageServer,
): Promise<{ readonly folder: WorkspaceFolder; readonly path: string } | undefined> {
  const { projects } = server.running ? await server.request(projectsRequest, null) : { projects: [] };
  const active = window.activeTextEditor?.document.uri.path ?? '';
  const roots = projects.map(({ folder }) => Uri.parse(folder).path);
  const around = roots.filter((root) => pathInside(root, active) !== undefined);
  // Of projects inside each other the innermost.
  const root = around.sort((a, b) => b.length - a.length)[0] ?? roots[0];
  const places = foldersOnDisk().map((folder) => ({
    folder,
    path: pathInside(folder.uri.path, root ?? folder.uri.path),
  }));
  return places.flatMap(({ folder, path }) => (path === undefined ? [] : [{ folder, path }]))[0];
}

function foldersOnDisk(): readonly WorkspaceFolder[] {
  return (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === DISK);
}

function commandNames(): readonly CommandName[] {
  return ['check', 'test', 'eval'];
}

function isOurs(definition: TaskDefinition): definition is OurDefinition {
  return definition.type === TYPE && commandNames().some((name) => name === definition.command);
}
