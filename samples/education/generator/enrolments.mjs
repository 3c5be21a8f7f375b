// Who learns what, term by term: one spell for each learner, course and term.
import { DAYS, dateText } from '../../generator/calendar.mjs';
import { between, carrying, pick, pickWeighted, shuffled } from '../../generator/random.mjs';
import { COURSES } from './courses.mjs';
import { teaching } from './educators.mjs';
import { personId } from './people.mjs';
import * as story from './story.mjs';
import { termEnd, termStart } from './terms.mjs';

/** All enrolments by the day on which they begin. Each runs to the day before the next term unless the learner withdraws. */
export function makeEnrolments(random, people, educators) {
  const college = {
    random,
    educators,
    spells: [],
    withdrawn: { true: carrying(), false: carrying() },
    notBack: carrying(),
    progress: carrying(),
  };
  let going = [];
  for (let term = 0; term < story.TERMS; term += 1) {
    const joining = people
      .filter((person) => person.term === term && person.steps.length === 4)
      .map((person) => ({ person, course: person.course, done: 0 }));
    going = teachTerm(college, shuffled(random, [...going, ...joining]), term);
  }
  college.spells.sort((a, b) => a.start - b.start || a.person.number - b.person.number);
  for (const [index, spell] of college.spells.entries()) spell.number = index + 1;
  return college.spells;
}

/** Enrols all for a term; what comes back are those who go on in the next. */
function teachTerm(college, learners, term) {
  const next = [];
  for (const { person, course, done } of learners) {
    const spell = { person, course, term, start: termStart(term), end: termEnd(term), reason: 'continued' };
    const here = teaching(college.educators, course.area, spell.start);
    spell.educator = here[(person.number + term) % here.length];
    college.spells.push(spell);
    const going = endSpell(college, spell, done + 1);
    if (going !== undefined) next.push(going);
  }
  return next;
}

function endSpell(college, spell, done) {
  const { random } = college;
  const { person, course, term } = spell;
  const isEnglish = person.language === 'English';
  if (college.withdrawn[isEnglish](story.withdrawalRate(isEnglish, term)) > 0) {
    spell.end = spell.start + between(random, 9, 68);
    spell.reason = pickWeighted(random, story.WITHDRAWN);
    return undefined;
  }
  if (done === course.terms) {
    if (college.progress(story.PROGRESS) === 0) {
      spell.reason = 'completed';
      return undefined;
    }
    spell.reason = 'progressed';
    const others = COURSES.filter((other) => other.mode === course.mode && other !== course);
    return { person, course: pick(random, others), done: 0 };
  }
  if (college.notBack(story.NOT_BACK) > 0) {
    spell.reason = 'not_back';
    return undefined;
  }
  return { person, course, done };
}

/** `L0001` */
export function enrolmentId({ number }) {
  return `L${String(number).padStart(4, '0')}`;
}

export const ENROLMENT_COLUMNS =
  'enrolment_id,person_id,course_id,educator_id,enrolled_from,enrolled_to,ended_because'.split(',');

/** Why a spell ends is not known before it does. */
export function* enrolmentRows(spells) {
  for (const spell of spells) {
    const { person, course, educator, start, end, reason } = spell;
    const cells = [enrolmentId(spell), personId(person), course.id, educator.id];
    yield [...cells, dateText(start), dateText(end), end < DAYS ? reason : ''];
  }
}
