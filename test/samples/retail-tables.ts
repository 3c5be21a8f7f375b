import { type CsvRow, cell, readTables, type Tables } from '../kit/csv-tables.ts';
import { londonDay, londonMidnight } from './london-day.ts';

/**
 * The tables of `samples/retail`, read with nothing of Plumbline: rows set aside by the format's rules (exact duplicates, missing times,
 * spells that end before they start) are left out here by hand, and days are those of London. Money is in pounds.
 */
export interface RetailTables {
  readonly customers: readonly (OfCustomer & { readonly day: string })[];
  readonly orders: readonly OrderRow[];
  readonly lines: readonly LineRow[];
  readonly memberships: readonly MembershipRow[];
  readonly spend: readonly SpendRow[];
  readonly events: readonly EventRow[];
  readonly answers: readonly AnswerRow[];
  readonly contacts: readonly ContactRow[];
  readonly reviews: readonly ReviewRow[];
  readonly feedback: readonly FeedbackRow[];
  readonly dealings: readonly DealingRow[];
}

/** A row that belongs to a customer, with the customer's groups; `(none)` where they are not known. */
export interface OfCustomer {
  readonly customer: string;
  readonly kind: string;
  readonly age: string;
  readonly region: string;
  readonly channel: string;
}

export interface OrderRow extends OfCustomer {
  readonly order: string;
  readonly login: string;
  readonly day: string;
  /** Empty while it is on its way. */
  readonly delivered: string;
  readonly isFirst: boolean;
}

/** `amount` is what was paid, `revenue` what stayed, `margin` what is left of that after the standard cost of the goods. */
export interface LineRow extends OrderRow {
  readonly category: string;
  readonly tier: string;
  readonly isReturned: boolean;
  readonly amount: number;
  readonly revenue: number;
  readonly margin: number;
}

/** `end` is the first day without it, and later than every date where it lasts. */
export interface MembershipRow extends OfCustomer {
  readonly start: string;
  readonly end: string;
  readonly reason: string;
}

export interface SpendRow {
  readonly day: string;
  readonly channel: string;
  readonly amount: number;
}

export interface EventRow {
  readonly visitor: string;
  readonly step: string;
  readonly device: string;
  readonly day: string;
  /** The instant, in milliseconds. */
  readonly at: number;
}

export interface AnswerRow extends OfCustomer {
  readonly survey: string;
  readonly score: number;
  readonly day: string;
}

export interface ContactRow extends OfCustomer {
  readonly issue: string;
  readonly topic: string;
  readonly day: string;
  readonly isResolved: boolean;
}

export interface ReviewRow extends OfCustomer {
  readonly stars: number;
  readonly category: string;
  readonly day: string;
}

/** `source` is the table it stands in; `waited` is how many days it took to reply, null where nobody did. */
export interface FeedbackRow extends OfCustomer {
  readonly source: string;
  readonly mood: string;
  readonly day: string;
  readonly waited: number | null;
}

/** `profit` is null where the standard costs of the customer are not known. */
export interface DealingRow extends OfCustomer {
  readonly day: string;
  readonly profit: number | null;
}

const NEVER = '9999-12-31';
const DAY = 86_400_000;

/** Reads the tables from the sample's folder of data. A missing file throws, as the tests cannot go on without it. */
export function readRetailTables(folder: string): RetailTables {
  return retailTables(readTables(folder));
}

/** The rows of the tables with what belongs to them: groups, days and money. */
export function retailTables(read: Tables): RetailTables {
  const customers = new Map(read('customers').map((row) => [cell(row, 'customer_id'), row]));
  const of = (id: string): OfCustomer => ofCustomer(id, customers.get(id));
  const orders = ordersOf(read, of);
  const lines = linesOf(read, orders);
  const contacts = read('contacts').map((row) => contactOf(row, of(cell(row, 'customer_id'))));
  return {
    customers: read('customers').map((row) => ({
      ...of(cell(row, 'customer_id')),
      day: cell(row, 'joined_on'),
    })),
    orders: [...orders.values()],
    lines,
    memberships: read('memberships')
      .map((row) => membershipOf(row, of(cell(row, 'customer_id'))))
      .filter(({ start, end }) => end > start),
    spend: read('marketing_spend').map((row) => ({
      day: cell(row, 'month'),
      channel: cell(row, 'channel'),
      amount: Number(cell(row, 'amount')),
    })),
    events: read('site_events').map(eventOf),
    answers: timedAnswers(read).map((row) => answerOf(row, found(orders, cell(row, 'order_id')))),
    contacts,
    reviews: reviewsOf(read, of),
    feedback: feedbackOf(read, of, orders),
    dealings: dealingsOf(read, { orders: [...orders.values()], lines, contacts }),
  };
}

function ofCustomer(customer: string, row: CsvRow | undefined): OfCustomer {
  const group = (column: string): string => (row === undefined ? '' : cell(row, column)) || '(none)';
  return {
    customer,
    kind: group('kind'),
    age: group('age_band'),
    region: group('region'),
    channel: group('channel'),
  };
}

function found<Value>(map: ReadonlyMap<string, Value>, key: string): Value {
  const value = map.get(key);
  if (value === undefined) throw new Error(`There is no ${key}.`);
  return value;
}

function ordersOf(read: Tables, of: (id: string) => OfCustomer): ReadonlyMap<string, OrderRow> {
  const first = new Map<string, string>();
  for (const row of read('orders')) {
    const [id, day] = [cell(row, 'customer_id'), cell(row, 'ordered_on')];
    if (day < (first.get(id) ?? NEVER)) first.set(id, day);
  }
  return new Map(
    read('orders').map((row) => {
      const [order, customer] = [cell(row, 'order_id'), cell(row, 'customer_id')];
      const day = cell(row, 'ordered_on');
      const delivered = cell(row, 'delivered_on');
      const isFirst = day === first.get(customer);
      return [order, { ...of(customer), order, login: cell(row, 'ordered_by'), day, delivered, isFirst }];
    }),
  );
}

