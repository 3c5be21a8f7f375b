// What learners do in the online classroom.
import { END, instantText, londonTime } from '../../generator/calendar.mjs';
import { carrying, drawFrom, pickWeighted } from '../../generator/random.mjs';
import { personId } from './people.mjs';
import * as story from './story.mjs';
import { termStart } from './terms.mjs';

/** Seconds after midnight: after work, and late. */
const TIME_OF_DAY = [
  [0, 21_600],
  [0.15, 43_200],
  [0.4, 61_200],
  [0.8, 79_200],
  [1, 86_399],
];

export const ACTIVITY_COLUMNS = ['activity_id', 'person_id', 'kind', 'done_at'];

/** One or two actions on the learner's own day of each week in which they come. */
export function* activityRows(random, spells) {
  const takes = story.COMES.map(() => carrying());
  const rows = [];
  for (const { person, term, start, end } of spells) {
    const ownDay = person.number % 7;
    const kinds = term >= story.GRADED ? story.ACTIONS_GRADED : story.ACTIONS;
    for (const [week, chance] of story.COMES.entries()) {
      const day = start + week * 7 + ownDay;
      if (takes[week](chance) === 0 || day > end) continue;
      const number = random() < 0.35 ? 2 : 1;
      for (let index = 0; index < number; index += 1) {
        const kind = pickWeighted(random, kinds);
        rows.push({
          person,
          kind,
          time: londonTime(termDay(term, day), Math.floor(drawFrom(random, TIME_OF_DAY))),
        });
      }
    }
  }
  rows.sort((a, b) => a.time - b.time);
  for (const [index, { person, kind, time }] of rows.filter((row) => row.time < END).entries())
    yield [`X${String(index + 1).padStart(5, '0')}`, personId(person), kind, instantText(time)];
}

/** A day of a term, not before its first. */
function termDay(term, day) {
  return Math.max(termStart(term), day);
}
