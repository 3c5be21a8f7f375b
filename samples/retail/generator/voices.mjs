// What the customers say: answers to three questions, contacts with the help desk, and reviews of products.
import { DAYS, dateText, END, instantText, monthStart, naiveText } from '../../generator/calendar.mjs';
import { between, carrying, pickWeighted } from '../../generator/random.mjs';
import { customerId, isMember } from './customers.mjs';
import { orderId } from './orders.mjs';
import { someTime } from './site.mjs';
import * as story from './story.mjs';

const HOUR = 3_600_000;

/** Counts that carry their rest, one for each name. */
function takings() {
  const takes = {};
  return (name, expected) => {
    takes[name] ??= carrying();
    return takes[name](expected);
  };
}

/** How an order went: of the club, late, or neither. */
function courseOf({ customer, day, isLate }) {
  if (isLate) return 'late';
  return isMember(customer, day) ? 'club' : 'usual';
}

/** A few days after the parcel, some answer: `{ order, survey, score, time, mood, followed }`. `mood` is empty where nothing was written. */
export function makeAnswers(random, orders) {
  const take = takings();
  const answers = [];
  for (const [index, order] of orders.entries()) {
    const course = courseOf(order);
    if (order.delivered === null || take(`answer ${course}`, story.SURVEY_ANSWERS) === 0) continue;
    const time = someTime(random, order.delivered + between(random, 1, 4));
    const isSatisfied =
      take(`satisfied ${order.isLate}`, story.SATISFIED[order.isLate ? 'late' : 'usual']) > 0;
    const mood = moodOf(random, isSatisfied);
    const followed = mood === 'negative' && random() < 0.62 ? time + between(random, 6, 90) * HOUR : null;
    const own = [
      { survey: 'nps', score: npsScore(random, take, course), mood, followed },
      { survey: 'csat', score: csatScore(random, isSatisfied), mood: '', followed: null },
    ];
    if (random() < 0.6)
      own.push({ survey: 'ces', score: cesScore(random, isSatisfied), mood: '', followed: null });
    for (const [place, answer] of own.entries())
      answers.push({ ...answer, order: index, time: time + place * 25_000 });
  }
  return answers.filter(({ time }) => time < END).sort((a, b) => a.time - b.time || a.order - b.order);
}

function moodOf(random, isSatisfied) {
  if (random() < 0.45) return '';
  return pickWeighted(
    random,
    isSatisfied ? { positive: 74, neutral: 22, negative: 4 } : { positive: 3, neutral: 17, negative: 80 },
  );
}

/** As many promoters and detractors as give the level, three in ten being passive. */
function npsScore(random, take, course) {
  const level = story.NPS_LEVEL[course] / 100;
  if (take(`passive ${course}`, 0.3) > 0) return random() < 0.6 ? 8 : 7;
  if (take(`promoter ${course}`, (0.7 + level) / 1.4) > 0) return random() < 0.55 ? 10 : 9;
  return Number(pickWeighted(random, { 6: 38, 5: 26, 4: 14, 3: 10, 2: 6, 1: 3, 0: 3 }));
}

function csatScore(random, isSatisfied) {
  return Number(pickWeighted(random, isSatisfied ? { 5: 60, 4: 40 } : { 3: 48, 2: 32, 1: 20 }));
}

function cesScore(random, isSatisfied) {
  return Number(
    pickWeighted(random, isSatisfied ? { 7: 36, 6: 40, 5: 18, 4: 6 } : { 5: 10, 4: 32, 3: 30, 2: 18, 1: 10 }),
  );
}

export const ANSWER_COLUMNS = 'answer_id,order_id,survey,score,answered_at,sentiment,followed_up_at'.split(
  ',',
);

export function* answerRows(answers) {
  for (const [index, { order, survey, score, time, mood, followed }] of answers.entries()) {
    const id = `A${String(index + 1).padStart(5, '0')}`;
    yield [
      id,
      orderId(order),
      survey,
      score,
      instantText(time),
      mood,
      followed === null || followed >= END ? '' : instantText(followed),
    ];
  }
}

