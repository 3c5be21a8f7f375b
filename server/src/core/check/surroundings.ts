import type { Definition, Metric, MetricsFile, Project } from '../model/project.ts';
import { likenessOf } from './likeness.ts';
import type { MetricUse } from './metrics.ts';
import { nameUses } from './names.ts';

/** What is known of a whole project, whatever part of it is checked. */
export interface Surroundings {
  /** Whether another definition names this one, or may do so in text that cannot be read. */
  isNamed(definition: Definition): boolean;
  /** The names of sources that are named anywhere, whether there are such sources or not. */
  readonly sourcesNamed: readonly string[];
  /**
   * The first metric of the project that computes the same as this one by what both say; itself where there is none before. Text that
   * cannot be read as a whole is compared with nothing.
   */
  firstLike(metric: Metric): Metric;
}

/** What a file, or a unit of one, says to others. */
export interface Sayings {
  /** Keys (`source orders`) of what its definitions name, leaving out what only names itself. */
  readonly names: readonly string[];
  readonly metrics: readonly Metric[];
}

/** The key of any definition of a name: of text that cannot be read every word may name something. */
const ANY = '*';

/** The sayings of files. `uses` are their metrics, inline ones included. */
export function sayingsOf(files: readonly MetricsFile[], uses: readonly Omit<MetricUse, 'sides'>[]): Sayings {
  const names = new Set<string>();
  for (const { word, namespace, definition, length } of nameUses({ files }, uses)) {
    const name = word.text.slice(0, length);
    if (definition.definition !== namespace || definition.name !== name) names.add(`${namespace} ${name}`);
  }
  const metrics = files.flatMap(({ definitions }) =>
    definitions.flatMap((definition) => (definition.definition === 'metric' ? [definition] : [])),
  );
  return { names: [...names], metrics };
}

/** Everything in a damaged text that may be a name of something. */
export function wordsIn({ text }: Pick<MetricsFile, 'text'>): readonly string[] {
  return [...new Set(text.match(/[a-z][a-z0-9_]*/g) ?? [])].map((word) => `${ANY} ${word}`);
}

/**
 * The surroundings of a project that is there as a whole.
 *
 * @param isDamaged whether something may be lost of what a file says
 * @param isUnread whether there are files that cannot be read at all
 */
export function surroundingsOf(
  project: Project,
  uses: readonly Omit<MetricUse, 'sides'>[],
  isDamaged: (file: MetricsFile) => boolean,
  isUnread: boolean,
): Surroundings {
  const sayings = sayingsOf(project.files, uses);
  const names = new Set(sayings.names);
  const torn = project.files.filter(isDamaged);
  for (const file of torn) for (const word of wordsIn(file)) names.add(word);
  const damaged = new Set(torn.map(({ path }) => path));
  const firsts = new Map<string, Metric>();
  for (const metric of sayings.metrics) {
    const likeness = damaged.has(metric.file) ? null : likenessOf(metric);
    if (likeness !== null && !firsts.has(likeness)) firsts.set(likeness, metric);
  }
  return {
    isNamed: (definition) => isUnread || isAmong(names, definition),
    sourcesNamed: sourcesAmong(names),
    firstLike: (metric) =>
      damaged.has(metric.file) ? metric : (firsts.get(likenessOf(metric) ?? '') ?? metric),
  };
}

/** Whether a definition is among what is named. */
export function isAmong(
  names: { has(key: string): boolean },
  { definition, name }: Pick<Definition, 'definition' | 'name'>,
): boolean {
  return names.has(`${definition} ${name}`) || names.has(`${ANY} ${name}`);
}

/** The names of sources among keys. */
export function sourcesAmong(keys: Iterable<string>): readonly string[] {
  return [...keys].flatMap((key) => (key.startsWith(SOURCE) ? [key.slice(SOURCE.length)] : []));
}

const SOURCE = 'source ';

/** The keys of the definitions that a key may name. */
export function keysNamed(key: string): readonly string[] {
  if (!key.startsWith(`${ANY} `)) return [key];
  const name = key.slice(ANY.length + 1);
  return ['source', 'segment', 'metric'].map((kind) => `${kind} ${name}`);
}
