import fc from 'fast-check';

/** Random customers, to whom laws of the lifecycle are held. */

/** One spell of a customer, or one thing that it did. */
export interface CustomerRow {
  readonly who: number;
  readonly worth: number;
  /** Days after the first of January 2025. */
  readonly from: number;
  readonly lasts: number | null;
}

/** Rows of at most 15 customers, enough for several periods in which some stay and some leave. */
export const rowsOfCustomers: fc.Arbitrary<readonly CustomerRow[]> = fc.array(
  fc.record({
    who: fc.nat(14),
    worth: fc.nat(50),
    from: fc.nat(150),
    lasts: fc.option(fc.integer({ min: 1, max: 90 }), { nil: null, freq: 4 }),
  }),
  { minLength: 25, maxLength: 50 },
);

/** Every customer has one region for good, or none. */
const REGIONS = ['north', 'south', 'west', ''];

/** A project with a metric of every type that follows customers, whose `region` is theirs for good, so that no group shares one. */
export function customerFiles(
  rows: readonly CustomerRow[],
  source: 'spells' | 'events',
): Record<string, string> {
  const day = (days: number): string =>
    new Date(Date.UTC(2025, 0, 1 + days)).toISOString().slice(0, 'yyyy-mm-dd'.length);
  const lines = rows.map(({ who, worth, from, lasts }) =>
    [who, REGIONS[who % REGIONS.length], worth, day(from), lasts === null ? '' : day(from + lasts)].join(),
  );
  const times = source === 'spells' ? { lifespan: { start: 'from', end: 'to' } } : { time: 'from' };
  const metric = (more: object): object => ({ source, entity: 'who', ...more });
  const metrics = {
    retention: metric({ type: 'retention' }),
    churn: metric({ type: 'churn' }),
    net: metric({ type: 'retention', value: 'worth', expansion: 'include' }),
    gross: metric({ type: 'retention', value: 'worth', expansion: 'exclude' }),
    value_churn: metric({ type: 'churn', value: 'worth' }),
    cohort: metric({ type: 'cohort_retention', after: '1 month' }),
    opening_worth: metric({ type: 'movement', of: 'opening', value: 'worth' }),
    lost: metric({ type: 'movement', of: 'lost' }),
    arrived: metric({ type: 'movement', of: 'new', value: 'worth' }),
    ...(source === 'spells'
      ? {}
      : {
          worth: metric({ type: 'lifetime_value', value: 'worth' }),
          again: metric({
            type: 'conversion',
            steps: [
              { name: 'first', source },
              { name: 'second', source },
            ],
            within: '20 days',
          }),
        }),
  };
  return {
    'plumbline.yaml': 'plumbline: 1\nas_of: 2025-06-15\n',
    'rows.csv': ['who,region,worth,from,to', ...lines, ''].join('\n'),
    'rows.metrics.yaml': JSON.stringify({
      plumbline: 1,
      sources: { [source]: { data: 'rows.csv', ...times } },
      segments: { region: { source, by: 'region' } },
      metrics,
    }),
  };
}
