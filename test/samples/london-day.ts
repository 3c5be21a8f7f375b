const london = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** The day in London, such as `2025-01-31`, at an instant that is written with its offset from UTC. */
export function londonDay(instant: string): string {
  return london.format(new Date(instant)).split('/').reverse().join('-');
}

/** The instant, in milliseconds, at which a day begins in London: an hour before midnight in UTC while clocks are ahead. */
export function londonMidnight(day: string): number {
  const utc = Date.parse(`${day}T00:00:00Z`);
  const hourBefore = utc - 3_600_000;
  return londonDay(new Date(hourBefore).toISOString()) === day ? hourBefore : utc;
}
