import type { ValueType } from '../base/value-type.ts';
import type { Definition, Metric, Project, Source, Word } from '../model/project.ts';
import { type MetricBook, type MetricUse, ownSourceWord } from './metrics.ts';

/** A word that names a column or a path to one. */
export interface PathUse {
  readonly word: Word;
  readonly definition: Definition;
  readonly source: string;
  /** The key under which it stands, for messages. */
  readonly role: string;
  /** Types that fit; empty: any. */
  readonly expects: readonly ValueType[];
  /** `link`: a chain of links and no column, as in `once_per`. */
  readonly names: 'column' | 'link';
  readonly metric: Metric | undefined;
}

const MOMENT: readonly ValueType[] = ['date', 'timestamp'];

/** Every word of a project that names a column, a path or a link outside of expressions. */
export function pathUses(project: Project, book: MetricBook): readonly PathUse[] {
  const uses: PathUse[] = [];
  for (const file of project.files) {
    for (const definition of file.definitions) {
      if (definition.definition === 'source') uses.push(...sourcePaths(definition, project));
    }
  }
  for (const use of book.all) uses.push(...metricPaths(use));
  return uses.filter(({ source }) => project.sources.has(source));
}

function sourcePaths(source: Source, project: Project): PathUse[] {
  const use = (word: Word, role: string, expects: readonly ValueType[] = [], on = source.name): PathUse => ({
    word,
    definition: source,
    source: on,
    role,
    expects,
    names: 'column',
    metric: undefined,
  });
  const { key, time, lifespan, onePer, sampledBy } = source;
  const uses = (key?.items ?? []).map((word) => use(word, 'key'));
  if (time !== undefined) uses.push(use(time, 'time', MOMENT));
  if (lifespan !== undefined) {
    uses.push(use(lifespan.start, 'start', MOMENT));
    if (lifespan.end !== undefined)
      uses.push(use(lifespan.end, 'end', lifespan.endInclusive ? ['date'] : MOMENT));
  }
  if (onePer !== undefined) {
    uses.push(...onePer.key.items.map((word) => use(word, 'key')), use(onePer.by, 'by'));
  }
  if (sampledBy !== undefined) uses.push(use(sampledBy, 'sampled_by'));
  for (const { to, using } of source.links.values()) {
    for (const { mine, theirs } of using) {
      uses.push(use(mine, 'using'));
      if (theirs !== undefined && to !== undefined && project.sources.has(to.text)) {
        uses.push(use(theirs, 'using', [], to.text));
      }
    }
  }
  return uses;
}

function metricPaths({ metric, kind, sides }: MetricUse): PathUse[] {
  const own = ownSourceWord(metric, kind)?.text ?? '';
  const use = (word: Word, role: string, on = own): PathUse => ({
    word,
    definition: metric,
    source: on,
    role,
    expects: [],
    names: 'column',
    metric,
  });
  const uses: PathUse[] = [];
  if (metric.time !== undefined) {
    // An inline side takes the outer metric's time, so that it must be there on every side that has none of its own.
    for (const { source, metric: side } of sides) {
      if (side === metric || (side.time === undefined && isInside(side, metric))) {
        uses.push({ ...use(metric.time, 'time', source), expects: MOMENT });
      }
    }
  }
  for (const word of metric.atPer?.items ?? []) uses.push(use(word, 'at_per'));
  if (metric.oncePer !== undefined) uses.push({ ...use(metric.oncePer, 'once_per'), names: 'link' });
  return uses;
}

function isInside(inner: Metric, outer: Metric): boolean {
  return inner === outer || (inner.parent !== undefined && isInside(inner.parent, outer));
}
