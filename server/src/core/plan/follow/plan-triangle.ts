import { formatDay } from '../../base/period.ts';
import type { Checked } from '../../check/checked.ts';
import type { MeasurePlan } from '../metric-plan.ts';
import type { PlannedScan, Scan } from '../plan-scan.ts';
import { Refusal } from '../refusal.ts';
import type { Input, Named, PlanScalar, RelationColumn, Select } from '../relation.ts';
import { compareTimes, isNotNull, isNull, literal, nameOf, notAfter, test, truncate } from '../scalars.ts';
import { PERIOD } from '../scan-columns.ts';
import type { Storage } from '../storage.ts';
import { joinedColumns, ROWS } from './cohort-entities.ts';
import { type FollowedPeriod, followedPeriods } from './crossings.ts';
import { columnNamed, type Follower, part } from './followed-rows.ts';
import { joinedRows } from './plan-cohorts.ts';

/** The column of a triangle with the first day of the period in which a cohort joined. */
export const COHORT = 'cohort';
/** The column with the number of entities. */
export const ENTITIES = 'entities';

/** More periods than this make a triangle that nobody can read. */
const MAX_PERIODS = 400;

/**
 * Plans the whole triangle of a cohort metric: of the entities that joined in each period (`cohort`) how many are there in each period
 * (`period`), and with no period how many there are. Refuses where there are no periods, or too many.
 */
export function planTriangle(
  checked: Checked,
  storage: Storage,
  scan: Scan,
  plan: MeasurePlan,
): PlannedScan | undefined {
  const { view, extent, grain } = scan;
  const { together } = view;
  if (together?.kind !== 'cohort')
    throw new Refusal('Only a metric of type cohort_retention has a triangle.');
  if (grain === 'all') throw new Refusal('Over all time there is one cohort, and no triangle.');
  if (extent === undefined) return undefined;
  const follower: Follower = { checked, storage, scan: { ...scan, extent }, entity: together.entity, plan };
  const periods = followedPeriods(grain, extent, undefined);
  if (periods.length > MAX_PERIODS) {
    throw new Refusal(
      `By ${grain} there are ${periods.length} cohorts, more than ${MAX_PERIODS}: choose a coarser grain.`,
    );
  }
  const joined = joinedRows(follower, together);
  const select: Select = {
    parts: [joined.part],
    from: { kind: 'stack', selects: pairsOf(follower.scan, periods), as: PAIRS },
    joins: [],
    where: [],
    keys: [COHORT, PERIOD].map(
      (name): Named<PlanScalar> => ({
        name,
        value: nameOf<RelationColumn>({ relation: PAIRS, column: name }, 'date'),
      }),
    ),
    aggregates: [
      { name: ENTITIES, value: { fn: 'count_distinct', args: [columnNamed(PAIRS, 'entity').value] } },
    ],
  };
  return { select, columns: [[ENTITIES]], links: joined.links };
}

/** Each entity with its cohort, in each period in which it is there, and once in none. */
function pairsOf(scan: Follower['scan'], periods: readonly FollowedPeriod[]): readonly Select[] {
  const { rows, grain, extent } = scan;
  if (grain === 'all') throw new Error('Over all time there is no triangle.');
  const { start, end, joined: since } = joinedColumns(scan);
  const at = (column: string): PlanScalar => nameOf<RelationColumn>({ relation: SPINE, column }, 'date');
  const spine: Input = {
    kind: 'values',
    as: SPINE,
    columns: ['opening', 'close'].map((name) => ({ name, type: 'date' })),
    rows: periods.map(({ period }) => [formatDay(period.start), formatDay(period.end)]),
  };
  const there =
    rows.mode === 'event'
      ? compareTimes<RelationColumn>('>=', start, at('opening'))
      : test<RelationColumn>('or', isNull(end), compareTimes('>', end, at('opening')));
  const cohort = { name: COHORT, value: truncate(grain, since) };
  const inCohort = [isNotNull(since), notAfter(since, extent.asOf)];
  const each = (period: PlanScalar, joins: Select['joins']): Select => ({
    from: part(ROWS),
    joins,
    where: inCohort,
    keys: [cohort, { name: PERIOD, value: period }, columnNamed(ROWS, 'entity')],
    aggregates: [],
  });
  return [
    each(at('opening'), [{ kind: 'inner', to: spine, on: [compareTimes('<', start, at('close')), there] }]),
    each({ kind: 'cast', type: 'date', arg: literal(null) }, []),
  ];
}

const SPINE = '_periods';
const PAIRS = '_there';
