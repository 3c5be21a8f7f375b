import type { Checked } from '../check/checked.ts';
import { mapNames, type NameRef, type Scalar } from '../syntax/expression/scalar.ts';
import { planFacts } from './plan-facts.ts';
import { Refusal } from './refusal.ts';
import type { Join, PlanScalar, RelationColumn, Select } from './relation.ts';
import { cast, literal, nameOf, test, when } from './scalars.ts';
import { ROW_NUMBER, type Storage } from './storage.ts';

/** What `period_start`, `period_end` and `event_time` are in a plan. */
export interface TimeNames {
  readonly start: PlanScalar;
  readonly end: PlanScalar;
  readonly event: PlanScalar;
}

/** A link of a source. */
export interface LinkUse {
  readonly source: string;
  readonly link: string;
}

const NO_TIME: TimeNames = { start: literal(null), end: literal(null), event: literal(null) };

/** A time as the type that the expression was checked with: a date is the midnight of a timestamp. */
function timeAs(time: PlanScalar, type: PlanScalar['type']): PlanScalar {
  return type === 'date' || type === 'timestamp' ? cast(time, type) : time;
}

/** More nodes than this in one expression, computed columns put in, are refused: they grow exponentially when nested. */
const MAX_NODES = 5_000;

/**
 * The relations in scope of one select: a source and whatever its links reach. Lowering an expression into a frame joins
 * the links that it follows, each once, and puts computed columns in.
 */
export class Frame {
  readonly #checked: Checked;
  readonly #storage: Storage;
  readonly #source: string;
  readonly #joins: Join[] = [];
  readonly #links: LinkUse[] = [];
  readonly #relations = new Map<string, { readonly name: string; readonly source: string }>();
  readonly #facts = new Map<string, PlanScalar>();
  #nodes = 0;
  times: TimeNames = NO_TIME;

  constructor(checked: Checked, storage: Storage, source: string) {
    this.#checked = checked;
    this.#storage = storage;
    this.#source = source;
    this.#relations.set('', { name: source, source });
  }

  get from(): Select['from'] {
    return this.#storage.input(this.#source, this.#source);
  }

  /** The joins that lowering has asked for so far, in an order in which each uses only those before it. */
  get joins(): readonly Join[] {
    return this.#joins;
  }

  /** The links that are followed. Where one arrives at several rows, the frame would repeat rows. */
  get links(): readonly LinkUse[] {
    return this.#links;
  }

  /** An expression of the frame's source, or (behind `links`) of a source that it reaches, in terms of relations. */
  lower(scalar: Scalar<NameRef>, links: readonly string[] = []): PlanScalar {
    this.#nodes = 0;
    return this.#lower(scalar, links);
  }

  /** Whether the row has a match at the end of a chain of links. */
  reaches(links: readonly string[]): PlanScalar {
    return test('not', test('is-null', this.rowAt(links)));
  }

  /** The 1-based number of the row in the source's data. */
  get rowNumber(): PlanScalar {
    return this.rowAt([]);
  }

  /** The number of the row at the end of a chain of links; null where there is none. */
  rowAt(links: readonly string[]): PlanScalar {
    const { name } = this.#relation(links);
    return nameOf<RelationColumn>({ relation: name, column: ROW_NUMBER }, 'integer');
  }

  #lower(scalar: Scalar<NameRef>, links: readonly string[]): PlanScalar {
    return mapNames(scalar, ({ ref, type }) => {
      if (++this.#nodes > MAX_NODES)
        throw new Refusal('Its computed columns, put into one another, grow too large.');
      switch (ref.at) {
        case 'row':
          return this.#column([...links, ...ref.links], ref.column, type);
        case 'period':
          return timeAs(ref.bound === 'start' ? this.times.start : this.times.end, type);
        case 'event_time':
          return timeAs(this.times.event, type);
        case 'metric':
          throw new Refusal(`The metric "${ref.metric}" stands where only columns can.`);
      }
    });
  }

