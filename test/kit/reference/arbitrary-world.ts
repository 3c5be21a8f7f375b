import fc from 'fast-check';
import { smallNumber, TEXTS } from './arbitrary-expression.ts';
import { DAY_MS, day, instantsOf } from './calendar.ts';
import type { Cell, RefSource, World, WrittenCell, WrittenRow, WrittenTime } from './world.ts';

/** Small random tables, full of what goes wrong: nulls, duplicates, orphans, ties, and times on both sides of every bound. */

export const ZONES = ['UTC', 'Europe/London', 'America/New_York', 'Australia/Lord_Howe'] as const;

/** Days around which times lie: clocks change on most of them, years, quarters, weeks and months begin on the others. */
const CENTRES = [
  '2025-03-30', // London goes forward, also the last day but one of a quarter.
  '2025-10-26', // London goes back.
  '2025-03-09', // New York goes forward.
  '2025-11-02', // New York goes back.
  '2025-04-06', // Lord Howe goes back, by half an hour.
  '2025-10-05', // Lord Howe goes forward, by half an hour.
  '2024-12-30', // A Monday: week 2025-W01 begins in 2024.
  '2024-02-29',
];

const CLOCKS = [0, 1, 3_599, 3_600, 7_200, 12_600, 18_000, 39_600, 46_800, 47_000, 82_800, 86_399];

/** How far from the centre days lie; near ones are more frequent. */
const distance = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: -2, max: 2 }) },
  { weight: 2, arbitrary: fc.integer({ min: -12, max: 12 }) },
  { weight: 1, arbitrary: fc.integer({ min: -70, max: 70 }) },
);

function nullable<T>(arbitrary: fc.Arbitrary<T>, freq = 5): fc.Arbitrary<T | null> {
  return fc.option(arbitrary, { nil: null, freq });
}

function dates(centre: number): fc.Arbitrary<number> {
  return distance.map((days) => centre + days);
}

/** Times as files hold them: mostly naive, of which those that a clock of the zone skips or shows twice are left out. */
function times(centre: number, zone: string): fc.Arbitrary<WrittenTime> {
  const clock = fc.oneof(fc.constantFrom(...CLOCKS), fc.integer({ min: 0, max: 86_399 }));
  const fraction = fc.oneof(
    { weight: 6, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.constant(500) },
  );
  const ahead = fc.option(fc.constantFrom(0, 60, -480, 630, -150), { nil: undefined, freq: 3 });
  return fc
    .tuple(distance, clock, fraction, ahead)
    .map(([days, seconds, ms, offset]): WrittenTime => {
      const wall = (centre + days) * DAY_MS + seconds * 1000 + ms;
      return offset === undefined ? { wall } : { wall, ahead: offset };
    })
    .filter(({ wall, ahead: offset }) => offset !== undefined || instantsOf(zone, wall).length === 1);
}

const ACCOUNTS = ['A1', 'A2', 'A3', 'A4', '0005'];
const REGIONS = ['R1', 'R2', 'R3'];
const text = fc.constantFrom(...TEXTS);
const score = (top: number): fc.Arbitrary<number> =>
  fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: 0, max: top + 1 }) },
    { weight: 1, arbitrary: smallNumber },
  );

type Shape = Readonly<Record<string, fc.Arbitrary<WrittenCell>>>;

/** Mostly enough rows for something to happen, sometimes none. */
function rows(shape: Shape, maxLength: number): fc.Arbitrary<WrittenRow[]> {
  const row = fc.record(shape);
  return fc.oneof(
    { weight: 8, arbitrary: fc.array(row, { minLength: Math.ceil(maxLength / 2), maxLength }) },
    { weight: 1, arbitrary: fc.array(row, { maxLength: 1 }) },
  );
}

/** Some rows once more, in another place. */
function withCopies(arbitrary: fc.Arbitrary<WrittenRow[]>): fc.Arbitrary<WrittenRow[]> {
  return fc.tuple(arbitrary, fc.array(fc.nat(20), { maxLength: 2 })).map(([all, copies]) => {
    return [...all, ...copies.map((index) => all[index]).filter((row) => row !== undefined)];
  });
}

function unique(shape: Shape, key: string, maxLength: number): fc.Arbitrary<WrittenRow[]> {
  return fc.uniqueArray(fc.record(shape), {
    selector: (row: WrittenRow): Cell | object => row[key] ?? null,
    minLength: 1,
    maxLength,
  });
}

const regions: fc.Arbitrary<RefSource> = unique(
  {
    region_id: fc.constantFrom(...REGIONS),
    zone: nullable(text),
    rank: nullable(fc.integer({ min: 0, max: 3 })),
  },
  'region_id',
  3,
).map((all) => ({
  columns: { region_id: 'text', zone: 'text', rank: 'integer' },
  rows: all,
}));

/** Linked to by its key; copies of rows are dropped there, so that the key stays unique. */
function accounts(centre: number, asOf: number | undefined): fc.Arbitrary<RefSource> {
  const shape: Shape = {
    account_id: fc.constantFrom(...ACCOUNTS),
    region_id: nullable(fc.constantFrom(...REGIONS, 'R9')),
    industry: nullable(text),
    employees: nullable(fc.integer({ min: 0, max: 12 })),
    vip: nullable(fc.boolean()),
    opened_on: nullable(dates(centre)),
  };
  return withCopies(unique(shape, 'account_id', 5)).map((all) => ({
    columns: {
      account_id: 'text',
      region_id: 'text',
      industry: 'text',
      employees: 'integer',
      vip: 'boolean',
      opened_on: 'date',
    },
    rows: all,
    key: 'account_id',
    time: 'opened_on',
    ...(asOf === undefined ? {} : { asOf }),
    links: { region: { to: 'regions', mine: 'region_id', theirs: 'region_id' } },
  }));
}

