import fc from 'fast-check';
import { condition } from './arbitrary-expression.ts';
import { formulaOf } from './arbitrary-formula.ts';
import { behindAccount, measureOf, namesOf, SEGMENTS_OF, type SourceName } from './arbitrary-measure.ts';
import { windows } from './arbitrary-picking.ts';
import { sideOf } from './arbitrary-side.ts';
import type { RefGrain } from './calendar.ts';
import { type Expr, path } from './expression.ts';
import {
  inherit,
  type RefCommon,
  type RefMetric,
  type RefReference,
  type RefReuse,
  type RefSide,
  referencesOf,
} from './metric.ts';
import { withoutIdle } from './without-idle.ts';
import type { World } from './world.ts';

/** Random ratios and formulas over metrics that are there. */
export interface Combining {
  readonly world: World;
  readonly name: string;
  readonly others: readonly RefMetric[];
  /** The project's. */
  readonly grain: RefGrain;
  /** The metric's own. */
  readonly own: RefGrain | undefined;
}

/** The sources of the rows of a metric, also through those that it is made of. */
export function sourcesOf(others: readonly RefMetric[], metric: RefSide): SourceName[] {
  const own = metric.type === 'ratio' || (metric.type === 'formula' && metric.aggregates.length === 0);
  const inner = referencesOf(metric).flatMap((one) => sourcesBehind(others, metric, one));
  return [...new Set([...(own ? [] : [metric.source as SourceName]), ...inner])];
}

function sourcesBehind(others: readonly RefMetric[], outer: RefSide, reference: RefReference): SourceName[] {
  if (typeof reference !== 'string' && !('metric' in reference))
    return sourcesOf(others, inherit(reference, outer));
  const name = typeof reference === 'string' ? reference : reference.metric;
  const named = others.find((other) => other.name === name);
  return named === undefined ? [] : sourcesOf(others, named);
}

/** Segments that all rows of some sources lead to. */
function segmentsFor(sources: readonly SourceName[]): string[] {
  const [first, ...rest] = sources.map((source) => SEGMENTS_OF[source]);
  return (first ?? []).filter((segment) => rest.every((others) => others.includes(segment)));
}

/** Conditions that mean the same column on all of some sources; from accounts themselves no path begins with `account`. */
function conditionsFor(
  world: World,
  sources: readonly SourceName[],
): fc.Arbitrary<readonly Expr[] | undefined> {
  const [only, ...more] = sources;
  if (only === undefined || (more.length > 0 && sources.includes('accounts'))) return fc.constant(undefined);
  const names = more.length === 0 ? namesOf(world, only) : behindAccount(world);
  return fc.option(
    condition(names).map((one) => [one]),
    { nil: undefined, freq: 2 },
  );
}

