import type { TenureReport } from '../metric-plan.ts';
import type { Aggregate, Named, PlanScalar, RelationColumn, Select, WindowValue } from '../relation.ts';
import { literal, test, when } from '../scalars.ts';
import { at, columnsOf, number, orZero, selecting } from './parts.ts';

/** The columns that each report is finished from, in their order. */
const COLUMNS = {
  median: ['n', 'median'],
  survival: ['n', 'longest', 'last_left', 'still_there', 'greenwood'],
  mean: ['n', 'longest', 'last_left', 'before_first', 'area', 'variance'],
} as const;

/** The names of the columns of `productLimit`. */
export function productLimitColumns(report: TenureReport): readonly string[] {
  return COLUMNS[report.kind];
}

const AT_RISK = '_at_risk';
const STEPS = '_steps';
/** The part that holds the share that is left after each time, with the columns `time`, `left`, `greenwood` and `rows`. */
export const CURVE = '_curve';
const AREAS = '_areas';
const REST = '_rest';

/** Half of the members, with what the product of shares may be off in its last digits. */
const HALF = 0.5 + 1e-12;

/**
 * The product-limit estimate of Kaplan & Meier 1958 from durations that are counted: a part `cells` with the columns `keys`, `time`,
 * `rows` (that lasted so long) and `ended` (those of them that did not go on). At each time S is multiplied by 1 − ended / at risk; who
 * was last seen at that very time is still at risk. One pass over the sorted durations of each key.
 */
export function productLimit(
  cells: string,
  keys: readonly string[],
  report: TenureReport,
): {
  readonly parts: readonly Named<Select>[];
  readonly from: string;
  readonly values: Named<Aggregate<RelationColumn>>[];
} {
  const within = (part: string): PlanScalar[] => keys.map((key) => at(part, key, 'unknown'));
  const kept = (part: string, names: readonly string[]): Named<PlanScalar>[] => [
    ...columnsOf(part, keys, 'unknown'),
    ...columnsOf(part, names),
  ];
  const along = (part: string, fn: WindowValue['fn'], arg: PlanScalar, descending?: true): WindowValue => ({
    fn,
    arg,
    within: within(part),
    order: [at(part, 'time')],
    ...(descending === undefined ? {} : { descending }),
    ...(fn === 'running_sum' ? { as: 'number' as const } : {}),
  });
  const risk = selecting(cells, kept(cells, ['time', 'rows', 'ended']), {
    windows: [{ name: 'at_risk', value: along(cells, 'running_sum', at(cells, 'rows'), true) }],
  });
  const [ended, exposed] = [at(AT_RISK, 'ended'), at(AT_RISK, 'at_risk')];
  const someEnd = test<RelationColumn>('>', ended, literal(0));
  const allEnd = test('and', someEnd, test('=', ended, exposed));
  const spread = number('/', ended, number('*', exposed, number('-', exposed, ended)));
  const steps = selecting(AT_RISK, [...kept(AT_RISK, ['time', 'rows']), { name: 'spread', value: spread }], {
    windows: [
      {
        name: 'log_left',
        value: along(
          AT_RISK,
          'running_sum',
          when(someEnd, number('ln', number('-', literal(1), number('/', ended, exposed)))),
        ),
      },
      { name: 'none_left', value: along(AT_RISK, 'running_sum', when(allEnd, literal(1), literal(0))) },
      { name: 'greenwood', value: along(AT_RISK, 'running_sum', when(someEnd, spread)) },
      { name: 'next_time', value: along(AT_RISK, 'next', at(AT_RISK, 'time')) },
    ],
  });
  const left = when<RelationColumn>(
    test('>', at(STEPS, 'none_left'), literal(0)),
    literal(0),
    number('exp', orZero(at(STEPS, 'log_left'))),
  );
  const curve = selecting(STEPS, [
    ...kept(STEPS, ['time', 'rows', 'spread', 'greenwood', 'next_time']),
    { name: 'left', value: { ...left, type: 'number' } },
  ]);
  const parts: Named<Select>[] = [
    { name: AT_RISK, value: risk, note: 'how many lasted at least so long' },
    {
      name: STEPS,
      value: steps,
      note: 'Kaplan–Meier: the product of 1 − ended / at risk, as a sum of logarithms',
    },
    { name: CURVE, value: curve, note: 'the share that is left after each time' },
  ];
  if (report.kind === 'mean') {
    parts.push(...areaParts(kept, along, report.horizon));
    return { parts, from: REST, values: meanValues(report.horizon) };
  }
  return {
    parts,
    from: CURVE,
    values: report.kind === 'median' ? medianValues() : survivalValues(report.at),
  };
}

