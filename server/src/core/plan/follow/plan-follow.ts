import type { Checked } from '../../check/checked.ts';
import type { FollowTerm, MeasurePlan, Together } from '../metric-plan.ts';
import type { Extent, PlannedScan, Scan } from '../plan-scan.ts';
import type { Named, PlanScalar, RelationColumn, Select, WindowValue } from '../relation.ts';
import { addUnits, dateLiteral, literal, nameOf, test } from '../scalars.ts';
import { PERIOD } from '../scan-columns.ts';
import type { Storage } from '../storage.ts';
import { lastPeriod } from './crossings.ts';
import { columnOf, type Follower, part, readFrom } from './followed-rows.ts';
import { FIRST, type Layout } from './layout.ts';
import { type PlannedMarks, planMarks } from './marks.ts';
import {
  groupsParts,
  type NamedTerm,
  nameOfTerm,
  noDay,
  noRows,
  PERIOD_COLUMN,
  sumOf,
  termsOf,
  zeros,
} from './pass.ts';
import { isActivity, planActivity } from './plan-activity.ts';
import { type EntityState, minus, needsOf, type StateName, termOf } from './terms.ts';

type Follow = Extract<Together, { kind: 'follow' }>;

/**
 * Plans a pass that follows entities from the opening of each period to its close. No row is joined to the periods that it lasts
 * through: of each row only the periods are kept in which it begins and ends to count (`_marks`), from which follows what each entity
 * is from one such period to the next (`_states`), by how much that changes each term (`_changes`), and by adding up, the terms. Work
 * grows with the rows, whatever the grain.
 */
export function planFollow(
  checked: Checked,
  storage: Storage,
  scan: Scan,
  together: Follow,
  measures: readonly MeasurePlan[],
): PlannedScan {
  const [plan] = measures;
  if (plan === undefined) throw new Error('A scan has a measure.');
  const terms = termsOf(measures);
  const columns = measures.map(({ measure }) => (measure.terms ?? []).map((term) => nameOfTerm(terms, term)));
  const { extent } = scan;
  if (extent === undefined) return { select: noRows(storage, scan, terms), columns, links: [] };
  const follower: Follower = { checked, storage, scan: { ...scan, extent }, entity: together.entity, plan };
  const needs = needsOf(terms.map(({ term }) => term));
  if (isActivity(scan)) return planActivity(follower, terms, needs, together.value, measures, columns);
  const marks = planMarks(follower, needs, together.value);
  const groups = groupsParts(follower);
  const changes = changesPart(follower.scan, marks, terms, measures);
  const parts = [...marks.parts, statesPart(marks.columns, marks.groups), ...groups.parts, changes];
  return {
    select: { ...totals(scan, marks.groups, terms), parts },
    columns,
    links: [...marks.links, ...groups.links],
  };
}

const STATES = '_states';
const CHANGES = '_changes';

/** What each entity is from a period on: its marks up to then, added up. */
function statesPart(
  marks: readonly Named<PlanScalar>[],
  groups: readonly Named<PlanScalar>[],
): Named<Select> {
  const within = [ENTITY_NAME, ...groups].map((column) => columnOf(MARKS, column));
  const order = [columnOf(MARKS, PERIOD_COLUMN)];
  const windows = marks.map((mark): Named<WindowValue> => {
    return {
      name: `${mark.name}_now`,
      value: { fn: 'running_sum', arg: columnOf(MARKS, mark), within, order },
    };
  });
  return {
    name: STATES,
    note: 'what each entity is from one such period to the next',
    value: {
      from: part(MARKS),
      joins: [],
      where: [],
      keys: readFrom(MARKS, [PERIOD_COLUMN, ...groups, ...marks]),
      aggregates: [],
      windows,
    },
  };
}

const MARKS = '_marks';
const ENTITY_NAME: Named<PlanScalar> = { name: 'entity', value: literal(null) };

/** A term as it changes in a period, or (`later`) in the one behind it. */
interface Emission {
  readonly later: boolean;
  change(term: FollowTerm): PlanScalar;
}

