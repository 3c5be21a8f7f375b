import { hashOf } from '../base/hash.ts';
import { replacedItems } from '../base/replaced-items.ts';
import type { MetricsFile, Project } from '../model/project.ts';
import { pathOf } from '../syntax/units/unit-id.ts';
import type { CheckedKind } from './checked.ts';
import { holdsLostColumns } from './damage.ts';
import type { Surroundings } from './surroundings.ts';
import { factsOf, keyOf, type UnitFacts } from './unit-facts.ts';
import { UnitSurroundings } from './unit-surroundings.ts';

/** What is different between two states of a project. */
export interface UnitChange {
  /** Paths of the units that are new or say something else. */
  readonly changed: readonly string[];
  readonly removed: readonly string[];
  /** Keys of definitions that mean something else than before, are new, or are gone. */
  readonly touched: readonly string[];
  /** Whether a name has come or gone. */
  readonly names: boolean;
  /** Paths of units of which something else is to be said, though neither they nor what they rest on has changed. */
  readonly surrounded: readonly string[];
}

/** Knows which units define and name what, so that it can be told what a change reaches. */
export class UnitIndex {
  readonly #kinds: ReadonlyMap<string, CheckedKind>;
  readonly #files = new Map<string, MetricsFile>();
  readonly #facts = new Map<string, UnitFacts>();
  readonly #usedBy = new Map<string, Set<string>>();
  readonly #definedBy = new Map<string, Set<string>>();
  /** By key; forgotten for what a change reaches. */
  readonly #signatures = new Map<string, string>();
  /** By key: signatures that rest on a name that nobody defines, and so on the names that there are. */
  readonly #open = new Set<string>();
  /** Keys that are defined more than once. */
  readonly #doubled = new Set<string>();
  /** Stands for all names in their order. */
  #namesHash = '';
  /** Names that stand as keys in units with broken YAML. Found when it is asked for. */
  #lost: ReadonlySet<string> | undefined;
  readonly #times = new Map<string, number>();
  #timesHash: string | undefined;
  #version = 0;
  #broken: ReadonlySet<string> = new Set();
  /** Files in which broken YAML has swallowed columns. */
  #losing: ReadonlySet<string> = new Set();
  readonly #wrong = new Set<string>();
  #inOrder: readonly MetricsFile[] = [];
  /** By path: where a file stands among them. */
  #positions: ReadonlyMap<string, number> = new Map();

  readonly #surroundings: UnitSurroundings;

