import { formatDay, periodsBetween } from '../../base/period.ts';
import type { Checked } from '../../check/checked.ts';
import { type CohortTime, cohortTime } from '../follow/cohort-time.ts';
import { countedRows, type Follower, followedRows, readFrom } from '../follow/followed-rows.ts';
import { firstRowGroups } from '../follow/plan-cohorts.ts';
import type { MeasurePlan, Together } from '../metric-plan.ts';
import { measureNote, type PlannedScan, type Scan } from '../plan-scan.ts';
import type { Join, Named, PlanScalar, RelationColumn, Select } from '../relation.ts';
import { addUnits, compareTimes, dateLiteral, dayOf, literal, test, truncate, when } from '../scalars.ts';
import { PERIOD } from '../scan-columns.ts';
import type { Storage } from '../storage.ts';
import { at, columnsOf, noDay, nothing, number, orZero, reading, selecting } from './parts.ts';

type Lifetime = Extract<Together, { kind: 'lifetime' }>;

const ROWS = '_rows';
const BROUGHT = '_brought';
const GROWN = '_grown';
const CHANGES = '_changes';
const GROUPS = '_groups';
const MEMBERS = '_members';
const SPINE = '_periods';

/** What the changes of a period add up to: the entities, the sum of their totals, that of the squares of these. */
const TERMS = ['entities', 'total', 'squares'] as const;

/**
 * Plans what entities have brought by the close of each period. Each entity changes the sums in the periods in which it has rows, once
 * (`_grown`); the changes are added up along the periods, so that no row is looked at for every period that it counts in.
 */
export function planLifetime(
  checked: Checked,
  storage: Storage,
  scan: Scan,
  together: Lifetime,
  measures: readonly MeasurePlan[],
): PlannedScan {
  const [plan] = measures;
  if (plan === undefined) throw new Error('A scan has a measure.');
  const columns = measures.map(() => TERMS);
  const { extent } = scan;
  if (extent === undefined) return { select: nothing(storage, scan.source, TERMS), columns, links: [] };
  const follower: Follower = { checked, storage, scan: { ...scan, extent }, entity: together.entity, plan };
  const rows = rowsPart(follower, together);
  const members =
    scan.breakdown.length === 0 ? { parts: [], groups: [], links: [] } : firstRowGroups(follower);
  const { groups } = members;
  const time = together.horizon === undefined ? undefined : horizonTime(together.horizon);
  const parts = [
    rows.part,
    time === undefined ? broughtSoFar() : broughtWithin(follower, time, rows.type),
    ...(time === undefined ? [totalSoFar()] : []),
    ...members.parts,
    changesPart(follower, groups, time !== undefined, measures.map(measureNote).join('; ')),
  ];
  return { select: { ...sums(scan, groups), parts }, columns, links: [...rows.links, ...members.links] };
}

/** A horizon counts whole days from an entity's first one, at any grain. */
function horizonTime(horizon: NonNullable<Lifetime['horizon']>): CohortTime {
  return { ...cohortTime('all', horizon), kind: 'day' };
}

function rowsPart(
  follower: Follower,
  { value, horizon }: Lifetime,
): {
  readonly part: Named<Select>;
  readonly links: PlannedScan['links'];
  readonly type: 'date' | 'timestamp';
} {
  const { scan } = follower;
  const rows = followedRows(follower);
  const { frame, entity, start } = rows;
  const where = countedRows(rows, follower);
  const amount = rows.lower(value);
  const period =
    scan.grain === 'all' ? dateLiteral<RelationColumn>(scan.extent.first) : truncate(scan.grain, start);
  const select: Select = {
    from: frame.from,
    joins: frame.joins,
    where,
    whereNote: 'rows with a valid time that meet the conditions and belong to somebody',
    keys: [
      { name: 'entity', value: entity, note: 'entity' },
      ...(horizon === undefined ? [{ name: PERIOD, value: period }] : [{ name: 'start', value: start }]),
      { name: 'value', value: orZero(amount), note: 'value; what is not known adds nothing' },
    ],
    aggregates: [],
    ...(horizon === undefined
      ? {}
      : {
          windows: [
            {
              name: 'first',
              note: 'the first row of the entity',
              value: { fn: 'min' as const, arg: start, within: [entity], order: [] },
            },
          ],
        }),
  };
  const type = start.type === 'date' ? 'date' : 'timestamp';
  return { part: { name: ROWS, value: select, note: 'the rows of each entity' }, links: frame.links, type };
}

const entity = (part: string): PlanScalar => at(part, 'entity', 'unknown');
/** Within an entity a compensated sum will do, which costs a third of one in decimals; all entities are added up in decimals, so that no order of rows shows in the last digits. */
const SUM: Select['aggregates'] = [{ name: 'brought', value: { fn: 'sum', args: [at(ROWS, 'value')] } }];

function broughtSoFar(): Named<Select> {
  return {
    name: BROUGHT,
    note: 'what each entity brought in each period',
    value: selecting(
      ROWS,
      [...columnsOf(ROWS, ['entity'], 'unknown'), ...columnsOf(ROWS, [PERIOD], 'date')],
      {
        aggregates: SUM,
      },
    ),
  };
}

