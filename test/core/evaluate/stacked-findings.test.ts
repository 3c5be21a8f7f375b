import assert from 'node:assert/strict';
import { evaluate } from '../../../server/src/core/evaluate/evaluate.ts';
import { testEngine } from '../../kit/engine.ts';
import { withProject } from '../../kit/reference/run.ts';

/** What is said of one kind, with the characters at which it stands and those of its related places. */
interface Said {
  readonly at: string | undefined;
  readonly message: string;
  readonly related: readonly (string | undefined)[];
}

describe('what the data break', () => {
  const engine = testEngine();

  async function saidOf(code: string, files: Readonly<Record<string, string>>): Promise<readonly Said[]> {
    return withProject(engine, { 'plumbline.yaml': 'plumbline: 1\n', ...files }, async ({ evaluator }) => {
      const { problems } = await evaluate(evaluator);
      const texts = new Map(evaluator.checked.project.files.map(({ path, text }) => [path, text]));
      return problems
        .filter((problem) => problem.code === code)
        .map(({ file, span, message, related = [] }) => ({
          at: texts.get(file)?.slice(span.start, span.end),
          message,
          related: related.map((place) => texts.get(place.file)?.slice(place.span.start, place.span.end)),
        }));
    });
  }

  it('names the rows of a stack by the data in which they stand', async () => {
    const found = await saidOf('rows-set-aside', {
      'a.metrics.yaml': `
plumbline: 1
sources:
  tickets: { data: tickets.csv }
  reviews: { data: reviews.csv }
  feedback:
    union:
      tickets: { at: opened_at }
      reviews: { at: posted_at }
    time: at
metrics:
  answers: { type: count, source: feedback, grain: all }
`,
      'tickets.csv': 'id,opened_at\n1,2025-01-01\n2,\n3,2025-01-02\n',
      'reviews.csv': 'id,posted_at\n1,2025-01-01\n2,2025-01-03\n3,2025-01-03\n4,\n',
    });
    assert.deepEqual(found, [
      {
        at: 'at',
        message: '2 rows of feedback set aside: no at. (Rows 2 of tickets, 4 of reviews)',
        related: ['tickets', 'reviews'],
      },
    ]);
  });

  it('names a row without a match once, at the member whose own link it breaks', async () => {
    const found = await saidOf('orphan-link', {
      'a.metrics.yaml': `
plumbline: 1
sources:
  accounts: { data: accounts.csv, key: account_id }
  tickets: { data: tickets.csv, links: { account: { to: accounts, using: account_id } } }
  reviews: { data: reviews.csv }
  visits: { data: visits.csv }
  feedback:
    union:
      tickets: { at: on, account_id: account_id }
      reviews: { at: on, account_id: who }
      visits: { at: on }
    time: at
    links: { company: { to: accounts, using: account_id } }
  voices:
    union:
      feedback: { at: at, account_id: account_id }
    time: at
    links: { company: { to: accounts, using: { account_id: account_id } } }
metrics:
  answers: { type: count, source: feedback, grain: all }
  heard: { type: count, source: voices, grain: all }
`,
      'accounts.csv': 'account_id\na\n',
      'tickets.csv': 'account_id,on\na,2025-01-01\nz,2025-01-01\n',
      'reviews.csv': 'who,on\na,2025-01-01\ny,2025-01-01\nx,2025-01-02\n',
      'visits.csv': 'on\n2025-01-01\n',
    });
    assert.deepEqual(
      found.map(({ at, message }) => [at, message]),
      [
        [
          'account',
          '1 row of tickets without a match in accounts: what they reach through `account` is null. (Row 2)',
        ],
        // Reviews have no link of their own.
        [
          'company',
          '2 rows of feedback without a match in accounts: what they reach through `company` is null. (Rows 2 of reviews, 3 of reviews)',
        ],
      ],
    );
  });

  it('is also that one_per cannot tell which row of a key comes first', async () => {
    const found = await saidOf('one-per-ties', {
      'a.metrics.yaml': `
plumbline: 1
sources:
  orders:
    data: orders.csv
    time: on
    where: state <> 'test'
    one_per: { key: id, keep: last, by: on }
metrics:
  placed: { type: count, source: orders, grain: all }
`,
      // Of 1 the rows 2 and 3 are last together; of 2 one of the two is no row of the source; of 3 the later one is last.
      'orders.csv':
        'id,on,state\n1,2025-01-01,a\n1,2025-01-02,b\n1,2025-01-02,c\n2,2025-01-01,a\n2,2025-01-01,test\n3,2025-01-01,a\n3,2025-01-05,b\n,2025-01-01,a\n,2025-01-01,b\n',
    });
    assert.deepEqual(found, [
      {
        at: 'on',
        message:
          '1 value of id in orders with 2 rows that are alike in on, so that the last of them in the data is used. (Row 3)',
        related: [],
      },
    ]);
  });

  it('is counted at a segment whose groups overlap', async () => {
    const project = (small: string): Record<string, string> => ({
      'a.metrics.yaml': `
plumbline: 1
sources:
  accounts: { data: accounts.csv }
segments:
  size:
    source: accounts
    groups: { small: ${small}, large: employees >= 50, huge: employees >= 100 }
metrics:
  all_accounts: { type: count, source: accounts, segments: [size] }
`,
      'accounts.csv': 'id,employees\n1,10\n2,50\n3,50\n4,60\n5,200\n',
    });
    const [said, ...others] = await saidOf('overlapping-groups', project('employees <= 50'));
    assert.deepEqual(others, []);
    assert.equal(said?.at, 'size');
    // 50 and 50 are small and large; 200 is large and huge.
    assert.match(said?.message ?? '', /: 2 rows in both small and large, 1 row in both large and huge\. /);
    const apart = await saidOf('overlapping-groups', project('employees < 50'));
    assert.match(apart[0]?.message ?? '', /: 1 row in both large and huge\. /);
  });
});
