import type { SymbolInformation } from 'vscode-languageserver';
import { type FoundDefinition, workspaceSymbols } from '../../core/ide/workspace-symbols.ts';
import { answerEach } from '../answer.ts';
import type { Feature } from '../feature.ts';
import type { Snapshot } from '../snapshot.ts';
import { SYMBOL_KINDS } from '../symbol-kinds.ts';

/** Definitions by name, of every project of the workspace. */
export const workspaceSymbol: Feature = {
  capabilities: { workspaceSymbolProvider: true },
  register(context) {
    context.connection.onWorkspaceSymbol(async ({ query }, token) => {
      const found = await answerEach(context, token, (snapshot) =>
        workspaceSymbols(snapshot.context, query).map((each) => toLsp(snapshot, each)),
      );
      return found.flat();
    });
  },
};

function toLsp(snapshot: Snapshot, { definition, ...place }: FoundDefinition): SymbolInformation {
  const { name, label } = definition;
  const kind = SYMBOL_KINDS[definition.definition];
  const location = snapshot.location(place);
  return { name, kind, location, ...(label === undefined ? {} : { containerName: label }) };
}