const toAccounts = { account: { to: 'accounts', mine: 'acct', theirs: 'account_id' } };
const acct = nullable(fc.constantFrom(...ACCOUNTS, 'A9'));

function orders(centre: number, zone: string, setting: Settings): fc.Arbitrary<RefSource> {
  const shape: Shape = {
    order_id: fc.integer({ min: 1, max: 30 }),
    acct,
    amount: nullable(smallNumber),
    qty: nullable(fc.integer({ min: -3, max: 9 })),
    channel: nullable(text),
    paid: nullable(fc.boolean()),
    nps: nullable(score(10)),
    csat: nullable(score(5)),
    ces: nullable(score(7)),
    placed_at: nullable(times(centre, zone), 8),
    due_on: nullable(dates(centre), 8),
  };
  return withCopies(rows(shape, 14)).map((all) => ({
    columns: {
      order_id: 'integer',
      acct: 'text',
      amount: 'number',
      qty: 'integer',
      channel: 'text',
      paid: 'boolean',
      nps: 'number',
      csat: 'number',
      ces: 'number',
      placed_at: 'timestamp',
      due_on: 'date',
    },
    rows: all,
    time: setting.dated ? 'due_on' : 'placed_at',
    ...(setting.keyed ? { key: 'order_id' } : {}),
    ...setting.common,
    links: toAccounts,
  }));
}

function subscriptions(centre: number, zone: string, setting: Settings): fc.Arbitrary<RefSource> {
  const moment: fc.Arbitrary<WrittenCell> = setting.dated ? dates(centre) : times(centre, zone);
  const shape: Shape = {
    sub_id: fc.integer({ min: 1, max: 30 }),
    acct,
    plan: nullable(text),
    mrr: nullable(smallNumber),
    begins: nullable(moment, 12),
    ends: nullable(moment, 3),
  };
  const time = setting.dated ? 'date' : 'timestamp';
  return withCopies(rows(shape, 10)).map((all) => ({
    columns: { sub_id: 'integer', acct: 'text', plan: 'text', mrr: 'number', begins: time, ends: time },
    rows: all,
    lifespan: { start: 'begins', end: 'ends', inclusive: setting.dated && setting.inclusive },
    ...(setting.keyed ? { key: 'sub_id' } : {}),
    ...setting.common,
    links: toAccounts,
  }));
}

/** A snapshot: neither time nor lifespan. */
const items: fc.Arbitrary<RefSource> = rows(
  {
    acct,
    price: nullable(smallNumber),
    kind: nullable(text),
    stars: nullable(score(5)),
    made_on: fc.constant(day('2025-01-01')),
  },
  8,
).map((all) => ({
  columns: { acct: 'text', price: 'number', kind: 'text', stars: 'number', made_on: 'date' },
  rows: all,
  links: toAccounts,
}));

interface Settings {
  readonly dated: boolean;
  readonly keyed: boolean;
  readonly inclusive: boolean;
  readonly common: { readonly timezone?: string; readonly asOf?: number; readonly coverage?: 'census' };
}

function settings(centre: number): fc.Arbitrary<Settings> {
  return fc
    .record({
      dated: fc.boolean(),
      keyed: fc.boolean(),
      inclusive: fc.boolean(),
      zone: fc.option(fc.constantFrom(...ZONES), { nil: undefined }),
      asOf: fc.option(dates(centre), { nil: undefined, freq: 2 }),
      census: fc.boolean(),
    })
    .map(({ dated, keyed, inclusive, zone, asOf, census }) => ({
      dated,
      keyed,
      inclusive,
      common: {
        ...(zone === undefined ? {} : { timezone: zone }),
        ...(asOf === undefined ? {} : { asOf }),
        ...(census ? { coverage: 'census' as const } : {}),
      },
    }));
}

/** Regions, accounts, orders (events), subscriptions (spells) and items (a snapshot), under random settings. */
export const worlds: fc.Arbitrary<World> = fc
  .record({
    centre: fc.constantFrom(...CENTRES).map(day),
    timezone: fc.constantFrom(...ZONES),
    asOf: fc.option(distance, { nil: undefined, freq: 2 }),
    accountsAsOf: fc.option(distance, { nil: undefined, freq: 2 }),
  })
  .chain(({ centre, timezone, asOf, accountsAsOf }) =>
    fc.tuple(settings(centre), settings(centre)).chain(([forOrders, forSubs]) =>
      fc
        .record({
          regions,
          accounts: accounts(centre, accountsAsOf === undefined ? undefined : centre + accountsAsOf),
          orders: orders(centre, forOrders.common.timezone ?? timezone, forOrders),
          subscriptions: subscriptions(centre, forSubs.common.timezone ?? timezone, forSubs),
          items,
        })
        .map(
          (sources): World => ({
            timezone,
            ...(asOf === undefined ? {} : { asOf: centre + asOf }),
            sources,
          }),
        ),
    ),
  );
