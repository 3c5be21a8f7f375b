import { MONTHS, type OracleSeries, type Period, type Value } from './oracle-series.ts';
import type { EventRow, SaasTables, SpellRow } from './saas-tables.ts';

// How long accounts stay, what they bring and which steps they take, account by account.

const DAY = 86_400_000;
const daysTo = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / DAY;
const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);

function series<Item>(
  metric: string,
  periods: readonly Period[],
  items: readonly Item[],
  groupOf: Readonly<Record<string, (item: Item) => string>>,
  value: (items: readonly Item[], period: Period) => Value,
): readonly OracleSeries[] {
  const groups = Object.entries(groupOf).flatMap(([segment, label]) =>
    [...new Set(items.map(label))].map((one) => ({
      group: `${segment}.${one}`,
      own: items.filter((item) => label(item) === one),
    })),
  );
  return [{ group: undefined, own: items }, ...groups].map(({ group, own }) => ({
    metric,
    group,
    points: periods.map((period) => ({ period: period.name, ...value(own, period) })),
  }));
}

interface Span {
  readonly start: string;
  readonly end: string;
}

interface Life extends Span {
  readonly size: string;
}

/** The time that each account was a customer without a gap. Spells are in order of their start. */
function lives(spells: readonly SpellRow[]): readonly Life[] {
  const found: { account: string; size: string; start: string; end: string }[] = [];
  for (const { account, size, start, end } of [...spells].sort((a, b) => (a.start < b.start ? -1 : 1))) {
    const open = found.find((life) => life.account === account && life.end >= start);
    if (open === undefined) found.push({ account, size, start, end });
    else if (end > open.end) open.end = end;
  }
  return found;
}

/** The share left after each number of days, as a product over the days on which somebody left. */
function left(all: readonly Span[], close: string): (age: number) => number {
  const seen = all
    .filter(({ start }) => start < close)
    .map(({ start, end }) => ({ age: daysTo(start, end < close ? end : close), gone: end < close }));
  const ends = [...new Set(seen.filter((life) => life.gone).map((life) => life.age))].sort((a, b) => a - b);
  let share = 1;
  const steps = ends.map((at) => {
    const risk = seen.filter((life) => life.age >= at).length;
    share *= 1 - seen.filter((life) => life.gone && life.age === at).length / risk;
    return { at, share };
  });
  return (age) => steps.findLast(({ at }) => at <= age)?.share ?? 1;
}

const begun = (all: readonly Span[], close: string): readonly Span[] =>
  all.filter(({ start }) => start < close);

/** The area under the curve up to a year, day by day from the beginning of each, and the last quarter of one. */
function firstYear(all: readonly Life[], { end: close }: Period): Value {
  const n = begun(all, close).length;
  if (afterAYear(all, { name: '', start: '', end: close }).value === null) return { value: null, n };
  const share = left(all, close);
  let area = 0.25 * share(365);
  for (let age = 0; age < 365; age++) area += share(age);
  return { value: area / 30.4375, n };
}

/** The share that is left after a year; null where nobody was watched for so long. */
export function afterAYear(all: readonly Span[], { end: close }: Period): Value {
  const longest = Math.max(
    ...begun(all, close).map(({ start, end }) => daysTo(start, end < close ? end : close)),
  );
  return { value: longest < 365.25 ? null : left(all, close)(365.25), n: begun(all, close).length };
}

interface Buyer {
  readonly size: string;
  readonly first: string;
  readonly bought: readonly { readonly day: string; readonly amount: number }[];
}

function buyers({ invoices }: SaasTables): readonly Buyer[] {
  return [...new Set(invoices.map(({ account }) => account))].map((account) => {
    const own = invoices.filter((invoice) => invoice.account === account);
    const days = own.map(({ issued }) => issued).sort();
    return {
      size: own[0]?.size ?? '',
      first: days[0] ?? '',
      bought: own.map(({ issued, amount }) => ({ day: issued, amount })),
    };
  });
}

