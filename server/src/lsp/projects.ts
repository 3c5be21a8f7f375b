import type { CancellationToken } from 'vscode-languageserver';
import type { VersionStore } from '../core/diff-versions/version-store.ts';
import type { FileSystem, Log, QueryEngine } from '../core/ports.ts';
import { nameOf, parentOf, relativeTo, under } from '../core/workspace/paths.ts';
import { SETTINGS_FILE } from '../core/workspace/walk.ts';
import { findRoot, findRoots } from '../core/workspace.ts';
import type { ShowLoad } from './load-progress.ts';
import { EnginePool } from './session/engine-pool.ts';
import { ProjectSession, type SessionHost } from './session/project-session.ts';
import { type Snapshot, snapshotOf } from './snapshot.ts';
import { pathOfUri, uriOfPath } from './uris.ts';

/** What projects ask of the server. */
export interface ProjectsHost {
  readonly fs: FileSystem;
  readonly log: Log;
  createEngine(): QueryEngine;
  /** Where versions of projects are kept, if anywhere. */
  readonly versions?: VersionStore | undefined;
  now(): number;
  /** Shows a load of data that begins. */
  readonly showLoad?: ShowLoad;
  changed(session: ProjectSession, what: 'problems' | 'numbers'): void;
}

/** The projects of the workspace, each read when something in it is first asked for. */
export class Projects {
  /** Whether anything may be evaluated: not in a workspace that is not trusted. Set before anything is asked. */
  evaluates = true;
  readonly #host: ProjectsHost;
  readonly #sessions = new Map<string, ProjectSession>();
  readonly #engines: EnginePool;
  /** By folder: the root of the project that it belongs to. */
  readonly #roots = new Map<string, Promise<string>>();
  /** Path → URI of the open documents, as the client writes it: two clients may spell the URI of one path differently. */
  readonly #open = new Map<string, string>();
  #folders: readonly string[] = [];
  #changes: Promise<void> = Promise.resolve();
  #walk: { readonly at: number; readonly roots: Promise<readonly string[]> } | undefined;

  constructor(host: ProjectsHost) {
    this.#host = host;
    this.#engines = new EnginePool({ create: () => host.createEngine(), now: () => host.now() });
  }

  get sessions(): readonly ProjectSession[] {
    return [...this.#sessions.values()];
  }

  /** Why no engine can be started, in words for users; `undefined` where one can, as far as that was tried. */
  get engineFailure(): string | undefined {
    return this.#engines.failure?.message;
  }

  /** The folders that the client has opened. */
  get folders(): readonly string[] {
    return this.#folders;
  }

  set folders(folders: readonly string[]) {
    this.#folders = folders;
    this.#walk = undefined;
    this.#rehome();
  }

  /** Whether anything may be evaluated: not in a workspace that is not trusted. Projects are read anew where that changes. */
  setEvaluates(evaluates: boolean): Promise<void> {
    return this.#inOrder(async () => {
      if (this.evaluates === evaluates) return;
      this.evaluates = evaluates;
      const old = this.sessions;
      this.#sessions.clear();
      for (const session of old) {
        for (const path of session.openPaths) {
          (await this.#sessionOf(path)).setText(path, session.openText(path) ?? '');
        }
        await this.#end(session);
      }
    });
  }

  /** The session of a file's project; `undefined` for what is no file on disk. */
  async sessionOf(uri: string): Promise<ProjectSession | undefined> {
    await this.#changes;
    const path = pathOfUri(uri);
    return path === undefined ? undefined : this.#sessionOf(path);
  }

