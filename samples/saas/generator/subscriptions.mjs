// What the customers buy: spells of subscription, month after month, and the invoices that follow from them.

import { DAYS, dateText, MONTHS, monthStart } from '../../generator/calendar.mjs';
import { between, carrying, drawFrom, pickWeighted, shuffled } from '../../generator/random.mjs';
import { accountId } from './accounts.mjs';
import * as story from './story.mjs';

/**
 * All spells in the order in which they began. A spell is `{ account, plan, seats, mrr, start, end, reason }`, in
 * days and euro cents; `end` is the first day without it, and null while it runs. A change of plan or of price ends one
 * spell and starts the next on the same day. Each account keeps the list of its own as `account.spells`.
 */
export function makeSubscriptions(random, accounts) {
  const market = { random, spells: [], takes: {}, bySize: Object.keys(story.SIZES) };
  for (const account of accounts) account.spells = [];
  let next = 0;
  for (let month = 0; month < MONTHS; month += 1) {
    if (month === story.PRICE_CHANGE) raisePrices(market, accounts.slice(0, next), month);
    const customers = shuffled(random, accounts.slice(0, next).filter(isCustomer));
    const staying = cancelSome(market, customers, month);
    changeSomePlans(market, staying, month);
    winSomeBack(market, accounts.slice(0, next), month);
    while (next < accounts.length && accounts[next].signedUp < monthStart(month + 1)) {
      buy(market, accounts[next], accounts[next].signedUp);
      next += 1;
    }
  }
  giveNotice(market, accounts);
  return market.spells.sort((a, b) => a.start - b.start || a.account.number - b.account.number);
}

function currentSpell(account) {
  return account.spells[account.spells.length - 1];
}

function isCustomer(account) {
  return currentSpell(account)?.end === null;
}

/** A count that carries its rest from month to month, one for each name. */
function take(market, name, expected) {
  market.takes[name] ??= carrying();
  return market.takes[name](expected);
}

function begin(market, account, { plan, seats, start }) {
  const prices = start >= monthStart(story.PRICE_CHANGE) ? story.NEW_PRICES : story.PRICES;
  const spell = { account, plan, seats, mrr: seats * prices[plan], start, end: null, reason: '' };
  account.spells.push(spell);
  market.spells.push(spell);
}

function end(spell, day, reason) {
  spell.end = day;
  spell.reason = reason;
}

function buy(market, account, start) {
  const plan = pickWeighted(market.random, story.PLANS[account.size]);
  const share = 0.35 + 0.5 * market.random();
  begin(market, account, { plan, seats: Math.max(3, Math.round(account.employees * share)), start });
}

function raisePrices(market, accounts, month) {
  for (const account of accounts.filter(isCustomer)) {
    const { plan, seats } = currentSpell(account);
    end(currentSpell(account), monthStart(month), 'price_change');
    begin(market, account, { plan, seats, start: monthStart(month) });
  }
}

/** Any day of the month but the first, so that no spell ends on the day it began. */
function someDay(market, month) {
  return between(market.random, monthStart(month) + 1, monthStart(month + 1) - 1);
}

function cancelSome(market, customers, month) {
  const afterChange = month >= story.PRICE_CHANGE + 1 && month <= story.PRICE_CHANGE + 3;
  const leaving = new Set();
  for (const size of market.bySize) {
    const own = customers.filter((account) => account.size === size);
    const number = take(market, `cancel ${size}`, own.length * story.cancellationRate(size, month));
    for (const account of own.slice(0, number)) leaving.add(account);
  }
  for (const account of leaving) {
    const reasons =
      afterChange && account.size === 'small' ? story.REASONS_AFTER_PRICE_CHANGE : story.REASONS;
    end(currentSpell(account), someDay(market, month), pickWeighted(market.random, reasons));
  }
  return customers.filter((account) => !leaving.has(account));
}

