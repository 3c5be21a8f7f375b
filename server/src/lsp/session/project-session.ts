import { Analyser, type ProjectAnalysis } from '../../core/analyser.ts';
import { hashOf } from '../../core/base/hash.ts';
import type { Problem } from '../../core/base/problem.ts';
import { settle } from '../../core/check/settle.ts';
import type { VersionStore } from '../../core/diff-versions/version-store.ts';
import { kinds } from '../../core/kinds/index.ts';
import type { Metric, MetricsFile } from '../../core/model/project.ts';
import type { Shapes } from '../../core/model/shape.ts';
import type { FileSystem, Log, QueryEngine } from '../../core/ports.ts';
import { pathOf } from '../../core/syntax/units/unit-id.ts';
import { relativeTo } from '../../core/workspace/paths.ts';
import { assemble, inFiles, type LoadedProject, readShapes, readUnit } from '../../core/workspace.ts';
import type { ShowLoad } from '../load-progress.ts';
import { backgroundNeeds, isBackground } from './background-needs.ts';
import { Comparisons } from './comparisons.ts';
import { Evaluation, type EvaluationCounts } from './evaluation.ts';
import { exampleProblems } from './example-problems.ts';
import { placed } from './findings.ts';
import { keepEqual, keepTypes } from './known-shapes.ts';
import { isForFindings } from './numbers-book.ts';
import { ProjectFiles } from './project-files.ts';
import { targetProblems } from './target-problems.ts';

/** What a session asks of the server. */
export interface SessionHost {
  readonly fs: FileSystem;
  readonly log: Log;
  /** `undefined` where nothing may be evaluated, as in a workspace that is not trusted. */
  readonly createEngine: (() => QueryEngine) | undefined;
  /** Where versions of the project are kept; `undefined` where there is no such thing on this machine. */
  readonly versions?: VersionStore | undefined;
  /** Shows a load of data that begins. */
  readonly showLoad?: ShowLoad | undefined;
  /** Milliseconds that only ever grow. */
  now(): number;
  /** Problems, or numbers, may be others than before. */
  changed(session: ProjectSession, what: 'problems' | 'numbers'): void;
}

/** The work of a session so far, for tests and diagnostics. */
export interface SessionCounts extends EvaluationCounts {
  /** Units whose problems were found. */
  readonly checked: number;
}

/**
 * One project while it is being worked on: its texts, what they mean, and its numbers. A change is taken in at once; what it
 * reaches is found step by step, so that the server answers in between.
 */
export class ProjectSession {
  readonly root: string;
  readonly evaluation: Evaluation | undefined;
  /** `undefined` where nothing is evaluated, and where there are no versions. */
  readonly comparisons: Comparisons | undefined;
  readonly #host: SessionHost;
  readonly #files: ProjectFiles;
  readonly #analyser = new Analyser(kinds);
  #loaded: LoadedProject | undefined;
  #shapes: Shapes = new Map();
  /** Those of the data that were loaded last, with the type of every column: a source that was gone for a moment has them again. */
  #loadedShapes: Shapes = new Map();
  /** Stands for what the shapes were read for. */
  #shapesFor = '';
  #shaping: Promise<void> | undefined;
  #areShapesKnown = false;
  /** Rises when a data file may have changed. */
  #dataState = 0;
  /** The texts, shapes and state of the data that the latest state was made of: it is a new one when one of these is. */
  #madeOf: readonly unknown[] = [];
  #working = false;
  #disposed = false;

