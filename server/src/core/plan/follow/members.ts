import type { LinkUse } from '../frame.ts';
import type { Named, PlanScalar, RelationColumn, Select } from '../relation.ts';
import { nameOf, test } from '../scalars.ts';
import { type Crossings, crossingsOf } from './crossings.ts';
import {
  columnNamed,
  countedRows,
  entityOf,
  type FollowedRows,
  type Follower,
  followedRows,
  groupsIn,
  part,
  readFrom,
} from './followed-rows.ts';
import type { EdgeTime, Layout } from './layout.ts';

export const MEMBERS = '_members';
export const FOLLOWED = '_followed';

export interface Members {
  readonly parts: readonly Named<Select>[];
  readonly groups: readonly Named<PlanScalar>[];
  readonly links: readonly LinkUse[];
}

/** The rows by entity and group (`_members`), and the groups that each entity ever is in (`_followed`). */
export function membersParts(follower: Follower, layout: Layout): Members {
  const rows = followedRows(follower);
  const where = countedRows(rows, follower);
  const { keys: groups, joins } = groupsIn(rows.frame, follower.scan);
  const crossings = crossingsIn(follower);
  const entity = { name: 'entity', value: rows.entity };
  const followed: Named<Select> = {
    name: FOLLOWED,
    note: 'the groups that each entity is ever in',
    value: {
      from: part(MEMBERS),
      joins: [],
      where: [],
      keys: [columnNamed(MEMBERS, 'entity'), ...readFrom(MEMBERS, groups)],
      aggregates: [{ name: 'rows', value: { fn: 'count', args: [] } }],
    },
  };
  if (rows.end === undefined) {
    const labelled: Select = {
      from: rows.frame.from,
      joins: [...rows.frame.joins, ...joins],
      where,
      keys: [entity, ...groups, { name: 'start', value: rows.start }],
      aggregates: [{ name: 'rows', value: { fn: 'count', args: [] } }],
    };
    return {
      parts: [...lastRows(labelled, groups, rows.start.type, crossings), followed],
      groups,
      links: rows.frame.links,
    };
  }
  const edges = edgesOf(layout, crossings, rows);
  const value: Select = {
    from: rows.frame.from,
    joins: [...rows.frame.joins, ...crossings.joins, ...joins],
    where,
    keys: [entity, ...groups, ...edges],
    aggregates: [],
  };
  return {
    parts: [{ name: MEMBERS, value, note: 'the same rows by group' }, followed],
    groups,
    links: rows.frame.links,
  };
}

/** Of events the last ones before a bound tell the groups, so that each counts until the entity's next. */
function lastRows(
  labelled: Select,
  groups: readonly Named<PlanScalar>[],
  type: PlanScalar['type'],
  crossings: Crossings,
): readonly Named<Select>[] {
  const at = atOf(type);
  const instants = instantsOf(at);
  const [start, next] = [at(LABELLED, 'start'), at(INSTANTS, 'next_start')];
  const earlier = (a: PlanScalar, b: PlanScalar): PlanScalar => ({
    kind: 'call',
    type: 'date',
    fn: 'least',
    args: [a, b],
  });
  const keys = [
    columnNamed(LABELLED, 'entity'),
    ...readFrom(LABELLED, groups),
    { name: 'enter_close', value: crossings.close(start) },
    { name: 'enter_opening', value: crossings.opening(start) },
    { name: 'leave_close', value: earlier(crossings.opening(start), crossings.close(next)) },
    { name: 'leave_opening', value: earlier(crossings.before(start), crossings.opening(next)) },
  ];
  const members: Select = {
    from: part(LABELLED),
    joins: [
      {
        kind: 'inner',
        to: part(INSTANTS),
        on: [test('=', entityOf(INSTANTS), entityOf(LABELLED)), test('=', at(INSTANTS, 'start'), start)],
      },
      ...crossings.joins,
    ],
    where: [],
    keys,
    aggregates: [],
  };
  return [
    { name: LABELLED, value: labelled, note: 'the same rows by group' },
    { name: INSTANTS, value: instants, note: 'until when they are the last of their entity' },
    { name: MEMBERS, value: members },
  ];
}

/** The crossings of the periods that entities are followed through. */
export function crossingsIn({ scan: { grain, extent, view } }: Follower): Crossings {
  return crossingsOf(grain, extent, view.window);
}

/** From when to when a row counts: a spell while it lasts, an event in its period and at the opening of the next. */
export function edgesOf(
  { edges }: Layout,
  { close, opening, before }: Crossings,
  { start, end }: Pick<FollowedRows, 'start' | 'end'>,
): readonly Named<PlanScalar>[] {
  const times: Readonly<Record<EdgeTime, () => PlanScalar>> = {
    enter_close: () => close(start),
    enter_opening: () => opening(start),
    leave_close: () => (end === undefined ? opening(start) : close(end)),
    leave_opening: () => (end === undefined ? before(start) : opening(end)),
  };
  return edges.map(({ time }) => ({ name: time, value: times[time]() }));
}

const LABELLED = '_labelled';
const MOMENTS = '_moments';
const INSTANTS = '_instants';

type At = (relation: string, column: string) => PlanScalar;

function atOf(type: PlanScalar['type']): At {
  return (relation, column) => nameOf<RelationColumn>({ relation, column }, type);
}

/** The times at which something of an entity happened, each with the next. */
function instantsOf(at: At): Select {
  const moments: Select = {
    from: part(LABELLED),
    joins: [],
    where: [],
    keys: [columnNamed(LABELLED, 'entity'), { name: 'start', value: at(LABELLED, 'start') }],
    aggregates: [{ name: 'rows', value: { fn: 'count', args: [] } }],
  };
  return {
    from: { kind: 'select', select: moments, as: MOMENTS },
    joins: [],
    where: [],
    keys: [columnNamed(MOMENTS, 'entity'), { name: 'start', value: at(MOMENTS, 'start') }],
    aggregates: [],
    windows: [
      {
        name: 'next_start',
        value: {
          fn: 'next',
          arg: at(MOMENTS, 'start'),
          within: [entityOf(MOMENTS)],
          order: [at(MOMENTS, 'start')],
        },
      },
    ],
  };
}
