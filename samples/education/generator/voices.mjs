// What learners say, once a term.
import { dateText } from '../../generator/calendar.mjs';
import { between, carrying, pickWeighted, shuffled } from '../../generator/random.mjs';
import { personId } from './people.mjs';
import * as story from './story.mjs';
import { termStart } from './terms.mjs';

export const ANSWER_COLUMNS =
  'answer_id,person_id,course_id,answered_on,recommend,satisfaction,commented,replied_on'.split(',');

/** Answers in the order of their days. The college answers comments, at best within two weeks. */
export function* answerRows(random, spells) {
  let number = 0;
  const [satisfied, answered] = [carrying(), carrying()];
  for (let term = 0; term < story.TERMS; term += 1) {
    const first = termStart(term) + 49;
    const own = shuffled(
      random,
      spells.filter((spell) => spell.term === term && spell.end > first + 20),
    );
    const asked = own.slice(0, Math.round(own.length * story.ANSWERS));
    const scores = recommendations(random, asked.length, story.RECOMMEND[term]);
    const answers = asked.map((spell, index) => ({
      spell,
      score: scores[index],
      day: first + between(random, 0, 14),
    }));
    for (const { spell, score, day } of answers.sort((a, b) => a.day - b.day)) {
      number += 1;
      const commented = random() < story.COMMENTED;
      const isAnswered = commented && answered(story.ANSWERED[term]) > 0;
      yield [
        `A${String(number).padStart(4, '0')}`,
        personId(spell.person),
        spell.course.id,
        dateText(day),
        score,
        satisfaction(random, satisfied(story.SATISFIED[term]) > 0),
        commented,
        replyDay(random, { commented, isAnswered, day }),
      ];
    }
  }
}

/** In time, a few days late, or never. The last replies fall before the end of the data. */
function replyDay(random, { commented, isAnswered, day }) {
  if (isAnswered) return dateText(day + between(random, 1, 13));
  return commented && random() < 0.3 ? dateText(day + between(random, 15, 18)) : '';
}

/** As many promoters and detractors as give the level, three in ten being passive. */
function recommendations(random, number, level) {
  const promoters = Math.round((number * (0.7 + level / 100)) / 2);
  const detractors = Math.round((number * (0.7 - level / 100)) / 2);
  return shuffled(
    random,
    Array.from({ length: number }, (_, index) => {
      if (index < promoters) return random() < 0.5 ? 10 : 9;
      if (index < promoters + detractors)
        return Number(pickWeighted(random, { 6: 40, 5: 26, 4: 14, 3: 10, 2: 6, 0: 4 }));
      return random() < 0.6 ? 8 : 7;
    }),
  );
}

function satisfaction(random, isSatisfied) {
  return Number(pickWeighted(random, isSatisfied ? { 5: 46, 4: 54 } : { 3: 55, 2: 30, 1: 15 }));
}
