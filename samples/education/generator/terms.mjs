// The calendar of the college: four terms a year, each begun on the second Monday of a quarter.
import { monthStart, weekday } from '../../generator/calendar.mjs';

/** The first day of term `term`, 0 being summer 2023; also of terms outside the data. */
export function termStart(term) {
  const first = monthStart(term * 3);
  return first + ((8 - weekday(first)) % 7) + 7;
}

/** The last day on which learners of a term are enrolled: the day before the next one begins. */
export function termEnd(term) {
  return termStart(term + 1) - 1;
}
