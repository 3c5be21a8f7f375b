import fc from 'fast-check';
import { condition } from './arbitrary-expression.ts';
import { measureOf, namesOf, type SourceName } from './arbitrary-measure.ts';
import { oncePerAccount, perEntity, pickings, windows } from './arbitrary-picking.ts';
import { compareEvent, comparePeriod, type Expr, path } from './expression.ts';
import type { RefCommon, RefMeasure, RefPicking, When } from './metric.ts';
import type { RefType, World } from './world.ts';

/** Random metrics on one source: a measure with conditions, and when its rows count. */

/** Conditions on the period and on the metric's own time, for metrics whose rows have one. */
function timeConditions(world: World, source: SourceName, time: string | undefined): Expr[] {
  if (source !== 'orders') return [];
  const [due, placed] = [path('due_on', 'date'), path('placed_at', 'timestamp')];
  const type: RefType = (time ?? world.sources.orders?.time) === 'placed_at' ? 'timestamp' : 'date';
  const opened = path('account.opened_on', 'date');
  return [
    comparePeriod('>=', due, 'period_start'),
    comparePeriod('<', due, 'period_end'),
    comparePeriod('>=', placed, 'period_start'),
    comparePeriod('<', placed, 'period_end'),
    comparePeriod('<', opened, 'period_start'),
    compareEvent('<=', opened, type === 'date' ? 'date' : 'timestamp'),
    compareEvent('=', due, type === 'date' ? 'date' : 'timestamp'),
  ];
}

function whereOf(world: World, source: SourceName, time: string | undefined): fc.Arbitrary<readonly Expr[]> {
  const plain = condition(namesOf(world, source));
  const timed = timeConditions(world, source, time);
  const one =
    timed.length === 0
      ? plain
      : fc.oneof({ weight: 3, arbitrary: plain }, { weight: 1, arbitrary: fc.constantFrom(...timed) });
  return fc.array(one, { minLength: 1, maxLength: 2 });
}

export const WHENS: readonly When[] = ['started', 'ended', 'active', 'during'];
const whens = fc.constantFrom(...WHENS);

/** The columns beside a source's own time that tell when. */
const TIMES: Readonly<Partial<Record<SourceName, readonly string[]>>> = { orders: ['due_on', 'placed_at'] };

export type SingleSide = RefCommon & RefPicking & RefMeasure & { readonly source: SourceName };

/** A metric on one source, without a name. */
export function sideOf(world: World, source: SourceName): fc.Arbitrary<SingleSide> {
  const ownTime = fc.option(fc.constantFrom(...(TIMES[source] ?? [undefined])), { nil: undefined, freq: 2 });
  const measure = fc.oneof<fc.MaybeWeightedArbitrary<RefMeasure & RefPicking>[]>(
    { weight: 5, arbitrary: measureOf(world, source) },
    { weight: 1, arbitrary: perEntity(world, source) },
    ...(source === 'accounts' ? [] : [{ weight: 1, arbitrary: oncePerAccount(world) }]),
  );
  return ownTime.chain((time) =>
    fc
      .record({
        measure,
        picking: pickings(source),
        window: fc.option(windows, { nil: undefined, freq: 2 }),
        where: fc.option(whereOf(world, source, time), { nil: undefined, freq: 2 }),
        when: whens,
      })
      .map((drawn): SingleSide => {
        const when = source === 'subscriptions' ? drawn.when : undefined;
        // A window means nothing without periods, nor for what is looked at on one day.
        const windowed = source !== 'items' && when !== 'active';
        const { where } = drawn;
        return {
          ...drawn.measure,
          ...drawn.picking,
          source,
          ...(where === undefined ? {} : { where }),
          ...(time === undefined ? {} : { time }),
          ...(when === undefined ? {} : { when }),
          ...(drawn.window === undefined || !windowed ? {} : { window: drawn.window }),
        };
      }),
  );
}
