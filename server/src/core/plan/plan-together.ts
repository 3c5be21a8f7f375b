import type { Checked } from '../check/checked.ts';
import { mapAggregates, mapNames, type NameRef, type Scalar } from '../syntax/expression/scalar.ts';
import type { Frame } from './frame.ts';
import type { Entity, MeasurePlan, Together } from './metric-plan.ts';
import { measureNote, type PlannedScan, passOver, type Scan } from './plan-scan.ts';
import { Refusal } from './refusal.ts';
import type { Aggregate, Named, PlanScalar, RelationColumn, Select } from './relation.ts';
import { all, isNotNull, literal, nameOf, test } from './scalars.ts';
import { ROWS } from './scan-columns.ts';
import type { Storage } from './storage.ts';

const ENTITIES = '_entities';
const ENTITY = 'entity';
const MET = 'met';

/**
 * Plans a pass in two steps: rows are first put together in each period and group, then the measures are taken over what they
 * make. All measures have the same `where`. Rows that belong to nothing (a null entity, no match through the link) take no part,
 * unless they are to be one entity more.
 */
export function planTogether(
  checked: Checked,
  storage: Storage,
  scan: Scan,
  together: Extract<Together, { kind: 'per' | 'once' }>,
  measures: readonly MeasurePlan[],
): PlannedScan {
  const pass = passOver(checked, storage, scan);
  const { frame } = pass;
  const entity = lowerEntity(
    frame,
    together.kind === 'per' ? together.entity : { kind: 'linked', links: together.links },
  );
  const where = all((measures[0]?.where ?? []).map((condition) => frame.lower(condition)));
  const pieces = new Pieces(frame, where);
  const takesPart = [
    test<RelationColumn>('>', inner(MET, 'integer'), literal(0)),
    ...(together.kind === 'per' && together.others === true ? [] : [isNotNull(inner(ENTITY, entity.type))]),
  ];
  const aggregates: Named<Aggregate<RelationColumn>>[] = [
    { name: ROWS, value: { fn: 'sum', args: [inner(ROWS, 'integer')] } },
  ];
  const columns = measures.map((plan) =>
    plan.measure.aggregates.map((aggregate) => {
      const lower = (scalar: Scalar<NameRef>): PlanScalar =>
        together.kind === 'per' ? pieces.ofEntity(scalar) : pieces.ofLinked(scalar, together.links);
      const own = aggregate.where === undefined ? [] : [lower(aggregate.where)];
      const condition = all([...takesPart, ...own]);
      const name = `value_${aggregates.length}`;
      aggregates.push({
        name,
        note: measureNote(plan),
        value: {
          fn: aggregate.fn,
          args: aggregate.args.map(lower),
          ...(aggregate.p === undefined ? {} : { p: aggregate.p }),
          ...(condition === undefined ? {} : { where: condition }),
        },
      });
      return name;
    }),
  );
  const { keys, ...rest } = pass.select();
  const select: Select = {
    ...rest,
    keys: [...keys, { name: ENTITY, value: entity, note: together.kind === 'per' ? 'per' : 'once_per' }],
    aggregates: [
      { name: ROWS, value: { fn: 'count', args: [] } },
      { name: MET, value: { fn: 'count', args: [], ...(where === undefined ? {} : { where }) } },
      ...pieces.all,
    ],
  };
  const outer: Select = {
    from: { kind: 'select', select, as: ENTITIES },
    joins: [],
    where: [],
    keys: keys.map(({ name, value }) => ({ name, value: inner(name, value.type) })),
    aggregates,
  };
  return { select: outer, columns, links: frame.links };
}

function lowerEntity(frame: Frame, entity: Entity): PlanScalar {
  return entity.kind === 'linked' ? frame.rowAt(entity.links) : frame.lower(entity.scalar);
}

function inner(column: string, type: PlanScalar['type']): PlanScalar {
  return nameOf<RelationColumn>({ relation: ENTITIES, column }, type);
}

/** What is kept of the rows that are put together: aggregates over those that meet the metric's `where`, each once. */
class Pieces {
  readonly #frame: Frame;
  readonly #where: PlanScalar | undefined;
  readonly #names = new Map<string, string>();
  readonly all: Named<Aggregate<RelationColumn>>[] = [];

  constructor(frame: Frame, where: PlanScalar | undefined) {
    this.#frame = frame;
    this.#where = where;
  }

  /** An expression over the rows of an entity: what it aggregates is kept, and put together outside. */
  ofEntity(scalar: Scalar<NameRef>): PlanScalar {
    return mapAggregates<NameRef, RelationColumn>(
      scalar,
      ({ fn, distinct, arg, type }) =>
        this.#piece(distinct ? 'count_distinct' : fn, arg === null ? [] : [this.#frame.lower(arg)], type),
      ({ ref, type }) => {
        if (ref.at !== 'period') {
          throw new Refusal('With `per`, every column stands inside an aggregate, such as sum(amount).');
        }
        return this.#one({ kind: 'name', ref, type });
      },
    );
  }

  /** An expression of the row that a link leads to, which is the same for all rows that lead there. */
  ofLinked(scalar: Scalar<NameRef>, links: readonly string[]): PlanScalar {
    return mapNames<NameRef, RelationColumn>(scalar, (name) => {
      const { ref } = name;
      const isBehind = ref.at === 'row' && links.every((link, index) => ref.links[index] === link);
      if (!isBehind && ref.at !== 'period') {
        const column = ref.at === 'row' ? [...ref.links, ref.column].join('.') : 'event_time';
        throw new Refusal(
          `With \`once_per\`, a row stands for all that link to one of ${links.join('.')}, and ${column} may differ among them: take values from behind ${links.join('.')}, or remove \`once_per\`.`,
        );
      }
      return this.#one({ kind: 'name', ...name });
    });
  }

  #one(name: Scalar<NameRef>): PlanScalar {
    return this.#piece('min', [this.#frame.lower(name)], name.type);
  }

  #piece(
    fn: Aggregate<RelationColumn>['fn'],
    args: readonly PlanScalar[],
    type: PlanScalar['type'],
  ): PlanScalar {
    const value: Aggregate<RelationColumn> = {
      fn,
      args,
      ...(this.#where === undefined ? {} : { where: this.#where }),
    };
    const key = JSON.stringify(value);
    const name = this.#names.get(key) ?? `piece_${this.all.length + 1}`;
    if (!this.#names.has(key)) this.all.push({ name, value });
    this.#names.set(key, name);
    return inner(name, type);
  }
}