/**
 * How the terms change where the state of an entity does. Where the opening of a period is the close of the one before, the new state is
 * first that of the close, and in the next period that of both.
 */
function emissionsOf(layout: Layout, grouped: boolean): readonly Emission[] {
  const between =
    (plus: EntityState, less: EntityState) =>
    (term: FollowTerm): PlanScalar => {
      const change = minus(termOf(term, plus), termOf(term, less));
      return term.as === 'entities' ? { ...change, type: 'integer' } : change;
    };
  const state = (opening: Moment, closing: Moment): EntityState => stateOf(layout, grouped, opening, closing);
  if (!layout.paired) {
    return [{ later: false, change: between(state('now', 'now'), state('before', 'before')) }];
  }
  return [
    { later: false, change: between(state('before', 'now'), state('before', 'before')) },
    { later: true, change: between(state('now', 'now'), state('before', 'now')) },
  ];
}

type Moment = 'now' | 'before';

/** The state of an entity as it is from a period on, or as it was before. */
function stateOf({ columns }: Layout, grouped: boolean, opening: Moment, closing: Moment): EntityState {
  const column = (name: string): PlanScalar =>
    nameOf<RelationColumn>({ relation: STATES, column: name }, 'number');
  const at = (name: string, moment: Moment): PlanScalar => {
    const now = column(`${name}_now`);
    return moment === 'now' ? now : minus(now, column(name));
  };
  const momentOf = (name: StateName): Moment => (name === 'opening' || name === 'before' ? opening : closing);
  return {
    rows: (name) => at(columns[name], momentOf(name)),
    value: (name) =>
      at(name === 'first' ? FIRST : `${columns[name]}_value`, name === 'opening' ? opening : closing),
    ...(grouped ? { groupRows: (name) => at(`group_${columns[name]}`, momentOf(name)) } : {}),
  };
}

/** By how much each term changes from one period to the next; every period and group stands in it, if only with zeros. */
function changesPart(
  scan: Scan & { readonly extent: Extent },
  { layout, groups }: PlannedMarks,
  terms: readonly NamedTerm[],
  measures: readonly MeasurePlan[],
): Named<Select> {
  const { grain } = scan;
  const period = columnOf(STATES, PERIOD_COLUMN);
  const changes = emissionsOf(layout, groups.length > 0).map(({ later, change }): Select => {
    const at = later && grain !== 'all' ? addUnits(grain, 1, period) : period;
    return {
      from: part(STATES),
      joins: [],
      where: later ? [test('<', period, dateLiteral(lastPeriod(scan)))] : [],
      keys: [
        { name: PERIOD, value: at },
        ...readFrom(STATES, groups),
        ...terms.map(({ name, term }) => ({ name, value: change(term) })),
      ],
      aggregates: [],
    };
  });
  const as = '_all_changes';
  const value: Select = {
    from: { kind: 'stack', selects: [...changes, zeros(scan, groups, terms)], as },
    joins: [],
    where: [],
    keys: readFrom(as, [PERIOD_COLUMN, ...groups]),
    aggregates: terms.map((term) => sumOf(term, as, terms, measures)),
  };
  return { name: CHANGES, value, note: 'how much each period changes what is counted' };
}

/** The changes up to each period, added up. */
function totals(scan: Scan, groups: readonly Named<PlanScalar>[], terms: readonly NamedTerm[]): Select {
  const period = columnOf(CHANGES, PERIOD_COLUMN);
  const within = groups.map((group) => columnOf(CHANGES, group));
  return {
    from: part(CHANGES),
    joins: [],
    where: [],
    keys: [{ name: PERIOD, value: scan.grain === 'all' ? noDay() : period }, ...readFrom(CHANGES, groups)],
    aggregates: [],
    windows: terms.map(({ name, term }) => ({
      name,
      value: {
        fn: 'running_sum',
        arg: nameOf<RelationColumn>({ relation: CHANGES, column: name }, 'number'),
        within,
        order: [period],
        as: term.as === 'entities' ? 'integer' : 'number',
      },
    })),
  };
}
