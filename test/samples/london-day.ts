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
