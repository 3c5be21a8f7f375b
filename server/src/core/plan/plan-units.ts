import type { NameRef, Scalar } from '../syntax/expression/scalar.ts';
import type { AggregateValue, CombinedPlan, Entity, Estimate, Measure, MeasurePlan } from './metric-plan.ts';
import { cast, literal, test } from './scalars.ts';

const NOTHING: ReadonlySet<string> = new Set();

/**
 * A measure whose interval rests on the units that were drawn (`sampled_by`), as rows of one unit are alike: section 5.4. Its value is
 * what it was.
 */
export function withUnits(
  plan: MeasurePlan,
  quotient: NonNullable<Measure['quotient']>,
  unit: Entity,
): CombinedPlan {
  const units: MeasurePlan = {
    ...plan,
    // Rows of no unit are in the value, so that an interval without them would be around another one: they are one unit more.
    view: { ...plan.view, together: { kind: 'per', entity: unit, others: true } },
    measure: unitMeasure(quotient),
    auxiliary: true,
  };
  return {
    kind: 'combined',
    metric: plan.metric,
    parts: [plan, units].map((part) => ({ plan: part, whole: NOTHING })),
    combine: ([value, interval]) => ({
      value: value?.value ?? null,
      n: value?.n ?? 0,
      low: interval?.low ?? null,
      high: interval?.high ?? null,
      ...(interval?.basis && { basis: interval.basis }),
    }),
    share: undefined,
  };
}

/** The same measure without an interval, where none can be told. */
export function withoutInterval(plan: MeasurePlan): MeasurePlan {
  const { measure } = plan;
  const finish: Measure['finish'] = (values) => {
    const { basis: _, ...estimate } = measure.finish(values);
    return { ...estimate, low: null, high: null };
  };
  return { ...plan, measure: { ...measure, finish } };
}

function unitMeasure({ above, below, interval }: NonNullable<Measure['quotient']>): Measure {
  const [y, x] = [total(above), total(below)];
  // A unit of which nothing is counted says nothing.
  const where = test('>', x, literal<NameRef>(0));
  const sum = (arg: Scalar<NameRef>): Measure['aggregates'][number] => ({ fn: 'sum', args: [arg], where });
  return {
    aggregates: [
      sum(y),
      sum(x),
      sum(product(y, y)),
      sum(product(x, x)),
      sum(product(y, x)),
      { fn: 'count', args: [], where },
    ],
    finish: (values) => estimate(values, interval),
  };
}

function total(value: Scalar<NameRef>): Scalar<NameRef> {
  return { kind: 'aggregate', type: 'number', fn: 'sum', distinct: false, arg: cast(value, 'number') };
}

function product(a: Scalar<NameRef>, b: Scalar<NameRef>): Scalar<NameRef> {
  return { kind: 'call', type: 'number', fn: '*', args: [a, b] };
}

function estimate(
  values: readonly AggregateValue[],
  interval: NonNullable<Measure['quotient']>['interval'],
): Estimate {
  const [above = 0, below = 0, aboveSquared = 0, belowSquared = 0, cross = 0, units = 0] = values.map(
    (value) => value ?? 0,
  );
  const bounds = interval({ units, above, below, aboveSquared, belowSquared, product: cross });
  const value = below === 0 ? null : above / below;
  const known = bounds === undefined ? {} : { basis: bounds.basis };
  return { value, n: units, low: bounds?.low ?? null, high: bounds?.high ?? null, ...known };
}
