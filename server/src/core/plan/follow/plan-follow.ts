import { formatDay } from '../../base/period.ts';
import type { Checked } from '../../check/checked.ts';
import type { LinkUse } from '../frame.ts';
import type { FollowTerm, MeasurePlan, Together } from '../metric-plan.ts';
import { type Extent, measureNote, type PlannedScan, type Scan } from '../plan-scan.ts';
import type { Input, Named, PlanScalar, RelationColumn, Select, WindowValue } from '../relation.ts';
import { cast, literal, nameOf } from '../scalars.ts';
import { PERIOD } from '../scan-columns.ts';
import type { Storage } from '../storage.ts';
import { followedPeriods } from './crossings.ts';
import { allGroups, columnOf, type Follower, followedRows, part, readFrom } from './followed-rows.ts';
import { planMarks } from './marks.ts';
import { type EntityState, minus, needsOf, termOf } from './terms.ts';

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
  const links: LinkUse[] = [];
  if (scan.extent === undefined) return { select: noRows(storage, scan, terms), columns, links };
  const follower: Follower = {
    checked,
    storage,
    scan: { ...scan, extent: scan.extent },
    entity: together.entity,
    plan,
  };
  const needs = needsOf(terms.map(({ term }) => term));
  const marks = planMarks(follower, needs, together.value);
  links.push(...marks.links);
  const groups = marks.groups;
  const parts: Named<Select>[] = [...marks.parts, statesPart(marks.columns, groups)];
  if (groups.length > 0) {
    const rows = followedRows(follower);
    parts.push({
      name: GROUPS,
      value: allGroups(rows, scan),
      note: 'all groups of the rows, also of those that do not count',
    });
    links.push(...rows.frame.links);
  }
  parts.push(changesPart(follower.scan, groups, terms, measures));
  return { select: { ...totals(scan, groups, terms), parts }, columns, links };
}

const STATES = '_states';
const GROUPS = '_groups';
const CHANGES = '_changes';
const SPINE = '_periods';

interface NamedTerm {
  readonly name: string;
  readonly term: FollowTerm;
}

/** The terms of all measures, each once. */
function termsOf(measures: readonly MeasurePlan[]): readonly NamedTerm[] {
  const found = new Map<string, NamedTerm>();
  for (const term of measures.flatMap(({ measure }) => measure.terms ?? [])) {
    const name = term.as === 'entities' ? term.of : `${term.of}_value`;
    found.set(name, { name, term });
  }
  return [...found.values()];
}

function nameOfTerm(terms: readonly NamedTerm[], term: FollowTerm): string {
  return terms.find((known) => known.term.of === term.of && known.term.as === term.as)?.name ?? '';
}

/** No row has a time, so that there is no period either. */
function noRows(storage: Storage, scan: Scan, terms: readonly NamedTerm[]): Select {
  return {
    from: storage.input(scan.source, scan.source),
    joins: [],
    where: [literal(false)],
    keys: [{ name: PERIOD, value: noDay() }],
    aggregates: terms.map(({ name }) => ({ name, value: { fn: 'sum', args: [literal(0)] } })),
  };
}

/** What each entity is from a period on: its marks up to then, added up. */
function statesPart(
  marks: readonly Named<PlanScalar>[],
  groups: readonly Named<PlanScalar>[],
): Named<Select> {
  const within = [ENTITY_NAME, ...groups].map((column) => columnOf(MARKS, column));
  const order = [columnOf(MARKS, PERIOD_NAME)];
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
      keys: readFrom(MARKS, [PERIOD_NAME, ...groups, ...marks]),
      aggregates: [],
      windows,
    },
  };
}

const MARKS = '_marks';
const ENTITY_NAME: Named<PlanScalar> = { name: 'entity', value: literal(null) };
const PERIOD_NAME: Named<PlanScalar> = { name: PERIOD, value: noDay() };

/** The state of an entity as it is from a period on, or as it was before. */
function stateOf(grouped: boolean, when: 'now' | 'before'): EntityState {
  const column = (name: string): PlanScalar =>
    nameOf<RelationColumn>({ relation: STATES, column: name }, 'number');
  const at = (name: string): PlanScalar => {
    const now = column(`${name}_now`);
    return when === 'now' ? now : minus(now, column(name));
  };
  return {
    rows: at,
    value: (name) => at(`${name}_value`),
    ...(grouped ? { groupRows: (name) => at(`group_${name}`) } : {}),
  };
}

/** By how much each term changes from one period to the next; every period and group stands in it, if only with zeros. */
function changesPart(
  scan: Scan & { readonly extent: Extent },
  groups: readonly Named<PlanScalar>[],
  terms: readonly NamedTerm[],
  measures: readonly MeasurePlan[],
): Named<Select> {
  const [now, before] = [stateOf(groups.length > 0, 'now'), stateOf(groups.length > 0, 'before')];
  const typed = terms.map(({ name, term }): Named<PlanScalar> => {
    const change = minus(termOf(term, now), termOf(term, before));
    return { name, value: term.as === 'entities' ? { ...change, type: 'integer' } : change };
  });
  const changes: Select = {
    from: part(STATES),
    joins: [],
    where: [],
    keys: [...readFrom(STATES, [PERIOD_NAME, ...groups]), ...typed],
    aggregates: [],
  };
  const zeros: Select = {
    from: spine(scan),
    joins: groups.length === 0 ? [] : [{ kind: 'inner', to: part(GROUPS), on: [literal(true)] }],
    where: [],
    keys: [
      ...readFrom(SPINE, [PERIOD_NAME]),
      ...readFrom(GROUPS, groups),
      ...terms.map(({ name }) => ({ name, value: literal<RelationColumn>(0) })),
    ],
    aggregates: [],
  };
  const as = '_all_changes';
  const value: Select = {
    from: { kind: 'stack', selects: [changes, zeros], as },
    joins: [],
    where: [],
    keys: readFrom(as, [PERIOD_NAME, ...groups]),
    aggregates: typed.map(({ name, value: { type } }) => ({
      name,
      note: measures
        .filter((plan) => usesTerm(plan, terms, name))
        .map(measureNote)
        .join('; '),
      value: {
        fn: type === 'integer' ? 'sum' : 'exact_sum',
        args: [nameOf<RelationColumn>({ relation: as, column: name }, type)],
      },
    })),
  };
  return { name: CHANGES, value, note: 'how much each period changes what is counted' };
}

function usesTerm({ measure }: MeasurePlan, terms: readonly NamedTerm[], name: string): boolean {
  return (measure.terms ?? []).some((term) => nameOfTerm(terms, term) === name);
}

function spine({ grain, view, extent }: Scan & { readonly extent: Extent }): Input {
  return {
    kind: 'values',
    as: SPINE,
    columns: [{ name: PERIOD, type: 'date' }],
    rows: followedPeriods(grain, extent, view.window).map(({ period }) => [formatDay(period.start)]),
  };
}

/** The changes up to each period, added up. */
function totals(scan: Scan, groups: readonly Named<PlanScalar>[], terms: readonly NamedTerm[]): Select {
  const period = columnOf(CHANGES, PERIOD_NAME);
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

function noDay(): PlanScalar {
  return cast<RelationColumn>(literal(null), 'date');
}