const N: Named<Aggregate<RelationColumn>> = {
  name: 'n',
  value: { fn: 'sum', args: [at(CURVE, 'rows', 'integer')] },
};

function medianValues(): Named<Aggregate<RelationColumn>>[] {
  const where = test('<=', at(CURVE, 'left'), written(HALF));
  return [
    N,
    {
      name: 'median',
      note: 'the first time after which at most half are left',
      value: { fn: 'min', args: [at(CURVE, 'time')], where },
    },
  ];
}

function survivalValues(age: number): Named<Aggregate<RelationColumn>>[] {
  const where = test('<=', at(CURVE, 'time'), written(age));
  return [
    N,
    ...lastSeen(CURVE),
    { name: 'still_there', note: `at: ${age}`, value: { fn: 'min', args: [at(CURVE, 'left')], where } },
    { name: 'greenwood', value: { fn: 'max', args: [at(CURVE, 'greenwood')], where } },
  ];
}

function lastSeen(part: string): Named<Aggregate<RelationColumn>>[] {
  return [
    { name: 'longest', value: { fn: 'max', args: [at(part, 'time')] } },
    { name: 'last_left', value: { fn: 'min', args: [at(part, 'left')] } },
  ];
}

/** The area under the curve from each time to the next, and from each to the horizon. */
function areaParts(
  kept: (part: string, names: readonly string[]) => Named<PlanScalar>[],
  along: (part: string, fn: WindowValue['fn'], arg: PlanScalar, descending?: true) => WindowValue,
  horizon: number,
): Named<Select>[] {
  const until = number(
    '-',
    cut(
      { kind: 'call', type: 'number', fn: 'coalesce', args: [at(CURVE, 'next_time'), written(horizon)] },
      horizon,
    ),
    cut(at(CURVE, 'time'), horizon),
  );
  const areas = selecting(CURVE, [
    ...kept(CURVE, ['time', 'rows', 'spread', 'left']),
    { name: 'area', value: number('*', at(CURVE, 'left'), until) },
  ]);
  const rest = selecting(AREAS, kept(AREAS, ['time', 'rows', 'spread', 'left', 'area']), {
    windows: [{ name: 'area_left', value: along(AREAS, 'running_sum', at(AREAS, 'area'), true) }],
  });
  return [
    {
      name: AREAS,
      value: areas,
      note: `the area under the curve from each time to the next, up to the horizon ${horizon}`,
    },
    { name: REST, value: rest, note: 'the area from each time to the horizon' },
  ];
}

/** A time between 0 and the horizon. */
function cut(time: PlanScalar, horizon: number): PlanScalar {
  return number('least', number('greatest', time, literal(0)), written(horizon));
}

function meanValues(horizon: number): Named<Aggregate<RelationColumn>>[] {
  const rest = at(REST, 'area_left');
  return [
    { name: 'n', value: { fn: 'sum', args: [at(REST, 'rows', 'integer')] } },
    ...lastSeen(REST),
    { name: 'before_first', value: { fn: 'min', args: [cut(at(REST, 'time'), horizon)] } },
    { name: 'area', value: { fn: 'sum', args: [at(REST, 'area')] } },
    {
      name: 'variance',
      value: { fn: 'sum', args: [number('*', number('*', rest, rest), at(REST, 'spread'))] },
    },
  ];
}

function written(value: number): PlanScalar {
  return { kind: 'literal', type: 'number', value: String(value) };
}
