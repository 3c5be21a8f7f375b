// Who asks about a place, and how far each gets: enquiry, application, offer, enrolment.
import { DAYS, dateText } from '../../generator/calendar.mjs';
import { between, carrying, pick, pickWeighted } from '../../generator/random.mjs';
import { COURSES } from './courses.mjs';
import * as story from './story.mjs';
import { termStart } from './terms.mjs';

/** All people in the order in which they first asked, each with the steps taken and the term of the place. */
export function makePeople(random, scale) {
  const takes = {};
  const people = [];
  for (let term = 0; term <= story.TERMS; term += 1) {
    for (const [mode, numbers] of Object.entries(story.ENQUIRIES)) {
      takes[mode] ??= { application: carrying(), offer: carrying(), enrolment: carrying() };
      const number = Math.round(numbers[term] * scale);
      for (let index = 0; index < number; index += 1) {
        people.push(makePerson(random, { term, mode, take: takes[mode] }));
      }
    }
  }
  const seen = people
    .filter(({ steps }) => steps[0].day < DAYS)
    .sort((a, b) => a.steps[0].day - b.steps[0].day);
  for (const [index, person] of seen.entries()) person.number = index + 1;
  return seen;
}

function makePerson(random, { term, mode, take }) {
  const isLater = term >= story.EMPLOYERS_COME;
  return {
    term,
    age: ageOf(random),
    language: pickWeighted(random, story.LANGUAGES),
    town: pickWeighted(random, story.TOWNS),
    funding: pickWeighted(random, isLater ? story.FUNDING_LATER : story.FUNDING),
    course: pick(
      random,
      COURSES.filter((course) => course.mode === mode),
    ),
    steps: makeSteps(random, { term, rates: story.STEPS[mode], take }),
  };
}

/** From 18 to 74, most of them between 25 and 45. */
function ageOf(random) {
  return random() < 0.72 ? between(random, 21, 46) : between(random, 18, 74);
}

/** The days of the steps, up to the enrolment a few days before term. The first term was entered at once when the system came. */
function makeSteps(random, { term, rates, take }) {
  const start = termStart(term);
  const isFirst = term === 0;
  const steps = [{ step: 'enquiry', day: isFirst ? between(random, 0, 5) : start - between(random, 24, 74) }];
  const gap = isFirst ? [0, 1] : [1, 7];
  for (const [step, rate] of Object.entries(rates)) {
    if (take[step](rate) === 0) break;
    steps.push({ step, day: steps.at(-1).day + between(random, gap[0], gap[1]) });
  }
  return steps;
}

export const PERSON_COLUMNS = ['person_id', 'enquired_on', 'age', 'first_language', 'town', 'funding'];

/** `P0001` */
export function personId({ number }) {
  return `P${String(number).padStart(4, '0')}`;
}

export function* personRows(people) {
  for (const person of people) {
    const { age, language, town, funding, steps } = person;
    yield [personId(person), dateText(steps[0].day), age, language, town, funding];
  }
}

export const STEP_COLUMNS = ['person_id', 'step', 'course_id', 'happened_on'];

export function* stepRows(people) {
  const rows = people.flatMap((person) => person.steps.map(({ step, day }) => ({ person, step, day })));
  for (const { person, step, day } of rows.filter((row) => row.day < DAYS).sort((a, b) => a.day - b.day))
    yield [personId(person), step, person.course.id, dateText(day)];
}