  #column(links: readonly string[], column: string, type: Scalar['type']): PlanScalar {
    const { name, source } = this.#relation(links);
    const info = this.#checked.columns.get(source)?.columns.get(column);
    if (info?.origin === 'facts') return this.#fact(source, column, links);
    if (info?.origin === 'computed') return this.#computed(source, column, links);
    const stored = this.#storage.column(source, column);
    // A row written out in an example need not have every column, and a file may leave one blank in every row: null.
    if (stored === undefined)
      return type === 'unknown' ? literal(null) : { kind: 'cast', type, arg: literal(null) };
    return nameOf<RelationColumn>({ relation: name, column: stored }, type);
  }

  #computed(source: string, column: string, links: readonly string[]): PlanScalar {
    const value = this.#checked.columns.get(source)?.columns.get(column)?.declared?.value;
    const scalar = value === undefined ? undefined : this.#checked.resolve(value, source);
    if (scalar === undefined) throw new Refusal(`The computed column "${column}" of ${source} has an error.`);
    return this.#lower(scalar, links);
  }

  /** A column that aggregates the rows that link here: they are put together by what they link with, and joined. */
  #fact(source: string, column: string, links: readonly string[]): PlanScalar {
    const key = [...links, `${column}()`].join('.');
    const known = this.#facts.get(key);
    if (known !== undefined) return known;
    const as = this.#free([...links, column].join('_'));
    this.#relations.set(key, { name: as, source });
    const { select, on, value, followed } = planFacts(this.#checked, this.#storage, source, column, as);
    for (const link of followed) this.#links.push(link);
    const here = on.map(({ theirs, there }) => {
      const mine = this.#column(
        links,
        theirs,
        this.#checked.columns.get(source)?.columns.get(theirs)?.type ?? 'unknown',
      );
      return test('=', mine, there);
    });
    this.#joins.push({ kind: 'left', to: { kind: 'select', select, as }, on: here });
    // A row that the link does not arrive at has no columns, and so no count either.
    const found = links.length === 0 ? value : when(this.reaches(links), value);
    this.#facts.set(key, found);
    return found;
  }

  #relation(links: readonly string[]): { readonly name: string; readonly source: string } {
    const key = links.join('.');
    const known = this.#relations.get(key);
    if (known !== undefined) return known;
    const before = this.#relation(links.slice(0, -1));
    const link = links.at(-1) ?? '';
    const target = this.#checked.follow(before.source, [link]);
    if (target === undefined) throw new Refusal(`There is no link "${link}" from ${before.source}.`);
    const relation = { name: this.#free(links.join('_')), source: target };
    const on = this.#condition(before.source, link, target, relation.name, links.slice(0, -1));
    this.#relations.set(key, relation);
    this.#links.push({ source: before.source, link });
    const note = `link ${link} of ${before.source}`;
    this.#joins.push({ kind: 'left', to: this.#storage.input(target, relation.name), on, note });
    return relation;
  }

  /** The pairs of columns that a link equates: mine through this frame, theirs straight from the target's data. */
  #condition(
    source: string,
    link: string,
    target: string,
    relation: string,
    links: readonly string[],
  ): PlanScalar[] {
    const { project } = this.#checked;
    const key = project.sources.get(target)?.key?.items ?? [];
    const pairs = project.sources.get(source)?.links.get(link)?.using ?? [];
    if (pairs.length === 0)
      throw new Refusal(`The link "${link}" of ${source} says no columns in \`using\`.`);
    return pairs.map(({ mine, theirs }, index) => {
      const there = (theirs ?? key[index])?.text;
      const scalar = this.#checked.resolvePath(mine.text, source);
      if (there === undefined || scalar === undefined) {
        throw new Refusal(`The link "${link}" of ${source} has an error in \`using\`.`);
      }
      return test('=', this.#lower(scalar, links), this.#targetColumn(target, there, relation));
    });
  }

  #targetColumn(target: string, column: string, relation: string): PlanScalar {
    const info = this.#checked.columns.get(target)?.columns.get(column);
    if (info?.origin !== 'computed') {
      const stored = this.#storage.column(target, column);
      if (stored === undefined) return literal(null);
      return nameOf<RelationColumn>({ relation, column: stored }, info?.type ?? 'unknown');
    }
    const inner = new Frame(this.#checked, this.#storage, target);
    const scalar = inner.#computed(target, column, []);
    if (inner.joins.length > 0) {
      throw new Refusal(
        `The column "${column}" of ${target} follows a link itself, so that no link can arrive at it.`,
      );
    }
    return mapNames(scalar, ({ ref, type }) =>
      nameOf<RelationColumn>({ relation, column: ref.column }, type),
    );
  }

  #free(wanted: string): string {
    const taken = new Set([...this.#relations.values()].map(({ name }) => name));
    let name = wanted;
    for (let i = 2; taken.has(name); i++) name = `${wanted}_${i}`;
    return name;
  }
}
