import type { CancellationToken, SymbolInformation } from 'vscode-languageserver';
import { workspaceSymbols } from '../../core/ide/workspace-symbols.ts';
import { answer } from '../answer.ts';
import type { Feature, ServerContext } from '../feature.ts';
import { SYMBOL_KINDS } from '../symbol-kinds.ts';

/** Definitions by name, of the projects of open documents and of the workspace's folders. */
export const workspaceSymbol: Feature = {
  capabilities: { workspaceSymbolProvider: true },
  register(context) {
    context.connection.onWorkspaceSymbol(({ query }, token) => symbolsOf(context, query, token));
  },
};

async function symbolsOf(
  context: ServerContext,
  query: string,
  token: CancellationToken,
): Promise<SymbolInformation[]> {
  const roots = new Set<string>();
  const found: SymbolInformation[] = [];
  for (const uri of await urisOf(context)) {
    await answer(context, uri, token, (snapshot) => {
      const { folder } = snapshot.context.checked.project;
      if (roots.has(folder)) return;
      roots.add(folder);
      for (const { definition, ...place } of workspaceSymbols(snapshot.context, query)) {
        const { name, label } = definition;
        const location = snapshot.location(place);
        const kind = SYMBOL_KINDS[definition.definition];
        found.push({ name, kind, location, ...(label === undefined ? {} : { containerName: label }) });
      }
    });
  }
  return found;
}

/** A document of each project that is known: those that are open, and the settings of each folder of the workspace, there or not. */
async function urisOf({ connection, documents, client }: ServerContext): Promise<readonly string[]> {
  const folders =
    client().workspace?.workspaceFolders === true ? await connection.workspace.getWorkspaceFolders() : null;
  return [
    ...documents.all().map(({ uri }) => uri),
    ...(folders ?? []).map(({ uri }) => `${uri.replace(/\/$/, '')}/plumbline.yaml`),
  ];
}
