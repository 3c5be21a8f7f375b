import type { Checked } from '../../check/checked.ts';
import { groupsIn, readFrom } from '../follow/followed-rows.ts';
import type { LinkUse } from '../frame.ts';
import type { MeasurePlan, Together } from '../metric-plan.ts';
import { measureNote, type PlannedScan, type Scan } from '../plan-scan.ts';
import type { Join, Named, PlanScalar, RelationColumn, Select } from '../relation.ts';
import { addUnits, cast, compareTimes, holds, literal, test, truncate, when } from '../scalars.ts';
import { PERIOD } from '../scan-columns.ts';
import type { Storage } from '../storage.ts';
import { at, columnsOf, noDay, nothing, reading, selecting } from './parts.ts';
import { beginning, eachStep, momentsPart, rangesOf, type StepContext, takesName } from './step-rows.ts';

type Conversion = Extract<Together, { kind: 'conversion' }>;

const MOMENTS = '_moments';
const STARTS = '_starts';
const ENTITIES = '_entities';
const MEMBERS = '_members';
const GROUPS = '_groups';
const COUNTED = '_counted';
const COLUMNS = ['entities', 'converted'] as const;

/**
 * Plans how many entities take all steps. All rows that are a step of anybody stand on one time line, put together by entity and moment
 * (`_moments`). From the last step to the first each moment learns by when the steps from it on are done at the earliest, from those
 * behind it: one pass over the sorted rows for each step, and no row is joined to another.
 */
export function planConversion(
  checked: Checked,
  storage: Storage,
  scan: Scan,
  together: Conversion,
  measures: readonly MeasurePlan[],
): PlannedScan {
  const [plan] = measures;
  if (plan === undefined) throw new Error('A scan has a measure.');
  const columns = measures.map(() => COLUMNS);
  const { extent, grain } = scan;
  if (extent === undefined) return { select: nothing(storage, scan.source, COLUMNS), columns, links: [] };
  const context: StepContext = { checked, storage, scan: { ...scan, extent }, together, plan };
  const steps = eachStep(context);
  const moments = momentsPart(context, steps);
  const count = steps.length;
  const chain = chainParts(count, moments.type);
  const grouped = scan.breakdown.length > 0;
  const members = grouped ? memberParts(context) : { parts: [], groups: [], links: [] };
  const parts = [
    ...moments.parts,
    ...chain.parts,
    startsPart(context, chain.last, moments),
    entitiesPart(),
    ...members.parts,
  ];
  const select = counted(members.groups, grain === 'all', measures.map(measureNote).join('; '));
  return { select: { ...select, parts }, columns, links: [...moments.links, ...members.links] };
}

/** The moment by which the steps from one on are done at the earliest, where that one is taken later than here. */
const doneBehind = (step: number): string => `done_from_${step}`;

/**
 * One part for each step but the first, from the last on. Of the steps from `j` on some are taken at this moment, by rows of their own,
 * and the rest behind it; the more of them now, the earlier the rest is done.
 */
function chainParts(
  count: number,
  type: 'date' | 'timestamp',
): { readonly parts: readonly Named<Select>[]; readonly last: string } {
  const parts: Named<Select>[] = [];
  let from = MOMENTS;
  const known: string[] = [];
  for (let step = count; step >= 2; step--) {
    const name = `_from_step_${step}`;
    const value = selecting(
      from,
      [
        ...columnsOf(from, ['entity'], 'unknown'),
        ...columnsOf(from, ['moment'], type),
        ...columnsOf(from, takesOf(count), 'boolean'),
        ...columnsOf(from, known, type),
      ],
      {
        windows: [
          {
            name: doneBehind(step),
            value: {
              fn: 'least_before',
              arg: doneFrom(from, step, count, type),
              within: [at(from, 'entity', 'unknown')],
              order: [at(from, 'moment', type)],
              descending: true,
            },
          },
        ],
      },
    );
    parts.push({
      name,
      value,
      note: `when the steps from ${step} on are done at the earliest, taken later than this`,
    });
    known.push(doneBehind(step));
    from = name;
  }
  return { parts, last: from };
}

function takesOf(count: number): readonly string[] {
  return rangesOf(count).map(([from, to]) => takesName(from, to));
}

/** When the steps from one on are done at the earliest, of which that one is taken here; null where it is not, or they never are. */
function doneFrom(part: string, step: number, count: number, type: 'date' | 'timestamp'): PlanScalar {
  const branches = Array.from({ length: count - step + 1 }, (_, back) => {
    const until = count - back;
    const result = until === count ? at(part, 'moment', type) : at(part, doneBehind(until + 1), type);
    return { when: at(part, takesName(step, until), 'boolean'), result };
  });
  return { kind: 'case', type, branches, otherwise: null };
}

