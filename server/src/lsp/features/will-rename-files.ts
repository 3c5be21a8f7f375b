import type { FileOperationRegistrationOptions } from 'vscode-languageserver';
import { fileRenameEdits } from '../../core/ide/file-rename.ts';
import { answerEach } from '../answer.ts';
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
      // Files of several projects may move at once; each project is asked about all moves.
      const edits = await answerEach(context, token, (snapshot) =>
        workspaceEditOf(snapshot, fileRenameEdits(snapshot.context.checked.project, moves)),
      );
      return { changes: Object.assign({}, ...edits.map(({ changes }) => changes)) };
    });
  },
};