function totalSoFar(): Named<Select> {
  const within = [entity(BROUGHT)];
  return {
    name: GROWN,
    note: 'what each had brought by then, and since when it is known',
    value: selecting(
      BROUGHT,
      [
        ...columnsOf(BROUGHT, ['entity'], 'unknown'),
        ...columnsOf(BROUGHT, [PERIOD], 'date'),
        ...columnsOf(BROUGHT, ['brought']),
      ],
      {
        windows: [
          {
            name: 'total',
            value: {
              fn: 'running_sum',
              arg: at(BROUGHT, 'brought'),
              within,
              order: [at(BROUGHT, PERIOD, 'date')],
              as: 'number',
            },
          },
          { name: 'first', value: { fn: 'min', arg: at(BROUGHT, PERIOD, 'date'), within, order: [] } },
        ],
      },
    ),
  };
}

/** What each entity brought within its horizon, in the period by whose close that is over. */
function broughtWithin(
  { scan: { grain, extent } }: Follower,
  { unit, count }: CohortTime,
  type: 'date' | 'timestamp',
): Named<Select> {
  const until = addUnits(unit, count, dayOf(at(ROWS, 'first', type)));
  const last = addUnits('day', -1, until);
  const period = grain === 'all' ? dateLiteral<RelationColumn>(extent.first) : truncate(grain, last);
  return {
    name: BROUGHT,
    note: 'what each entity brought within its horizon, in the period by whose close that was over',
    value: selecting(ROWS, [...columnsOf(ROWS, ['entity'], 'unknown'), { name: PERIOD, value: period }], {
      where: [
        compareTimes('<', at(ROWS, 'start', type), until),
        compareTimes('<=', until, dateLiteral(extent.asOf + 1)),
      ],
      whereNote: 'horizon',
      aggregates: SUM,
    }),
  };
}

/** By how much the sums of each period and group change; every period and group stands in it, if only with zeros. */
function changesPart(
  { scan }: Follower,
  groups: readonly Named<PlanScalar>[],
  isOnce: boolean,
  note: string,
): Named<Select> {
  const from = isOnce ? BROUGHT : GROWN;
  const [brought, total] = [at(from, 'brought'), at(from, 'total')];
  const before = number('-', total, brought);
  const isFirst = test<RelationColumn>('=', at(from, PERIOD, 'date'), at(from, 'first', 'date'));
  const own: Record<(typeof TERMS)[number], PlanScalar> = isOnce
    ? { entities: literal(1), total: brought, squares: number('*', brought, brought) }
    : {
        entities: when(isFirst, literal(1), literal(0)),
        total: brought,
        squares: number('-', number('*', total, total), number('*', before, before)),
      };
  const member: Join = {
    kind: 'inner',
    to: reading(MEMBERS),
    on: [test('=', entity(MEMBERS), entity(from))],
  };
  const changes = selecting(
    from,
    [
      ...columnsOf(from, [PERIOD], 'date'),
      ...readFrom(MEMBERS, groups),
      ...TERMS.map((name) => ({ name, value: own[name] })),
    ],
    groups.length === 0 ? {} : { joins: [member] },
  );
  const zeros: Select = {
    from: {
      kind: 'values',
      as: SPINE,
      columns: [{ name: PERIOD, type: 'date' }],
      rows: periodsBetween(scan.grain, scan.extent.first, scan.extent.asOf).map(({ grain, start }) => [
        formatDay(grain === 'all' ? scan.extent.first : start),
      ]),
    },
    joins: groups.length === 0 ? [] : [{ kind: 'inner', to: reading(GROUPS), on: [literal(true)] }],
    where: [],
    keys: [
      ...columnsOf(SPINE, [PERIOD], 'date'),
      ...readFrom(GROUPS, groups),
      ...TERMS.map((name) => ({ name, value: literal<RelationColumn>(0) })),
    ],
    aggregates: [],
  };
  const as = '_all_changes';
  return {
    name: CHANGES,
    note: 'how much each period adds to the entities, to their totals and to the squares of these',
    value: {
      from: { kind: 'stack', selects: [changes, zeros], as },
      joins: [],
      where: [],
      keys: [...columnsOf(as, [PERIOD], 'date'), ...readFrom(as, groups)],
      aggregates: TERMS.map((name, index) => ({
        name,
        ...(index === 0 ? { note } : {}),
        value: {
          fn: name === 'total' ? 'exact_sum' : 'sum',
          args: [at(as, name, name === 'entities' ? 'integer' : 'number')],
        },
      })),
    },
  };
}

/** The changes up to each period, added up. */
function sums(scan: Scan, groups: readonly Named<PlanScalar>[]): Select {
  const period = at(CHANGES, PERIOD, 'date');
  return selecting(
    CHANGES,
    [{ name: PERIOD, value: scan.grain === 'all' ? noDay() : period }, ...readFrom(CHANGES, groups)],
    {
      windows: TERMS.map((name) => ({
        name,
        value: {
          fn: 'running_sum',
          arg: at(CHANGES, name),
          within: readFrom(CHANGES, groups).map(({ value }) => value),
          order: [period],
          as: name === 'entities' ? 'integer' : 'number',
        },
      })),
    },
  );
}
