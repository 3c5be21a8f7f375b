import type { CancellationToken, Location, Position, Range } from 'vscode-languageserver';
import type { ProjectAnalysis } from '../core/analyser.ts';
import type { Problem } from '../core/base/problem.ts';
import type { Place } from '../core/base/span.ts';
import type { Evaluator } from '../core/evaluate/evaluate.ts';
import type { Need } from '../core/evaluate/numbers.ts';
import { type IdeContext, type IdeFile, ideFileOf } from '../core/ide/ide-context.ts';
import { kinds } from '../core/kinds/index.ts';
import type { FileSystem, Log, QueryEngine } from '../core/ports.ts';
import type { TextUnit, TextUnits } from '../core/syntax/units/text-units.ts';
import { nameOf, parentOf, relativeTo } from '../core/workspace/paths.ts';
import { SETTINGS_FILE } from '../core/workspace/walk.ts';
import { findRoot, findRoots, placeIn, readUnit } from '../core/workspace.ts';
import { linesOf } from './lines.ts';
import { EnginePool } from './session/engine-pool.ts';
import { ProjectSession, type SessionHost } from './session/project-session.ts';
import { pathOfUri, uriOfPath } from './uris.ts';

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
   * Computes numbers that an answer needs and that are not known yet; resolves when they are, or cannot be. The contexts of this
   * snapshot know them then.
   */
  ensure(needs: readonly Need[], token: CancellationToken): Promise<void>;
}

/** What projects ask of the server. */
export interface ProjectsHost {
  readonly fs: FileSystem;
  readonly log: Log;
  createEngine(): QueryEngine;
  now(): number;
  changed(session: ProjectSession, what: 'problems' | 'numbers'): void;
}

/** No answer waits longer than this for numbers: what is known by then is shown. */
const MAX_WAIT_MS = 10_000;

/** The projects of the workspace, each read when something in it is first asked for. */
export class Projects {
  readonly #host: ProjectsHost;
  readonly #sessions = new Map<string, ProjectSession>();
  readonly #engines: EnginePool;
  /** By folder: the root of the project that it belongs to. */
  readonly #roots = new Map<string, Promise<string>>();
  /** Path → URI of the open documents, as the client writes it: two clients may spell the URI of one path differently. */
  readonly #open = new Map<string, string>();
  #folders: readonly string[] = [];
  #changes: Promise<void> = Promise.resolve();
  #evaluates = true;

  constructor(host: ProjectsHost) {
    this.#host = host;
    this.#engines = new EnginePool(() => host.createEngine());
  }

