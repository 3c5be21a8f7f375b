import fc from 'fast-check';
import { condition, type Names, numberExpr, textExpr } from './arbitrary-expression.ts';
import { aggregateOf } from './arbitrary-formula.ts';
import { coalesce, type Expr, literal, path } from './expression.ts';
import type { RefSource, World, WrittenCell, WrittenRow } from './world.ts';

/** What makes a source's rows other than those of its file: `where`, `one_per`, computed columns, facts, unions, units. */

/** The raw columns of a source, without its timestamps. */
function rawNames(source: RefSource | undefined): Names {
  return Object.fromEntries(
    Object.entries(source?.columns ?? {}).filter(([, type]): boolean => type !== 'timestamp'),
  );
}

/** Some of the time something, else nothing. */
function sometimes<T>(arbitrary: fc.Arbitrary<T>, freq = 2): fc.Arbitrary<T | undefined> {
  // `freq` to one it is not there.
  return fc.oneof({ weight: freq, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
}

/** A number of its own for each row, in a random order; exact duplicates have one, and one row may have none. */
function numbered(rows: readonly WrittenRow[]): fc.Arbitrary<WrittenRow[]> {
  const texts = rows.map((row) => JSON.stringify(row));
  const distinct = [...new Set(texts)];
  return fc
    .record({
      order: fc.shuffledSubarray([...distinct.keys()], { minLength: distinct.length }),
      hole: fc.option(fc.nat(20), { nil: -1 }),
    })
    .map(({ order, hole }) =>
      rows.map((row, index) => {
        const at = distinct.indexOf(texts[index] ?? '');
        const seq: WrittenCell = at === hole ? null : (order[at] ?? null);
        return { ...row, seq };
      }),
    );
}

function richOrders(orders: RefSource): fc.Arbitrary<RefSource> {
  const names: Names = { ...rawNames(orders), 'account.industry': 'text', 'account.employees': 'integer' };
  return fc
    .record({
      rows: numbered(orders.rows),
      where: sometimes(fc.array(condition(names), { minLength: 1, maxLength: 2 }), 4),
      key: sometimes(fc.constantFrom(['acct'], ['order_id'], ['acct', 'paid'])),
      keep: fc.constantFrom('last' as const, 'first' as const),
      net: numberExpr(rawNames(orders)),
      sector: fc.constantFrom('account.industry', 'account.region.zone', 'channel'),
      unit: sometimes(fc.constantFrom('acct', 'channel')),
      dated: sometimes(fc.constant('day')),
    })
    .map(({ rows, where, key, keep, net, sector, unit, dated }) => ({
      ...orders,
      columns: { ...orders.columns, seq: 'integer' as const },
      rows,
      ...(where === undefined ? {} : { where }),
      ...(key === undefined ? {} : { onePer: { key, keep, by: 'seq' } }),
      computed: {
        net,
        sector: coalesce(path(sector, 'text'), literal('web, app')),
        day: coalesce(path('due_on', 'date'), path('account.opened_on', 'date')),
      },
      ...(dated === undefined ? {} : { time: dated }),
      ...(unit === undefined ? {} : { sampledBy: unit }),
    }));
}

function richAccounts(world: World, accounts: RefSource): fc.Arbitrary<RefSource> {
  return fc
    .record({
      where: sometimes(condition({ vip: 'boolean', employees: 'integer', industry: 'text' }), 4),
      spend: aggregateOf(world, 'orders'),
      held: aggregateOf(world, 'items'),
      plans: aggregateOf(world, 'subscriptions'),
    })
    .map(({ where, spend, held, plans }) => ({
      ...accounts,
      ...(where === undefined ? {} : { where: [where] }),
      facts: {
        spend: { of: 'orders', value: spend },
        held: { of: 'items', value: held },
        plans: { of: 'subscriptions', value: plans },
      },
    }));
}

function richSubscriptions(subscriptions: RefSource): fc.Arbitrary<RefSource> {
  const account = subscriptions.links?.account;
  return fc.record({ unit: sometimes(fc.constant('acct')), mended: fc.boolean() }).map(
    ({ unit, mended }): RefSource => ({
      ...subscriptions,
      computed: { owner: coalesce(path('acct', 'text'), literal('A2')) },
      // A link may rest on a computed column.
      ...(mended && account !== undefined ? { links: { account: { ...account, mine: 'owner' } } } : {}),
      ...(unit === undefined ? {} : { sampledBy: unit }),
    }),
  );
}

/** What happened in orders, accounts and items together; the last two lack columns. */
function feedback(world: World): fc.Arbitrary<RefSource> {
  const member = (
    name: string,
    at: string,
    who: string,
    ...more: readonly ('score' | 'flag')[]
  ): fc.Arbitrary<readonly [string, Readonly<Record<string, Expr>>]> => {
    const names = rawNames(world.sources[name]);
    return fc
      .record({ word: textExpr(names), score: numberExpr(names), flag: condition(names) })
      .map(({ word, score, flag }) => [
        name,
        {
          at: path(at, 'date'),
          who: path(who, 'text'),
          word,
          ...(more.includes('score') ? { score } : {}),
          ...(more.includes('flag') ? { flag } : {}),
        },
      ]);
  };
  return fc
    .record({
      members: fc.tuple(
        member('orders', 'due_on', 'acct', 'score', 'flag'),
        member('accounts', 'opened_on', 'account_id', 'score'),
        member('items', 'made_on', 'acct', 'flag'),
      ),
      keyed: fc.boolean(),
      where: sometimes(condition({ word: 'text', score: 'number', source_name: 'text' }), 3),
    })
    .map(({ members, keyed, where }) => ({
      union: Object.fromEntries(members),
      columns: {
        at: 'date',
        who: 'text',
        word: 'text',
        score: 'number',
        flag: 'boolean',
        source_name: 'text',
      },
      rows: [],
      time: 'at',
      ...(keyed ? { key: ['source_name', 'who'] } : {}),
      ...(where === undefined ? {} : { where: [where] }),
      links: { account: { to: 'accounts', mine: 'who', theirs: 'account_id' } },
    }));
}

/** A world with more to its sources than files: also a stack of some of them. */
export function richWorld(world: World): fc.Arbitrary<World> {
  const { orders, accounts, subscriptions } = world.sources;
  if (orders === undefined || accounts === undefined || subscriptions === undefined)
    throw new Error('A world has orders, accounts and subscriptions.');
  return fc
    .tuple(richOrders(orders), richAccounts(world, accounts), richSubscriptions(subscriptions))
    .chain(([forOrders, forAccounts, forSubscriptions]) => {
      const sources = {
        ...world.sources,
        orders: forOrders,
        accounts: forAccounts,
        subscriptions: forSubscriptions,
      };
      return feedback({ ...world, sources }).map((stack) => ({
        ...world,
        sources: { ...sources, feedback: stack },
      }));
    });
}
