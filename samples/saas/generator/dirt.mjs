// Every real export has a few rows that cannot be right. These are put in on purpose, so that there is something to set
// aside. All of them are listed in the README of the sample.
import { dateText } from './calendar.mjs';
import { answerDay } from './surveys.mjs';

/** One invoice was exported twice: the same row, once more. */
export function* withDuplicate(rows) {
  let number = 0;
  for (const row of rows) {
    number += 1;
    yield row;
    if (number === 1200) yield row;
  }
}

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

/** One answer has lost its time, and one person found 10 too low a score. */
export function* withOddAnswers(rows, answers) {
  const lost = answers.findIndex((answer) => answer.survey === 'csat' && monthText(answer) === '2024-05');
  const eleven = answers.findIndex(
    (answer) => answer.survey === 'nps' && answer.score === 10 && monthText(answer) === '2024-11',
  );
  let index = 0;
  for (const [id, account, survey, score, time, touchpoint] of rows) {
    yield [id, account, survey, index === eleven ? 11 : score, index === lost ? '' : time, touchpoint];
    index += 1;
  }
}

function monthText(answer) {
  return dateText(answerDay(answer)).slice(0, 7);
}
