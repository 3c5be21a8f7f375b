import type { NameRef, Scalar } from '../../syntax/expression/scalar.ts';
import type { LinkUse } from '../frame.ts';
import type { Extent, Scan } from '../plan-scan.ts';
import type { Aggregate, Input, Join, Named, PlanScalar, RelationColumn, Select } from '../relation.ts';
import { cast, dateLiteral, literal, nameOf, test, when } from '../scalars.ts';
import { PERIOD } from '../scan-columns.ts';
import { type Crossings, crossingsOf, followedPeriods } from './crossings.ts';
import {
  columnOf,
  countedRows,
  type FollowedRows,
  type Follower,
  followedRows,
  groupsIn,
  readFrom,
} from './followed-rows.ts';
import type { needsOf } from './terms.ts';

/** The periods in which rows begin and end to count for their entities, with how much. */
export interface PlannedMarks {
  /** The last is `_marks`, with the columns `entity`, those of the groups, `period`, and those in `columns`. */
  readonly parts: readonly Named<Select>[];
  readonly columns: readonly Named<PlanScalar>[];
  readonly groups: readonly Named<PlanScalar>[];
  readonly links: readonly LinkUse[];
}

type Needs = ReturnType<typeof needsOf>;

/** Plans the marks of a scan's rows. With groups every mark of an entity stands in each group that it ever is in. */
export function planMarks(
  follower: Follower,
  needs: Needs,
  value: Scalar<NameRef> | undefined,
): PlannedMarks {
  const rows = rowsPart(follower, needs, value);
  const edges = edgeColumns(needs, rows.repeated);
  const own = edges.map(({ name, of }) => ({ name, value: of(ROWS) }));
  if (follower.scan.breakdown.length === 0) {
    const marks: Select = {
      from: part(ROWS),
      joins: [edgeJoin()],
      where: [isInSeries(follower.scan, ROWS)],
      keys: [columnNamed(ROWS, 'entity'), { name: PERIOD, value: periodOfEdge(ROWS) }],
      aggregates: own.map(summed),
    };
    return { parts: [rows.part, named(marks)], columns: own, groups: [], links: rows.links };
  }
  const members = membersParts(follower);
  const inGroup = needs.starts ? STARTS : ALIVE;
  const nothing = own.map(({ name, value: { type } }) => ({ name, value: zero(type) }));
  const groupZeros = inGroup.map((name) => ({ name: `group_${name}`, value: zero('integer') }));
  const ofEntities: Select = {
    from: part(FOLLOWED),
    joins: [
      { kind: 'inner', to: part(ROWS), on: [test('=', entityOf(ROWS), entityOf(FOLLOWED))] },
      edgeJoin(),
    ],
    where: [isInSeries(follower.scan, ROWS)],
    keys: [
      columnNamed(FOLLOWED, 'entity'),
      ...readFrom(FOLLOWED, members.groups),
      { name: PERIOD, value: periodOfEdge(ROWS) },
      ...own,
      ...groupZeros,
    ],
    aggregates: [],
  };
  const ofMembers: Select = {
    from: part(MEMBERS),
    joins: [edgeJoin()],
    where: [isInSeries(follower.scan, MEMBERS)],
    keys: [
      columnNamed(MEMBERS, 'entity'),
      ...readFrom(MEMBERS, members.groups),
      { name: PERIOD, value: periodOfEdge(MEMBERS) },
      ...nothing,
      ...inGroup.map((name) => ({ name: `group_${name}`, value: edge(name) })),
    ],
    aggregates: [],
  };
  const columns = [...own, ...groupZeros];
  const as = '_each_mark';
  const marks: Select = {
    from: { kind: 'stack', selects: [ofEntities, ofMembers], as },
    joins: [],
    where: [],
    keys: [
      columnNamed(as, 'entity'),
      ...readFrom(as, members.groups),
      { name: PERIOD, value: nameOf<RelationColumn>({ relation: as, column: PERIOD }, 'date') },
    ],
    aggregates: columns.map((column) => summed({ name: column.name, value: columnOf(as, column) })),
  };
  return {
    parts: [rows.part, ...members.parts, named(marks)],
    columns,
    groups: members.groups,
    links: [...rows.links, ...members.links],
  };
}

