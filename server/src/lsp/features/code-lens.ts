import type { CodeLens as ClientLens, Command } from 'vscode-languageserver';
import { changesTitle, isWrittenOtherwise } from '../../core/diff/changes-of.ts';
import {
  type CodeLens,
  codeLenses,
  type DependantsLens,
  dependantsTitle,
} from '../../core/ide/code-lenses.ts';
import { dependantsOf } from '../../core/ide/dependants.ts';
import type { AnyDefinition } from '../../core/model/project.ts';
import { answer } from '../answer.ts';
import { COMMANDS } from '../commands.ts';
import type { Feature, ServerContext } from '../feature.ts';
import type { Comparisons } from '../session/comparisons.ts';
import type { Snapshot } from '../snapshot.ts';

/** What is asked most of a definition, above its name. Dependants are counted when a lens comes into view. */
export const codeLens: Feature = {
  capabilities: { codeLensProvider: { resolveProvider: true } },
  register(context) {
    const { connection } = context;
    connection.onCodeLens(({ textDocument: { uri } }, token) =>
      answer(context, uri, token, async (snapshot) => {
        const files = snapshot.files(uri);
        const around = snapshot.around(files);
        const head = await headOf(context, snapshot);
        const isChanged = (definition: AnyDefinition): boolean =>
          head !== undefined && isWrittenOtherwise(head.side, snapshot.analysis, definition);
        return files.flatMap((file) =>
          codeLenses(around, file, isChanged).map((lens) => toLens(snapshot, uri, file.file.path, lens)),
        );
      }),
    );
    connection.onCodeLensResolve(async (lens, token) => {
      const data = dataOf(lens);
      if (data === undefined) return lens;
      const resolved = await answer(context, data.uri, token, async (snapshot) => ({
        ...lens,
        command:
          data.lens === 'changes'
            ? await showChanges(context, snapshot, data)
            : showDependants(snapshot, lens, data),
      }));
      return resolved ?? lens;
    });
  },
};

/** What is needed to resolve a lens: it comes back from the client as it was sent. */
type Data = Pick<DependantsLens, 'definition' | 'name'> & {
  readonly lens: 'dependants' | 'changes';
  readonly uri: string;
};

function toLens(snapshot: Snapshot, uri: string, file: string, lens: CodeLens): ClientLens {
  const range = snapshot.range({ file, span: lens.span });
  if (lens.kind === 'dependants' || lens.kind === 'changes') {
    const data: Data = { lens: lens.kind, definition: lens.definition, name: lens.name, uri };
    return { range, data };
  }
  return {
    range,
    command: { title: lens.title, command: COMMANDS[lens.kind], arguments: [lens.metric, uri] },
  };
}

/** Without dependants there is nothing to show: a lens whose command is empty is plain text. */
function showDependants(snapshot: Snapshot, { range }: ClientLens, { definition, name, uri }: Data): Command {
  const dependants = dependantsOf(snapshot.context, definition, name);
  const title = dependantsTitle(dependants.length);
  if (dependants.length === 0) return { title, command: '' };
  const locations = dependants.map(({ place }) => snapshot.location(place));
  return { title, command: COMMANDS.dependants, arguments: [uri, range.start, locations] };
}

/** The last commit; nothing where it cannot be read, as in a damaged repository: the other lenses are there all the same. */
async function headOf(
  { connection }: ServerContext,
  { session, analysis }: Snapshot,
): ReturnType<Comparisons['head']> {
  try {
    return await session.comparisons?.head(analysis.loaded.shapes);
  } catch (error) {
    connection.console.warn(`The last commit cannot be read: ${String(error)}`);
    return undefined;
  }
}

/** What its change since the last commit does: named where that is known from the definitions alone, counted where it was computed. */
async function showChanges(context: ServerContext, snapshot: Snapshot, data: Data): Promise<Command> {
  const { definition: kind, name, uri } = data;
  const { comparisons } = snapshot.session;
  const head = await headOf(context, snapshot);
  if (comparisons === undefined || head === undefined) return { title: '', command: '' };
  const { project } = snapshot.analysis.loaded;
  // Of a large project the answer takes too long to be given again with each key.
  const changes =
    project.metrics.size > MOST_METRICS
      ? undefined
      : comparisons.changes(head.side, snapshot.analysis)({ kind, name });
  const found = comparisons.known(head.commit)?.report.diff.metrics;
  const moved = found?.filter(
    (effect) => effect.moved > 0 && changes?.reached.includes(effect.affected.name),
  ).length;
  const title = changesTitle(changes, moved);
  if (changes?.facts.length === 0) return { title, command: '' };
  return { title, command: COMMANDS.compare, arguments: [uri, ...(kind === 'metric' ? [name] : [])] };
}

/** In larger projects it is not said beforehand whom a change reaches. */
const MOST_METRICS = 300;

/** A client may send anything. */
function dataOf({ data }: ClientLens): Data | undefined {
  const known = typeof data === 'object' && data !== null;
  if (!known || typeof data.uri !== 'string' || typeof data.name !== 'string') return undefined;
  const definition = DEFINITIONS.find((each) => each === data.definition);
  const lens = data.lens === 'changes' ? 'changes' : 'dependants';
  return definition && { lens, definition, name: data.name, uri: data.uri };
}

const DEFINITIONS = ['source', 'segment', 'metric'] as const;
