import { analyse } from '../../core/analyse.ts';
import { throwIfCancelled } from '../../core/base/cancel.ts';
import { changesBetween } from '../../core/diff/changes-of.ts';
import type { DiffSide } from '../../core/diff/side.ts';
import { openVersion, reportedSide, type Version } from '../../core/diff-versions/version.ts';
import {
  type Refs,
  type StoredVersion,
  VersionProblem,
  type VersionStore,
} from '../../core/diff-versions/version-store.ts';
import { diffVersions } from '../../core/diff-versions.ts';
import { kinds } from '../../core/kinds/index.ts';
import type { Shapes } from '../../core/model/shape.ts';
import type { FileSystem, QueryEngine } from '../../core/ports.ts';
import type { Base } from '../../core/preview/comparison.ts';
import { assemble, type LoadedProject, type ProjectTexts, readTexts } from '../../core/workspace.ts';
import { type ComparedVersions, ComparisonRun, type ComparisonWork } from './comparison-run.ts';

/** What comparisons of a project ask of its session. */
export interface ComparisonsHost {
  readonly root: string;
  readonly versions: VersionStore;
  createEngine(): QueryEngine;
  /** The project as it is now, what is not saved included. */
  working(): FileSystem;
  /** Another object whenever texts or data may be others than before. */
  state(): object;
  /** Milliseconds that only ever grow. */
  now(): number;
}

/** So many versions are held open: each is a folder of files and a process of git. */
const MOST_OPEN = 2;
/** An engine that compares nothing for so long is ended. */
const ENGINE_MS = 60_000;
/** While somebody types, git is not asked for each character whether a branch has moved. */
const COMMIT_MS = 2_000;

/**
 * Compares a project with its versions, one comparison after the other. What is asked for again while nothing has changed is known; what nobody
 * waits for any more is given up.
 */
export class Comparisons {
  readonly #host: ComparisonsHost;
  /** By commit, the one that was used last at the end. */
  readonly #open = new Map<string, Promise<StoredVersion>>();
  readonly #runs = new Map<string, ComparisonRun>();
  readonly #fingerprints = new Map<
    string,
    { readonly stamp: string; readonly id: Promise<string | undefined> }
  >();
  readonly #heads = new WeakMap<Shapes, { readonly commit: string; readonly side: Promise<DiffSide> }>();
  #head: { readonly at: number; readonly commit: Promise<string | undefined> } | undefined;
  #changes: { before: DiffSide; after: LoadedProject; of: ReturnType<typeof changesBetween> } | undefined;
  #line: Promise<unknown> = Promise.resolve();
  #engine: QueryEngine | undefined;
  #engineTimer: ReturnType<typeof setTimeout> | undefined;
  #isDisposed = false;

  constructor(host: ComparisonsHost) {
    this.#host = host;
  }

  /** What changed since a version, and what that does to the numbers. Rejects with `VersionProblem`, `EngineFailure` and `Cancelled`. */
  async compare(base: Base, { signal, tell }: ComparisonWork): Promise<ComparedVersions> {
    const commit = await this.#host.versions.commit(this.#host.root, base);
    throwIfCancelled(signal);
    return this.#runFor(base, commit).wait({ signal, tell });
  }

  /** What the project can be compared with. Rejects with `VersionProblem`. */
  refs(): Promise<Refs> {
    return this.#host.versions.refs(this.#host.root);
  }

