// What the customers do: events of the product, made one day at a time so that ten million need no more memory than ten.

import { DAYS, dateText, instantText, weekday } from '../../generator/calendar.mjs';
import { between, pickWeighted } from '../../generator/random.mjs';
import { accountId } from './accounts.mjs';
import * as story from './story.mjs';
import { someTime } from './support.mjs';

export const EVENT_COLUMNS = ['event_id', 'account_id', 'user_id', 'feature', 'occurred_at', 'failed'];

/**
 * Exactly `total` rows in the order of time. They are spread over days by the use that the customers make of the product. What fails is
 * drawn from a stream of its own, `luck`.
 */
export function* eventRows(random, luck, accounts, total) {
  const launch = Array.from({ length: DAYS }, (_, day) => day).find(
    (day) => dateText(day) === story.LAUNCH_DATE,
  );
  const weights = Array.from({ length: DAYS }, (_, day) => dayWeight(accounts, day));
  const sum = weights.reduce((before, weight) => before + weight, 0);
  let made = 0;
  let running = 0;
  for (let day = 0; day < DAYS; day += 1) {
    running += weights[day];
    const due = day === DAYS - 1 ? total : Math.floor((total * running) / sum);
    if (due === made) continue;
    const users = usersOfDay(accounts, day);
    const events = Array.from({ length: due - made }, () => makeEvent(random, users, { day, launch }));
    for (const { time, account, user, feature } of events.sort((a, b) => a.time - b.time)) {
      made += 1;
      const id = accountId(account);
      const person = `U${id.slice(1)}-${String(user).padStart(2, '0')}`;
      const failed = luck() < story.FAILURES[feature];
      yield [`E${String(made).padStart(5, '0')}`, id, person, feature, instantText(time), failed];
    }
  }
}

function isAlive(account, day) {
  return account.spells.some(({ start, end }) => start <= day && (end === null || end > day));
}

function dayWeight(accounts, day) {
  let use = 0;
  for (const account of accounts) if (isAlive(account, day)) use += story.USE[account.size];
  return use * story.WEEK[weekday(day) - 1];
}

/** The accounts of a day with the running sum of their use, to draw one by weight in a few steps. */
function usersOfDay(accounts, day) {
  const alive = accounts.filter((account) => isAlive(account, day));
  const sums = [];
  let sum = 0;
  for (const account of alive) {
    sum += story.USE[account.size];
    sums.push(sum);
  }
  return { alive, sums, sum };
}

function drawAccount(random, { alive, sums, sum }) {
  const goal = random() * sum;
  let low = 0;
  let high = alive.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sums[middle] > goal) high = middle;
    else low = middle + 1;
  }
  return alive[low];
}

function makeEvent(random, users, { day, launch }) {
  const account = drawAccount(random, users);
  const hasAdopted = day >= launch && day >= Math.max(launch, account.signedUp) + account.daysToAdopt;
  const usesNew = hasAdopted && random() < story.NEW_FEATURE_SHARE;
  return {
    account,
    user: between(random, 1, account.users),
    feature: usesNew ? 'auto_rota' : pickWeighted(random, story.FEATURES),
    time: someTime(random, day),
  };
}
