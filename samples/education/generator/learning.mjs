// What happens in the classroom: the register, and the tests at the beginning and the end of a term.
import { dateText } from '../../generator/calendar.mjs';
import { between, carrying } from '../../generator/random.mjs';
import { enrolmentId } from './enrolments.mjs';
import * as story from './story.mjs';
import { termStart } from './terms.mjs';

export const ATTENDANCE_COLUMNS = ['enrolment_id', 'held_on', 'status'];

/** One row for each learner and registered session; a course meets on one day of the week. */
export function* attendanceRows(random, spells) {
  const takes = Object.fromEntries(Object.keys(story.ATTENDED).map((mode) => [mode, carrying()]));
  const rows = [];
  for (const spell of spells) {
    const { mode, id } = spell.course;
    for (const week of story.REGISTERED) {
      const day = termStart(spell.term) + week * 7 + (Number(id.slice(1)) % 5);
      if (day > spell.end) break;
      rows.push([enrolmentId(spell), day, statusOf(random, takes[mode](story.ATTENDED[mode]) > 0)]);
    }
  }
  for (const [id, day, status] of rows.sort((a, b) => a[1] - b[1])) yield [id, dateText(day), status];
}

function statusOf(random, came) {
  if (random() < story.EXCUSED) return 'excused';
  if (!came) return 'absent';
  return random() < story.LATE ? 'late' : 'present';
}

export const ASSESSMENT_COLUMNS = ['enrolment_id', 'test', 'taken_on', 'score'];

/** Who left before the tenth week was not tested again; a few miss either test. */
export function* assessmentRows(random, spells) {
  const rows = [];
  for (const spell of spells) {
    const start = termStart(spell.term);
    const before = makeScore(random, story.BEFORE[spell.person.funding]);
    const after = onScale(before + makeGain(random, story.GAIN[spell.person.funding]));
    if (random() < story.TESTED_BEFORE)
      rows.push([enrolmentId(spell), 'before', start + between(random, 0, 6), before]);
    const last = start + (story.WEEKS - 1) * 7 + between(random, 0, 4);
    if (last <= spell.end && random() < story.TESTED_AFTER)
      rows.push([enrolmentId(spell), 'after', last, after]);
  }
  for (const [id, test, day, score] of rows.sort((a, b) => a[2] - b[2]))
    yield [id, test, dateText(day), score];
}

/** The sum of three even chances is close to a bell. */
function makeScore(random, centre) {
  return onScale(Math.round(centre + (random() + random() + random() - 1.5) * 28));
}

function onScale(score) {
  return Math.max(0, Math.min(100, score));
}

function makeGain(random, centre) {
  return Math.round(centre + (random() + random() + random() - 1.5) * 26);
}
