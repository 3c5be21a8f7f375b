import type { Checked } from '../../check/checked.ts';
import type { LinkUse } from '../frame.ts';
import type { MeasurePlan, Together } from '../metric-plan.ts';
import { measureNote, type PlannedScan, type Scan } from '../plan-scan.ts';
import type { Join, Named, PlanScalar, RelationColumn, Select } from '../relation.ts';
import { cast, holds, literal, nameOf, test } from '../scalars.ts';
import { PERIOD } from '../scan-columns.ts';
import type { Storage } from '../storage.ts';
import { ENTITIES, entitiesParts, ROWS } from './cohort-entities.ts';
import { cohortTime } from './cohort-time.ts';
import {
  allGroups,
  countedRows,
  entityName,
  type Follower,
  followedRows,
  groupsIn,
  part,
  readFrom,
  rowsNote,
} from './followed-rows.ts';

type Cohort = Extract<Together, { kind: 'cohort' }>;

const MEMBERS = '_members';
const COUNTED = '_counted';

/**
 * Plans a pass that looks for entities some time after they joined: when each joined (`_firsts`), at which one later time it is looked
 * for (`_cohorts`, worked out once for each entity), whether it was there then (`_there`, `_entities`), and how many were, by the period in
 * which they joined.
 */
export function planCohorts(
  checked: Checked,
  storage: Storage,
  scan: Scan,
  together: Cohort,
  measures: readonly MeasurePlan[],
): PlannedScan {
  const [plan] = measures;
  if (plan === undefined) throw new Error('A scan has a measure.');
  const time = cohortTime(scan.grain, together.after);
  const columns = measures.map(({ measure }) => (measure.terms ?? []).map(({ of }) => of));
  const { extent } = scan;
  if (extent === undefined) return { select: nobody(storage, scan), columns, links: [] };
  const follower: Follower = { checked, storage, scan: { ...scan, extent }, entity: together.entity, plan };
  const rows = sinceRows(follower, together);
  const entities = entitiesParts(follower, time);
  const grouped = scan.breakdown.length > 0;
  const members = grouped ? firstRowGroups(follower) : { parts: [], groups: [], links: [] };
  const parts = [rows.part, ...entities, ...members.parts];
  const links = [...rows.links, ...members.links];
  const select = countedByCohort(members.groups, measures.map(measureNote).join('; '));
  return { select: { ...select, parts }, columns, links };
}

function nobody(storage: Storage, { source }: Scan): Select {
  return {
    from: storage.input(source, source),
    joins: [],
    where: [literal(false)],
    keys: [{ name: PERIOD, value: noDay() }],
    aggregates: ['joined', 'stayed'].map((name) => ({ name, value: { fn: 'count', args: [] } })),
  };
}

/** The rows with their entity, and when that one joined: `joined`, else its first row. */
export function joinedRows(
  follower: Follower,
  { joined }: Cohort,
): { readonly part: Named<Select>; readonly links: readonly LinkUse[] } {
  const { select, since, entity, links } = readRows(follower, joined);
  const value: Select = {
    ...select,
    windows: [
      {
        name: 'joined',
        note: joined === undefined ? 'the first row of the entity' : 'joined',
        value: { fn: 'min', arg: since, within: [entity], order: [] },
      },
    ],
  };
  return { part: { name: ROWS, value, note: 'when each entity joined' }, links };
}

/** The rows with their entity, and since when each says that it is there. */
function sinceRows(
  follower: Follower,
  { joined }: Cohort,
): { readonly part: Named<Select>; readonly links: readonly LinkUse[] } {
  const { select, since, links } = readRows(follower, joined);
  const own = joined === undefined ? [] : [{ name: 'since', value: since, note: 'joined' }];
  const value: Select = { ...select, keys: [...select.keys, ...own] };
  return { part: { name: ROWS, value, note: 'the rows of each entity' }, links };
}

