import type { CancellationToken } from 'vscode-languageserver';
import { kinds } from '../../core/kinds/index.ts';
import { newProject as propose } from '../../core/scaffold/new-project.ts';
import { TEMPLATES, templateProject } from '../../core/scaffold/template-project.ts';
import { type NewProject, type NewProjectParams, newProjectRequest } from '../../protocol/new-project.ts';
import type { Feature, ServerContext } from '../feature.ts';
import { pathOfUri } from '../uris.ts';

/** `plumbline/newProject`: the files of a new project. The client writes them. */
export const newProject: Feature = {
  capabilities: {},
  register(context) {
    context.connection.onRequest<unknown, unknown>(
      newProjectRequest.method,
      async (params: NewProjectParams, token: CancellationToken) => {
        try {
          const proposed = await filesOf(context, params);
          return token.isCancellationRequested ? null : proposed;
        } catch (error) {
          const defect = error instanceof Error ? (error.stack ?? error.message) : String(error);
          context.connection.console.error(`A new project could not be proposed: ${defect}`);
          return { unavailable: 'The project could not be made. The log of Plumbline says why.' };
        }
      },
    );
  },
};

async function filesOf(
  { fs, projects }: ServerContext,
  { folder, data, template }: NewProjectParams,
): Promise<NewProject | { readonly unavailable: string }> {
  const root = pathOfUri(folder);
  const paths = data.map(pathOfUri);
  if (root === undefined || paths.includes(undefined)) {
    return { unavailable: 'A project is made of files on disk. Choose a folder and files there.' };
  }
  const name = TEMPLATES.find((each) => each === template);
  const proposed =
    name === undefined
      ? await propose(
          fs,
          kinds,
          root,
          paths.flatMap((path) => path ?? []),
        )
      : await templateProject(fs, kinds, root, name);
  if ('refused' in proposed) return { unavailable: proposed.refused };
  return {
    files: proposed.files.map(({ path, text }) => ({ uri: projects.uriOf(path), text })),
    open: projects.uriOf(proposed.open),
  };
}
