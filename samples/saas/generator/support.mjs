// What the customers ask: tickets at the help desk.

import { END, londonTime, MONTHS, monthStart, naiveText, weekday } from '../../generator/calendar.mjs';
import { between, carrying, drawFrom, pick, pickWeighted } from '../../generator/random.mjs';
import { accountId } from './accounts.mjs';
import * as story from './story.mjs';

/** Seconds after midnight: mostly office hours, and the evenings of hotels and restaurants. */
const TIME_OF_DAY = [
  [0, 0],
  [0.04, 25_200],
  [0.3, 36_000],
  [0.6, 46_800],
  [0.85, 61_200],
  [0.95, 75_600],
  [1, 86_399],
];

/** An instant on a day in London. */
export function someTime(random, day) {
  return londonTime(day, Math.floor(drawFrom(random, TIME_OF_DAY)));
}

/** Accounts alive at the start of a day, by size. */
export function aliveBySize(accounts, day) {
  const alive = Object.fromEntries(Object.keys(story.SIZES).map((size) => [size, []]));
  for (const account of accounts) {
    const isAlive = account.spells.some(({ start, end }) => start <= day && (end === null || end > day));
    if (isAlive) alive[account.size].push(account);
  }
  return alive;
}

/** Tickets in the order in which they were opened; what had not happened by the end of the data is null. */
export function makeTickets(random, accounts) {
  const takes = Object.fromEntries(Object.keys(story.SIZES).map((size) => [size, carrying()]));
  const tickets = [];
  for (let month = 0; month < MONTHS; month += 1) {
    const alive = aliveBySize(accounts, monthStart(month) + 14);
    for (const [size, own] of Object.entries(alive)) {
      const number = own.length === 0 ? 0 : takes[size](own.length * story.TICKETS[size]);
      for (let index = 0; index < number; index += 1) {
        const account = pick(random, own);
        tickets.push(
          makeTicket(random, account, { month, day: someWeekday(random, month, account.signedUp) }),
        );
      }
    }
  }
  return tickets.sort((a, b) => a.opened - b.opened || a.account.number - b.account.number);
}

/** A day of the month, not before `earliest`; few tickets are opened at weekends. */
function someWeekday(random, month, earliest) {
  for (;;) {
    const day = between(random, Math.max(monthStart(month), earliest), monthStart(month + 1) - 1);
    if (weekday(day) <= 5 || random() < 0.3) return day;
  }
}

function makeTicket(random, account, { month, day }) {
  const afterChange = month >= story.PRICE_CHANGE && month <= story.PRICE_CHANGE + 2;
  const priority = pickWeighted(random, story.PRIORITIES);
  const slower = month === story.STAFFING_GAP ? story.GAP_FACTOR : 1;
  const minutes = story.MEDIAN_REPLY[priority] * drawFrom(random, story.REPLY_SPREAD) * slower;
  const opened = someTime(random, day);
  const replied = opened + Math.round(minutes * 60) * 1000;
  const solved = replied + Math.round(drawFrom(random, story.SOLVE_HOURS) * 3600) * 1000;
  return {
    account,
    month,
    opened,
    replied: replied < END ? replied : null,
    solved: solved < END ? solved : null,
    priority,
    category: pickWeighted(random, afterChange ? story.CATEGORIES_AFTER_PRICE_CHANGE : story.CATEGORIES),
    reopened: random() < (month === story.STAFFING_GAP ? 0.14 : 0.07),
  };
}

export const TICKET_COLUMNS =
  'ticket_id,account_id,opened_at,first_reply_at,solved_at,priority,category,reopened'.split(',');

export function* ticketRows(tickets) {
  for (const [index, ticket] of tickets.entries()) {
    const { account, opened, replied, solved, priority, category, reopened } = ticket;
    const times = [opened, replied, solved].map((time) => (time === null ? '' : naiveText(time)));
    yield [
      `T${String(index + 1).padStart(5, '0')}`,
      accountId(account),
      ...times,
      priority,
      category,
      reopened,
    ];
  }
}
