// Who the customers are, and who of them is in the club.
import { DAYS, dateText, MONTHS, monthStart } from '../../generator/calendar.mjs';
import { between, carrying, drawFrom, pickWeighted, shuffled } from '../../generator/random.mjs';
import * as story from './story.mjs';

/** All customers in the order in which they opened an account. Days are whole numbers; `first` is null where nothing is ever ordered. */
export function makeCustomers(random, scale) {
  const total = story.JOINING.reduce((sum, monthly) => sum + monthly, 0);
  const take = carrying();
  const takeAds = carrying();
  const deck = kindDeck(random);
  const customers = [];
  for (let month = 0; month < MONTHS; month += 1) {
    const number = take((story.CUSTOMERS * scale * story.JOINING[month]) / total);
    const days = Array.from({ length: number }, () =>
      between(random, monthStart(month), monthStart(month + 1) - 1),
    );
    const ads = month >= story.ADS_BEGIN ? takeAds(number * story.ADS_SHARE) : 0;
    const isFromAds = shuffled(
      random,
      days.map((_, index) => index < ads),
    );
    for (const [index, day] of days.sort((a, b) => a - b).entries()) {
      const kind = isFromAds[index] ? 'home' : deck();
      customers.push(
        makeCustomer(random, { number: customers.length + 1, day, kind, isFromAds: isFromAds[index] }),
      );
    }
  }
  return customers;
}

function makeCustomer(random, { number, day, kind, isFromAds }) {
  const type = isFromAds ? 'ads' : kind;
  const orders = random() < story.EVER_ORDER[isFromAds ? 'ads' : 'usual'];
  const first = day + Math.floor(drawFrom(random, story.DAYS_TO_FIRST_ORDER));
  return {
    number,
    kind,
    type,
    joined: day,
    age: kind === 'home' ? pickWeighted(random, story.AGES) : '',
    region: pickWeighted(random, story.REGIONS),
    channel: isFromAds ? 'social_ads' : pickWeighted(random, story.CHANNELS),
    logins: between(random, 1, story.LOGINS[kind]),
    first: orders && first < DAYS ? first : null,
    last: first + Math.floor(drawFrom(random, story.LASTING[type])),
    memberships: [],
  };
}

/** Deals kinds from a shuffled deck of 100, so that the mix is right in every stretch and not only on average. */
function kindDeck(random) {
  const kinds = Object.entries(story.KINDS).flatMap(([kind, share]) => Array(share).fill(kind));
  let deck = [];
  return () => {
    if (deck.length === 0) deck = shuffled(random, kinds);
    return deck.pop();
  };
}

/** `C0001`. Numbers above 9,999 simply grow longer. */
export function customerId(customer) {
  return `C${String(customer.number).padStart(4, '0')}`;
}

export const CUSTOMER_COLUMNS = 'customer_id,kind,age_band,region,channel,joined_on'.split(',');

export function* customerRows(customers) {
  for (const customer of customers) {
    const { kind, age, region, channel, joined } = customer;
    yield [customerId(customer), kind, age, region, channel, dateText(joined)];
  }
}

/**
 * All spells of membership in the order in which they began: `{ customer, start, end, reason }`, where `end` is the first day without
 * it and null while it lasts. Each customer keeps the list of their own.
 */
export function makeMemberships(random, customers) {
  const spells = [];
  const takes = {};
  const take = (name, expected) => {
    takes[name] ??= carrying();
    return takes[name](expected);
  };
  for (let month = story.CLUB_BEGIN; month < MONTHS; month += 1) {
    const [first, next] = [monthStart(month), monthStart(month + 1)];
    const known = shuffled(
      random,
      customers.filter((one) => one.kind === 'home' && one.joined < first),
    );
    const members = known.filter((one) => one.memberships.at(-1)?.end === null);
    const after = month >= story.CLUB_FEE && month <= story.CLUB_FEE + 2;
    for (const age of Object.keys(story.AGES)) {
      const own = members.filter((one) => one.age === age);
      const rate = after ? story.CLUB_LEAVING_AFTER_FEE[age] : story.CLUB_LEAVING;
      for (const customer of own.slice(0, take(`leave ${age}`, own.length * rate))) {
        const reasons = after ? story.LEAVING_BECAUSE_OF_FEE : story.LEAVING_BECAUSE;
        Object.assign(customer.memberships.at(-1), {
          end: between(random, first + 1, next - 1),
          reason: pickWeighted(random, reasons),
        });
      }
    }
    const active = known.filter((one) => one.first !== null && one.first < first && one.last >= first);
    const fresh = active.filter((one) => one.memberships.length === 0 && one.type !== 'ads');
    const former = active.filter((one) => (one.memberships.at(-1)?.end ?? first) < first - 30);
    const joining = [
      ...fresh.slice(0, take('join', fresh.length * story.CLUB_JOINING)),
      ...former.slice(0, take('return', former.length * story.CLUB_RETURNING)),
    ];
    for (const customer of joining) {
      const spell = { customer, start: between(random, first + 1, next - 1), end: null, reason: '' };
      customer.memberships.push(spell);
      spells.push(spell);
    }
  }
  return spells.sort((a, b) => a.start - b.start || a.customer.number - b.customer.number);
}

/** Whether a customer is in the club on a day. */
export function isMember({ memberships }, day) {
  return memberships.some(({ start, end }) => start <= day && (end === null || end > day));
}

export const MEMBERSHIP_COLUMNS = 'membership_id,customer_id,joined_on,left_on,left_because'.split(',');

export function* membershipRows(spells) {
  for (const [index, { customer, start, end, reason }] of spells.entries()) {
    const id = `M${String(index + 1).padStart(4, '0')}`;
    yield [id, customerId(customer), dateText(start), end === null ? '' : dateText(end), reason];
  }
}
