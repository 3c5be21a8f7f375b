import { analyse, fileFindings } from './analyse.ts';
import type { Problem } from './base/problem.ts';
import type { Checked, CheckedKind } from './check/checked.ts';
import { isUnread, isYaml } from './check/damage.ts';
import { lazyChecked } from './check/lazy-checked.ts';
import { keyOf } from './check/unit-facts.ts';
import { UnitIndex } from './check/unit-index.ts';
import type { MetricsFile } from './model/project.ts';
import type { LoadedProject } from './workspace.ts';

/** One state of a project and what is known of it. Immutable. */
export interface ProjectAnalysis {
  readonly loaded: LoadedProject;
  /** Every problem that needs no rows, each in its unit. While an analyser is not settled, some are those of an earlier state. */
  readonly problems: readonly Problem[];
  /** The whole project checked, at the time when somebody asks what its definitions mean. */
  readonly checked: Checked;
  /**
   * The project checked as far as some of its files need: its `files` are those and what they rest on. The maps of names are
   * those of the whole project.
   */
  checkedAround(files: readonly string[]): Checked;
}

/** What a definition's values rest on in the text, as far as an analyser's latest state goes. */
export interface Signatures {
  /** Changes with whatever the values of a definition rest on; `undefined` where there is no such definition. */
  of(kind: string, name: string): string | undefined;
  /** Changes with the examples of a metric too. */
  ofExamples(metric: string): string | undefined;
}

/** How much work an analyser has done, for tests and diagnostics. */
export interface AnalyserCounts {
  /** Units whose problems were found anew. */
  readonly checked: number;
}

/** At most so many units are checked in one go, so that nobody waits for long. */
const BATCH = 64;

/**
 * Analyses the states of one project one after the other. Of a new state only the units are checked again whose problems the
 * change can have altered: the answer for a text is the one that `analyse` gives for it, whatever was there before.
 */
export class Analyser {
  readonly #kinds: ReadonlyMap<string, CheckedKind>;
  #loaded: LoadedProject | undefined;
  readonly #index: UnitIndex;
  readonly signatures: Signatures;
  /** By unit: its problems. Other files than units stand under their path. */
  #found: ReadonlyMap<string, readonly Problem[]> = new Map();
  /** Units that have to be checked again. */
  readonly #dirty = new Set<string>();
  #checked = 0;
  /** Made when it is asked for. */
  #state: ProjectAnalysis | undefined;
  #latest: { readonly files: ReadonlySet<string>; readonly checked: Checked } | undefined;

