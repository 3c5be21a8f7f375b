import type { CancellationToken, Location, Position, Range } from 'vscode-languageserver';
import type { ProjectAnalysis } from '../core/analyser.ts';
import type { Problem } from '../core/base/problem.ts';
import type { Place } from '../core/base/span.ts';
import type { Evaluator } from '../core/evaluate/evaluate.ts';
import type { Need } from '../core/evaluate/numbers.ts';
import { type IdeContext, type IdeFile, ideFileOf } from '../core/ide/ide-context.ts';
import type { MetricsFile } from '../core/model/project.ts';
import type { TextUnits } from '../core/syntax/units/text-units.ts';
import { placeIn } from '../core/workspace.ts';
import { linesOf } from './lines.ts';
import type { ProjectSession } from './session/project-session.ts';
import { pathOfUri } from './uris.ts';

/** A place in a file of a project, with what features there are computed from. */
export interface At {
  readonly context: IdeContext;
  readonly file: IdeFile;
  readonly offset: number;
}

/** One state of a project: immutable, so that an answer never mixes two texts. */
export interface Snapshot {
  readonly session: ProjectSession;
  readonly analysis: ProjectAnalysis;
  /** Of the whole project. What its definitions mean is found when it is asked for: `around` is quicker. */
  readonly context: IdeContext;
  /** Of some files: `checked` knows what these mean. */
  around(files: readonly IdeFile[]): IdeContext;
  /** The files that a document consists of, in its order; empty where it is no metrics file of the project. */
  files(uri: string): readonly IdeFile[];
  /** Those that stand in a range of the document. */
  filesIn(uri: string, range: Range): readonly IdeFile[];
  /** The file and offset of a position in a document. */
  at(uri: string, position: Position): At | undefined;
  /** Where a place is in the client's terms. */
  range(place: Place): Range;
  location(place: Place): Location;
  /** The project on its data, loaded where they are not yet; `undefined` where nothing is evaluated. */
  evaluator(token: CancellationToken): Promise<Evaluator | undefined>;
  /** Keeps numbers up to date without waiting for them: the client is told when they are there. */
  want(needs: readonly Need[]): void;
  /**
   * Computes numbers that an answer needs and that are not known yet; resolves when they are, or cannot be. They are then in the
   * `numbers` of every context of this state.
   */
  ensure(needs: readonly Need[], token: CancellationToken): Promise<void>;
}

/** No answer waits longer than this for numbers: what is known by then is shown. */
const MAX_WAIT_MS = 10_000;

/** The features' view of one state of a project, with places in the client's terms. */
export function snapshotOf(
  session: ProjectSession,
  analysis: ProjectAnalysis,
  uriOf: (path: string) => string,
): Snapshot {
  const { texts, project, settings } = analysis.loaded;
  const numbers = session.evaluation?.book;
  let problems: readonly Problem[] | undefined;
  const contextWith = (checked: IdeContext['checked']): IdeContext => ({
    checked,
    numbers,
    get problems() {
      problems ??= session.problems(analysis);
      return problems;
    },
  });
  const context = contextWith(analysis.checked);
  const around = (files: readonly IdeFile[]): IdeContext =>
    contextWith(analysis.checkedAround(files.map(({ file }) => file.path)));
  const textOf = (uri: string): TextUnits | undefined => texts.get(pathOfUri(uri) ?? '');
  let units: ReadonlyMap<string, MetricsFile> | undefined;
  const fileOf = (id: string): IdeFile | undefined => {
    units ??= new Map(project.files.map((file) => [file.path, file]));
    const file = units.get(id);
    return file && ideFileOf(file);
  };
  const files = (uri: string): readonly IdeFile[] =>
    textOf(uri)?.units.flatMap(({ id }) => fileOf(id) ?? []) ?? [];
  const location = (place: Place): Location => {
    const { file, span } = placeIn(texts, place);
    return { uri: uriOf(file), range: linesOf(writtenAt(file)).range(span) };
  };
  const settingsText = { text: typeof settings?.file.text === 'string' ? settings.file.text : '' };
  const writtenAt = (file: string): { readonly text: string } =>
    texts.get(file) ?? (file === settings?.file.path ? settingsText : NOTHING);
  return {
    session,
    analysis,
    context,
    around,
    files,
    filesIn(uri, range) {
      const text = textOf(uri);
      if (text === undefined) return [];
      const { start, end } = linesOf(text).span(range);
      return text.unitsIn({ start, end }).flatMap(({ id }) => fileOf(id) ?? []);
    },
    at(uri, position) {
      const text = textOf(uri);
      if (text === undefined) return undefined;
      const { unit, offset } = text.unitAt(linesOf(text).offset(position));
      const file = fileOf(unit.id);
      return file && { context: around([file]), file, offset };
    },
    location,
    range: (place) => location(place).range,
    evaluator: async (token) =>
      session.evaluation === undefined ? undefined : session.evaluation.evaluator(signalOf(token)),
    want: (needs) => session.evaluation?.want(needs),
    async ensure(needs, token) {
      await session.evaluation?.ensure(needs, signalOf(token, MAX_WAIT_MS));
    },
  };
}

/** The text of a file that cannot be read. */
const NOTHING = { text: '' };

/** The signal of a request: aborted when the client cancels it, or after a time. */
function signalOf(token: CancellationToken, limit?: number): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  token.onCancellationRequested(() => controller.abort());
  return limit === undefined
    ? controller.signal
    : AbortSignal.any([controller.signal, AbortSignal.timeout(limit)]);
}