  constructor(kinds: ReadonlyMap<string, CheckedKind>) {
    this.#kinds = kinds;
    this.#surroundings = new UnitSurroundings(
      (path) => this.#files.get(path),
      (path) => this.#positions.get(path) ?? 0,
    );
  }

  /** What the whole project says of its definitions. */
  get surroundings(): Surroundings {
    return this.#surroundings;
  }

  has(path: string): boolean {
    return this.#files.has(path);
  }

  /** Rises when there are other definitions than before, or values or examples of one may be others. */
  get version(): number {
    return this.#version;
  }

  /** Units that name something, by its key. */
  usersOf(key: string): readonly string[] {
    return [...(this.#usedBy.get(key) ?? [])];
  }

  /**
   * Takes the next state.
   *
   * @param broken the units with broken YAML
   * @param isWrong whether the form of a unit is wrong, so that something of it may not be known
   * @param isUnread whether there are files that cannot be read at all
   */
  update(
    project: Project,
    broken: ReadonlySet<string>,
    isWrong: (file: MetricsFile) => boolean,
    isUnread: boolean,
  ): UnitChange {
    const { fresh, removed, isMoved } = this.#difference(project.files);
    const touched = new Set<string>();
    const wrong = new Set<string>();
    let names = false;
    let isOther = removed.length > 0;
    const before = new Map<string, UnitFacts>();
    const losing = this.#losing;
    for (const path of [...fresh.map((file) => file.path), ...removed]) {
      const old = this.#facts.get(path);
      if (old !== undefined) before.set(path, old);
      this.#forget(path, old);
    }
    for (const file of fresh) {
      const facts = factsOf(file, project, this.#kinds);
      this.#learn(file, facts);
      if (isWrong(file)) wrong.add(file.path);
      this.#surroundings.learn(file, facts.sayings, wrong.has(file.path) || broken.has(file.path));
    }
    for (const path of [...fresh.map((file) => file.path), ...removed]) {
      const [old, now] = [before.get(path), this.#facts.get(path)];
      const wasBroken = this.#broken.has(path);
      const isBroken = broken.has(path);
      const isIncomplete = wasBroken || isBroken || wrong.has(path) || this.#wrong.has(path);
      const same = old?.meaning === now?.meaning && !isIncomplete;
      const keys = new Set([...(old?.defines ?? []), ...(now?.defines ?? [])]);
      names ||= old?.defines.join() !== now?.defines.join();
      if (!same) for (const key of keys) touched.add(key);
      isOther ||= !same || old?.examples !== now?.examples;
      for (const name of lostOrFound(wasBroken ? old : undefined, isBroken ? now : undefined)) {
        names = true;
        for (const kind of ['source', 'segment', 'metric']) touched.add(keyOf(kind, name));
      }
    }
    for (const path of [...fresh.map((file) => file.path), ...removed]) this.#wrong.delete(path);
    for (const path of wrong) this.#wrong.add(path);
    this.#broken = broken;
    this.#losing = this.#filesThatLose();
    for (const key of this.#sourcesIn(differences(losing, this.#losing))) touched.add(key);
    this.#lost = undefined;
    if ((names || isMoved) && this.#haveNamesMoved()) [names, isOther] = [true, true];
    if (touched.size > 0) this.#forgetSignatures(touched);
    if (isOther || touched.size > 0) this.#version += 1;
    const { keys, units } = this.#surroundings.settle(isUnread, isMoved);
    const surrounded = [...units, ...keys.flatMap((key) => [...(this.#definedBy.get(key) ?? [])])];
    return { changed: fresh.map(({ path }) => path), removed, touched: [...touched], names, surrounded };
  }

  /** The units that a change reaches: those changed, those that define a touched name, and all that rest on one of them. */
  affectedBy(changed: readonly string[], touched: readonly string[]): ReadonlySet<string> {
    const affected = new Set(changed.filter((path) => this.#files.has(path)));
    const seen = new Set<string>();
    const open = [...touched];
    for (let key = open.pop(); key !== undefined; key = open.pop()) {
      if (seen.has(key)) continue;
      seen.add(key);
      for (const path of this.#definedBy.get(key) ?? []) affected.add(path);
      for (const path of this.#usedBy.get(key) ?? []) {
        affected.add(path);
        open.push(...(this.#facts.get(path)?.defines ?? []));
      }
    }
    return affected;
  }

  /** Stands for all that the values of a definition rest on in the text; `undefined` where nothing is defined under that key. */
  signatureOf(key: string): string | undefined {
    const known = this.#signatures.get(key);
    if (known !== undefined) return known;
    const paths = this.#definedBy.get(key);
    if (paths === undefined) return undefined;
    const closure = [...this.closureOf([...paths])];
    const meanings = closure.map((path) => `${path} ${this.#meaningOf(path)}`);
    const missing = closure.flatMap((path) => this.#missingIn(path));
    const names = missing.length === 0 ? [] : [this.#namesHash, ...missing];
    const signature = hashOf([...meanings, ...names].sort().join('\n'));
    this.#signatures.set(key, signature);
    if (missing.length > 0) this.#open.add(key);
    return signature;
  }

  /** What a unit names that nobody defines, and whether broken YAML may have swallowed it: what is said of it differs. */
  #missingIn(path: string): readonly string[] {
    const missing = [...(this.#facts.get(path)?.mentions ?? [])].filter((key) => !this.#definedBy.has(key));
    if (missing.length === 0) return [];
    this.#lost ??= new Set([...this.#broken].flatMap((broken) => this.#facts.get(broken)?.written ?? []));
    const lost = this.#lost;
    return missing.map((key) => `${key} ${lost.has(key.slice(key.indexOf(' ') + 1))}`);
  }

  /** The files in which broken YAML has swallowed columns, so that their sources are not known to have no others. */
  #filesThatLose(): ReadonlySet<string> {
    const units = [...this.#broken].flatMap((path) => this.#files.get(path) ?? []);
    return new Set(units.filter(holdsLostColumns).map(({ path }) => pathOf(path)));
  }

  #sourcesIn(files: ReadonlySet<string>): readonly string[] {
    if (files.size === 0) return [];
    return this.#inOrder
      .filter(({ path }) => files.has(pathOf(path)))
      .flatMap(({ path }) => this.#facts.get(path)?.defines ?? [])
      .filter((key) => key.startsWith(SOURCE));
  }

  /** What is said of an unknown name lists those that there are, in their order. */
  #haveNamesMoved(): boolean {
    const before = this.#namesHash;
    const names = this.#inOrder.flatMap(({ path }) => this.#facts.get(path)?.defines ?? []);
    this.#namesHash = hashOf(names.join('\n'));
    if (this.#namesHash === before) return false;
    for (const key of this.#open) this.#signatures.delete(key);
    this.#open.clear();
    return true;
  }

  /** Of what cannot be read as a whole every character counts: what is said of it depends on where it is damaged. */
  #meaningOf(path: string): string {
    const isDamaged = this.#broken.has(path) || this.#wrong.has(path);
    const damage = isDamaged ? hashOf(this.#files.get(path)?.text ?? '') : '';
    const losing = this.#losing.has(pathOf(path)) ? 'losing' : '';
    return `${this.#facts.get(path)?.meaning} ${damage}${losing}`;
  }

  /** Stands for the examples of a metric. */
  examplesOf(metric: string): string {
    const paths = [...(this.#definedBy.get(keyOf('metric', metric)) ?? [])];
    return paths.map((path) => this.#facts.get(path)?.examples ?? '').join(' ');
  }

  /**
   * Stands for the times that metrics name, on which the default `as_of` of every source rests. Of several metrics with one name
   * only the first counts, so that all that they say is in it.
   */
  get times(): string {
    this.#timesHash ??= hashOf([...this.#times.keys(), ...this.#doubledMetrics()].sort().join('\n'));
    return this.#timesHash;
  }

  #doubledMetrics(): readonly string[] {
    return [...this.#doubled].flatMap((key) =>
      key.startsWith(METRIC)
        ? [...(this.#definedBy.get(key) ?? [])].map((path) => `${key} ${path} ${this.#meaningOf(path)}`)
        : [],
    );
  }

  /** The units, and everything that they rest on. */
  closureOf(paths: readonly string[]): ReadonlySet<string> {
    const closure = new Set<string>();
    const open = [...paths];
    for (let path = open.pop(); path !== undefined; path = open.pop()) {
      const facts = this.#facts.get(path);
      if (facts === undefined || closure.has(path)) continue;
      closure.add(path);
      for (const key of [...facts.mentions, ...facts.defines]) open.push(...(this.#definedBy.get(key) ?? []));
    }
    return closure;
  }

  /** The files of some paths, in the order of the project. */
  filesOf(paths: ReadonlySet<string>): readonly MetricsFile[] {
    const positions = [...paths].flatMap((path) => this.#positions.get(path) ?? []);
    return positions.sort((a, b) => a - b).flatMap((position) => this.#inOrder[position] ?? []);
  }

  /** Compares file by file where the two states have the same files in one order, as after a keystroke. */
  #difference(files: readonly MetricsFile[]): {
    readonly fresh: readonly MetricsFile[];
    readonly removed: readonly string[];
    /** Whether there may be other files than before, or the same ones in another order. */
    readonly isMoved: boolean;
  } {
    const before = this.#inOrder;
    this.#inOrder = files;
    const replaced = replacedItems(before, files, ({ path }) => path);
    if (replaced !== undefined)
      return { fresh: replaced.flatMap((index) => files[index] ?? []), removed: [], isMoved: false };
    this.#positions = new Map(files.map(({ path }, index) => [path, index]));
    const now = new Set(files.map(({ path }) => path));
    return {
      fresh: files.filter((file) => this.#files.get(file.path) !== file),
      removed: [...this.#files.keys()].filter((path) => !now.has(path)),
      isMoved: true,
    };
  }

  #forgetSignatures(touched: ReadonlySet<string>): void {
    for (const path of this.affectedBy([], [...touched])) {
      for (const key of this.#facts.get(path)?.defines ?? []) this.#signatures.delete(key);
    }
    for (const key of touched) this.#signatures.delete(key);
  }

  #forget(path: string, facts: UnitFacts | undefined): void {
    this.#surroundings.forget(path);
    this.#files.delete(path);
    this.#facts.delete(path);
    for (const key of facts?.defines ?? []) {
      remove(this.#definedBy, key, path);
      this.#noteDoubled(key);
    }
    for (const key of facts?.mentions ?? []) remove(this.#usedBy, key, path);
    for (const time of facts?.times ?? []) this.#countTime(time, -1);
  }

  #learn(file: MetricsFile, facts: UnitFacts): void {
    this.#files.set(file.path, file);
    this.#facts.set(file.path, facts);
    for (const key of facts.defines) {
      add(this.#definedBy, key, file.path);
      this.#noteDoubled(key);
    }
    for (const key of facts.mentions) add(this.#usedBy, key, file.path);
    for (const time of facts.times) this.#countTime(time, 1);
  }

  #noteDoubled(key: string): void {
    const paths = [...(this.#definedBy.get(key) ?? [])];
    const isDoubled = paths.length > 1 || paths.some((path) => this.#isTwiceIn(path, key));
    if (isDoubled || this.#doubled.has(key)) this.#timesHash = undefined;
    if (isDoubled) this.#doubled.add(key);
    else this.#doubled.delete(key);
  }

  /** Whether a unit that is a whole file defines something more than once. */
  #isTwiceIn(path: string, key: string): boolean {
    const defines = this.#facts.get(path)?.defines ?? [];
    return defines.length > 1 && defines.indexOf(key) !== defines.lastIndexOf(key);
  }

  #countTime(time: string, by: number): void {
    const count = (this.#times.get(time) ?? 0) + by;
    if (count > 0) this.#times.set(time, count);
    else this.#times.delete(time);
    this.#timesHash = undefined;
  }
}

function differences(before: ReadonlySet<string>, after: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([
    ...[...before].filter((one) => !after.has(one)),
    ...[...after].filter((one) => !before.has(one)),
  ]);
}

const SOURCE = keyOf('source', '');

/** What the keys of metrics begin with. */
const METRIC = keyOf('metric', '');

function lostOrFound(before: UnitFacts | undefined, after: UnitFacts | undefined): readonly string[] {
  const [old, now] = [new Set(before?.written), new Set(after?.written)];
  return [...[...old].filter((name) => !now.has(name)), ...[...now].filter((name) => !old.has(name))];
}

function add(map: Map<string, Set<string>>, key: string, path: string): void {
  const paths = map.get(key);
  if (paths === undefined) map.set(key, new Set([path]));
  else paths.add(path);
}

function remove(map: Map<string, Set<string>>, key: string, path: string): void {
  const paths = map.get(key);
  paths?.delete(path);
  if (paths?.size === 0) map.delete(key);
}
