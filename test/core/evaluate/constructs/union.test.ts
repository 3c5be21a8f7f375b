import assert from 'node:assert/strict';
import { compute } from '../../../kit/construct.ts';
import { testEngine } from '../../../kit/engine.ts';

const DEFINITIONS = `
sources:
  tickets: { data: tickets.csv, time: opened, where: subject <> 'spam' }
  reviews: { data: reviews.csv, time: posted }
  accounts: { data: accounts.csv, key: account_id }
  feedback:
    union:
      tickets: { id: ticket_id, at: opened, text: subject, account_id: account_id }
      reviews: { id: review_id, at: posted, text: body, stars: stars, mood: "case when stars >= 4 then 'good' else 'bad' end" }
    key: [source_name, id]
    time: at
    links: { account: { to: accounts, using: account_id } }
segments:
  origin: { source: feedback, by: source_name }
  mood: { source: feedback, by: mood }
  size: { source: accounts, by: size }
metrics:
  items: { type: count, source: feedback, segments: [origin, mood, size] }
  rated: { type: count, source: feedback, value: stars }
  long: { type: share, source: feedback, matching: length(text) > 4 }
  good: { type: share, source: feedback, matching: mood = 'good', where: source_name = 'reviews' }
`;

const TABLES = {
  tickets: `
    ticket_id,opened,subject,account_id
    1,2025-01-05,login,a
    2,2025-02-05,bill,b
    2,2025-02-05,bill,b
    3,2025-02-06,spam,a`,
  reviews: `
    review_id,posted,body,stars
    1,2025-01-20,great,5
    2,2025-02-20,poor,2
    3,2025-03-01,,`,
  accounts: 'account_id,size\na,large\nb,small',
};

describe('a union', () => {
  const engine = testEngine();

  it('stacks the rows of its members, by its own time, key and links', async () => {
    const { periods, values } = await compute(engine, DEFINITIONS, TABLES);
    assert.deepEqual(periods('items'), ['2025-01', '2025-02', '2025-03']);
    // The spam is no row of its member; the ticket that is there twice has one key and counts once.
    assert.deepEqual(values('items'), [2, 2, 1]);
    assert.deepEqual(values('items', 'origin.tickets'), [1, 1, 0]);
    assert.deepEqual(values('items', 'origin.reviews'), [1, 1, 1]);
    assert.deepEqual(values('items', 'size.large'), [1, 0, 0]);
    assert.deepEqual(values('items', 'size.(none)'), [1, 1, 1]);
  });

  it('has null where a member lacks a column', async () => {
    const { values } = await compute(engine, DEFINITIONS, TABLES);
    assert.deepEqual(values('rated'), [1, 1, 0]);
    // Tickets have no mood; a review without stars is not at least 4, and so bad.
    assert.deepEqual(values('items', 'mood.(none)'), [1, 1, 0]);
    assert.deepEqual(values('items', 'mood.bad'), [0, 1, 1]);
    // login and great; neither bill nor poor; no text at all.
    assert.deepEqual(values('long'), [1, 0, null]);
    assert.deepEqual(values('good'), [1, 0, 0]);
  });
});