  constructor(kinds: ReadonlyMap<string, CheckedKind>) {
    this.#kinds = kinds;
    this.#index = new UnitIndex(kinds);
    this.signatures = signaturesOf(this.#index);
  }

  get counts(): AnalyserCounts {
    return { checked: this.#checked };
  }

  /** Rises when there are other definitions than before, or values or examples of one may be others. */
  get version(): number {
    return this.#index.version;
  }

  /** Units that name a definition. */
  usersOf(kind: string, name: string): readonly string[] {
    return this.#index.usersOf(keyOf(kind, name));
  }

  /** Whether the problems are those of the latest state. */
  get settled(): boolean {
    return this.#dirty.size === 0;
  }

  /** Takes a new state of the project; finds out what has to be checked again. */
  update(loaded: LoadedProject): void {
    const before = this.#loaded;
    this.#loaded = loaded;
    this.#latest = undefined;
    this.#state = undefined;
    const change = this.#index.update(loaded.project, brokenIn(loaded), isWrong, hasUnread(loaded));
    const isOther = before === undefined || before.settings !== loaded.settings;
    if (isOther) {
      for (const { path } of loaded.project.files) this.#dirty.add(path);
      this.#dirty.add(OTHERS);
    } else {
      if (this.#othersIn(before).join() !== this.#othersIn(loaded).join()) this.#dirty.add(OTHERS);
      const touched = [...change.touched, ...changedShapes(before, loaded)];
      for (const path of this.#index.affectedBy(change.changed, touched)) this.#dirty.add(path);
      for (const path of change.surrounded) this.#dirty.add(path);
      this.#addByProblems(change);
    }
    for (const path of change.removed) this.#dirty.delete(path);
    if (change.removed.length > 0) {
      const found = new Map(this.#found);
      for (const path of change.removed) found.delete(path);
      this.#found = found;
    }
  }

  /** The files that cannot be read at all. */
  #othersIn({ problems }: LoadedProject): readonly string[] {
    return problems.flatMap(({ file, message }) => (this.#index.has(file) ? [] : [file, message]));
  }

  /** Units whose problems speak of what has changed: they point into it, or list the names that there are. */
  #addByProblems({ changed, names }: { changed: readonly string[]; names: boolean }): void {
    const moved = new Set(changed);
    for (const [path, problems] of this.#found) {
      const speaks = problems.some(
        ({ code, related, fixes }) =>
          (names && code === 'unknown-name') ||
          related?.some(({ file }) => moved.has(file)) ||
          fixes?.some(({ edits }) => edits.some(({ file }) => file !== path && moved.has(file))),
      );
      if (speaks && path !== OTHERS) this.#dirty.add(path);
    }
  }

  /**
   * Checks some of what has to be checked again. Returns whether more is left.
   *
   * @param isFirst what somebody looks at now, and so comes first
   */
  step(isFirst: (path: string) => boolean = () => false): boolean {
    const loaded = this.#loaded;
    if (loaded === undefined || this.#dirty.size === 0) return false;
    const batch = nextBatch(this.#dirty, isFirst);
    const checked = this.#check(loaded, batch);
    const found = new Map(this.#found);
    for (const path of batch) {
      found.delete(path);
      this.#dirty.delete(path);
    }
    const own = new Set(batch);
    for (const problem of checked.problems) {
      const path = this.#index.has(problem.file) ? problem.file : OTHERS;
      if (own.has(path)) found.set(path, [...(found.get(path) ?? []), problem]);
    }
    this.#found = found;
    this.#state = undefined;
    this.#checked += batch.length;
    return this.#dirty.size > 0;
  }

  /** Whether units of a kind have to be checked again. */
  hasLeft(isAsked: (path: string) => boolean): boolean {
    for (const path of this.#dirty) if (isAsked(path)) return true;
    return false;
  }

  /** Does all that `step` would do. */
  settle(): void {
    while (this.step());
  }

  /** The latest state. Undefined before the first. */
  state(): ProjectAnalysis | undefined {
    this.#state ??= this.#stateNow();
    return this.#state;
  }

  #stateNow(): ProjectAnalysis | undefined {
    const [loaded, found, latest] = [this.#loaded, this.#found, this.#latest];
    if (loaded === undefined) return undefined;
    const kinds = this.#kinds;
    const around = new Map<string, Checked>();
    let whole: Checked | undefined;
    const checkedAround = (paths: readonly string[]): Checked => {
      if (latest !== undefined && paths.every((path) => latest.files.has(path))) return latest.checked;
      const key = paths.join('\n');
      const checked = around.get(key) ?? this.#checkOf(loaded, paths).checked;
      around.set(key, checked);
      return checked;
    };
    return {
      loaded,
      problems: [...found.values()].flat(),
      checked: lazyChecked({ project: loaded.project, kinds, shapes: loaded.shapes }, () => {
        whole ??= analyse(loaded, kinds).checked;
        return whole;
      }),
      checkedAround,
    };
  }

  #check(loaded: LoadedProject, batch: readonly string[]): Checked {
    const slice = this.#checkOf(loaded, batch);
    this.#latest = slice;
    return slice.checked;
  }

  #checkOf(
    loaded: LoadedProject,
    paths: readonly string[],
  ): { readonly files: ReadonlySet<string>; readonly checked: Checked } {
    const files = this.#index.closureOf([...paths, ...brokenIn(loaded).keys()]);
    const own =
      loaded === this.#loaded
        ? this.#index.filesOf(files)
        : loaded.project.files.filter(({ path }) => files.has(path));
    const project = { ...loaded.project, files: own };
    const problems = loaded.problems.filter(({ file }) => files.has(file) || !this.#index.has(file));
    const { surroundings } = this.#index;
    return { files, checked: analyse({ ...loaded, project, problems }, this.#kinds, surroundings).checked };
  }
}

function signaturesOf(index: UnitIndex): Signatures {
  const of = (kind: string, name: string): string | undefined => {
    const own = index.signatureOf(keyOf(kind, name));
    return own === undefined ? undefined : `${own} ${index.times}`;
  };
  return {
    of,
    ofExamples(metric) {
      const own = of('metric', metric);
      return own === undefined ? undefined : `${own} ${index.examplesOf(metric)}`;
    },
  };
}

/** Stands for everything that is no unit: the settings, and files that cannot be read. */
const OTHERS = '';

function nextBatch(dirty: ReadonlySet<string>, isFirst: (path: string) => boolean): readonly string[] {
  if (dirty.size <= BATCH) return [...dirty];
  const first: string[] = [];
  const rest: string[] = [];
  for (const path of dirty) {
    if (isFirst(path)) first.push(path);
    else if (rest.length < BATCH) rest.push(path);
    if (first.length === BATCH) return first;
  }
  return [...first, ...rest].slice(0, BATCH);
}

function isWrong(file: MetricsFile): boolean {
  return fileFindings(file).length > 0;
}

/** The units with broken YAML. */
function brokenIn({ problems }: LoadedProject): ReadonlySet<string> {
  return new Set(problems.filter(isYaml).map(({ file }) => file));
}

/** Whether there are files that cannot be read at all. */
function hasUnread({ problems }: LoadedProject): boolean {
  return problems.some(isUnread);
}

/** The sources of which something else is known of their data than before. */
function changedShapes(before: LoadedProject, after: LoadedProject): readonly string[] {
  if (before.shapes === after.shapes) return [];
  const names = new Set([...before.shapes.keys(), ...after.shapes.keys()]);
  return [...names]
    .filter((name) => before.shapes.get(name) !== after.shapes.get(name))
    .map((name) => `source ${name}`);
}
