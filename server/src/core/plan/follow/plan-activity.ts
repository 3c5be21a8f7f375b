import type { Grain } from '../../base/period.ts';
import type { NameRef, Scalar } from '../../syntax/expression/scalar.ts';
import type { LinkUse } from '../frame.ts';
import type { FollowTerm, MeasurePlan } from '../metric-plan.ts';
import type { PlannedScan, Scan } from '../plan-scan.ts';
import type { Join, Named, PlanScalar, RelationColumn, Select, WindowValue } from '../relation.ts';
import { addUnits, dateLiteral, isNotNull, literal, nameOf, test, truncate, when } from '../scalars.ts';
import { PERIOD } from '../scan-columns.ts';
import { lastPeriod } from './crossings.ts';
import {
  columnNamed,
  columnOf,
  countedRows,
  entityName,
  entityOf,
  type Follower,
  followedRows,
  groupsIn,
  part,
  readFrom,
  rowsNote,
} from './followed-rows.ts';
import { FIRST } from './layout.ts';
import { amountOf } from './marks.ts';
import { groupsParts, type NamedTerm, PERIOD_COLUMN, sumOf, zeros } from './pass.ts';
import { type EntityState, type needsOf, termOf } from './terms.ts';

type Needs = ReturnType<typeof needsOf>;
type CalendarGrain = Exclude<Grain, 'all'>;

/** Whether entities are followed by what happened in periods of the calendar, so that the opening is the period before. */
export function isActivity({ rows, grain, view }: Scan): boolean {
  return rows.mode === 'event' && grain !== 'all' && view.window === undefined;
}

/**
 * Plans a pass over events by period: of each entity the periods in which it is active (`_active`), each beside the one before and the
 * one behind (`_runs`), from which follows what it is at the close of its period, and at the opening of the next.
 */
export function planActivity(
  follower: Follower,
  terms: readonly NamedTerm[],
  needs: Needs,
  value: Scalar<NameRef> | undefined,
  measures: readonly MeasurePlan[],
  columns: PlannedScan['columns'],
): PlannedScan {
  const { scan } = follower;
  const { grain } = scan;
  if (grain === 'all') throw new Error('Over all time there is no period before.');
  const active = activePart(follower, grain, needs, value);
  const members = membersPart(follower, grain);
  const groups = groupsParts(follower);
  const sides = sidesOf(scan, grain, terms, members.groups);
  const as = '_each';
  const select: Select = {
    parts: [active.part, runsPart(needs), ...members.parts, ...groups.parts],
    from: { kind: 'stack', selects: [...sides, zeros(scan, members.groups, terms)], as },
    joins: [],
    where: [],
    keys: readFrom(as, [PERIOD_COLUMN, ...members.groups]),
    aggregates: terms.map((term) => sumOf(term, as, terms, measures)),
  };
  return { select, columns, links: [...active.links, ...members.links, ...groups.links] };
}

const ACTIVE = '_active';
const RUNS = '_runs';
const MEMBERS = '_members';

/** The periods in which each entity is active, with what it is worth there. */
function activePart(
  follower: Follower,
  grain: CalendarGrain,
  { values, first }: Needs,
  value: Scalar<NameRef> | undefined,
): { readonly part: Named<Select>; readonly links: readonly LinkUse[] } {
  const rows = followedRows(follower);
  const { frame, entity, start } = rows;
  const where = countedRows(rows, follower);
  const amount = values && value !== undefined ? [amountOf(rows, value)] : [];
  const keys = [
    { name: 'entity', value: entity, note: `entity: ${entityName(follower.entity)}` },
    { name: PERIOD, value: truncate(grain, start) },
  ];
  const whereNote = rowsNote(follower);
  const read = { from: frame.from, joins: frame.joins, where, whereNote };
  const note = 'the periods in which each entity is active';
  if (!first) {
    const totals = amount.map(({ name, value: arg }) => added(name, arg));
    return {
      part: { name: ACTIVE, value: { ...read, keys, aggregates: [ROWS_COUNTED, ...totals] }, note },
      links: frame.links,
    };
  }
  const each = { ...read, keys: [...keys, { name: 'start', value: start }, ...amount] };
  return { part: { name: ACTIVE, note, value: withFirst(each, keys, amount) }, links: frame.links };
}