  constructor(root: string, host: SessionHost) {
    this.root = root;
    this.#host = host;
    this.#files = new ProjectFiles(host.fs, root);
    const { createEngine } = host;
    if (createEngine === undefined) return;
    const { versions } = host;
    this.comparisons =
      versions &&
      new Comparisons({
        root,
        versions,
        createEngine,
        working: () => this.#files.overlay(),
        state: () => this.#files.state(this.#dataState),
        now: () => host.now(),
      });
    this.evaluation = new Evaluation({
      log: host.log,
      createEngine,
      showLoad: host.showLoad,
      ready: () => this.#shapesRead(),
      analysis: () => this.#current(),
      signatures: () => {
        this.#current();
        return this.#analyser.signatures;
      },
      adopt: (shapes) => {
        this.#loadedShapes = shapes;
        this.#adopt(shapes);
      },
      changed: () => this.#host.changed(this, 'numbers'),
      background: () => backgroundNeeds(this.#current().loaded, this.openPaths),
    });
  }

  get counts(): SessionCounts {
    const own = this.evaluation?.counts ?? { plans: 0, queries: 0, rounds: 0 };
    return { ...own, checked: this.#analyser.counts.checked };
  }

  /** Paths of the open documents. */
  get openPaths(): ReadonlySet<string> {
    return new Set(this.#files.open.keys());
  }

  /** The text of an open document; `undefined` where it is not open here. */
  openText(path: string): string | undefined {
    return this.#files.open.get(path);
  }

  /** Units that name a definition. */
  usersOf(kind: string, name: string): readonly string[] {
    return this.#analyser.usersOf(kind, name);
  }

  /** Whether everything that is known is of the latest state. */
  get settled(): boolean {
    const isRead = !this.#isStale() && !this.#files.isOld && this.#shaping === undefined;
    return isRead && this.#analyser.settled && !this.#working && (this.evaluation?.idle ?? true);
  }

  /** The text of an open document. */
  setText(path: string, text: string): void {
    this.#files.set(path, text);
    this.#touch();
  }

  closeText(path: string): void {
    this.#files.close(path);
    this.#touch();
  }

  /** Files that people write have changed on disk. */
  filesChanged(): void {
    this.#files.invalidate();
    this.#touch();
  }

  /** Data files have changed on disk. */
  dataChanged(): void {
    this.#dataState += 1;
    this.#touch();
  }

  /** The project as it is now, with the problems of one of its files up to date. */
  async analysis(path?: string): Promise<ProjectAnalysis> {
    await this.#files.refresh();
    const isAsked = (unit: string): boolean => path !== undefined && pathOf(unit) === path;
    this.#current();
    // Without the headers of the data nothing is known of any column.
    if (!this.#areShapesKnown) await this.#shapesRead();
    while (this.#analyser.hasLeft(isAsked)) this.#analyser.step(isAsked);
    return this.#current();
  }

  /** The project as it is now with all its problems up to date, as far as `isCancelled` lets it come. */
  async wholeAnalysis(isCancelled: () => boolean): Promise<ProjectAnalysis> {
    let analysis = await this.analysis();
    while (!isCancelled() && !this.#disposed && !this.#analyser.settled) {
      this.#analyser.step();
      await new Promise<void>((resolve) => setImmediate(resolve));
      analysis = this.#current();
    }
    return analysis;
  }

  /** Whether files of the project lie in a folder, as far as it was read. */
  holds(folder: string): boolean {
    const paths = [
      ...(this.#loaded?.texts.keys() ?? []),
      ...[...this.#shapes.values()].flatMap(({ files }) => files),
    ];
    return paths.some((path) => path !== folder && relativeTo(folder, path) !== undefined);
  }

  /** Every problem, of text and data, in the units of files. */
  problems(analysis: ProjectAnalysis): readonly Problem[] {
    return settle(analysis.loaded.project, [...analysis.problems, ...this.#dataProblems(analysis)]);
  }

  /** Every problem as it stands in files. */
  problemsInFiles(analysis: ProjectAnalysis): readonly Problem[] {
    return inFiles(analysis.loaded, this.problems(analysis));
  }

  /** Resolves when there is nothing left to do. For tests. */
  async whenSettled(): Promise<void> {
    while (!this.settled && !this.#disposed) await new Promise((resolve) => setTimeout(resolve, 1));
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    await Promise.all([this.evaluation?.dispose(), this.comparisons?.dispose()]);
  }

  #touch(): void {
    if (this.#working) return;
    this.#working = true;
    setImmediate(() => void this.#work());
  }

  /** Takes the latest texts in, and finds what they reach step by step. */
  async #work(): Promise<void> {
    try {
      let told = false;
      do {
        await this.#files.refresh();
        this.#current();
        if (!this.#areShapesKnown) await this.#shapesRead();
        const more = this.#analyser.step((unit) => this.#files.open.has(pathOf(unit)));
        // What somebody looks at is told first; the rest when all of it is known.
        if (!told || !more) this.#host.changed(this, 'problems');
        told = true;
        if (more) await new Promise<void>((resolve) => setImmediate(resolve));
      } while (!this.#disposed && (this.#isStale() || this.#files.isOld || !this.#analyser.settled));
    } catch (error) {
      this.#host.log.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    } finally {
      this.#working = false;
    }
  }

  /** The state of the latest texts. Everything that is slow is left for later. */
  #current(): ProjectAnalysis {
    const { texts } = this.#files;
    if (texts === undefined) throw new Error('A project is read before anything is asked of it.');
    if (this.#isStale()) {
      this.#madeOf = [texts, this.#shapes, this.#dataState];
      this.#loaded = assemble(texts, this.#shapes, kinds, this.#loaded);
      this.#analyser.update(this.#loaded);
      const dataKey = this.#dataKey(this.#loaded);
      const content = [this.#analyser.version, ...this.#files.open.keys()].join('\n');
      this.evaluation?.change(settingsKey(this.#loaded), dataKey, content, this.#host.now());
      if (dataKey !== this.#shapesFor) this.#readShapes(dataKey);
    }
    const state = this.#analyser.state();
    if (state === undefined) throw new Error('An analyser that was given a project has a state.');
    return state;
  }

  #isStale(): boolean {
    const [texts, shapes, dataState] = this.#madeOf;
    return texts !== this.#files.texts || shapes !== this.#shapes || dataState !== this.#dataState;
  }

  /** Stands for the definitions of sources, and for their files. */
  #dataKey({ project }: LoadedProject): string {
    const { signatures } = this.#analyser;
    const sources = [...project.sources.keys()].map((name) => `${name} ${signatures.of('source', name)}`);
    return hashOf([this.#dataState, settingsKey(this.#loaded), ...sources.sort()].join('\n'));
  }

  /** Resolves when no shapes are being read any more. */
  async #shapesRead(): Promise<void> {
    await this.#files.refresh();
    this.#current();
    while (this.#shaping !== undefined) await this.#shaping;
  }

  #readShapes(dataKey: string): void {
    this.#shapesFor = dataKey;
    const loaded = this.#loaded;
    if (loaded === undefined || this.#shaping !== undefined) return;
    this.#shaping = readShapes(this.#host.fs, loaded.project)
      .then((shapes) => this.#adopt(keepTypes(new Map([...this.#loadedShapes, ...this.#shapes]), shapes)))
      .catch((error: unknown) => this.#host.log.error(String(error)))
      .finally(() => {
        this.#shaping = undefined;
        this.#areShapesKnown = true;
        const now = this.#loaded === undefined ? dataKey : this.#dataKey(this.#loaded);
        if (now !== dataKey) this.#readShapes(now);
        else this.#touch();
      });
  }

  #adopt(shapes: Shapes): void {
    const adopted = keepEqual(this.#shapes, shapes);
    if (adopted === this.#shapes) return;
    this.#shapes = adopted;
    this.#touch();
    this.#current();
  }

  /** Findings of data that are current, and examples that compute something else than they expect. */
  #dataProblems({ loaded, checkedAround }: ProjectAnalysis): readonly Problem[] {
    const book = this.evaluation?.book;
    if (book === undefined) return [];
    const needs = book.suspects().filter(isBackground(loaded, this.openPaths));
    const rootOf = (id: string): MetricsFile['root'] => {
      const unit = loaded.texts.get(pathOf(id))?.unit(id);
      return unit && readUnit(unit, kinds).file.root;
    };
    const findings = needs.flatMap((need) => {
      if (!isForFindings(need)) return [];
      const known = book.findings(need.kind, need.name);
      if (known === undefined || known.stale) return [];
      return known.value.map((finding) => placed(finding, rootOf(finding.problem.file)));
    });
    const isEvaluated = (metric: Metric): boolean =>
      checkedAround([metric.file]).blocking(metric) === undefined;
    return [
      ...findings,
      ...exampleProblems(loaded.project, kinds, book, needs, isEvaluated),
      ...targetProblems(loaded.project, book, needs),
    ];
  }
}

/** What of `plumbline.yaml` values rest on. */
function settingsKey(loaded: LoadedProject | undefined): string {
  const settings = loaded?.project.settings;
  const { timezone, asOf, grain, rules, version } = settings ?? {};
  return JSON.stringify([timezone, asOf, grain, version?.text, [...(rules ?? [])]]);
}