/** The mean of what was bought before `until`, over the buyers for whom that is a day up to the close. */
const meanOf =
  (until: (buyer: Buyer, period: Period) => string) =>
  (all: readonly Buyer[], period: Period): Value => {
    const known = all.filter((buyer) => buyer.first < period.end && until(buyer, period) <= period.end);
    const sums = known.map((buyer) =>
      buyer.bought
        .filter(({ day }) => day < until(buyer, period))
        .reduce((sum, { amount }) => sum + amount, 0),
    );
    return { value: sums.length === 0 ? null : sums.reduce((a, b) => a + b) / sums.length, n: sums.length };
  };

const nextYear = (day: string): string => `${Number(day.slice(0, 4)) + 1}${day.slice(4)}`;

/** The accounts of some first rows in a period, and whether any of these leads on. Their groups never change. */
function converted<Row extends { readonly account: string; readonly day: string }>(
  rows: readonly Row[],
  { start, end }: Period,
  leads: (row: Row) => boolean,
): Value {
  const inPeriod = rows.filter(({ day }) => day >= start && day < end);
  const accounts = [...new Set(inPeriod.map(({ account }) => account))];
  const done = accounts.filter((account) => inPeriod.some((row) => row.account === account && leads(row)));
  return { value: accounts.length === 0 ? null : done.length / accounts.length, n: accounts.length };
}

function eventsByAccount(events: readonly EventRow[]): ReadonlyMap<string, readonly EventRow[]> {
  const found = new Map<string, EventRow[]>();
  for (const event of events) {
    const own = found.get(event.account);
    if (own === undefined) found.set(event.account, [event]);
    else own.push(event);
  }
  return found;
}

/** The path from the rota board to time sheets to payroll, each at or after the one before, within 60 days. */
function leadsToPayroll(events: readonly EventRow[]): (row: EventRow) => boolean {
  const byAccount = eventsByAccount(events);
  return (row) => {
    const own = byAccount.get(row.account) ?? [];
    const until = row.at + 60 * DAY;
    return own.some(
      (second) =>
        second.feature === 'timesheets' &&
        second.at >= row.at &&
        second.at <= until &&
        own.some((third) => third.feature === 'payroll_export' && third.at >= second.at && third.at <= until),
    );
  };
}

/** How long accounts stay, as in `lifetime.metrics.yaml`. */
export function tenures({ spells }: SaasTables): readonly OracleSeries[] {
  const customers = lives(spells);
  return [
    ...series('first_year_as_customer', MONTHS, customers, ofSize, firstYear),
    ...series('customers_after_a_year', MONTHS, customers, ofSize, afterAYear),
  ];
}

const ofSize = { company_size: (item: { readonly size: string }) => item.size };

/** The series of `lifetime.metrics.yaml`. */
export function gathered(tables: SaasTables): readonly OracleSeries[] {
  const { accounts, events } = tables;
  const boards = events.filter(({ feature }) => feature === 'rota_board');
  const leads = leadsToPayroll(events);
  const byAccount = eventsByAccount(events);
  const used = (row: { readonly account: string; readonly day: string }): boolean =>
    (byAccount.get(row.account) ?? []).some(({ day }) => day >= row.day && day <= dayAfter(row.day, 30));
  return [
    ...tenures(tables),
    ...series(
      'lifetime_value',
      MONTHS,
      buyers(tables),
      ofSize,
      meanOf((_, period) => period.end),
    ),
    ...series(
      'first_year_value',
      MONTHS,
      buyers(tables),
      ofSize,
      meanOf(({ first }) => nextYear(first)),
    ),
    ...series(
      'activation',
      MONTHS,
      accounts,
      { ...ofSize, channel: ({ channel }) => channel },
      (own, period) => converted(own, period, used),
    ),
    ...series('rota_to_payroll', MONTHS, boards, ofSize, (own, period) => converted(own, period, leads)),
  ];
}