/** Whether a metric looks back by an interval, for which the grain must fit. */
function looksBack(others: readonly RefMetric[], metric: RefSide): boolean {
  if (metric.type === 'formula' && /previous\(\w+, /.test(metric.formula.text)) return true;
  return referencesOf(metric).some((reference) => {
    if (typeof reference !== 'string' && !('metric' in reference)) return looksBack(others, reference);
    const name = typeof reference === 'string' ? reference : reference.metric;
    const named = others.find((other) => other.name === name);
    return named !== undefined && looksBack(others, named);
  });
}

/** Metrics that may stand in another: with periods, or of the one snapshot. */
function pool({ others, grain, own }: Combining, timed: boolean): RefMetric[] {
  const at = own ?? grain;
  return others
    .filter((metric) => !sourcesOf(others, metric).includes('items') === timed)
    .filter((metric) => (metric.grain ?? grain) === at || !looksBack(others, metric));
}

function reuseOf({ world, others }: Combining, metric: RefMetric): fc.Arbitrary<RefReuse> {
  return conditionsFor(world, sourcesOf(others, metric)).map((where) => {
    return { metric: metric.name, ...(where === undefined ? {} : { where }) };
  });
}

const timedSources = fc.constantFrom('orders', 'subscriptions', 'feedback' as const);

/** A name, a filtered reuse or an inline metric. */
function referenceOf(
  combining: Combining,
  timed: boolean,
  sources: fc.Arbitrary<SourceName> = timed ? timedSources : fc.constant('items'),
): fc.Arbitrary<RefReference> {
  const named = pool(combining, timed);
  const inline = sources.chain((source) => sideOf(combining.world, source));
  if (named.length === 0) return inline;
  const one = fc.constantFrom(...named);
  return fc.oneof<fc.MaybeWeightedArbitrary<RefReference>[]>(
    { weight: 3, arbitrary: inline },
    { weight: 2, arbitrary: one.map(({ name }) => name) },
    { weight: 2, arbitrary: one.chain((metric) => reuseOf(combining, metric)) },
  );
}

/** What is common to ratios and formulas: conditions, breakdowns and what splits only some parts. */
function finished(
  { world, others, name, own }: Combining,
  metric: RefSide & ({ readonly type: 'ratio' } | { readonly type: 'formula' }),
): fc.Arbitrary<RefMetric> {
  const sources = sourcesOf(others, metric);
  const common = segmentsFor(sources);
  const parts = referencesOf(metric).map((one) => sourcesBehind(others, metric, one));
  const aggregated =
    metric.type === 'formula' && metric.aggregates.length > 0 ? [metric.source as SourceName] : [];
  const splitting = metric.type === 'ratio' ? parts.slice(0, 1) : [...parts, aggregated];
  const partial = [...new Set(splitting.flatMap(segmentsFor))];
  const totals = fc.option(fc.uniqueArray(fc.constantFrom(...partial), { minLength: 1, maxLength: 2 }), {
    nil: undefined,
    freq: 2,
  });
  return fc
    .record({
      where: conditionsFor(world, sources),
      by: fc.uniqueArray(fc.constantFrom(...common), { maxLength: 2 }),
      totals,
      window: fc.option(windows, { nil: undefined, freq: 2 }),
    })
    .map(
      ({ where, by, totals: totalOver, window }): RefMetric => ({
        ...withoutIdle({
          ...metric,
          ...(window === undefined || !takesWindow(sources, metric) ? {} : { window }),
        }),
        name,
        by: [...new Set([...by, ...(totalOver ?? [])])],
        ...(totalOver === undefined ? {} : { totalOver }),
        ...(where === undefined ? {} : { where }),
        ...(own === undefined ? {} : { grain: own }),
      }),
    );
}

/** Whether a window fits what would inherit it: not what is looked at on one day, nor a snapshot. */
function takesWindow(sources: readonly SourceName[], metric: RefSide): boolean {
  const inline = referencesOf(metric).filter((one) => typeof one !== 'string' && !('metric' in one));
  const active = [metric, ...inline].some(
    (one) => typeof one !== 'string' && 'when' in one && one.when === 'active',
  );
  return metric.window === undefined && !active && !sources.includes('items');
}

const timedMostly = fc.oneof(
  { weight: 5, arbitrary: fc.constant(true) },
  { weight: 1, arbitrary: fc.constant(false) },
);

/** Both sides have periods, or both are snapshots. The sides are the same now and then, so that `total_over` makes a share. */
export function ratioOf(combining: Combining): fc.Arbitrary<RefMetric> {
  return timedMostly
    .chain((timed) => {
      const side = referenceOf(combining, timed);
      const source = timed ? timedSources : fc.constant('items' as const);
      const counted = source.chain((from) =>
        fc.tuple(sideOf(combining.world, from), fc.boolean()).map(([one, distinct]): RefReference => {
          const { where, when, time, window } = one;
          const who = path(from === 'feedback' ? 'who' : 'acct', 'text');
          const measure = distinct
            ? ({ type: 'count_distinct', values: [who] } as const)
            : ({ type: 'count' } as const);
          return { ...measure, source: from, ...given({ where, when, time, window }) };
        }),
      );
      return fc.oneof(
        { weight: 4, arbitrary: fc.tuple(side, side) },
        { weight: 1, arbitrary: fc.oneof(side, counted).map((one) => [one, one] as const) },
      );
    })
    .chain(([numerator, denominator]) => finished(combining, { type: 'ratio', numerator, denominator }));
}

/** Without the keys that have no value. */
function given<T extends object>(record: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

/** An inline part that takes its source, time and `when` from the formula around it. */
function heir(world: World, source: SourceName): fc.Arbitrary<RefReference> {
  const measure = measureOf(world, source).map((one): RefReference => one);
  const pair = fc.tuple(measureOf(world, source), measureOf(world, source));
  return fc.oneof(
    { weight: 3, arbitrary: measure },
    {
      weight: 1,
      arbitrary: pair.map(
        ([numerator, denominator]): RefReference => ({ type: 'ratio', numerator, denominator }),
      ),
    },
  );
}

/** Over names alone, or with a source of its own, aggregates over it, and inline parts that inherit it. */
export function formulaMetric(combining: Combining): fc.Arbitrary<RefMetric> {
  const { world, own, grain } = combining;
  return fc
    .tuple(timedMostly, fc.boolean())
    .chain(([timed, sourced]) => {
      const source = timed
        ? fc.constantFrom('orders', 'subscriptions' as const)
        : fc.constant('items' as const);
      return source.chain((from) => {
        const parts = fc.dictionary(
          fc.constantFrom('lux', 'rest'),
          sourced
            ? // The time and `when` of the formula would not fit another source.
              fc.oneof(referenceOf(combining, timed, fc.constant(from)), heir(world, from))
            : referenceOf(combining, timed),
          { minKeys: sourced || pool(combining, timed).length > 0 ? 0 : 1, maxKeys: 2 },
        );
        const shell = sideOf(world, from).map(({ when, time, window, at, atPer }) =>
          given({ when, time, window, at, atPer }),
        );
        return fc.tuple(parts, shell).chain(([drawn, timing]) => {
          const names = [...Object.keys(drawn), ...pool(combining, timed).map(({ name }) => name)];
          const ingredients = {
            names,
            grain: timed ? (own ?? grain) : ('all' as const),
            timed,
            ...(sourced ? { source: from } : {}),
          };
          return formulaOf(world, ingredients).map((formula): RefSide & { readonly type: 'formula' } => {
            const used = Object.entries(drawn)
              .filter(([name]) => formula.names.includes(name))
              .map(([name, part]) => [name, typeof part === 'string' ? { metric: part } : part] as const);
            return {
              type: 'formula',
              ...formula,
              ...(sourced && needsSource(formula.aggregates, used)
                ? { source: from, ...fitting(timing, used) }
                : {}),
              ...(used.length === 0 ? {} : { parts: Object.fromEntries(used) }),
            };
          });
        });
      });
    })
    .chain((metric) => finished(combining, metric));
}

/** Whether something in a formula takes its source. */
function needsSource(
  aggregates: readonly unknown[],
  parts: readonly (readonly [string, RefReference])[],
): boolean {
  return aggregates.length > 0 || parts.some(([, part]) => typeof part !== 'string' && !('metric' in part));
}

/** Without a window where a part is looked at on one day, which would inherit it. */
function fitting(timing: RefCommon, parts: readonly (readonly [string, RefReference])[]): RefCommon {
  const { window: _, ...rest } = timing;
  const active = parts.some(
    ([, part]) => typeof part !== 'string' && 'when' in part && part.when === 'active',
  );
  return active ? rest : timing;
}
