import type { CancellationToken, Location, Position, Range } from 'vscode-languageserver';
import type { ProjectAnalysis } from '../core/analyser.ts';
import type { Problem } from '../core/base/problem.ts';
import type { Place } from '../core/base/span.ts';
import type { Evaluator } from '../core/evaluate/evaluate.ts';
import type { Need } from '../core/evaluate/numbers.ts';
import { type IdeContext, type IdeFile, ideFileOf } from '../core/ide/ide-context.ts';
import { kinds } from '../core/kinds/index.ts';
import type { TextUnit, TextUnits } from '../core/syntax/units/text-units.ts';
import { placeIn, readUnit } from '../core/workspace.ts';
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
  /** As `around`, by the paths of the files. */
  aroundFiles(files: readonly string[]): IdeContext;
  /** The files that a document consists of, in its order; empty where it is no metrics file of the project. */
  files(uri: string): readonly IdeFile[];
  /** Those that stand in a range of the document. */
  filesIn(uri: string, range: Range): readonly IdeFile[];
  /** The file and offset of a position in a document. */
  at(uri: string, position: Position): At | undefined;
  /** Where a place is in the client's terms. */
  range(place: Place): Range;
  location(place: Place): Location;
  /** The project on its data, loaded where they are not yet, around some files as `around`; `undefined` where nothing is evaluated. */
  evaluator(token: CancellationToken, files?: readonly string[]): Promise<Evaluator | undefined>;
  /** Keeps numbers up to date without waiting for them: the client is told when they are there. */
  want(needs: readonly Need[]): void;
  /**
   * Computes numbers that an answer needs and that are not known yet; resolves when they are, or cannot be. The contexts of this
   * snapshot know them then.
   */
  ensure(needs: readonly Need[], token: CancellationToken): Promise<void>;
  /** Computes many numbers once, telling how many are there; gives them up when the request is cancelled. */
  compute(needs: readonly Need[], token: CancellationToken, progress: (done: number) => void): Promise<void>;
}

/** No answer waits longer than this for numbers: what is known by then is shown. */
const MAX_WAIT_MS = 10_000;

/** The features' view of one state of a project, with places in the client's terms. */
export function snapshotOf(
  session: ProjectSession,
  analysis: ProjectAnalysis,
  uriOf: (path: string) => string,
): Snapshot {
  const { texts, settings } = analysis.loaded;
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
  const aroundFiles = (files: readonly string[]): IdeContext => contextWith(analysis.checkedAround(files));
  const around = (files: readonly IdeFile[]): IdeContext => aroundFiles(files.map(({ file }) => file.path));
  const textOf = (uri: string): TextUnits | undefined => texts.get(pathOfUri(uri) ?? '');
  const fileOf = (unit: TextUnit): IdeFile => ideFileOf(readUnit(unit, kinds).file);
  const files = (uri: string): readonly IdeFile[] => textOf(uri)?.units.map(fileOf) ?? [];
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
    aroundFiles,
    files,
    filesIn(uri, range) {
      const text = textOf(uri);
      if (text === undefined) return [];
      const { start, end } = linesOf(text).span(range);
      return text.unitsIn({ start, end }).map(fileOf);
    },
    at(uri, position) {
      const text = textOf(uri);
      if (text === undefined) return undefined;
      const { unit, offset } = text.unitAt(linesOf(text).offset(position));
      const file = fileOf(unit);
      return { context: around([file]), file, offset };
    },
    location,
    range: (place) => location(place).range,
    evaluator: async (token, files) => session.evaluation?.evaluator(signalOf(token), files),
    want: (needs) => session.evaluation?.want(needs),
    async ensure(needs, token) {
      await session.evaluation?.ensure(needs, signalOf(token, MAX_WAIT_MS));
    },
    async compute(needs, token, progress) {
      await session.evaluation?.compute(needs, signalOf(token), progress);
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
