// Who teaches, since when, what they say about it and what training they took part in.
import { DAYS, dateText, MONTHS, monthStart } from '../../generator/calendar.mjs';
import { between, carrying, pick, pickWeighted, shuffled } from '../../generator/random.mjs';
import * as story from './story.mjs';
import { termStart } from './terms.mjs';

const CONTRACTS = { full_time: 40, part_time: 38, hourly: 22 };
const TOPICS = ['assessment', 'digital_teaching', 'inclusion', 'safeguarding', 'subject'];

/** The months before the data from which the personnel file knows everybody. */
const MONTHS_BEFORE = 72;

/** All educators in the order in which they came: until the freeze, each who left was replaced a month later. */
export function makeEducators(random, scale) {
  const educators = Object.entries(story.STAFF).flatMap(([area, number]) =>
    Array.from({ length: Math.max(1, Math.round(number * scale)) }, () =>
      hire(random, area, -MONTHS_BEFORE + between(random, 0, 20)),
    ),
  );
  const take = carrying();
  for (let month = -MONTHS_BEFORE; month < MONTHS; month += 1) {
    const isFrozen = month >= story.FREEZE;
    const present = educators.filter((one) => one.joined < monthStart(month) && one.left === null);
    const number = take(present.length * (isFrozen ? story.LEAVING_SINCE : story.LEAVING));
    for (const one of shuffled(random, leavers(present)).slice(0, number)) {
      one.left = between(random, monthStart(month) + 1, monthStart(month + 1) - 1);
      if (month + 1 < story.FREEZE) educators.push(hire(random, one.area, month + 1));
    }
  }
  educators.sort((a, b) => a.joined - b.joined);
  for (const [index, one] of educators.entries()) one.id = `E${String(index + 1).padStart(3, '0')}`;
  return educators;
}

/** Those who may go: never the last of an area, since its courses go on. */
function leavers(present) {
  return present.filter((one) => present.some((other) => other !== one && other.area === one.area));
}

function hire(random, area, month) {
  const joined = between(random, monthStart(month), monthStart(month + 1) - 1);
  return { area, contract: pickWeighted(random, CONTRACTS), joined, left: null };
}

/** The educators of an area who are there on a day. */
export function teaching(educators, area, day) {
  return educators.filter(
    (one) => one.area === area && one.joined <= day && (one.left === null || one.left > day),
  );
}

function presentOn(educators, day) {
  return educators.filter((one) => one.joined <= day && (one.left === null || one.left > day));
}

export const EDUCATOR_COLUMNS = ['educator_id', 'area', 'contract', 'joined_on', 'left_on'];

export function* educatorRows(educators) {
  for (const { id, area, contract, joined, left } of educators)
    yield [id, area, contract, dateText(joined), left === null ? '' : dateText(left)];
}

export const EDUCATOR_ANSWER_COLUMNS = ['educator_id', 'answered_on', 'satisfaction', 'intends_to_stay'];

/** Once a term, in its seventh week. */
export function* educatorAnswerRows(random, educators) {
  const [satisfied, staying, answering] = [carrying(), carrying(), carrying()];
  for (let term = 0; term < story.TERMS; term += 1) {
    const day = termStart(term) + 42;
    const asked = shuffled(random, presentOn(educators, day));
    const answers = asked.slice(0, answering(asked.length * story.EDUCATORS_ANSWER)).map((one) => ({
      id: one.id,
      day: Math.min(day + between(random, 0, 11), one.left === null ? DAYS : one.left - 1),
      score: educatorScore(random, satisfied(story.EDUCATORS_SATISFIED[term]) > 0),
      stays: staying(story.STAYING[term]) > 0,
    }));
    for (const { id, day: on, score, stays } of answers.sort((a, b) => a.day - b.day))
      yield [id, dateText(on), score, stays];
  }
}

function educatorScore(random, isSatisfied) {
  return Number(pickWeighted(random, isSatisfied ? { 5: 40, 4: 60 } : { 3: 55, 2: 30, 1: 15 }));
}

export const TRAINING_COLUMNS = ['record_id', 'educator_id', 'topic', 'hours', 'completed_on'];

/** Some of the educators of each term take part, once or twice. */
export function* trainingRows(random, educators) {
  const take = carrying();
  let number = 0;
  for (let term = 0; term < story.TERMS; term += 1) {
    const first = termStart(term);
    const there = shuffled(random, presentOn(educators, first));
    const records = there.slice(0, take(there.length * story.TRAINED[term])).flatMap((one) =>
      Array.from({ length: random() < 0.3 ? 2 : 1 }, () => ({
        id: one.id,
        topic: pick(random, TOPICS),
        hours: pick(random, [2, 3, 4, 6, 8]),
        day: first + between(random, 3, 60),
      })),
    );
    for (const { id, topic, hours, day } of records.sort((a, b) => a.day - b.day)) {
      number += 1;
      yield [`D${String(number).padStart(3, '0')}`, id, topic, hours, dateText(day)];
    }
  }
}