/** The moments at which somebody takes the first step, and whether the others follow in time. */
function startsPart(
  { scan, together }: StepContext,
  last: string,
  { type, count }: { readonly type: 'date' | 'timestamp'; readonly count: number },
): Named<Select> {
  const moment = at(last, 'moment', type);
  const { count: length, unit } = together.within;
  const isClock = unit === 'hour' || unit === 'minute' || unit === 'second';
  const deadline = addUnits(unit, length, isClock ? cast(moment, 'timestamp') : moment);
  const done = doneFrom(last, 1, count, type);
  return {
    name: STARTS,
    note: `who takes the first step, and whether all others follow within ${length} ${unit}${length === 1 ? '' : 's'}`,
    value: selecting(
      last,
      [
        ...columnsOf(last, ['entity'], 'unknown'),
        { name: PERIOD, value: scan.grain === 'all' ? noDay() : truncate(scan.grain, moment) },
        { name: 'is_done', value: holds(compareTimes('<=', done, deadline)) },
      ],
      { where: [at(last, takesName(1, 1), 'boolean')] },
    ),
  };
}

function entitiesPart(): Named<Select> {
  return {
    name: ENTITIES,
    note: 'an entity converts by any of its first steps in the period',
    value: selecting(
      STARTS,
      [...columnsOf(STARTS, ['entity'], 'unknown'), ...columnsOf(STARTS, [PERIOD], 'date')],
      { aggregates: [{ name: 'done', value: { fn: 'count_if', args: [at(STARTS, 'is_done', 'boolean')] } }] },
    ),
  };
}

interface Members {
  readonly parts: readonly Named<Select>[];
  readonly groups: readonly Named<PlanScalar>[];
  readonly links: readonly LinkUse[];
}

/** Section 4: an entity is in the groups of its first row of step 1 in the period. */
function memberParts(context: StepContext): Members {
  const { scan } = context;
  const { frame, time, entity, where } = beginning(context);
  const { keys: groups, joins } = groupsIn(frame, scan);
  const period = scan.grain === 'all' ? noDay() : truncate(scan.grain, time);
  const labelled: Select = {
    from: frame.from,
    joins: [...frame.joins, ...joins],
    where,
    keys: [{ name: 'entity', value: entity }, { name: PERIOD, value: period }, ...groups],
    aggregates: [],
    pick: { of: [entity, period], order: [{ value: time, descending: false }], ties: true },
  };
  const as = '_first_rows';
  const members: Select = {
    from: { kind: 'select', select: labelled, as },
    joins: [],
    where: [],
    keys: [
      ...columnsOf(as, ['entity'], 'unknown'),
      ...columnsOf(as, [PERIOD], 'date'),
      ...readFrom(as, groups),
    ],
    aggregates: [{ name: 'rows', value: { fn: 'count', args: [] } }],
  };
  const others = beginning(context);
  const labels = groupsIn(others.frame, scan);
  const value: Select = {
    from: others.frame.from,
    joins: [...others.frame.joins, ...labels.joins],
    where: others.valid,
    keys: labels.keys,
    aggregates: [{ name: 'rows', value: { fn: 'count', args: [] } }],
  };
  return {
    parts: [
      { name: MEMBERS, value: members, note: 'the groups of the first row of each entity in the period' },
      { name: GROUPS, value, note: 'all groups of the rows' },
    ],
    groups,
    links: [...frame.links, ...others.frame.links],
  };
}

function counted(groups: readonly Named<PlanScalar>[], isAll: boolean, note: string): Select {
  const member: Join = {
    kind: 'inner',
    to: reading(MEMBERS),
    on: [
      test('=', at(MEMBERS, 'entity', 'unknown'), at(ENTITIES, 'entity', 'unknown')),
      ...(isAll
        ? []
        : [test<RelationColumn>('=', at(MEMBERS, PERIOD, 'date'), at(ENTITIES, PERIOD, 'date'))]),
    ],
  };
  const row = (entities: PlanScalar, converted: PlanScalar): Named<PlanScalar>[] => [
    { name: 'entities', value: entities },
    { name: 'converted', value: converted },
  ];
  const found = selecting(
    ENTITIES,
    [
      ...columnsOf(ENTITIES, [PERIOD], 'date'),
      ...readFrom(MEMBERS, groups),
      ...row(literal(1), when(test('>', at(ENTITIES, 'done'), literal(0)), literal(1), literal(0))),
    ],
    groups.length === 0 ? {} : { joins: [member] },
  );
  const none = selecting(GROUPS, [
    { name: PERIOD, value: noDay() },
    ...readFrom(GROUPS, groups),
    ...row(literal(0), literal(0)),
  ]);
  return {
    from: { kind: 'stack', selects: groups.length === 0 ? [found] : [found, none], as: COUNTED },
    joins: [],
    where: [],
    keys: [...columnsOf(COUNTED, [PERIOD], 'date'), ...readFrom(COUNTED, groups)],
    aggregates: COLUMNS.map((name) => ({
      name,
      note,
      value: { fn: 'sum', args: [at(COUNTED, name, 'integer')] },
    })),
  };
}