const ROWS = '_rows';
const MEMBERS = '_members';
const FOLLOWED = '_followed';
const EDGES = '_edges';

function named(value: Select): Named<Select> {
  return { name: '_marks', value, note: 'in which periods its rows begin and end to count for an entity' };
}

/** A row begins to count for the close of a period, later for the opening of another, and ends to count for both. */
const EDGE_TIMES = ['enter_close', 'enter_opening', 'leave_close', 'leave_opening'] as const;

const ALIVE = ['opening', 'closing'] as const;
const STARTS = ['opening', 'closing', 'before', 'started'] as const;

/** What each edge adds to the rows alive at the opening and close, and to those that began before them. */
function edgeJoin(): Join {
  const columns = ['edge', ...STARTS].map((name) => ({ name, type: 'integer' as const }));
  const rows = [
    ['1', '0', '1', '0', '1'],
    ['2', '1', '0', '1', '0'],
    ['3', '0', '-1', '0', '0'],
    ['4', '-1', '0', '0', '0'],
  ];
  return { kind: 'inner', to: { kind: 'values', as: EDGES, columns, rows }, on: [literal(true)] };
}

function edge(name: string): PlanScalar {
  return nameOf<RelationColumn>({ relation: EDGES, column: name }, 'integer');
}

/** What an edge of a row adds to the state of its entity, from the columns of the part that holds the row. */
function edgeColumns(
  { starts, values, first }: Needs,
  repeated: boolean,
): readonly { readonly name: string; of(part: string): PlanScalar }[] {
  const column = (relation: string, name: string): PlanScalar =>
    nameOf<RelationColumn>({ relation, column: name }, 'number');
  // Labelled as numbers, whose arithmetic is the engine's own: these whole numbers are small.
  const times = (a: PlanScalar, name: string): PlanScalar => ({
    kind: 'call',
    type: a.type,
    fn: '*',
    args: [a, nameOf<RelationColumn>({ relation: EDGES, column: name }, 'number')],
  });
  const counts = (starts ? STARTS : ALIVE).map((name) => ({
    name: name as string,
    of: (relation: string): PlanScalar =>
      repeated ? { ...times(column(relation, 'rows'), name), type: 'integer' as const } : edge(name),
  }));
  const amounts = (values ? ALIVE : []).map((name) => ({
    name: `${name}_value`,
    of: (relation: string): PlanScalar => times(column(relation, 'value'), name),
  }));
  const firsts = (first ? [STARTS[3]] : []).map((name) => ({
    name: 'first_value',
    of: (relation: string): PlanScalar =>
      when(
        test('=', column(relation, 'start'), column(relation, 'first_start')),
        times(column(relation, 'value'), name),
        literal(0),
      ),
  }));
  return [...counts, ...amounts, ...firsts];
}

function summed({ name, value }: Named<PlanScalar>): Named<Aggregate<RelationColumn>> {
  return { name, value: { fn: value.type === 'integer' ? 'sum' : 'exact_sum', args: [value] } };
}

function zero(type: PlanScalar['type']): PlanScalar {
  return { kind: 'literal', type: type === 'integer' ? 'integer' : 'number', value: '0' };
}

/** The period in which an edge lies. */
function periodOfEdge(relation: string): PlanScalar {
  const branches = EDGE_TIMES.map((name, index) => ({
    when: test('=', edge('edge'), literal<RelationColumn>(index + 1)),
    result: nameOf<RelationColumn>({ relation, column: name }, 'date'),
  }));
  return { kind: 'case', type: 'date', branches, otherwise: null };
}

/** What lies behind the last period changes none. */
function isInSeries(
  { grain, extent, view }: Scan & { readonly extent: Extent },
  relation: string,
): PlanScalar {
  const last = followedPeriods(grain, extent, view.window).at(-1)?.period.start ?? extent.asOf;
  return test('<=', periodOfEdge(relation), dateLiteral(last));
}

