// The rows that are wrong on purpose in this sample, beside those that are in every one. All of them are listed in its README.
import { dateText } from '../../generator/calendar.mjs';
import { ANSWER_COLUMNS, answerDay } from './surveys.mjs';

/** One spell ends before it starts, as two dates typed in the wrong order do. */
export function addBackwardSpell(spells) {
  const model = spells.find((spell) => spell.account.number === 37);
  if (model === undefined) return spells;
  const start = model.start + 260;
  const wrong = { ...model, start, end: start - 14, reason: 'other' };
  const place = spells.findIndex((spell) => spell.start > start);
  return spells.toSpliced(place === -1 ? spells.length : place, 0, wrong);
}

/** One ticket belongs to an account that was deleted from the billing system. */
export function orphanTicket(tickets, accounts) {
  const place = Math.floor(tickets.length / 3);
  const deleted = { number: Math.max(9999, accounts.length + 1) };
  return tickets.with(place, { ...tickets[place], account: deleted });
}

/** One answer has lost its time, and one person found 10 too low a score: the edits that make them so. */
export function oddAnswers(answers) {
  const lost = answers.findIndex((answer) => answer.survey === 'csat' && monthText(answer) === '2024-05');
  const eleven = answers.findIndex(
    (answer) => answer.survey === 'nps' && answer.score === 10 && monthText(answer) === '2024-11',
  );
  return [
    [eleven, ANSWER_COLUMNS.indexOf('score'), 11],
    [lost, ANSWER_COLUMNS.indexOf('answered_at'), ''],
  ];
}

function monthText(answer) {
  return dateText(answerDay(answer)).slice(0, 7);
}
