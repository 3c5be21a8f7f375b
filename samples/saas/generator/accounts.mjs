// Who the customers are: the accounts, and the people at Rotamill who look after them.

import { dateText, MONTHS, monthStart } from '../../generator/calendar.mjs';
import { between, carrying, pick, pickWeighted, shuffled } from '../../generator/random.mjs';
import { ACCOUNTS, BETA_ACCOUNTS, DAYS_TO_ADOPT, SIGN_UPS, SIZES, USERS } from './story.mjs';

const INDUSTRIES = {
  hospitality: 26,
  retail: 24,
  healthcare: 18,
  logistics: 14,
  manufacturing: 10,
  education: 8,
};
const COUNTRIES = { GB: 34, DE: 18, FR: 13, NL: 10, IE: 9, ES: 8, SE: 5, US: 3 };
const CHANNELS = { organic: 34, referral: 22, paid_search: 20, partner: 14, outbound: 10 };

const FIRST =
  `Alder Ashby Bracken Brandt Calder Carrick Côté Dahl Dorset Eklund Fenwick Finch Garrick Hallam Heron
  Ibsen Juniper Keller Kestrel Larkin Linden Marlow Müller Norrby Oakley Ortega Peregrine Quill Renard Rowan
  Saffron Sørby Tamsin Thistle Upton Valette Wexford Wren Yarrow Zander`.split(/\s+/);
const NOUNS = {
  hospitality: ['Hotels', 'Kitchens', 'Inns', 'Cafés'],
  retail: ['Stores', 'Market', 'Outfitters', 'Garden Centres'],
  healthcare: ['Clinics', 'Home Care', 'Dental', 'Physio'],
  logistics: ['Haulage', 'Couriers', 'Freight', 'Cold Storage'],
  manufacturing: ['Foods', 'Joinery', 'Textiles', 'Castings'],
  education: ['Schools', 'Nurseries', 'Academy', 'Tutors'],
};

/** The people who look after accounts; `C00` is the desk that all small accounts share. */
export const CSMS = [
  { csm_id: 'C00', name: 'Customer desk', team: 'pooled', capacity: 400 },
  { csm_id: 'C01', name: 'Amara Obi', team: 'growth', capacity: 40 },
  { csm_id: 'C02', name: 'Jonas Wieck', team: 'growth', capacity: 40 },
  { csm_id: 'C03', name: 'Lucía Prado', team: 'growth', capacity: 35 },
  { csm_id: 'C04', name: 'Tom Ashdown', team: 'strategic', capacity: 20 },
  { csm_id: 'C05', name: 'Ingrid Moe', team: 'strategic', capacity: 20 },
  { csm_id: 'C06', name: 'Sofia Brandão', team: 'strategic', capacity: 15 },
];

/** All accounts in the order in which they signed up. */
export function makeAccounts(random, scale) {
  const beta = Math.round(BETA_ACCOUNTS * scale);
  const later = Math.max(0, Math.round(ACCOUNTS * scale) - beta);
  const days = [...betaDays(random, beta), ...laterDays(random, later)];
  const decks = { beta: sizeDeck(random, 'beta'), later: sizeDeck(random, 'later') };
  const names = new Set();
  return days.map((day, index) => {
    const size = decks[index < beta ? 'beta' : 'later']();
    return makeAccount(random, { number: index + 1, day, size, names });
  });
}

function makeAccount(random, { number, day, size, names }) {
  const industry = pickWeighted(random, INDUSTRIES);
  const [fewest, most] = SIZES[size].employees;
  const skew = random() * random();
  return {
    number,
    size,
    name: makeName(random, industry, names),
    industry,
    country: pickWeighted(random, COUNTRIES),
    employees: fewest + Math.floor(skew * (most - fewest + 1)),
    signedUp: day,
    channel: pickWeighted(random, CHANNELS),
    csm: pickCsm(random, size),
    users: between(random, 1, USERS[size]),
    daysToAdopt: Math.floor(random() * DAYS_TO_ADOPT[size]),
  };
}

function makeName(random, industry, names) {
  for (let attempt = 0; ; attempt += 1) {
    const [first, second] = shuffled(random, FIRST);
    const noun = pick(random, NOUNS[industry]);
    const style = random();
    let name = `${first} ${noun}`;
    if (style < 0.05) name = `${first}, ${second} & Co ${noun}`;
    else if (style < 0.06) name = `The "Old ${first}" ${noun}`;
    else if (style < 0.6) name = `${first} & ${second} ${noun}`;
    if (!names.has(name) || attempt === 20) {
      names.add(name);
      return name;
    }
  }
}

function pickCsm(random, size) {
  if (size === 'small') return 'C00';
  return pick(random, size === 'mid_market' ? ['C01', 'C02', 'C03'] : ['C04', 'C05', 'C06']);
}

/** Deals sizes from a shuffled deck of 100, so that the mix is right in every stretch and not only on average. */
function sizeDeck(random, when) {
  const sizes = Object.entries(SIZES).flatMap(([size, shares]) => Array(shares[when]).fill(size));
  let deck = [];
  return () => {
    if (deck.length === 0) deck = shuffled(random, sizes);
    return deck.pop();
  };
}

function betaDays(random, count) {
  return Array.from({ length: count }, () => between(random, 0, 4)).sort((a, b) => a - b);
}

function laterDays(random, count) {
  const total = SIGN_UPS.reduce((sum, monthly) => sum + monthly, 0);
  const take = carrying();
  const days = [];
  for (let month = 0; month < MONTHS; month += 1) {
    const first = month === 0 ? 5 : monthStart(month);
    const number = take((count * SIGN_UPS[month]) / total);
    const inMonth = Array.from({ length: number }, () => between(random, first, monthStart(month + 1) - 1));
    days.push(...inMonth.sort((a, b) => a - b));
  }
  return days;
}

/** `A0001`. Numbers above 9,999 simply grow longer. */
export function accountId(account) {
  return `A${String(account.number).padStart(4, '0')}`;
}

export const ACCOUNT_COLUMNS =
  'account_id,name,industry,country,employees,signed_up_on,acquisition_channel,csm_id'.split(',');

export function* accountRows(accounts) {
  for (const account of accounts) {
    const { name, industry, country, employees, signedUp, channel, csm } = account;
    yield [accountId(account), name, industry, country, employees, dateText(signedUp), channel, csm];
  }
}

export const CSM_COLUMNS = ['csm_id', 'name', 'team', 'capacity'];

export function* csmRows() {
  for (const csm of CSMS) yield CSM_COLUMNS.map((column) => csm[column]);
}
