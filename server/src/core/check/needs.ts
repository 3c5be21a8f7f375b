import type { Metric, Segment } from '../model/project.ts';
import { type NameRef, namesIn, type Scalar } from '../syntax/expression/scalar.ts';
import type { RuleContext } from './report.ts';

/** What of its sources a definition uses, computed columns and links followed to the end. */
export interface Needs {
  readonly columns: readonly { readonly source: string; readonly column: string }[];
  readonly links: readonly { readonly source: string; readonly link: string }[];
  /** Every source that is read: its own, and those behind links. */
  readonly sources: readonly string[];
}

/** Answers what metrics and segments use, each found once. */
export interface NeedsBook {
  /** What a metric uses itself; what its parts use is theirs. */
  ofMetric(metric: Metric): Needs;
  ofSegment(segment: Segment): Needs;
  /** What following links from a source uses, and an expression at their end. */
  ofPath(source: string, links: readonly string[], scalar: Scalar<NameRef> | undefined): Needs;
}

type Context = Pick<
  RuleContext,
  'project' | 'kinds' | 'columns' | 'links' | 'checked' | 'expressionsOf' | 'pathsOf' | 'book'
>;

/** A book of needs over resolved expressions. */
export function needsBook(context: Context): NeedsBook {
  const metrics = new Map<Metric, Needs>();
  const segments = new Map<Segment, Needs>();
  return {
    ofMetric(metric) {
      const known = metrics.get(metric) ?? metricNeeds(context, metric);
      metrics.set(metric, known);
      return known;
    },
    ofSegment(segment) {
      const known = segments.get(segment) ?? segmentNeeds(context, segment);
      segments.set(segment, known);
      return known;
    },
    ofPath(source, links, scalar) {
      const needs = new Collector(context);
      const home = needs.chain(source, links);
      if (home !== undefined) needs.scalar(scalar, home);
      return needs.finish();
    },
  };
}

/** Collects needs without repeating any, so that columns that use one another end. */
class Collector {
  readonly #context: Context;
  readonly #seen = new Set<string>();
  readonly #open: { readonly source: string; readonly column: string }[] = [];
  readonly columns: { source: string; column: string }[] = [];
  readonly links: { source: string; link: string }[] = [];
  readonly sources: string[] = [];

  constructor(context: Context) {
    this.#context = context;
  }

  source(name: string): void {
    if (!this.#isNew(`source ${name}`)) return;
    this.sources.push(name);
    this.#rows(name);
  }

  /** The columns that put a source's rows into periods. */
  times(name: string): void {
    const source = this.#context.project.sources.get(name);
    if (source === undefined) return;
    const { time, lifespan, sampledBy } = source;
    for (const word of [time, lifespan?.start, lifespan?.end, sampledBy]) {
      if (word !== undefined) this.scalar(this.#context.checked.resolvePath(word.text, name), name);
    }
  }

  /** What makes the rows of a source, wherever they are read. */
  #rows(name: string): void {
    const source = this.#context.project.sources.get(name);
    if (source === undefined) return;
    const { checked } = this.#context;
    const { where, onePer, union } = source;
    for (const word of where) this.scalar(checked.resolve(word, name), name);
    for (const word of onePer === undefined ? [] : [onePer.by, ...onePer.key.items]) {
      this.scalar(checked.resolvePath(word.text, name), name);
    }
    for (const { columns, source: member } of union?.items ?? []) {
      this.source(member.text);
      for (const word of columns.values()) this.scalar(checked.resolve(word, member.text), member.text);
    }
  }

  scalar(scalar: Scalar<NameRef> | undefined, source: string): void {
    if (scalar === undefined) return;
    for (const { ref } of namesIn(scalar)) {
      if (ref.at !== 'row') continue;
      const home = this.chain(source, ref.links);
      if (home !== undefined) this.column(home, ref.column);
    }
  }

  /** Follows links; the columns on which they match are needed too. */
  chain(from: string, links: readonly string[]): string | undefined {
    let source = from;
    for (const link of links) {
      const to = this.#context.links.follow(source, [link]);
      // A link whose target is unknown is needed all the same: its error is what stands in the way.
      if (this.#isNew(`link ${source} ${link}`)) this.#link(source, link, to);
      if (to === undefined) return undefined;
      source = to;
    }
    return source;
  }

  /** Notes a column; what it is computed from is followed by `finish`. */
  column(source: string, column: string): void {
    if (!this.#isNew(`column ${source} ${column}`)) return;
    this.columns.push({ source, column });
    this.#open.push({ source, column });
  }

  /** Follows computed columns to the end, one by one and not into one another, so that no chain of them is too long. */
  finish(): Needs {
    for (let next = this.#open.pop(); next !== undefined; next = this.#open.pop())
      this.#follow(next.source, next.column);
    return { columns: this.columns, links: this.links, sources: this.sources };
  }

  #follow(source: string, column: string): void {
    const info = this.#context.columns.get(source)?.columns.get(column);
    const word = info?.declared?.value;
    if (word === undefined || info?.origin === 'file') return;
    const of = info?.origin === 'facts' ? info.declared?.of?.text : undefined;
    if (of !== undefined) {
      this.source(of);
      this.times(of);
      this.chain(of, this.#context.links.paths(of, source)[0] ?? []);
    }
    this.scalar(this.#context.checked.resolve(word, of ?? source), of ?? source);
  }

  #link(source: string, link: string, to: string | undefined): void {
    this.links.push({ source, link });
    if (to === undefined) return;
    this.source(to);
    const key = this.#context.project.sources.get(to)?.key?.items ?? [];
    const pairs = this.#context.project.sources.get(source)?.links.get(link)?.using ?? [];
    pairs.forEach(({ mine, theirs }, index) => {
      this.scalar(this.#context.checked.resolvePath(mine.text, source), source);
      const there = theirs ?? key[index];
      if (there !== undefined) this.scalar(this.#context.checked.resolvePath(there.text, to), to);
    });
  }

  #isNew(id: string): boolean {
    if (this.#seen.has(id)) return false;
    this.#seen.add(id);
    return true;
  }
}

function metricNeeds(context: Context, metric: Metric): Needs {
  const needs = new Collector(context);
  for (const { source, metric: side } of context.book.sides(metric)) {
    if (side !== metric) continue;
    needs.source(source);
    needs.times(source);
  }
  for (const step of stepSources(context, metric)) {
    needs.source(step);
    needs.times(step);
  }
  for (const { word, source } of context.expressionsOf(metric)) {
    if (source !== '') needs.scalar(context.checked.resolve(word, source, metric), source);
  }
  for (const { word, source, names } of context.pathsOf(metric)) {
    if (names === 'link') needs.chain(source, word.text.split('.'));
    else needs.scalar(context.checked.resolvePath(word.text, source), source);
  }
  return needs.finish();
}

/** The sources that steps of a metric are read from, where they say so. */
function stepSources({ kinds }: Context, { type, spec }: Metric): readonly string[] {
  const fields = kinds.get(type ?? '')?.expressions(spec) ?? [];
  return fields.flatMap(({ source }) => source?.text ?? []);
}

function segmentNeeds(context: Context, segment: Segment): Needs {
  const needs = new Collector(context);
  for (const { word, source } of context.expressionsOf(segment)) {
    needs.scalar(context.checked.resolve(word, source), source);
  }
  return needs.finish();
}