/** Rows with what their entity is and where their edges lie. Events of one entity in one place are put together first. */
function rowsPart(
  follower: Follower,
  { values, first }: Needs,
  value: Scalar<NameRef> | undefined,
): { readonly part: Named<Select>; readonly repeated: boolean; readonly links: readonly LinkUse[] } {
  const rows = followedRows(follower);
  const { frame, entity, start, end } = rows;
  const where = countedRows(rows, follower);
  const amount = values && value !== undefined ? [amountOf(rows, value)] : [];
  const crossings = crossingsIn(follower);
  const keys = [{ name: 'entity', value: entity, note: 'entity' }, ...edgesOf(crossings, rows)];
  const repeated = end === undefined && !first;
  const select: Select = {
    from: frame.from,
    joins: [...frame.joins, ...crossings.joins],
    where,
    whereNote: 'rows with a valid time that meet the conditions and belong to somebody',
    ...(repeated
      ? {
          keys,
          aggregates: [
            { name: 'rows', value: { fn: 'count', args: [] } },
            ...amount.map(({ name, value: arg }) => ({ name, value: { fn: 'sum', args: [arg] } as const })),
          ],
        }
      : {
          keys: [...keys, ...amount, ...(first ? [{ name: 'start', value: start }] : [])],
          aggregates: [],
          windows: first
            ? [{ name: 'first_start', value: { fn: 'min', arg: start, within: [entity], order: [] } }]
            : [],
        }),
  };
  const note = end === undefined ? 'what happened, by entity and period' : 'the spells of each entity';
  return { part: { name: ROWS, value: select, note }, repeated, links: frame.links };
}

/** What is not known of a row's value adds nothing. */
function amountOf({ lower }: FollowedRows, value: Scalar<NameRef>): Named<PlanScalar> {
  const number = cast(lower(value), 'number');
  return {
    name: 'value',
    value: { kind: 'call', type: 'number', fn: 'coalesce', args: [number, zero('number')] },
  };
}

function crossingsIn({ scan: { grain, extent, view } }: Follower): Crossings {
  return crossingsOf(grain, extent, view.window);
}

/** From when to when a row counts: a spell while it lasts, an event in its period and at the opening of the next. */
function edgesOf(
  { close, opening, before }: Crossings,
  { start, end }: Pick<FollowedRows, 'start' | 'end'>,
): readonly Named<PlanScalar>[] {
  const [leaveClose, leaveOpening] =
    end === undefined ? [opening(start), before(start)] : [close(end), opening(end)];
  return [
    { name: 'enter_close', value: close(start) },
    { name: 'enter_opening', value: opening(start) },
    { name: 'leave_close', value: leaveClose },
    { name: 'leave_opening', value: leaveOpening },
  ];
}

interface Members {
  readonly parts: readonly Named<Select>[];
  readonly groups: readonly Named<PlanScalar>[];
  readonly links: readonly LinkUse[];
}

/** The rows by entity and group (`_members`), and the groups that each entity ever is in (`_followed`). */
function membersParts(follower: Follower): Members {
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
  const edges = edgesOf(crossings, rows);
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
  const [LABELLED, MOMENTS, INSTANTS] = ['_labelled', '_moments', '_instants'];
  const at = (relation: string, column: string): PlanScalar =>
    nameOf<RelationColumn>({ relation, column }, type);
  const moments: Select = {
    from: part(LABELLED),
    joins: [],
    where: [],
    keys: [columnNamed(LABELLED, 'entity'), { name: 'start', value: at(LABELLED, 'start') }],
    aggregates: [{ name: 'rows', value: { fn: 'count', args: [] } }],
  };
  const instants: Select = {
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

function entityOf(relation: string): PlanScalar {
  return nameOf<RelationColumn>({ relation, column: 'entity' }, 'unknown');
}

function columnNamed(relation: string, column: string): Named<PlanScalar> {
  return { name: column, value: nameOf<RelationColumn>({ relation, column }, 'unknown') };
}

/** A part of the statement, by its name. */
function part(name: string): Input {
  return { kind: 'table', table: name, as: name };
}
