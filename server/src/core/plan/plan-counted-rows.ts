import type { Period } from '../base/period.ts';
import type { Checked } from '../check/checked.ts';
import { childrenOf, type NameRef, type Scalar } from '../syntax/expression/scalar.ts';
import { lowerBreakdown, NONE } from './breakdown.ts';
import { Frame } from './frame.ts';
import type { Entity, MeasurePlan, Together } from './metric-plan.ts';
import { pickAt } from './pick-at.ts';
import { lowerRows, type Scan } from './plan-scan.ts';
import type { Aggregate, Join, PlanScalar, RelationColumn, Select } from './relation.ts';
import { followedIn } from './rows-at.ts';
import { all, cast, dateLiteral, isNotNull, isNull, literal, test } from './scalars.ts';
import type { Storage } from './storage.ts';

/** Plans the numbers of the rows that count towards a measure in one period and group, in the column `row`. */
export function planCountedRows(
  checked: Checked,
  storage: Storage,
  scan: Scan,
  plan: MeasurePlan,
  period: Period,
  groups: readonly string[],
  limit: number,
): Select {
  const frame = new Frame(checked, storage, scan.source);
  const { joins, where: inPeriod } = rowsOfPeriod(checked, storage, frame, scan, period);
  const broken = scan.breakdown.map((breakdown, index) =>
    lowerBreakdown(frame, breakdown, `_group_${index + 1}`),
  );
  const inGroups = broken.map(({ key }, index) =>
    groups[index] === NONE
      ? test('or', isNull(key), test('=', cast(key, 'text'), literal(NONE)))
      : test('=', cast(key, 'text'), literal(groups[index] ?? '')),
  );
  const where = [
    ...inPeriod,
    ...inGroups,
    ...plan.where.map((condition) => frame.lower(condition)),
    lowerCounted(frame, plan),
  ];
  return {
    from: frame.from,
    joins: [...frame.joins, ...joins, ...broken.flatMap(({ join }) => (join === undefined ? [] : [join]))],
    where,
    keys: [{ name: 'row', value: frame.rowNumber }],
    aggregates: [],
    limit,
  };
}

/** Which rows fall in a period, or tell who is there where entities are followed through it. */
function rowsOfPeriod(
  checked: Checked,
  storage: Storage,
  frame: Frame,
  scan: Scan,
  period: Period,
): { readonly joins: readonly Join[]; readonly where: readonly PlanScalar[] } {
  const followed = followedIn(frame, scan, period);
  if (followed !== undefined) return { joins: [], where: followed };
  const rows = lowerRows(frame, scan);
  const inPeriod = period.grain === 'all' ? [] : [test('=', rows.period, dateLiteral(period.start))];
  return {
    joins: [...rows.joins, ...pickAt(checked, storage, frame, scan, rows.period)],
    where: [...rows.where, ...inPeriod],
  };
}

/** Whether a row that meets `where` takes part in the value: its own value is neither null nor off the scale. */
export function lowerCounted(frame: Frame, { measure, view }: MeasurePlan): PlanScalar {
  // Of an entity's rows each takes part in what is said of the entity.
  const { together } = view;
  if (together?.kind === 'durations') {
    return test('and', isNotNull(frame.lower(together.duration)), isNotNull(frame.lower(together.ended)));
  }
  if (together?.kind === 'per') return isInEntity(frame, together, measure.aggregates);
  if (together !== undefined && together.kind !== 'once') return isEntity(frame, together.entity);
  // A sum counts all rows too, to tell none from null ones: that says nothing of the row's own value.
  const used = measure.aggregates.filter(
    ({ fn, args, where }, index) =>
      index !== measure.offScale && !(fn === 'count' && args.length === 0 && where === undefined),
  );
  const [first, ...rest] = used.map((aggregate) => takesPart(frame, aggregate));
  if (first === undefined) return literal(true);
  return rest.length > 0 ? test('or', first, ...rest) : first;
}

/** Whether a row belongs to an entity and to what is said of it: a null value adds nothing to the sum of its entity. */
function isInEntity(
  frame: Frame,
  { entity, others }: Extract<Together, { kind: 'per' }>,
  aggregates: readonly Aggregate<NameRef>[],
): PlanScalar {
  const inner = aggregates.flatMap(({ args, where }) => [
    ...args.flatMap(aggregatesIn),
    ...(where === undefined ? [] : aggregatesIn(where)),
  ]);
  const [first, ...rest] = inner.map(({ arg }) =>
    arg === null ? literal<RelationColumn>(true) : isNotNull(frame.lower(arg)),
  );
  const takesPart = first === undefined || rest.length === 0 ? first : test('or', first, ...rest);
  const belongs = others === true ? undefined : isEntity(frame, entity);
  return all([belongs, takesPart].filter((each) => each !== undefined)) ?? literal(true);
}

function aggregatesIn(scalar: Scalar<NameRef>): readonly Extract<Scalar<NameRef>, { kind: 'aggregate' }>[] {
  return scalar.kind === 'aggregate' ? [scalar] : childrenOf(scalar).flatMap(aggregatesIn);
}

function isEntity(frame: Frame, entity: Entity): PlanScalar {
  return entity.kind === 'linked' ? frame.reaches(entity.links) : isNotNull(frame.lower(entity.scalar));
}

/** Whether a row takes part in an aggregate. */
function takesPart(frame: Frame, { fn, args, where }: Aggregate<NameRef>): PlanScalar {
  const lowered = args.map((arg) => frame.lower(arg));
  const own = fn === 'count_if' ? lowered : lowered.map(isNotNull);
  return all([...own, ...(where === undefined ? [] : [frame.lower(where)])]) ?? literal(true);
}