function readRows(
  follower: Follower,
  joined: Cohort['joined'],
): {
  readonly select: Select;
  readonly since: PlanScalar;
  readonly entity: PlanScalar;
  readonly links: readonly LinkUse[];
} {
  const rows = followedRows(follower);
  const { frame, entity, start, end } = rows;
  const since = joined === undefined ? start : rows.lower(joined);
  const where = countedRows(rows, follower);
  const select: Select = {
    from: frame.from,
    joins: frame.joins,
    where,
    whereNote: rowsNote(follower),
    keys: [
      { name: 'entity', value: entity, note: `entity: ${entityName(follower.entity)}` },
      { name: 'start', value: start },
      { name: 'end', value: end ?? start },
    ],
    aggregates: [],
  };
  return { select, since, entity, links: frame.links };
}

interface Members {
  readonly parts: readonly Named<Select>[];
  readonly groups: readonly Named<PlanScalar>[];
  readonly links: readonly LinkUse[];
}

/** Section 4: a cohort's entities are in the groups of their first row. */
export function firstRowGroups(follower: Follower): Members {
  const rows = followedRows(follower);
  const where = countedRows(rows, follower);
  const { keys: groups, joins } = groupsIn(rows.frame, follower.scan);
  const labelled: Select = {
    from: rows.frame.from,
    joins: [...rows.frame.joins, ...joins],
    where,
    keys: [{ name: 'entity', value: rows.entity }, ...groups],
    aggregates: [],
    pick: { of: [rows.entity], order: [{ value: rows.start, descending: false }], ties: true },
  };
  const as = '_first_rows';
  const members: Select = {
    from: { kind: 'select', select: labelled, as },
    joins: [],
    where: [],
    keys: [
      { name: 'entity', value: nameOf<RelationColumn>({ relation: as, column: 'entity' }, 'unknown') },
      ...readFrom(as, groups),
    ],
    aggregates: [{ name: 'rows', value: { fn: 'count', args: [] } }],
  };
  const others = followedRows(follower);
  return {
    parts: [
      { name: MEMBERS, value: members, note: 'the groups of the first row of each entity' },
      { name: GROUPS, value: allGroups(others, follower.scan), note: 'all groups of the rows' },
    ],
    groups,
    links: [...rows.frame.links, ...others.frame.links],
  };
}

const GROUPS = '_groups';

function countedByCohort(groups: readonly Named<PlanScalar>[], note: string): Select {
  const at = (relation: string, column: string, type: PlanScalar['type']): PlanScalar =>
    nameOf<RelationColumn>({ relation, column }, type);
  const isOver = holds(at(ENTITIES, 'is_over', 'boolean'));
  const there = at(ENTITIES, 'there', 'boolean');
  const member: Join = {
    kind: 'inner',
    to: part(MEMBERS),
    on: [test('=', at(MEMBERS, 'entity', 'unknown'), at(ENTITIES, 'entity', 'unknown'))],
  };
  const counted: Select = {
    from: part(ENTITIES),
    joins: groups.length === 0 ? [] : [member],
    where: [],
    keys: [
      { name: PERIOD, value: at(ENTITIES, 'cohort', 'date') },
      ...readFrom(MEMBERS, groups),
      { name: 'joined', value: isOver },
      { name: 'stayed', value: test('and', isOver, there) },
    ],
    aggregates: [],
  };
  const none: Select = {
    from: part(GROUPS),
    joins: [],
    where: [],
    keys: [
      { name: PERIOD, value: noDay() },
      ...readFrom(GROUPS, groups),
      { name: 'joined', value: literal(false) },
      { name: 'stayed', value: literal(false) },
    ],
    aggregates: [],
  };
  return {
    from: { kind: 'stack', selects: groups.length === 0 ? [counted] : [counted, none], as: COUNTED },
    joins: [],
    where: [],
    keys: [{ name: PERIOD, value: at(COUNTED, PERIOD, 'date') }, ...readFrom(COUNTED, groups)],
    aggregates: (['joined', 'stayed'] as const).map((name) => ({
      name,
      note,
      value: { fn: 'count_if', args: [at(COUNTED, name, 'boolean')] },
    })),
  };
}

function noDay(): PlanScalar {
  return cast<RelationColumn>(literal(null), 'date');
}
