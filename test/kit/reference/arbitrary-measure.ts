import fc from 'fast-check';
import { condition, type Names, numberExpr, textExpr } from './arbitrary-expression.ts';
import { path } from './expression.ts';
import type { RefMeasure } from './metric.ts';
import { typesOf, type World } from './world.ts';

/** Random measures of every type over the tables of `arbitrary-world.ts`. */

export const SOURCES = ['accounts', 'orders', 'subscriptions', 'items', 'feedback'] as const;
export type SourceName = (typeof SOURCES)[number];

/** The segments that the rows of each source lead to. */
export const SEGMENTS_OF: Readonly<Record<SourceName, readonly string[]>> = {
  accounts: ['industry', 'size', 'vips', 'rank', 'zone', 'spenders'],
  orders: [
    'industry',
    'size',
    'vips',
    'rank',
    'zone',
    'spenders',
    'channel',
    'amounts',
    'paying',
    'activity',
  ],
  subscriptions: ['industry', 'size', 'vips', 'rank', 'zone', 'spenders', 'plan', 'activity'],
  feedback: ['industry', 'size', 'vips', 'rank', 'zone', 'spenders', 'origin', 'activity'],
  items: ['industry', 'size', 'vips', 'rank', 'zone', 'spenders'],
};

/** What lies behind the link to accounts. */
export function behindAccount(world: World): Names {
  const facts = Object.entries(world.sources.accounts?.facts ?? {});
  return {
    'account.industry': 'text',
    'account.employees': 'integer',
    'account.vip': 'boolean',
    'account.opened_on': 'date',
    'account.region.zone': 'text',
    'account.region.rank': 'integer',
    ...Object.fromEntries(facts.map(([name, { value }]) => [`account.${name}`, value.type])),
  };
}

/** The columns of a source, without its timestamps. */
export function ownNames(world: World, name: SourceName): Names {
  const source = world.sources[name];
  const all = source === undefined ? [] : Object.entries(typesOf(source));
  return Object.fromEntries(all.filter(([, type]): boolean => type !== 'timestamp'));
}

/** Its columns and those behind its links. */
export function namesOf(world: World, source: SourceName): Names {
  return source === 'accounts'
    ? { ...ownNames(world, source), 'region.zone': 'text', 'region.rank': 'integer' }
    : { ...ownNames(world, source), ...behindAccount(world) };
}

/** A measure with values of the source's own, as values behind links are not added up. */
export function measureOf(world: World, source: SourceName): fc.Arbitrary<RefMeasure> {
  const names = namesOf(world, source);
  const value = numberExpr(ownNames(world, source));
  const anything = fc.oneof(numberExpr(names), textExpr(names));
  const types = fc.constantFrom('sum', 'average', 'median', 'min', 'max', 'stddev' as const);
  return fc.oneof(
    { weight: 1, arbitrary: fc.constant<RefMeasure>({ type: 'count' }) },
    { weight: 1, arbitrary: anything.map((expr): RefMeasure => ({ type: 'count', value: expr })) },
    {
      weight: 2,
      arbitrary: fc
        .array(anything, { minLength: 1, maxLength: 2 })
        .map((values): RefMeasure => ({ type: 'count_distinct', values })),
    },
    {
      weight: 6,
      arbitrary: fc.tuple(types, value).map(([type, expr]): RefMeasure => ({ type, value: expr })),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(value, fc.constantFrom(0, 0.1, 0.25, 0.5, 0.9, 1))
        .map(([expr, p]): RefMeasure => ({ type: 'percentile', value: expr, p })),
    },
    { weight: 2, arbitrary: condition(names).map((matching): RefMeasure => ({ type: 'share', matching })) },
    ...(source === 'orders' ? [{ weight: 4, arbitrary: fc.constantFrom(...SURVEYS) }] : []),
  );
}

const SURVEYS: readonly RefMeasure[] = [
  { type: 'nps', value: path('nps', 'number') },
  { type: 'nps', value: path('qty', 'integer') },
  { type: 'csat', value: path('csat', 'number') },
  { type: 'csat', value: path('csat', 'number'), scale: [1, 7] },
  { type: 'csat', value: path('csat', 'number'), satisfied: [5] },
  { type: 'csat', value: path('nps', 'number'), scale: [0, 10] },
  { type: 'csat', value: path('ces', 'number'), scale: [1, 7], satisfied: [1, 4, 7] },
  { type: 'ces', value: path('ces', 'number'), report: 'average' },
  { type: 'ces', value: path('ces', 'number'), report: 'agree' },
  { type: 'ces', value: path('csat', 'number'), scale: [1, 5], report: 'average' },
];

/** One measure of every type over plain columns of `orders`. */
export const MEASURES: readonly RefMeasure[] = [
  { type: 'count' },
  { type: 'count', value: path('amount', 'number') },
  { type: 'count_distinct', values: [path('acct', 'text')] },
  { type: 'count_distinct', values: [path('acct', 'text'), path('paid', 'boolean')] },
  ...(['sum', 'average', 'median', 'min', 'max', 'stddev'] as const).map(
    (type): RefMeasure => ({ type, value: path('amount', 'number') }),
  ),
  ...[0, 0.2, 0.75, 1].map((p): RefMeasure => ({ type: 'percentile', value: path('amount', 'number'), p })),
  { type: 'share', matching: path('paid', 'boolean') },
  ...SURVEYS,
];
