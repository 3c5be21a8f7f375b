import type { NameRef, Scalar } from '../../syntax/expression/scalar.ts';
import type { LinkUse } from '../frame.ts';
import type { Extent, Scan } from '../plan-scan.ts';
import type { Aggregate, Input, Join, Named, PlanScalar, RelationColumn, Select } from '../relation.ts';
import { cast, dateLiteral, literal, nameOf, test, when } from '../scalars.ts';
import { PERIOD } from '../scan-columns.ts';
import { lastPeriod } from './crossings.ts';
import {
  columnNamed,
  columnOf,
  countedRows,
  entityName,
  entityOf,
  type FollowedRows,
  type Follower,
  followedRows,
  part,
  readFrom,
  rowsNote,
} from './followed-rows.ts';
import { FIRST, type Layout, layoutOf } from './layout.ts';
import { crossingsIn, edgesOf, FOLLOWED, MEMBERS, type Members, membersParts } from './members.ts';
import type { needsOf } from './terms.ts';

/** The periods in which rows begin and end to count for their entities, with how much. */
export interface PlannedMarks {
  readonly layout: Layout;
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
  const layout = layoutOf(follower.scan);
  const rows = rowsPart(follower, layout, needs, value);
  const own = edgeColumns(needs, layout, rows.repeated).map(({ name, of }) => ({ name, value: of(ROWS) }));
  if (follower.scan.breakdown.length === 0) {
    const each: Select = {
      from: part(ROWS),
      joins: [edgeJoin(layout)],
      where: [],
      keys: [columnNamed(ROWS, 'entity'), { name: PERIOD, value: periodOfEdge(layout, ROWS) }, ...own],
      aggregates: [],
    };
    const marks = marksPart(follower.scan, { kind: 'select', select: each, as: EACH }, own, []);
    return { layout, parts: [rows.part, marks], columns: own, groups: [], links: rows.links };
  }
  const members = membersParts(follower, layout);
  const counted = needs.starts ? layout.starts : layout.alive;
  const inGroup = counted.map((name) => ({ name: `group_${name}`, value: edge(name) }));
  const selects = [
    ofEntities(layout, own, inGroup.map(zeroOf), members),
    ofMembers(layout, own.map(zeroOf), inGroup, members),
  ];
  const columns = [...own, ...inGroup];
  const marks = marksPart(follower.scan, { kind: 'stack', selects, as: EACH }, columns, members.groups);
  return {
    layout,
    parts: [rows.part, ...members.parts, marks],
    columns,
    groups: members.groups,
    links: [...rows.links, ...members.links],
  };
}

/** The marks of an entity's rows, in each group that it ever is in. */
function ofEntities(
  layout: Layout,
  own: readonly Named<PlanScalar>[],
  inGroup: readonly Named<PlanScalar>[],
  { groups }: Members,
): Select {
  const rows: Join = { kind: 'inner', to: part(ROWS), on: [test('=', entityOf(ROWS), entityOf(FOLLOWED))] };
  const keys = [columnNamed(FOLLOWED, 'entity'), ...readFrom(FOLLOWED, groups)];
  return {
    from: part(FOLLOWED),
    joins: [rows, edgeJoin(layout)],
    where: [],
    keys: [...keys, { name: PERIOD, value: periodOfEdge(layout, ROWS) }, ...own, ...inGroup],
    aggregates: [],
  };
}

/** The marks of the rows in a group, which tell when the entity is in it. */
function ofMembers(
  layout: Layout,
  own: readonly Named<PlanScalar>[],
  inGroup: readonly Named<PlanScalar>[],
  { groups }: Members,
): Select {
  const keys = [columnNamed(MEMBERS, 'entity'), ...readFrom(MEMBERS, groups)];
  return {
    from: part(MEMBERS),
    joins: [edgeJoin(layout)],
    where: [],
    keys: [...keys, { name: PERIOD, value: periodOfEdge(layout, MEMBERS) }, ...own, ...inGroup],
    aggregates: [],
  };
}

