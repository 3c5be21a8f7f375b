import { formatDay } from '../../base/period.ts';
import type { Checked } from '../../check/checked.ts';
import { type NameRef, namesIn, type Scalar } from '../../syntax/expression/scalar.ts';
import { lowerBreakdown } from '../breakdown.ts';
import { Frame } from '../frame.ts';
import type { Entity, MeasurePlan } from '../metric-plan.ts';
import { type Extent, lowerSpell, type Scan } from '../plan-scan.ts';
import type { Input, Join, Named, PlanScalar, RelationColumn, Select } from '../relation.ts';
import { isNotNull, literal, nameOf, notAfter } from '../scalars.ts';
import { groupColumn } from '../scan-columns.ts';
import type { Storage } from '../storage.ts';

/** The rows of entities that are followed, in a frame of their own. */
export interface FollowedRows {
  readonly frame: Frame;
  /** What tells an entity: null for rows that belong to none. */
  readonly entity: PlanScalar;
  /** The beginning of a spell, or when something happened. */
  readonly start: PlanScalar;
  /** The exclusive end of a spell, null while it lasts; absent where rows are events. */
  readonly end: PlanScalar | undefined;
  /** Under which conditions a row counts for its time. */
  readonly valid: readonly PlanScalar[];
  /** Lowers an expression over a row. */
  lower(scalar: Scalar<NameRef>): PlanScalar;
}

/** What the rows of a scan are followed by. */
export interface Follower {
  readonly checked: Checked;
  readonly storage: Storage;
  readonly scan: Scan & { readonly extent: Extent };
  readonly entity: Entity;
  /** A measure of the scan; all have the same `where`. */
  readonly plan: MeasurePlan;
}

/** The rows of a scan with the entity that each belongs to. */
export function followedRows({ checked, storage, scan, entity }: Follower): FollowedRows {
  const frame = new Frame(checked, storage, scan.source);
  const who = entity.kind === 'linked' ? frame.rowAt(entity.links) : frame.lower(entity.scalar);
  const lower = (scalar: Scalar<NameRef>): PlanScalar => frame.lower(scalar);
  const { rows, extent } = scan;
  if (rows.mode === 'snapshot') throw new Error('Nobody is followed through a snapshot.');
  const times = (event: PlanScalar): Frame['times'] => ({ start: literal(null), end: literal(null), event });
  if (rows.mode === 'event') {
    const start = frame.lower(rows.time);
    frame.times = times(start);
    const valid = [isNotNull(start), notAfter(start, extent.asOf)];
    return { frame, entity: who, start, end: undefined, valid, lower };
  }
  const { start, end, valid } = lowerSpell(frame, rows.spell, extent.asOf);
  if (rows.mode === 'started' || rows.mode === 'ended') {
    // What happens when a spell starts or ends is an event.
    const event = rows.mode === 'started' ? start : end;
    frame.times = times(event);
    return { frame, entity: who, start: event, end: undefined, valid: [...valid, isNotNull(event)], lower };
  }
  frame.times = times(start);
  return { frame, entity: who, start, end, valid, lower };
}

/** What must hold of a row to be followed: a valid time, the metric's conditions, an entity. */
export function countedRows(
  { frame, valid, entity }: FollowedRows,
  { plan }: Follower,
): readonly PlanScalar[] {
  return [...valid, ...plan.where.map((condition) => frame.lower(condition)), isNotNull(entity)];
}

/** An entity as it is written. */
export function entityName(entity: Entity): string {
  if (entity.kind === 'linked') return entity.links.join('.');
  const [name] = namesIn(entity.scalar);
  return name?.ref.at === 'row' ? [...name.ref.links, name.ref.column].join('.') : 'a value';
}

/** What of the definitions the conditions on rows come from. */
export function rowsNote({ scan, entity, plan }: Follower): string {
  const where = plan.clauses.map(({ text }) => ` and meet ${text}`).join('');
  return `rows with a valid time, up to as_of ${formatDay(scan.extent.asOf)}, that have ${entityName(entity)}${where}`;
}

/** The groups of a scan's rows in a frame: columns, and the joins that repeat rows for overlapping groups. */
export function groupsIn(
  frame: Frame,
  { breakdown }: Scan,
): { readonly keys: readonly Named<PlanScalar>[]; readonly joins: readonly Join[] } {
  const lowered = breakdown.map((each, index) => lowerBreakdown(frame, each, `_group_${index + 1}`));
  return {
    keys: lowered.map(({ key }, index) => ({
      name: groupColumn(index),
      value: key,
      note: `by ${breakdown[index]?.key ?? ''}`,
    })),
    joins: lowered.flatMap(({ join }) => (join === undefined ? [] : [join])),
  };
}

/** The groups that occur among the valid rows of a scan before the metric's own conditions: section 4. */
export function allGroups(rows: FollowedRows, scan: Scan): Select {
  const { keys, joins } = groupsIn(rows.frame, scan);
  return {
    from: rows.frame.from,
    joins: [...rows.frame.joins, ...joins],
    where: rows.valid,
    keys,
    aggregates: [{ name: 'rows', value: { fn: 'count', args: [] } }],
  };
}

/** A column of a part of a statement. */
export function columnOf(part: string, { name, value }: Named<PlanScalar>): PlanScalar {
  return nameOf<RelationColumn>({ relation: part, column: name }, value.type);
}

/** The same columns, read from a part of a statement that has them. */
export function readFrom(part: string, columns: readonly Named<PlanScalar>[]): readonly Named<PlanScalar>[] {
  return columns.map((column) => ({ name: column.name, value: columnOf(part, column) }));
}

/** The column of a part of a statement that tells the entity. */
export function entityOf(relation: string): PlanScalar {
  return nameOf<RelationColumn>({ relation, column: 'entity' }, 'unknown');
}

/** A column of a part of a statement, whatever its type, under its own name. */
export function columnNamed(relation: string, column: string): Named<PlanScalar> {
  return { name: column, value: nameOf<RelationColumn>({ relation, column }, 'unknown') };
}

/** A part of the statement, by its name. */
export function part(name: string): Input {
  return { kind: 'table', table: name, as: name };
}