  get sessions(): readonly ProjectSession[] {
    return [...this.#sessions.values()];
  }

  /** The folders that the client has opened. */
  get folders(): readonly string[] {
    return this.#folders;
  }

  set folders(folders: readonly string[]) {
    this.#folders = folders;
  }

  get evaluates(): boolean {
    return this.#evaluates;
  }

  /** Whether anything may be evaluated: not in a workspace that is not trusted. Projects are read anew where that changes. */
  async setEvaluates(evaluates: boolean): Promise<void> {
    if (this.#evaluates === evaluates) return;
    this.#evaluates = evaluates;
    await this.#restart();
  }

  /** The session of a file's project; `undefined` for what is no file on disk. */
  async sessionOf(uri: string): Promise<ProjectSession | undefined> {
    await this.#changes;
    const path = pathOfUri(uri);
    return path === undefined ? undefined : this.#sessionOf(path);
  }

  /** Every project in the opened folders, and those of open documents. */
  async all(): Promise<readonly ProjectSession[]> {
    const roots = await Promise.all(this.#folders.map((folder) => findRoots(this.#host.fs, folder)));
    for (const root of roots.flat()) this.#session(root);
    return this.sessions;
  }

  /** The project of a document as it is now, its unsaved text included; `undefined` where it is no file on disk. */
  async snapshot(uri: string, _token?: CancellationToken): Promise<Snapshot | undefined> {
    const session = await this.sessionOf(uri);
    return session && this.snapshotOf(session, pathOfUri(uri));
  }

  /** A project as it is now; with a path, the problems of that file are up to date. */
  async snapshotOf(session: ProjectSession, path?: string): Promise<Snapshot> {
    const analysis = await session.analysis(path);
    return snapshotOf(session, analysis, (file) => this.#open.get(file) ?? uriOfPath(file));
  }

  /** The URI of a file: as the client writes it where it is open. */
  uriOf(path: string): string {
    return this.#open.get(path) ?? uriOfPath(path);
  }

  /** The text of a document that is open. */
  setText(uri: string, text: string): Promise<void> {
    return this.#inOrder(async () => {
      const path = pathOfUri(uri);
      if (path === undefined) return;
      if (!this.#open.has(path) && nameOf(path) === SETTINGS_FILE) this.#roots.clear();
      this.#open.set(path, uri);
      (await this.#sessionOf(path)).setText(path, text);
    });
  }

  close(uri: string): Promise<void> {
    return this.#inOrder(async () => {
      const path = pathOfUri(uri);
      if (path === undefined) return;
      this.#open.delete(path);
      (await this.#sessionOf(path)).closeText(path);
    });
  }

  /** Changes of documents are taken in one after the other, before anything is answered that was asked after them. */
  #inOrder(change: () => Promise<void>): Promise<void> {
    const done = this.#changes.then(change);
    this.#changes = done.catch(() => {});
    return done;
  }

  async #sessionOf(path: string): Promise<ProjectSession> {
    return this.#session(await this.#rootOf(parentOf(path)));
  }

  /** Files were created, changed or deleted on disk. */
  filesChanged(paths: readonly string[]): void {
    if (paths.some((path) => nameOf(path) === SETTINGS_FILE)) this.#roots.clear();
    for (const session of this.sessions) {
      const own = paths.filter((path) => isOf(session.root, path));
      // A folder that came or went may have held both.
      if (own.some((path) => /\.ya?ml$|\/\.gitignore$/.test(path) || isFolder(path))) session.filesChanged();
      if (own.some((path) => DATA.test(path) || isFolder(path))) session.dataChanged();
    }
    if (paths.some((path) => nameOf(path) === SETTINGS_FILE)) void this.#rehome();
  }

  async dispose(): Promise<void> {
    await Promise.all(this.sessions.map((session) => session.dispose()));
    await this.#engines.dispose();
  }

  #session(root: string): ProjectSession {
    const known = this.#sessions.get(root);
    if (known !== undefined) return known;
    const { fs, log, now, changed } = this.#host;
    const host: SessionHost = {
      fs,
      log,
      now,
      changed,
      createEngine: this.#evaluates ? () => this.#engines.engine() : undefined,
    };
    const session = new ProjectSession(root, host);
    this.#sessions.set(root, session);
    return session;
  }

  #rootOf(folder: string): Promise<string> {
    const known = this.#roots.get(folder) ?? findRoot(this.#host.fs, folder);
    this.#roots.set(folder, known);
    return known;
  }

  /** A `plumbline.yaml` has come or gone: open documents may belong to another project now. */
  async #rehome(): Promise<void> {
    for (const [path, uri] of this.#open) {
      const session = await this.sessionOf(uri);
      for (const other of this.sessions) {
        const text = other.openText(path);
        if (other === session || text === undefined) continue;
        other.closeText(path);
        session?.setText(path, text);
      }
    }
  }

  async #restart(): Promise<void> {
    const old = this.sessions;
    const texts = old.flatMap((session) =>
      [...session.openPaths].map((path) => [path, session.openText(path) ?? ''] as const),
    );
    this.#sessions.clear();
    await Promise.all(old.map((session) => session.dispose()));
    for (const [path, text] of texts) await this.setText(this.uriOf(path), text);
  }
}

const DATA = /\.(?:csv|tsv|parquet|json|ndjson|xlsx|gz)$/i;

function isFolder(path: string): boolean {
  return !nameOf(path).includes('.');
}

/** Whether a path lies in a project, and not among what no project reads. */
function isOf(root: string, path: string): boolean {
  const relative = relativeTo(root, path);
  return relative !== undefined && !/(?:^|\/)(?:node_modules|\.git)(?:\/|$)/.test(relative);
}

function snapshotOf(
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
  const around = (files: readonly IdeFile[]): IdeContext =>
    contextWith(analysis.checkedAround(files.map(({ file }) => file.path)));
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