/** The same with what each entity began with: the value of its first rows. */
function withFirst(
  each: Omit<Select, 'aggregates'>,
  keys: readonly Named<PlanScalar>[],
  amount: readonly Named<PlanScalar>[],
): Select {
  const as = '_rows';
  const [entity, start] = ['entity', 'start'].map((name) => each.keys.find((key) => key.name === name));
  if (entity === undefined || start === undefined) throw new Error('A row has an entity and a time.');
  const firstStart: Named<WindowValue> = {
    name: 'first_start',
    value: { fn: 'min', arg: start.value, within: [entity.value], order: [] },
  };
  const isFirst = test('=', columnOf(as, start), columnOf(as, { ...start, name: firstStart.name }));
  return {
    from: { kind: 'select', select: { ...each, aggregates: [], windows: [firstStart] }, as },
    joins: [],
    where: [],
    keys: readFrom(as, keys),
    aggregates: [
      ROWS_COUNTED,
      ...amount.flatMap((column) => [
        added(column.name, columnOf(as, column)),
        added(FIRST, when(isFirst, columnOf(as, column), literal(0))),
      ]),
    ],
  };
}

const ROWS_COUNTED: Select['aggregates'][number] = { name: 'rows', value: { fn: 'count', args: [] } };

function added(name: string, arg: PlanScalar): Select['aggregates'][number] {
  return { name, value: { fn: 'exact_sum', args: [arg] } };
}

/** Each period of activity beside the entity's one before and behind. */
function runsPart({ values, first }: Needs): Named<Select> {
  const period = columnOf(ACTIVE, PERIOD_COLUMN);
  const amounts = [...(values ? ['value'] : []), ...(first ? [FIRST] : [])];
  const beside = (name: string, fn: 'previous' | 'next', arg: PlanScalar): Named<WindowValue> => {
    return { name, value: { fn, arg, within: [entityOf(ACTIVE)], order: [period] } };
  };
  return {
    name: RUNS,
    note: 'each beside the one before and the one behind',
    value: {
      from: part(ACTIVE),
      joins: [],
      where: [],
      keys: [
        columnNamed(ACTIVE, 'entity'),
        { name: PERIOD, value: period },
        ...amounts.map((name) => columnNamed(ACTIVE, name)),
      ],
      aggregates: [],
      windows: [
        beside('previous_period', 'previous', period),
        beside('next_period', 'next', period),
        ...(values ? [beside('next_value', 'next', columnNamed(ACTIVE, 'value').value)] : []),
      ],
    },
  };
}

/** The groups of the last rows of each entity in each period. */
function membersPart(
  follower: Follower,
  grain: CalendarGrain,
): {
  readonly parts: readonly Named<Select>[];
  readonly groups: readonly Named<PlanScalar>[];
  readonly links: readonly LinkUse[];
} {
  if (follower.scan.breakdown.length === 0) return { parts: [], groups: [], links: [] };
  const rows = followedRows(follower);
  const where = countedRows(rows, follower);
  const { keys: groups, joins } = groupsIn(rows.frame, follower.scan);
  const period = truncate(grain, rows.start);
  const last: Select = {
    from: rows.frame.from,
    joins: [...rows.frame.joins, ...joins],
    where,
    keys: [{ name: 'entity', value: rows.entity }, { name: PERIOD, value: period }, ...groups],
    aggregates: [],
    pick: { of: [rows.entity, period], order: [{ value: rows.start, descending: true }], ties: true },
  };
  const as = '_last_rows';
  const value: Select = {
    from: { kind: 'select', select: last, as },
    joins: [],
    where: [],
    keys: [columnNamed(as, 'entity'), ...readFrom(as, [PERIOD_COLUMN, ...groups])],
    aggregates: [{ name: 'rows', value: { fn: 'count', args: [] } }],
  };
  const note = 'the groups of the last rows of each entity in each period';
  return { parts: [{ name: MEMBERS, value, note }], groups, links: rows.frame.links };
}

