// What the customers say: answers to three questions, in one file as the survey tool exports them.

import { DAYS, END, instantText, londonDay, MONTHS, monthStart } from '../../generator/calendar.mjs';
import { between, carrying, pick, pickWeighted, shuffled } from '../../generator/random.mjs';
import { accountId } from './accounts.mjs';
import * as story from './story.mjs';
import { aliveBySize, someTime } from './support.mjs';

/** All answers in the order of time: `{ account, survey, score, time, touchpoint }`. */
export function makeAnswers(random, accounts, tickets) {
  const answers = [
    ...npsAnswers(random, accounts),
    ...onboardingAnswers(random, accounts),
    ...supportAnswers(random, tickets),
  ];
  return answers
    .filter((answer) => answer.time < END)
    .sort((a, b) => a.time - b.time || a.account.number - b.account.number);
}

/** Once a quarter. Each size gets the score that the story gives it, to the nearest answer. */
function* npsAnswers(random, accounts) {
  for (let quarter = 0; quarter < MONTHS / 3; quarter += 1) {
    const first = monthStart(quarter * 3);
    const last = monthStart(quarter * 3 + 3) - 1;
    const alive = aliveBySize(accounts, first + 45);
    for (const [size, own] of Object.entries(alive)) {
      const number = own.length === 0 ? 0 : Math.round(own.length * story.NPS_ANSWERS[size][quarter]);
      const inApp = size === 'small' && quarter >= story.IN_APP_QUARTER;
      for (const score of npsScores(random, number, story.NPS_LEVEL[size][quarter])) {
        const account = pick(random, own);
        yield {
          account,
          survey: 'nps',
          score,
          time: someTime(random, between(random, Math.max(first, account.signedUp), last)),
          touchpoint: inApp && random() < 0.7 ? 'in_app' : 'email',
        };
      }
    }
  }
}

/** As many promoters and detractors as give the level, three in ten being passive. */
function npsScores(random, number, level) {
  const promoters = Math.round((number * (0.7 + level / 100)) / 2);
  const detractors = Math.round((number * (0.7 - level / 100)) / 2);
  return shuffled(
    random,
    Array.from({ length: number }, (_, index) => {
      if (index < promoters) return random() < 0.55 ? 10 : 9;
      if (index < promoters + detractors)
        return Number(pickWeighted(random, { 6: 38, 5: 26, 4: 14, 3: 10, 2: 6, 1: 3, 0: 3 }));
      return random() < 0.6 ? 8 : 7;
    }),
  );
}

/** A month after they signed up, half of the accounts answer two questions. */
function* onboardingAnswers(random, accounts) {
  const take = carrying();
  for (const account of accounts) {
    const day = account.signedUp + between(random, 25, 35);
    if (day >= DAYS || random() < 0.5) continue;
    const time = someTime(random, day);
    const isSatisfied = take(story.ONBOARDING_SATISFIED) > 0;
    yield { account, survey: 'csat', score: csatScore(random, isSatisfied), time, touchpoint: 'onboarding' };
    const later = time + between(random, 20, 90) * 1000;
    yield {
      account,
      survey: 'ces',
      score: cesScore(random, isSatisfied),
      time: later,
      touchpoint: 'onboarding',
    };
  }
}

/** A few hours after a ticket is solved. */
function* supportAnswers(random, tickets) {
  const takes = [carrying(), carrying()];
  for (const { account, month, solved } of tickets) {
    if (solved === null || random() < 0.62) continue;
    const isGap = month === story.STAFFING_GAP;
    const isSatisfied = takes[Number(isGap)](isGap ? story.GAP_SATISFIED : story.SUPPORT_SATISFIED) > 0;
    const time = solved + between(random, 600, 30_000) * 1000;
    yield { account, survey: 'csat', score: csatScore(random, isSatisfied), time, touchpoint: 'support' };
    if (random() < 0.45) {
      const later = time + between(random, 20, 90) * 1000;
      yield {
        account,
        survey: 'ces',
        score: cesScore(random, isSatisfied),
        time: later,
        touchpoint: 'support',
      };
    }
  }
}

function csatScore(random, isSatisfied) {
  return Number(pickWeighted(random, isSatisfied ? { 5: 58, 4: 42 } : { 3: 50, 2: 30, 1: 20 }));
}

function cesScore(random, isSatisfied) {
  return Number(
    pickWeighted(random, isSatisfied ? { 7: 34, 6: 40, 5: 20, 4: 6 } : { 5: 10, 4: 34, 3: 30, 2: 18, 1: 8 }),
  );
}

export const ANSWER_COLUMNS = ['answer_id', 'account_id', 'survey', 'score', 'answered_at', 'touchpoint'];

export function* answerRows(answers) {
  for (const [index, { account, survey, score, time, touchpoint }] of answers.entries()) {
    const id = `R${String(index + 1).padStart(5, '0')}`;
    yield [id, accountId(account), survey, score, instantText(time), touchpoint];
  }
}

/** The day in London on which an answer was given. */
export function answerDay(answer) {
  return londonDay(answer.time);
}