  /** Every project in the opened folders, and those of open documents. */
  async all(): Promise<readonly ProjectSession[]> {
    await this.#changes;
    // Of two opened folders one may lie in a project of the other.
    for (const root of await this.#foundRoots()) if ((await this.#rootOf(root)) === root) this.#session(root);
    return this.sessions;
  }

  /** A status line asks often, and a walk through a large workspace takes long: what it found counts for a while. */
  #foundRoots(): Promise<readonly string[]> {
    const now = this.#host.now();
    if (this.#walk === undefined || now - this.#walk.at > WALK_MS) {
      const found = Promise.all(this.#folders.map((folder) => findRoots(this.#host.fs, folder)));
      this.#walk = { at: now, roots: found.then((roots) => roots.flat()) };
    }
    return this.#walk.roots;
  }

  /** The project of a document as it is now, its unsaved text included; `undefined` where it is no file on disk. */
  async snapshot(uri: string): Promise<Snapshot | undefined> {
    const session = await this.sessionOf(uri);
    return session && this.snapshotOf(session, pathOfUri(uri));
  }

  /** A project as it is now; with a path, the problems of that file are up to date. */
  async snapshotOf(session: ProjectSession, path?: string): Promise<Snapshot> {
    const analysis = await session.analysis(path);
    return snapshotOf(session, analysis, (file) => this.uriOf(file));
  }

  /** A project as it is now, all its problems up to date unless the request is cancelled. */
  async wholeSnapshotOf(session: ProjectSession, token: CancellationToken): Promise<Snapshot> {
    const analysis = await session.wholeAnalysis(() => token.isCancellationRequested);
    return snapshotOf(session, analysis, (file) => this.uriOf(file));
  }

  /** The URI of a file: as the client writes it where it is open. */
  uriOf(path: string): string {
    return this.#open.get(path) ?? uriOfPath(path);
  }

  /** A URI by which a project can be named: that of its `plumbline.yaml`, which need not exist. */
  uriOfSettings({ root }: Pick<ProjectSession, 'root'>): string {
    return this.uriOf(under(root, SETTINGS_FILE));
  }

  /** The text of a document that is open. */
  setText(uri: string, text: string): Promise<void> {
    return this.#inOrder(async () => {
      const path = pathOfUri(uri);
      if (path === undefined) return;
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
    this.#walk = undefined;
    let isRootTouched = paths.some((path) => nameOf(path) === SETTINGS_FILE);
    for (const session of this.sessions) {
      const own = paths.filter((path) => isOf(session.root, path));
      // A folder that came or went may have held both.
      const isFolderTouched = own.some((path) => isFolder(path) || session.holds(path));
      if (isFolderTouched || own.some((path) => WRITTEN.test(path))) session.filesChanged();
      if (isFolderTouched || own.some((path) => DATA.test(path))) session.dataChanged();
      isRootTouched ||= paths.some((path) => relativeTo(path, session.root) !== undefined);
    }
    if (isRootTouched) this.#rehome();
  }

  async dispose(): Promise<void> {
    await Promise.all(this.sessions.map((session) => session.dispose()));
    await this.#engines.dispose();
  }

  #session(root: string): ProjectSession {
    const known = this.#sessions.get(root);
    if (known !== undefined) return known;
    const { fs, log, now, changed, showLoad, versions } = this.#host;
    const host: SessionHost = {
      fs,
      log,
      now,
      changed,
      showLoad,
      versions,
      createEngine: this.evaluates ? () => this.#engines.engine() : undefined,
    };
    const session = new ProjectSession(root, host);
    this.#sessions.set(root, session);
    return session;
  }

  #rootOf(folder: string): Promise<string> {
    const known = this.#roots.get(folder) ?? findRoot(this.#host.fs, folder, this.#folders);
    this.#roots.set(folder, known);
    return known;
  }

  /**
   * A `plumbline.yaml` has come or gone, or other folders are opened: documents may belong to other projects now, and projects may
   * be none any more.
   */
  #rehome(): void {
    const moved = this.#inOrder(async () => {
      this.#roots.clear();
      for (const path of this.#open.keys()) {
        const home = await this.#sessionOf(path);
        for (const other of this.sessions) {
          const text = other.openText(path);
          if (other === home || text === undefined) continue;
          other.closeText(path);
          home.setText(path, text);
        }
      }
      for (const session of this.sessions) if (!(await this.#isNeeded(session))) await this.#end(session);
      for (const session of this.sessions) session.filesChanged();
    });
    moved.catch((error: unknown) => this.#host.log.error(String(error)));
  }

  /** Whether a project has an open document, or is one of those in the opened folders. */
  async #isNeeded({ root, openPaths }: ProjectSession): Promise<boolean> {
    if (openPaths.size > 0) return true;
    if ((await this.#rootOf(root)) !== root) return false;
    return this.#folders.some((folder) => isOf(folder, root) || isOf(root, folder));
  }

  async #end(session: ProjectSession): Promise<void> {
    if (this.#sessions.get(session.root) === session) this.#sessions.delete(session.root);
    await session.dispose();
    this.#host.changed(session, 'problems');
  }
}

const WALK_MS = 5_000;
const WRITTEN = /\.ya?ml$|\/\.gitignore$/;
const DATA = /\.(?:csv|tsv|parquet|json|ndjson|jsonl|xlsx|gz)$/i;

function isFolder(path: string): boolean {
  return !nameOf(path).includes('.');
}

/** Whether a path lies in a project, and not among what no project reads. */
function isOf(root: string, path: string): boolean {
  const relative = relativeTo(root, path);
  return relative !== undefined && !/(?:^|\/)(?:node_modules|\.git)(?:\/|$)/.test(relative);
}
