import assert from 'node:assert/strict';
import { compute } from '../../../kit/construct.ts';
import { testEngine } from '../../../kit/engine.ts';

/** Purchases: a in every month, b in January and March, c first in February. */
const ORDERS = `
  who,channel,amount,on
  a,web,10,2025-01-05
  a,shop,5,2025-01-20
  b,web,20,2025-01-31
  a,web,30,2025-02-01
  c,shop,8,2025-02-14
  a,web,1,2025-03-03
  b,shop,2,2025-03-04
  c,web,6,2025-03-31`;

const SOURCE = `
sources:
  orders:
    data: orders.csv
    as_of: 2025-04-30
    time: on
    links: { person: { to: people, using: who } }
  people: { data: people.csv, key: who }
segments:
  channel: { source: orders, by: channel }
  age: { source: people, by: age }
defaults: { source: orders }
`;

const PEOPLE = `
  who,age,signed_up_on
  a,old,2024-12-24
  b,young,2025-01-31
  c,young,2025-01-02`;

describe('entities followed through events', () => {
  const engine = testEngine();

  it('are alive in the periods in which they are active, and the opening is the period before', async () => {
    const { values } = await compute(
      engine,
      `${SOURCE}
metrics:
  again: { type: retention, entity: who }
  money: { type: retention, entity: who, value: amount, expansion: include }
  capped: { type: retention, entity: person, value: amount, expansion: exclude }
  opening: { type: movement, of: opening, entity: who }
  new: { type: movement, of: new, entity: who }
  acquired: { type: movement, of: acquired, entity: who }
  returned: { type: movement, of: returned, entity: who }
  lost: { type: movement, of: lost, entity: who }
  closing: { type: movement, of: closing, entity: who, value: amount }
`,
      { orders: ORDERS, people: PEOPLE },
    );
    assert.deepEqual(values('again'), [null, 1 / 2, 1, 0]);
    // February: 30 of a, over 15 of a and 20 of b. March: 1 and 6 over 30 and 8.
    assert.deepEqual(values('money'), [null, 30 / 35, 7 / 38, 0]);
    assert.deepEqual(values('capped'), [null, 15 / 35, 7 / 38, 0]);
    assert.deepEqual(values('opening'), [0, 2, 2, 3]);
    assert.deepEqual(values('new'), [2, 1, 0, 0]);
    assert.deepEqual(values('acquired'), [2, 1, 0, 0]);
    assert.deepEqual(values('returned'), [0, 0, 1, 0]);
    assert.deepEqual(values('lost'), [0, 1, 0, 3]);
    assert.deepEqual(values('closing'), [35, 38, 9, 0]);
  });

  it('are in the group of their last row before the bound, also behind a link', async () => {
    const { values } = await compute(
      engine,
      `${SOURCE}
metrics:
  again: { type: retention, entity: who, segments: [channel, age] }
  closing: { type: movement, of: closing, entity: who, segments: [channel] }
`,
      { orders: ORDERS, people: PEOPLE },
    );
    // In January a bought in the shop last, b on the web.
    assert.deepEqual(values('again', 'channel.shop'), [null, 1, 1, 0]);
    assert.deepEqual(values('again', 'channel.web'), [null, 0, 1, 0]);
    assert.deepEqual(values('again', 'age.young'), [null, 0, 1, 0]);
    assert.deepEqual(values('closing', 'channel.shop'), [1, 1, 1, 0]);
    assert.deepEqual(values('closing', 'channel.web'), [1, 1, 2, 0]);
  });

  it('are held against the window before', async () => {
    const { values, partial } = await compute(
      engine,
      `${SOURCE}
metrics:
  fortnight: { type: retention, entity: who, window: 14 days, grain: week }
`,
      { orders: ORDERS, people: PEOPLE },
    );
    // Weeks close on 6, 13, 20 and 27 January, 3, 10, 17 and 24 February. In the fortnights that close then are a; a; nobody; a (on the
    // 20th); a and b; a and b; c; c. Each is held against the one that closes two weeks before.
    assert.deepEqual(values('fortnight').slice(0, 8), [null, null, 0, 1, null, 1, 0, 0]);
    assert.deepEqual(partial('fortnight'), ['2025-W01', '2025-W02', '2025-W03', '2025-W04', '2025-W18']);
  });

  it('are looked for in a later period, or on their own day, since they joined', async () => {
    const { values, at, partial } = await compute(
      engine,
      `${SOURCE}
metrics:
  next_month: { type: cohort_retention, entity: who, after: 1 month, segments: [channel] }
  in_two: { type: cohort_retention, entity: who, after: 2 months }
  day_15: { type: cohort_retention, entity: who, after: 15 days }
  ever_day_27: { type: cohort_retention, entity: who, after: 27 days, grain: all }
  since_signed_up: { type: cohort_retention, entity: who, joined: person.signed_up_on, after: 1 month }
`,
      { orders: ORDERS, people: PEOPLE },
    );
    // a and b came in January, c in February. Of April it is not known, of May either.
    assert.deepEqual(values('next_month'), [1 / 2, 1, null, null]);
    assert.deepEqual(partial('next_month'), ['2025-04']);
    // a's first row was on the web.
    assert.deepEqual(values('next_month', 'channel.web'), [1 / 2, null, null, null]);
    assert.deepEqual(values('next_month', 'channel.shop'), [null, 1, null, null]);
    assert.deepEqual(values('in_two'), [1, 0, null, null]);
    assert.deepEqual(partial('in_two'), ['2025-03', '2025-04']);
    // a on 20 January; b not on 15 February; c not on 1 March.
    assert.deepEqual(values('day_15'), [1 / 2, 0, null, null]);
    assert.deepEqual(at('day_15', '2025-01').n, 2);
    // a on 1 February is day 27; b's 27 February and c's 13 March are empty.
    assert.deepEqual(values('ever_day_27'), [1 / 3]);
    // c signed up in January and was there in February, b was not; a signed up before the data begin.
    assert.deepEqual(values('since_signed_up').slice(0, 2), [1 / 2, null]);
  });

  it('join on a date by the calendar, wherever the clock of the project stands', async () => {
    const { values } = await compute(
      engine,
      `sources:
  visits: { data: visits.csv, time: at, as_of: 2025-03-31, columns: { at: { type: timestamp } } }
metrics:
  next_month: { type: cohort_retention, source: visits, entity: who, joined: since, after: 1 month }
  same: { type: cohort_retention, source: visits, entity: who, after: 1 month }
`,
      // 1 February is a day, which a clock in New York must not take for the evening before; 2 in the morning of 1 March in UTC is
      // still February there.
      {
        visits: `who,since,at\na,2025-02-01,2025-02-01 00:30:00\na,2025-02-01,2025-03-05 10:00:00\nb,2025-02-20,2025-03-01T02:00:00Z`,
      },
      'timezone: America/New_York',
    );
    assert.deepEqual(values('next_month'), [1 / 2, null]);
    assert.deepEqual(values('same'), [1 / 2, null]);
  });
});