function linesOf(read: Tables, orders: ReadonlyMap<string, OrderRow>): readonly LineRow[] {
  const products = new Map(read('products').map((row) => [cell(row, 'product_id'), row]));
  return read('order_lines').map((row) => {
    const product = found(products, cell(row, 'product_id'));
    const quantity = Number(cell(row, 'quantity'));
    const amount = quantity * Number(cell(row, 'price'));
    const isReturned = cell(row, 'returned_on') !== '';
    const revenue = isReturned ? 0 : amount;
    return {
      ...found(orders, cell(row, 'order_id')),
      category: cell(product, 'category'),
      tier: cell(product, 'tier'),
      isReturned,
      amount,
      revenue,
      margin: revenue - quantity * Number(cell(product, 'unit_cost')),
    };
  });
}

function membershipOf(row: CsvRow, customer: OfCustomer): MembershipRow {
  return {
    ...customer,
    start: cell(row, 'joined_on'),
    end: cell(row, 'left_on') || NEVER,
    reason: cell(row, 'left_because') || '(none)',
  };
}

function eventOf(row: CsvRow): EventRow {
  return {
    visitor: cell(row, 'visitor_id'),
    step: cell(row, 'step'),
    device: cell(row, 'device'),
    day: londonDay(cell(row, 'at')),
    at: Date.parse(cell(row, 'at')),
  };
}

function timedAnswers(read: Tables): readonly CsvRow[] {
  return read('survey_answers').filter((row) => cell(row, 'answered_at') !== '');
}

function answerOf(row: CsvRow, { customer, kind, age, region, channel }: OrderRow): AnswerRow {
  return {
    ...{ customer, kind, age, region, channel },
    survey: cell(row, 'survey'),
    score: Number(cell(row, 'score')),
    day: londonDay(cell(row, 'answered_at')),
  };
}

function contactOf(row: CsvRow, customer: OfCustomer): ContactRow {
  return {
    ...customer,
    issue: cell(row, 'issue_id'),
    topic: cell(row, 'topic'),
    day: londonDay(utc(cell(row, 'contacted_at'))),
    isResolved: cell(row, 'resolved') === 'true',
  };
}

function reviewsOf(read: Tables, of: (id: string) => OfCustomer): readonly ReviewRow[] {
  const products = new Map(read('products').map((row) => [cell(row, 'product_id'), cell(row, 'category')]));
  return read('reviews').map((row) => ({
    ...of(cell(row, 'customer_id')),
    stars: Number(cell(row, 'stars')),
    category: found(products, cell(row, 'product_id')),
    day: cell(row, 'posted_on'),
  }));
}

/** The three tables one below the other, without the rows in which nothing was written. */
function feedbackOf(
  read: Tables,
  of: (id: string) => OfCustomer,
  orders: ReadonlyMap<string, OrderRow>,
): readonly FeedbackRow[] {
  const rowsOf = (
    source: string,
    rows: readonly CsvRow[],
    [at, replied]: readonly [string, string],
    customerOf: (row: CsvRow) => string,
    clock: (text: string) => string = (text) => text,
  ): readonly FeedbackRow[] =>
    rows.map((row) => {
      const [time, reply] = [clock(cell(row, at)), cell(row, replied)];
      const waited = reply === '' ? null : (instantOf(clock(reply)) - instantOf(time)) / DAY;
      const day = time.length > 10 ? londonDay(time) : time;
      return { ...of(customerOf(row)), source, mood: cell(row, 'sentiment'), day, waited };
    });
  const customerOf = (row: CsvRow): string => cell(row, 'customer_id');
  return [
    ...rowsOf(
      'survey_answers',
      timedAnswers(read),
      ['answered_at', 'followed_up_at'],
      (row) => found(orders, cell(row, 'order_id')).customer,
    ),
    ...rowsOf('contacts', read('contacts'), ['contacted_at', 'answered_at'], customerOf, utc),
    ...rowsOf('reviews', read('reviews'), ['posted_on', 'answered_on'], customerOf),
  ].filter(({ mood }) => mood !== '');
}

/** Orders with what is left of their lines after the cost of the parcel, and contacts with their cost. */
function dealingsOf(
  read: Tables,
  { orders, lines, contacts }: Pick<RetailTables, 'orders' | 'lines' | 'contacts'>,
): readonly DealingRow[] {
  const costs = new Map(
    read('serving_costs').map((row) => [`${cell(row, 'kind')} ${cell(row, 'region')}`, row]),
  );
  const costOf = ({ kind, region }: OfCustomer, column: string): number | null => {
    const row = costs.get(`${kind} ${region}`);
    const text = row === undefined ? '' : cell(row, column);
    return text === '' ? null : Number(text);
  };
  const margins = new Map<string, number>();
  for (const { order, margin } of lines) margins.set(order, (margins.get(order) ?? 0) + margin);
  return [
    ...orders.map((row) => {
      const cost = costOf(row, 'cost_per_order');
      return { ...row, profit: cost === null ? null : found(margins, row.order) - cost };
    }),
    ...contacts.map((row) => {
      const cost = costOf(row, 'cost_per_contact');
      return { ...row, profit: cost === null ? null : -cost };
    }),
  ];
}

/** A day stands for its first moment. */
function instantOf(time: string): number {
  return time.length > 10 ? Date.parse(time) : londonMidnight(time);
}

/** The help desk writes `2025-01-07 09:00:00` and means UTC. */
function utc(text: string): string {
  return `${text.replace(' ', 'T')}Z`;
}
