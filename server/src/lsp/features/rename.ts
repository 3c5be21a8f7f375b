import {
  LSPErrorCodes,
  type PrepareRenameResult,
  ResponseError,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { prepareRename, type Refused, rename as renameTo } from '../../core/ide/rename.ts';
import { answer } from '../answer.ts';
import type { Feature } from '../feature.ts';
import { workspaceEditOf } from '../workspace-edit.ts';

/** Another name for something, in all files of the project. What cannot be renamed is refused with a reason that clients show. */
export const rename: Feature = {
  capabilities: (client) => ({
    renameProvider: client.textDocument?.rename?.prepareSupport === true ? { prepareProvider: true } : true,
  }),
  register(context) {
    const { connection } = context;
    connection.onPrepareRename(({ textDocument, position }, token) =>
      answer(
        context,
        textDocument.uri,
        token,
        (snapshot): PrepareRenameResult | ResponseError | undefined => {
          const at = snapshot.at(textDocument.uri, position);
          const prepared = at && prepareRename(snapshot.context, at.file, at.offset);
          if (prepared === undefined) return undefined;
          if ('refused' in prepared) return errorOf(prepared);
          return { range: snapshot.range(prepared), placeholder: prepared.name };
        },
      ),
    );
    connection.onRenameRequest(({ textDocument, position, newName }, token) =>
      answer(context, textDocument.uri, token, (snapshot): WorkspaceEdit | ResponseError | undefined => {
        const at = snapshot.at(textDocument.uri, position);
        const renamed = at && renameTo(snapshot.context, at.file, at.offset, newName);
        if (renamed === undefined) return undefined;
        return 'refused' in renamed ? errorOf(renamed) : workspaceEditOf(snapshot, renamed.edits);
      }),
    );
  },
};

function errorOf({ refused }: Refused): ResponseError {
  return new ResponseError(LSPErrorCodes.RequestFailed, refused);
}
