import assert from 'node:assert/strict';
import { folderOf, resultValidator } from './kit.ts';
import { parseXml } from './xml.ts';

const FILES = {
  'plumbline.yaml': 'plumbline: 1\nname: shop & sons\nas_of: 2025-02-28\n',
  'orders.csv': 'id,at,amount\n1,2025-01-05,10\n2,2025-01-20,-30\n3,2025-02-03,20\n',
  'shop.metrics.yaml': `plumbline: 1
sources:
  orders: { data: orders.csv, key: id, time: at }
metrics:
  sold:
    type: count
    source: orders
    where: amount > 0
    examples:
      - given: { orders: [{ amount: 5 }, { amount: 7 }] }
        expect: 2
  returned:
    type: count
    source: orders
    # plumbline-ignore unguarded-clause: the till writes whole euros
    where: amount <= -1
    examples:
      - given: { orders: [{ amount: -1 }, { amount: 7 }] }
        expect: 1
  untested: { type: count, source: orders }
`,
};

describe('plumbline test --mutate', () => {
  const folder = folderOf(FILES);

  it('marks each clause that no example guards, with an example that would, and ends with 1', async () => {
    const run = await folder.plumbline(['test', '--mutate']);
    assert.equal(
      run.stdout,
      `warning[unguarded-clause]: No example notices when the condition \`amount > 0\` is left out. Row 2 of orders tells the two apart: sold is 0 for it alone, and would be 1.
 --> shop.metrics.yaml:8:12
  |
8 |     where: amount > 0
  |            ^^^^^^^^^^
  = help: add to the examples of sold: - { given: { orders: [{ amount: -30 }] }, expect: 0 }

warning[unguarded-clause]: No example notices when \`amount > 0\` becomes \`amount >= 0\`.
 --> shop.metrics.yaml:8:12
  |
8 |     where: amount > 0
  |            ^^^^^^^^^^

warning[unguarded-clause]: No example notices when \`amount > 0\` becomes \`amount > 1\`.
 --> shop.metrics.yaml:8:12
  |
8 |     where: amount > 0
  |            ^^^^^^^^^^

3 changes are noticed by no example. Tried 6 changes of the clauses of 2 metrics and of what they use, 1 waived. 1 metric has no example.
`,
    );
    assert.deepEqual([run.code, run.stderr], [1, '']);
  });

  it('ends with 0 where every clause is guarded, or none was asked for', async () => {
    const run = await folder.plumbline(['test', '--mutate', 'returned']);
    assert.equal(
      run.stdout,
      '✓ Tried 3 changes of the clauses of 1 metric and of what they use, 1 waived: an example notices each other one.\n',
    );
    assert.equal(run.code, 0);
    const none = await folder.plumbline(['test', '--mutate', 'untested']);
    assert.deepEqual([none.code, none.stdout], [0, 'No clauses to change. 1 metric has no example.\n']);
  });

  it('prints JSON as the result schema states', async () => {
    const run = await folder.plumbline(['test', '--mutate', '--format', 'json']);
    const document = JSON.parse(run.stdout) as {
      readonly unguarded: readonly object[];
      readonly summary: object;
    };
    assert.deepEqual((await resultValidator('mutate'))(document), []);
    assert.deepEqual(document.summary, {
      changes: 6,
      guarded: 2,
      unguarded: 3,
      waived: 1,
      not_tried: 0,
      metrics: 2,
      without_examples: ['untested'],
      failing_examples: [],
    });
    assert.deepEqual(document.unguarded[1], {
      definition: 'metric sold',
      change: '`amount > 0` becomes `amount >= 0`',
      problem: {
        code: 'unguarded-clause',
        severity: 'warning',
        message: 'No example notices when `amount > 0` becomes `amount >= 0`.',
        file: 'shop.metrics.yaml',
        start: { line: 8, column: 12 },
        end: { line: 8, column: 22 },
        documentation: 'docs/rules/unguarded-clause.md',
      },
      example: null,
    });
    assert.equal(run.code, 1);
  });

  it('prints JUnit XML with a case for each change', async () => {
    const run = await folder.plumbline(['test', '--mutate', '--format', 'junit']);
    const { children } = parseXml(run.stdout);
    assert.deepEqual(
      children.map(({ attributes: { name, tests, failures } }) => [name, tests, failures]),
      [
        ['metric sold', '3', '3'],
        ['metric returned', '3', '0'],
      ],
    );
    const outcomes = children[1]?.children
      .filter(({ name }) => name === 'testcase')
      .map((one) => one.children.map(({ name }) => name).join());
    assert.deepEqual(outcomes?.toSorted(), ['', '', 'skipped']);
  });

  it('says which examples fail, as they guard nothing', async () => {
    folder.write('shop.metrics.yaml', FILES['shop.metrics.yaml'].replace('expect: 2', 'expect: 3'));
    const run = await folder.plumbline(['test', '--mutate', 'sold']);
    folder.write('shop.metrics.yaml', FILES['shop.metrics.yaml']);
    assert.equal(
      run.stdout,
      '✗ sold example 1: Expected 3, computed 2.\nAn example that fails guards nothing: see "plumbline test".\n\nNo clauses to change.\n',
    );
    assert.equal(run.code, 1);
  });
});