function changeSomePlans(market, customers, month) {
  const number = take(market, 'change', customers.length * story.PLAN_CHANGE_RATE);
  for (const account of customers.slice(0, number)) {
    const { plan, seats } = currentSpell(account);
    const day = someDay(market, month);
    const step = market.random() < 0.7 ? 1 : -1;
    const rung = Math.min(story.LADDER.length - 1, Math.max(0, story.LADDER.indexOf(plan) + step));
    const factor = step === 1 ? 1.25 : 0.8;
    end(currentSpell(account), day, 'plan_change');
    begin(market, account, {
      plan: story.LADDER[rung],
      seats: Math.max(3, Math.round(seats * factor)),
      start: day,
    });
  }
}

/** Accounts that left at least six weeks ago may come back. */
function winSomeBack(market, accounts, month) {
  const gone = accounts.filter(
    (account) => !isCustomer(account) && currentSpell(account).end < monthStart(month) - 42,
  );
  const number = take(market, 'win back', gone.length * story.WIN_BACK_RATE);
  for (const account of shuffled(market.random, gone).slice(0, number)) {
    const { plan, seats } = currentSpell(account);
    begin(market, account, { plan, seats, start: someDay(market, month) });
  }
}

/** Some have cancelled for a day after the end of the data: they are customers still. */
function giveNotice(market, accounts) {
  const customers = shuffled(market.random, accounts.filter(isCustomer)).slice(0, story.NOTICE_GIVEN);
  for (const account of customers)
    end(currentSpell(account), DAYS + between(market.random, 4, 30), 'competitor');
}

export const SUBSCRIPTION_COLUMNS =
  'subscription_id,account_id,plan,seats,mrr,started_on,ended_on,ended_because'.split(',');

/** `S00001`, by the order of the spells. */
function subscriptionId(index) {
  return `S${String(index + 1).padStart(5, '0')}`;
}

export function* subscriptionRows(spells) {
  for (const [index, { account, plan, seats, mrr, start, end, reason }] of spells.entries()) {
    const until = end === null ? '' : dateText(end);
    yield [
      subscriptionId(index),
      accountId(account),
      plan,
      seats,
      euros(mrr),
      dateText(start),
      until,
      reason,
    ];
  }
}

/** `79.00` from 7900 cents. */
function euros(cents) {
  return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
}

/** Days from issue to payment: small accounts pay by card, larger ones by transfer and sometimes late. */
const PAYMENT_DAYS = {
  small: [
    [0, 0],
    [0.7, 1],
    [0.95, 8],
    [1, 40],
  ],
  mid_market: [
    [0, 2],
    [0.5, 9],
    [0.88, 14],
    [1, 45],
  ],
  enterprise: [
    [0, 5],
    [0.5, 12],
    [0.72, 15],
    [1, 50],
  ],
};
const NEVER_PAID = 0.006;

/**
 * Invoices in the order of issue. Every spell is invoiced in advance on the first of each month; the first invoice of a
 * new customer covers the rest of the month. Changes within a month are billed from the next first on.
 */
export function makeInvoices(random, spells) {
  const invoices = [];
  for (const [index, spell] of spells.entries()) {
    const touches = spell.account.spells.some((other) => other.end === spell.start);
    for (let month = 0; month < MONTHS; month += 1) {
      const [first, next] = [monthStart(month), monthStart(month + 1)];
      const isRunning = spell.start <= first && (spell.end === null || spell.end > first);
      const isFirst = !touches && spell.start > first && spell.start < next;
      if (!isRunning && !isFirst) continue;
      const issued = isFirst ? spell.start : first;
      const amount = Math.round((spell.mrr * (next - issued)) / (next - first));
      const delay = Math.floor(drawFrom(random, PAYMENT_DAYS[spell.account.size]));
      const paid = random() < NEVER_PAID || issued + delay >= DAYS ? null : issued + delay;
      invoices.push({ spell: index, issued, amount, paid });
    }
  }
  return invoices.sort((a, b) => a.issued - b.issued || a.spell - b.spell);
}

export const INVOICE_COLUMNS = ['invoice_id', 'subscription_id', 'issued_on', 'amount', 'paid_on'];

export function* invoiceRows(invoices) {
  for (const [index, { spell, issued, amount, paid }] of invoices.entries()) {
    const id = `I${String(index + 1).padStart(5, '0')}`;
    yield [id, subscriptionId(spell), dateText(issued), euros(amount), paid === null ? '' : dateText(paid)];
  }
}
