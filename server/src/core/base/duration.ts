/** A calendar length such as `28 days` or `3 months`: a whole number of one unit. */
export interface Duration {
  readonly count: number;
  readonly unit: 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year';
}

const DURATION = /^([1-9][0-9]*) +(second|minute|hour|day|week|month|quarter|year)s?$/;

/** Reads `28 days`, `1 year`, `48 hours`; `undefined` where the text is none. */
export function parseDuration(text: string): Duration | undefined {
  const match = DURATION.exec(text);
  if (match === null) return undefined;
  return { count: Number(match[1]), unit: match[2] as Duration['unit'] };
}