function zeroOf({ name, value: { type } }: Named<PlanScalar>): Named<PlanScalar> {
  return { name, value: zero(type) };
}

/** All marks of an entity in one period together. What lies behind the last period changes none. */
function marksPart(
  scan: Scan & { readonly extent: Extent },
  from: Input,
  columns: readonly Named<PlanScalar>[],
  groups: readonly Named<PlanScalar>[],
): Named<Select> {
  const period = nameOf<RelationColumn>({ relation: EACH, column: PERIOD }, 'date');
  const value: Select = {
    from,
    joins: [],
    where: [test('<=', period, dateLiteral(lastPeriod(scan)))],
    keys: [columnNamed(EACH, 'entity'), ...readFrom(EACH, groups), { name: PERIOD, value: period }],
    aggregates: columns.map((column) => summed({ name: column.name, value: columnOf(EACH, column) })),
  };
  return { name: '_marks', value, note: 'in which periods its rows begin and end to count for an entity' };
}

const EACH = '_each_mark';
const ROWS = '_rows';
const EDGES = '_edges';

/** What each edge of a row adds to the state of its entity. */
function edgeJoin({ edges, starts }: Layout): Join {
  const columns = ['edge', ...starts].map((name) => ({ name, type: 'integer' as const }));
  const rows = edges.map(({ adds }, index) => [String(index + 1), ...adds.map(String)]);
  return { kind: 'inner', to: { kind: 'values', as: EDGES, columns, rows }, on: [literal(true)] };
}

function edge(name: string): PlanScalar {
  return nameOf<RelationColumn>({ relation: EDGES, column: name }, 'integer');
}

/** What an edge of a row adds to the state of its entity, from the columns of the part that holds the row. */
function edgeColumns(
  { starts, values, first }: Needs,
  layout: Layout,
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
  const counts = (starts ? layout.starts : layout.alive).map((name) => ({
    name,
    of: (relation: string): PlanScalar =>
      repeated ? { ...times(column(relation, 'rows'), name), type: 'integer' as const } : edge(name),
  }));
  const amounts = (values ? layout.alive : []).map((name) => ({
    name: `${name}_value`,
    of: (relation: string): PlanScalar => times(column(relation, 'value'), name),
  }));
  const firsts = (first ? [layout.columns.started] : []).map((name) => ({
    name: FIRST,
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
function periodOfEdge({ edges }: Layout, relation: string): PlanScalar {
  const branches = edges.map(({ time }, index) => ({
    when: test('=', edge('edge'), literal<RelationColumn>(index + 1)),
    result: nameOf<RelationColumn>({ relation, column: time }, 'date'),
  }));
  return { kind: 'case', type: 'date', branches, otherwise: null };
}

/** Rows with what their entity is and where their edges lie. Events of one entity in one place are put together first. */
function rowsPart(
  follower: Follower,
  layout: Layout,
  { values, first }: Needs,
  value: Scalar<NameRef> | undefined,
): { readonly part: Named<Select>; readonly repeated: boolean; readonly links: readonly LinkUse[] } {
  const rows = followedRows(follower);
  const { frame, entity, start, end } = rows;
  const where = countedRows(rows, follower);
  const amount = values && value !== undefined ? [amountOf(rows, value)] : [];
  const crossings = crossingsIn(follower);
  const keys = [
    { name: 'entity', value: entity, note: `entity: ${entityName(follower.entity)}` },
    ...edgesOf(layout, crossings, rows),
  ];
  const repeated = end === undefined && !first;
  const select: Select = {
    from: frame.from,
    joins: [...frame.joins, ...crossings.joins],
    where,
    whereNote: rowsNote(follower),
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
export function amountOf({ lower }: FollowedRows, value: Scalar<NameRef>): Named<PlanScalar> {
  const number = cast(lower(value), 'number');
  return {
    name: 'value',
    value: { kind: 'call', type: 'number', fn: 'coalesce', args: [number, zero('number')] },
  };
}
