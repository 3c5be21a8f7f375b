import type { Definition, Metric, MetricsFile } from '../model/project.ts';
import { likenessOf } from './likeness.ts';
import {
  isAmong,
  keysNamed,
  type Sayings,
  type Surroundings,
  sourcesAmong,
  wordsIn,
} from './surroundings.ts';

interface Said {
  /** The sources that are defined. */
  readonly sources: readonly string[];
  readonly names: readonly string[];
  readonly likenesses: ReadonlySet<string>;
}

/**
 * Keeps the surroundings of a project up to date while units of it change, in time that follows the change, and tells what they say
 * something else about than before.
 */
export class UnitSurroundings implements Surroundings {
  readonly #said = new Map<string, Said>();
  readonly #namedBy = new Map<string, Set<string>>();
  /** By likeness: the units with such metrics. */
  readonly #alike = new Map<string, Set<string>>();
  readonly #firsts = new Map<string, Metric>();
  readonly #fileAt: (path: string) => MetricsFile | undefined;
  readonly #positionOf: (path: string) => number;
  /** By name: how often a source is defined. */
  readonly #sources = new Map<string, number>();
  #sourcesNamed: readonly string[] | undefined;
  #haveSourcesChanged = false;
  #isUnread = false;
  /** Since `settle` was called last: keys with whether they were named before, and likenesses with other units. */
  readonly #wereNamed = new Map<string, boolean>();
  readonly #moved = new Set<string>();

  /**
   * @param fileAt the unit under a path
   * @param positionOf where a unit stands in the project
   */
  constructor(fileAt: (path: string) => MetricsFile | undefined, positionOf: (path: string) => number) {
    this.#fileAt = fileAt;
    this.#positionOf = positionOf;
  }

  isNamed(definition: Definition): boolean {
    return this.#isUnread || isAmong(this.#namedBy, definition);
  }

  get sourcesNamed(): readonly string[] {
    this.#sourcesNamed ??= sourcesAmong(this.#namedBy.keys());
    return this.#sourcesNamed;
  }

  firstLike(metric: Metric): Metric {
    const likeness = likenessOf(metric) ?? '';
    const isCompared = this.#alike.get(likeness)?.has(metric.file) === true;
    return isCompared ? (this.#firsts.get(likeness) ?? metric) : metric;
  }

  forget(path: string): void {
    const said = this.#said.get(path);
    if (said === undefined) return;
    this.#said.delete(path);
    for (const name of said.sources) this.#countSource(name, -1);
    for (const key of said.names) {
      this.#note(key);
      take(this.#namedBy, key, path);
    }
    for (const likeness of said.likenesses) {
      this.#moved.add(likeness);
      take(this.#alike, likeness, path);
    }
  }

  /** @param isDamaged whether something may be lost of what the unit says */
  learn(file: MetricsFile, { names, metrics }: Sayings, isDamaged: boolean): void {
    const { path } = file;
    const all = isDamaged ? [...names, ...wordsIn(file)] : names;
    const likenesses = new Set(isDamaged ? [] : metrics.flatMap((metric) => likenessOf(metric) ?? []));
    const sources = file.definitions.flatMap(({ definition, name }) =>
      definition === 'source' ? [name] : [],
    );
    this.#said.set(path, { names: all, likenesses, sources });
    for (const name of sources) this.#countSource(name, 1);
    for (const key of all) {
      this.#note(key);
      put(this.#namedBy, key, path);
    }
    for (const likeness of likenesses) {
      this.#moved.add(likeness);
      put(this.#alike, likeness, path);
    }
  }

  /**
   * Takes what was learned and forgotten for the next state.
   *
   * @param isMoved whether units may stand in another order
   * @returns keys of definitions, and units, of which something else is to be said
   */
  settle(
    isUnread: boolean,
    isMoved: boolean,
  ): { readonly keys: readonly string[]; readonly units: readonly string[] } {
    const keys = [...this.#named(isUnread), ...this.#unnamedSources()];
    if (isMoved) for (const likeness of this.#several()) this.#moved.add(likeness);
    const units = [...this.#moved].flatMap((likeness) => this.#placeFirst(likeness));
    this.#wereNamed.clear();
    this.#moved.clear();
    return { keys, units };
  }

  #note(key: string): void {
    if (!this.#wereNamed.has(key)) this.#wereNamed.set(key, this.#namedBy.has(key));
  }

  #named(isUnread: boolean): readonly string[] {
    const wasUnread = this.#isUnread;
    this.#isUnread = isUnread;
    if (isUnread !== wasUnread) return this.#definedKeys();
    return [...this.#wereNamed].flatMap(([key, was]) =>
      was === this.#namedBy.has(key) ? [] : keysNamed(key),
    );
  }

  /** The sources that nothing names, where another name than before may be a misspelling of one. */
  #unnamedSources(): readonly string[] {
    const changed = [...this.#wereNamed].some(
      ([key, was]) => key.startsWith('source ') && was !== this.#namedBy.has(key),
    );
    if (!changed && !this.#haveSourcesChanged) return [];
    this.#sourcesNamed = undefined;
    this.#haveSourcesChanged = false;
    return [...this.#sources.keys()].map((name) => `source ${name}`).filter((key) => !this.#namedBy.has(key));
  }

  #countSource(name: string, by: number): void {
    const count = (this.#sources.get(name) ?? 0) + by;
    if (count > 0) this.#sources.set(name, count);
    else this.#sources.delete(name);
    this.#haveSourcesChanged = true;
  }

  #definedKeys(): readonly string[] {
    return [...this.#said.keys()].flatMap((path) =>
      (this.#fileAt(path)?.definitions ?? []).map(({ definition, name }) => `${definition} ${name}`),
    );
  }

  /** The likenesses that several units share: of these an order decides which comes first. */
  #several(): readonly string[] {
    return [...this.#alike].flatMap(([likeness, paths]) => (paths.size > 1 ? [likeness] : []));
  }

  /** Finds the first metric of a likeness. Returns all units that have one like it where that is another than before. */
  #placeFirst(likeness: string): readonly string[] {
    const paths = this.#alike.get(likeness);
    const before = this.#firsts.get(likeness);
    let first: string | undefined;
    for (const path of paths ?? []) {
      if (first === undefined || this.#positionOf(path) < this.#positionOf(first)) first = path;
    }
    const metric = first === undefined ? undefined : this.#metricLike(first, likeness);
    if (metric === undefined) this.#firsts.delete(likeness);
    else this.#firsts.set(likeness, metric);
    const isSame = metric?.file === before?.file && metric?.name === before?.name;
    return isSame ? [] : [...(paths ?? [])];
  }

  #metricLike(path: string, likeness: string): Metric | undefined {
    for (const definition of this.#fileAt(path)?.definitions ?? []) {
      if (definition.definition === 'metric' && likenessOf(definition) === likeness) return definition;
    }
    return undefined;
  }
}

function put(map: Map<string, Set<string>>, key: string, path: string): void {
  const paths = map.get(key);
  if (paths === undefined) map.set(key, new Set([path]));
  else paths.add(path);
}

function take(map: Map<string, Set<string>>, key: string, path: string): void {
  const paths = map.get(key);
  paths?.delete(path);
  if (paths?.size === 0) map.delete(key);
}
