// Days are whole numbers, 0 being the first day of the data; times are milliseconds since 1970 in UTC.
// People live by the clock of London, the files are written in UTC.

const DAY = 86_400_000;
const FIRST = Date.UTC(2023, 6, 1);

/** The number of months and of days covered: 2023-07-01 to 2025-06-30. */
export const MONTHS = 24;
export const DAYS = monthStart(MONTHS);

/** The first day of month `month`, 0 being July 2023. */
export function monthStart(month) {
  return (Date.UTC(2023, 6 + month, 1) - FIRST) / DAY;
}

/** The month of a label such as `2024-10`. */
export function monthNamed(label) {
  const [year, month] = label.split('-').map(Number);
  return (year - 2023) * 12 + month - 7;
}

/** 1 for Monday to 7 for Sunday. */
export function weekday(day) {
  return ((new Date(FIRST + day * DAY).getUTCDay() + 6) % 7) + 1;
}

/** `2024-10-01` */
export function dateText(day) {
  return new Date(FIRST + day * DAY).toISOString().slice(0, 10);
}

/** The instant at which a clock in London shows `seconds` after midnight of a day. */
export function londonTime(day, seconds) {
  const local = FIRST + day * DAY + seconds * 1000;
  return isSummer(local - 3_600_000) ? local - 3_600_000 : local;
}

/** The first instant after the data, in London. */
export const END = londonTime(DAYS, 0);

/** The day in London at an instant. */
export function londonDay(time) {
  return Math.floor((time + (isSummer(time) ? 3_600_000 : 0) - FIRST) / DAY);
}

/** British summer time runs from the last Sunday of March to the last Sunday of October, both at 01:00 UTC. */
function isSummer(time) {
  const year = new Date(time).getUTCFullYear();
  return time >= lastSunday(year, 2) && time < lastSunday(year, 9);
}

function lastSunday(year, month) {
  const lastDay = new Date(Date.UTC(year, month + 1, 0));
  return lastDay.getTime() - lastDay.getUTCDay() * DAY + 3_600_000;
}

/** `2024-10-01T08:30:00Z` */
export function instantText(time) {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}

/** `2024-10-01 08:30:00`, in UTC and without saying so, as many help desks export it. */
export function naiveText(time) {
  return new Date(time).toISOString().slice(0, 19).replace('T', ' ');
}
