import type { FileOperationRegistrationOptions, WorkspaceEdit } from 'vscode-languageserver';
import { fileRenameEdits } from '../../core/ide/file-rename.ts';
import { answer } from '../answer.ts';
import type { Feature } from '../feature.ts';
import { pathOfUri } from '../uris.ts';
import { workspaceEditOf } from '../workspace-edit.ts';

/** Any file may be data, and any folder may hold some. */
const EVERYTHING: FileOperationRegistrationOptions = {
  filters: [{ scheme: 'file', pattern: { glob: '**/*' } }],
};

/** Keeps `data` of sources pointing at their data when files are renamed or moved. */
export const willRenameFiles: Feature = {
  capabilities: { workspace: { fileOperations: { willRename: EVERYTHING } } },
  register(context) {
    context.connection.workspace.onWillRenameFiles(async ({ files }, token) => {
      const moves = files.flatMap(({ oldUri, newUri }) => {
        const [from, to] = [pathOfUri(oldUri), pathOfUri(newUri)];
        return from === undefined || to === undefined ? [] : [{ from, to }];
      });
      const changes: NonNullable<WorkspaceEdit['changes']> = {};
      // Files of several projects may move at once; each project is asked about all moves.
      for (const { oldUri } of files) {
        const edit = await answer(context, oldUri, token, (snapshot) =>
          workspaceEditOf(snapshot, fileRenameEdits(snapshot.context.checked.project, moves)),
        );
        Object.assign(changes, edit?.changes);
      }
      return { changes };
    });
  },
};
