import { l10n, type QuickPickItem, Uri, window } from 'vscode';
import { type ProjectSummary, projectsRequest } from '../../../../server/src/protocol/index.ts';
import { DISK } from '../../has-files.ts';
import type { LanguageServer } from '../../language-server.ts';
import { pathInside } from '../../path-inside.ts';

/** What a command was given: the URI of a document or folder, the source control of a repository, or nothing that is known. */
export function uriIn(given: unknown): Uri | undefined {
  if (given instanceof Uri) return given;
  if (typeof given === 'string' && given !== '') return Uri.parse(given);
  if (typeof given !== 'object' || given === null || !('rootUri' in given)) return undefined;
  return given.rootUri instanceof Uri ? given.rootUri : undefined;
}

/**
 * The project that something is in, else those inside it; where that is nothing, the project of the active editor, the only one of the window, or
 * the one that is picked. Undefined where there is none, which is said, or nothing was picked.
 */
export async function projectOf(
  server: LanguageServer,
  near: Uri | undefined,
): Promise<ProjectSummary | undefined> {
  const { projects } = server.running ? await server.request(projectsRequest, null) : { projects: [] };
  if (projects.length === 0) {
    void window.showInformationMessage(
      server.running
        ? l10n.t('There is no project in this window to compare: no folder has a file plumbline.yaml.')
        : l10n.t('The language server of Plumbline is not running. Restart it to compare versions.'),
    );
    return undefined;
  }
  const around = projectAround(projects, near);
  if (around !== undefined) return around;
  const inside =
    near && projects.filter(({ folder }) => pathInside(near.path, Uri.parse(folder).path) !== undefined);
  const candidates = inside === undefined || inside.length === 0 ? projects : inside;
  const active = projectAround(candidates, activeUri());
  return active ?? (candidates.length === 1 ? candidates[0] : await pick(candidates));
}

/** The innermost project that a document is in. */
export function projectAround<P extends { readonly folder: string }>(
  projects: readonly P[],
  uri: Uri | undefined,
): P | undefined {
  if (uri === undefined) return undefined;
  return projects
    .filter(({ folder }) => pathInside(Uri.parse(folder).path, uri.path) !== undefined)
    .sort((one, other) => other.folder.length - one.folder.length)[0];
}

/** The document that is edited. */
export function activeUri(): Uri | undefined {
  const uri = window.activeTextEditor?.document.uri;
  return uri?.scheme === DISK ? uri : undefined;
}

async function pick(projects: readonly ProjectSummary[]): Promise<ProjectSummary | undefined> {
  const items = projects.map((project): QuickPickItem & { readonly project: ProjectSummary } => ({
    label: project.name,
    description: Uri.parse(project.folder).fsPath,
    project,
  }));
  const title = l10n.t('Compare Which Project?');
  return (await window.showQuickPick(items, { title, matchOnDescription: true }))?.project;
}