  /** What a comparison found, where it was made of what is there now; `undefined` where it was not, or is still at work. */
  known(commit: string): ComparedVersions | undefined {
    const state = this.#host.state();
    return [...this.#runs.values()].find((run) => run.commit === commit && run.state === state)?.found;
  }

  /**
   * The definitions of the last commit over the shapes of data that are known: enough to tell what changed, at the cost of no data. `undefined`
   * where there is no repository, or no commit in it.
   */
  async head(shapes: Shapes): Promise<{ readonly commit: string; readonly side: DiffSide } | undefined> {
    const commit = await this.#headCommit();
    if (commit === undefined || this.#isDisposed) return undefined;
    const known = this.#heads.get(shapes);
    if (known?.commit === commit) return { commit, side: await known.side };
    const side = this.#texts(commit).then((texts) => {
      const loaded = assemble(texts, shapes, kinds);
      return { loaded, checked: analyse(loaded, kinds).checked };
    });
    side.catch(() => this.#heads.delete(shapes));
    this.#heads.set(shapes, { commit, side });
    return { commit, side: await side };
  }

  /** What the changes of definitions do, of two states; that of the latest two is kept. */
  changes(before: DiffSide, { loaded, checked }: DiffSide): ReturnType<typeof changesBetween> {
    if (this.#changes?.before !== before || this.#changes.after !== loaded)
      this.#changes = { before, after: loaded, of: changesBetween(before, { loaded, checked }) };
    return this.#changes.of;
  }

  /** The text of a file of a version, by its path from the root; `undefined` where it has none. */
  async text(commit: string, within: string): Promise<string | undefined> {
    const { settings, files, root } = await this.#texts(commit);
    const path = `${root}/${within}`;
    const file = settings?.path === path ? settings : files.get(path);
    return typeof file?.text === 'string' ? file.text : undefined;
  }

  async dispose(): Promise<void> {
    this.#isDisposed = true;
    for (const { stop } of this.#runs.values()) stop.abort();
    await this.#line.catch(() => {});
    clearTimeout(this.#engineTimer);
    await this.#engine?.dispose();
    await Promise.all([...this.#open.keys()].map((commit) => this.#close(commit)));
  }

  #runFor(base: Base, commit: string): ComparisonRun {
    const state = this.#host.state();
    const key = `${commit} ${nameOf(base)}`;
    const known = this.#runs.get(key);
    if (known !== undefined && known.state === state && !known.stop.signal.aborted) return known;
    const run = new ComparisonRun(commit, state);
    this.#runs.set(key, run);
    const result = this.#line.then(() => this.#work(base, run));
    this.#line = result.catch(() => {});
    run.begin(result);
    // What failed is tried again when it is asked for again.
    result.catch(() => {
      if (this.#runs.get(key) === run) this.#runs.delete(key);
    });
    for (const [other, { isDone }] of this.#runs) {
      if (this.#runs.size > MOST_OPEN && isDone && other !== key) this.#runs.delete(other);
    }
    return run;
  }

  async #work(base: Base, { commit, stop, tell }: ComparisonRun): Promise<ComparedVersions> {
    const { signal } = stop;
    throwIfCancelled(signal);
    const { root, versions } = this.#host;
    tell('Reading the versions');
    const stored = await this.#version(commit);
    const before = await openVersion(stored, kinds, signal);
    const working = versions.working(this.#host.working(), root);
    const after = await openVersion(this.#remembering(working), kinds, signal);
    tell('Comparing the definitions');
    const engine = this.#engineForWork();
    try {
      const diff = await diffVersions(before, after, { kinds, engine, signal, progress: tell });
      return {
        commit,
        report: {
          diff,
          before: reportedSide(nameOf(base), before, stored.borrowed),
          after: reportedSide('the working tree', after, new Map()),
        },
      };
    } finally {
      this.#restEngine();
    }
  }

  /** Files of the working tree are not read again for what is known of them. */
  #remembering(version: Version): Version {
    return {
      ...version,
      fingerprint: async (file) => {
        const stamp = (await version.fs.stat(file))?.stamp;
        if (stamp === undefined) return undefined;
        const known = this.#fingerprints.get(file);
        if (known?.stamp === stamp) return known.id;
        const id = version.fingerprint(file);
        this.#fingerprints.set(file, { stamp, id });
        return id;
      },
    };
  }

  async #texts(commit: string): Promise<ProjectTexts> {
    const { fs, root } = await this.#version(commit);
    return readTexts(fs, root);
  }

  async #version(commit: string): Promise<StoredVersion> {
    const known = this.#open.get(commit) ?? this.#host.versions.open(this.#host.root, commit);
    this.#open.delete(commit);
    this.#open.set(commit, known);
    known.catch(() => this.#open.delete(commit));
    const inUse = new Set([...this.#runs.values()].flatMap((run) => (run.isDone ? [] : [run.commit])));
    for (const other of this.#open.keys()) {
      if (this.#open.size > MOST_OPEN && other !== commit && !inUse.has(other)) void this.#close(other);
    }
    return known;
  }

  async #close(commit: string): Promise<void> {
    const version = this.#open.get(commit);
    this.#open.delete(commit);
    await version?.then(
      (opened) => opened.close(),
      () => {},
    );
  }

  #headCommit(): Promise<string | undefined> {
    const now = this.#host.now();
    if (this.#head === undefined || now - this.#head.at > COMMIT_MS) {
      const { versions, root } = this.#host;
      const commit = versions.commit(root, { ref: 'HEAD', mergeBase: false }).catch((error: unknown) => {
        if (error instanceof VersionProblem) return undefined;
        throw error;
      });
      this.#head = { at: now, commit };
    }
    return this.#head.commit;
  }

  #engineForWork(): QueryEngine {
    clearTimeout(this.#engineTimer);
    this.#engine ??= this.#host.createEngine();
    return this.#engine;
  }

  #restEngine(): void {
    this.#engineTimer = setTimeout(() => {
      void this.#engine?.dispose();
      this.#engine = undefined;
    }, ENGINE_MS);
    this.#engineTimer.unref();
  }
}

/** As people call a base. */
function nameOf({ ref }: Base): string {
  return ref === 'HEAD' ? 'the last commit' : ref;
}
