import type {
  CancellationToken,
  CodeAction,
  CodeActionParams,
  Diagnostic,
  Range,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver';
import {
  ACTION_KINDS,
  type ActionRequest,
  type CodeAction as CoreAction,
} from '../../core/ide/actions/action.ts';
import { fixAll } from '../../core/ide/actions/fix-all.ts';
import { codeActions, isAskedFor } from '../../core/ide/actions/index.ts';
import type { IdeContext } from '../../core/ide/ide-context.ts';
import { answer } from '../answer.ts';
import type { Feature, ServerContext } from '../feature.ts';
import type { Snapshot } from '../snapshot.ts';

/** What a client sends back to have the edits of an action made: where it was asked for, and which it is. */
interface Unresolved {
  readonly uri: string;
  readonly version: number | undefined;
  readonly range: Range;
  readonly title: string;
}

/** Changes of text at a place. Edits that are made of numbers not known yet are made when the action is chosen. */
export const codeAction: Feature = {
  capabilities: { codeActionProvider: { codeActionKinds: [...ACTION_KINDS], resolveProvider: true } },
  register(context) {
    const { connection } = context;
    connection.onCodeAction((params, token) => {
      const versions = versionsOf(context);
      return answer(context, params.textDocument.uri, token, (snapshot) =>
        listActions({ context, snapshot, versions, token }, params),
      );
    });
    connection.onCodeActionResolve(async (action, token) => {
      const data = unresolved(action.data);
      const versions = versionsOf(context);
      // Edits of another text than the one in which the action was offered would end up somewhere.
      if (data === undefined || versions.get(data.uri) !== data.version) return action;
      const edit = await answer(context, data.uri, token, (snapshot) =>
        resolveEdit({ context, snapshot, versions, token }, data),
      );
      return edit === null ? action : { ...action, edit };
    });
  },
};

/** One request: the state that it is answered from, and the versions of the documents when it came. */
interface Answering {
  readonly context: ServerContext;
  readonly snapshot: Snapshot;
  readonly versions: ReadonlyMap<string, number>;
  readonly token: CancellationToken;
}

async function listActions(answering: Answering, params: CodeActionParams): Promise<CodeAction[]> {
  const { context, snapshot } = answering;
  const { uri } = params.textDocument;
  const { only } = params.context;
  const request = requestAt(snapshot, uri, params.range);
  const actions = request === undefined ? [] : codeActions(request, only);
  const all = isAskedFor('source.fixAll.plumbline', only)
    ? fixAll(snapshot.context, snapshot.files(uri))
    : undefined;
  const resolves =
    context.client().textDocument?.codeAction?.resolveSupport?.properties.includes('edit') === true;
  const listed: CodeAction[] = [];
  for (const action of [...actions, ...(all === undefined ? [] : [all])]) {
    const shown = shownAction(action, params.context.diagnostics, snapshot);
    if (action.needs === undefined) {
      listed.push({ ...shown, edit: toWorkspaceEdit(answering, action) });
      continue;
    }
    const data: Unresolved = {
      uri,
      version: answering.versions.get(uri),
      range: params.range,
      title: action.title,
    };
    const edit = resolves ? undefined : await resolveEdit(answering, data);
    if (resolves) listed.push({ ...shown, data });
    else if (edit !== undefined) listed.push({ ...shown, edit });
  }
  return listed;
}

/** The edits of an action once its numbers are known; `undefined` where they cannot be, or nothing is to be changed. */
async function resolveEdit(answering: Answering, data: Unresolved): Promise<WorkspaceEdit | undefined> {
  const { snapshot, token } = answering;
  const chosen = (known: IdeContext): CoreAction | undefined => {
    const request = requestAt(snapshot, data.uri, data.range, known);
    return request && codeActions(request).find(({ title }) => title === data.title);
  };
  const needs = chosen(snapshot.context)?.needs ?? [];
  if (needs.length > 0) await snapshot.ensure(needs, token);
  const action = chosen(snapshot.context);
  return action === undefined || action.edits.length === 0 ? undefined : toWorkspaceEdit(answering, action);
}

/** A range that ends in another part of the document ends with the part in which it begins. */
function requestAt(
  snapshot: Snapshot,
  uri: string,
  range: Range,
  context: IdeContext = snapshot.context,
): ActionRequest | undefined {
  const [start, end] = [snapshot.at(uri, range.start), snapshot.at(uri, range.end)];
  if (start === undefined) return undefined;
  const { file, offset } = start;
  const isSameFile = end?.file.file.path === file.file.path;
  const span = { start: offset, end: isSameFile ? Math.max(offset, end.offset) : file.file.text.length };
  return { context, file, span, today: today() };
}

function shownAction(
  { title, kind, preferred, fixes }: CoreAction,
  diagnostics: readonly Diagnostic[],
  snapshot: Snapshot,
): CodeAction {
  const range = fixes && JSON.stringify(snapshot.range(fixes));
  const mended = diagnostics.filter(
    (diagnostic) => diagnostic.code === fixes?.code && JSON.stringify(diagnostic.range) === range,
  );
  return {
    title,
    kind,
    ...(preferred ? { isPreferred: true } : {}),
    ...(mended.length === 0 ? {} : { diagnostics: mended }),
  };
}

/** By document; with the versions that the edits are of, where the client can compare them. */
function toWorkspaceEdit({ context, snapshot, versions }: Answering, { edits }: CoreAction): WorkspaceEdit {
  const changes: Record<string, TextEdit[]> = {};
  for (const edit of edits) {
    const { uri, range } = snapshot.location(edit);
    changes[uri] = [...(changes[uri] ?? []), { range, newText: edit.text }];
  }
  if (context.client().workspace?.workspaceEdit?.documentChanges !== true) return { changes };
  const documentChanges = Object.entries(changes).map(([uri, own]) => ({
    textDocument: { uri, version: versions.get(uri) ?? null },
    edits: own,
  }));
  return { documentChanges };
}

function versionsOf({ documents }: ServerContext): ReadonlyMap<string, number> {
  return new Map(documents.all().map(({ uri, version }) => [uri, version]));
}

function unresolved(data: unknown): Unresolved | undefined {
  return typeof data === 'object' && data !== null && 'uri' in data && 'range' in data && 'title' in data
    ? (data as Unresolved)
    : undefined;
}

/** The day where the server runs, `YYYY-MM-DD`. */
function today(): string {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}