/** The terms that are told at the close of a period; the others are at the opening of the next. */
const AT_CLOSE: ReadonlySet<FollowTerm['of']> = new Set(['closing', 'new', 'returned', 'acquired']);

/** What each period of activity adds: to the terms of its own close, and to those of the next opening. */
function sidesOf(
  scan: Follower['scan'],
  grain: CalendarGrain,
  terms: readonly NamedTerm[],
  groups: readonly Named<PlanScalar>[],
): readonly Select[] {
  const period = columnOf(RUNS, PERIOD_COLUMN);
  const joins: readonly Join[] =
    groups.length === 0
      ? []
      : [
          {
            kind: 'inner',
            to: part(MEMBERS),
            on: [
              test('=', entityOf(MEMBERS), entityOf(RUNS)),
              test('=', columnOf(MEMBERS, PERIOD_COLUMN), period),
            ],
          },
        ];
  const side = (
    at: PlanScalar,
    added: (term: FollowTerm) => PlanScalar,
    where: readonly PlanScalar[],
  ): Select => ({
    from: part(RUNS),
    joins,
    where,
    keys: [
      { name: PERIOD, value: at },
      ...readFrom(MEMBERS, groups),
      ...terms.map(({ name, term }) => ({ name, value: added(term) })),
    ],
    aggregates: [],
  });
  const [closing, opening] = [closingState(grain), openingState(grain)];
  const isNew = test<RelationColumn>('=', closing.rows('opening'), literal(0));
  const atClose = (term: FollowTerm): PlanScalar => {
    if (term.of === 'exposed') return when(isNew, literal(1), literal(0));
    return AT_CLOSE.has(term.of) ? termOf(term, closing) : literal(0);
  };
  const atOpening = (term: FollowTerm): PlanScalar =>
    AT_CLOSE.has(term.of) ? literal(0) : termOf(term, opening);
  const hasClose = terms.some(({ term: { of } }) => AT_CLOSE.has(of) || of === 'exposed');
  const hasOpening = terms.some(({ term: { of } }) => !AT_CLOSE.has(of));
  const isFollowed = test<RelationColumn>('<', period, dateLiteral(lastPeriod(scan)));
  return [
    ...(hasClose ? [side(period, atClose, [])] : []),
    ...(hasOpening ? [side(addUnits(grain, 1, period), atOpening, [isFollowed])] : []),
  ];
}

const run = (column: string, type: PlanScalar['type']): PlanScalar =>
  nameOf<RelationColumn>({ relation: RUNS, column }, type);

/** An entity that is active in the period, at its close. */
function closingState(grain: CalendarGrain): EntityState {
  const previous = run('previous_period', 'date');
  const isHere = test('=', previous, addUnits(grain, -1, run(PERIOD, 'date')));
  const flag = (condition: PlanScalar): PlanScalar => when(condition, literal(1), literal(0));
  const rows: Readonly<Record<Parameters<EntityState['rows']>[0], PlanScalar>> = {
    opening: flag(isHere),
    closing: literal(1),
    before: flag(isNotNull(previous)),
    started: literal(1),
  };
  return { rows: (name) => rows[name], value: (at) => run(at === 'first' ? FIRST : 'value', 'number') };
}

/** An entity that is active in the period before, from the opening to the close of the next. */
function openingState(grain: CalendarGrain): EntityState {
  const stays = test('=', run('next_period', 'date'), addUnits(grain, 1, run(PERIOD, 'date')));
  const rows: Readonly<Record<Parameters<EntityState['rows']>[0], PlanScalar>> = {
    opening: literal(1),
    closing: when(stays, literal(1), literal(0)),
    before: literal(1),
    started: literal(1),
  };
  return {
    rows: (name) => rows[name],
    value: (at) => run(at === 'closing' ? 'next_value' : 'value', 'number'),
  };
}
