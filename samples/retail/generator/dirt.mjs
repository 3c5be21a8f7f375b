// The rows that are wrong on purpose in this sample, beside those that are in every one. All of them are listed in its README.
import { ANSWER_COLUMNS } from './voices.mjs';

/** The order that was exported twice, and the review whose stars were left at 0, by number. */
export const REPEATED_ORDER = 1500;
export const STARLESS_REVIEW = 120;

/** One membership ends before it begins, as two dates typed in the wrong order do. */
export function addBackwardSpell(spells) {
  const model = spells[60];
  if (model === undefined) return spells;
  const start = model.start + 90;
  const place = spells.findIndex((spell) => spell.start > start);
  const wrong = { ...model, start, end: start - 30, reason: 'other' };
  return spells.toSpliced(place === -1 ? spells.length : place, 0, wrong);
}

/** One contact names a customer who was deleted since. */
export function orphanContact(contacts, customers) {
  const place = Math.floor(contacts.length / 3);
  const deleted = { number: Math.max(9999, customers.length + 1) };
  return contacts.with(place, { ...contacts[place], customer: deleted });
}

/** One answer has lost its time, and one person found 10 too low a score: the edits that make them so. */
export function oddAnswers(answers) {
  const lost = answers.findIndex(({ survey }, index) => survey === 'csat' && index > 400);
  const eleven = answers.findIndex(
    ({ survey, score }, index) => survey === 'nps' && score === 10 && index > 900,
  );
  return [
    [lost, ANSWER_COLUMNS.indexOf('answered_at'), ''],
    [eleven, ANSWER_COLUMNS.indexOf('score'), 11],
  ];
}