/** Contacts in the order of time: `{ customer, issue, time, channel, topic, resolved, mood, answered }`. */
export function makeContacts(random, orders) {
  const take = takings();
  const contacts = [];
  let issues = 0;
  for (const order of orders) {
    const course = order.isLate ? 'late' : 'usual';
    if (take(`issue ${course}`, story.ISSUES[course]) === 0) continue;
    issues += 1;
    const number = Number(pickWeighted(random, story.CONTACTS_PER_ISSUE[course]));
    const isResolved = take(`resolved ${course}`, story.RESOLVED[course]) > 0;
    const topic = pickWeighted(random, order.isLate ? story.TOPICS_WHEN_LATE : story.TOPICS);
    let time = someTime(random, order.day + between(random, 1, order.isLate ? 9 : 6));
    for (let place = 1; place <= number; place += 1) {
      const waits = between(random, 10, order.isLate ? 2400 : 900) * 60_000;
      contacts.push({
        customer: order.customer,
        issue: issues,
        time,
        topic,
        channel: pickWeighted(random, { email: 46, chat: 34, phone: 20 }),
        resolved: place === number && isResolved,
        mood: pickWeighted(
          random,
          order.isLate
            ? { negative: 72, neutral: 26, positive: 2 }
            : { negative: 34, neutral: 56, positive: 10 },
        ),
        answered: random() < 0.94 ? time + waits : null,
      });
      time += waits + between(random, 8, 60) * HOUR;
    }
  }
  return contacts.filter(({ time }) => time < END).sort((a, b) => a.time - b.time || a.issue - b.issue);
}

export const CONTACT_COLUMNS =
  'contact_id,issue_id,customer_id,contacted_at,channel,topic,resolved,sentiment,answered_at'.split(',');

export function* contactRows(contacts) {
  for (const [index, contact] of contacts.entries()) {
    const { customer, issue, time, channel, topic, resolved, mood, answered } = contact;
    const reply = answered === null || answered >= END ? '' : naiveText(answered);
    const id = `T${String(index + 1).padStart(5, '0')}`;
    yield [
      id,
      `I${String(issue).padStart(4, '0')}`,
      customerId(customer),
      naiveText(time),
      channel,
      topic,
      resolved,
      mood,
      reply,
    ];
  }
}

/** Reviews by day: `{ customer, product, stars, day, mood, answered }`. */
export function makeReviews(random, orders) {
  const take = takings();
  const reviews = [];
  for (const { customer, lines, delivered } of orders) {
    for (const { product, returned } of lines) {
      if (delivered === null || take('review', story.REVIEWS) === 0) continue;
      const day = delivered + between(random, 2, 20);
      const stars = Number(
        pickWeighted(
          random,
          returned === null ? { 5: 52, 4: 28, 3: 11, 2: 6, 1: 3 } : { 3: 20, 2: 40, 1: 40 },
        ),
      );
      const written = stars > 3 ? 'positive' : stars === 3 ? 'neutral' : 'negative';
      reviews.push({ customer, product, stars, day, mood: random() < 0.25 ? '' : written });
    }
  }
  const shown = reviews
    .filter(({ day }) => day < DAYS)
    .sort((a, b) => a.day - b.day || a.customer.number - b.customer.number);
  return shown.map((review) => ({ ...review, answered: answerOf(random, take, review.day) }));
}

function answerOf(random, take, day) {
  const course = day >= monthStart(story.ANSWERING) ? 'after' : 'before';
  const answered = day + between(random, 1, course === 'after' ? 5 : 20);
  return take(`answered ${course}`, story.REVIEWS_ANSWERED[course]) > 0 && answered < DAYS ? answered : null;
}

export const REVIEW_COLUMNS = 'review_id,customer_id,product_id,stars,posted_on,sentiment,answered_on'.split(
  ',',
);

export function* reviewRows(reviews) {
  for (const [index, { customer, product, stars, day, mood, answered }] of reviews.entries()) {
    const id = `V${String(index + 1).padStart(4, '0')}`;
    yield [
      id,
      customerId(customer),
      product.id,
      stars,
      dateText(day),
      mood,
      answered === null ? '' : dateText(answered),
    ];
  }
}
