import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Cancelled } from '../../../server/src/core/base/cancel.ts';
import { kinds } from '../../../server/src/core/kinds/index.ts';
import { findUnguarded, type MutationResult } from '../../../server/src/core/mutate/find-unguarded.ts';
import { testEngine } from '../../kit/engine.ts';
import { withProject } from '../../kit/reference/run.ts';

const SOURCES = `plumbline: 1
sources:
  orders:
    data: orders.csv
    key: id
    time: at
    columns: { id: { type: text }, at: { type: date }, paid_at: { type: date }, amount: { type: integer }, plan: { type: text }, account: { type: text }, big: { value: amount >= 100 } }
    links: { customer: { to: accounts, using: account } }
  accounts:
    data: accounts.csv
    key: id
    columns: { id: { type: text }, size: { type: integer } }
  real:
    data: orders.csv
    key: id
    time: at
    where: plan <> 'test'
    one_per: { key: account, keep: last, by: amount }
    columns: { id: { type: text }, at: { type: date }, amount: { type: integer }, plan: { type: text }, account: { type: text } }
  spells:
    data: spells.csv
    lifespan: { start: from, end: to, end_inclusive: true }
    columns: { id: { type: text }, from: { type: date }, to: { type: date } }
segments:
  size: { source: accounts, groups: { small: size < 50, large: size >= 50 } }
metrics:
  all_orders: { type: count, source: orders }
`;

const DATA = {
  'plumbline.yaml': 'plumbline: 1\n',
  'orders.csv':
    'id,at,paid_at,amount,plan,account\n1,2025-01-05,2025-01-06,10,pro,A\n2,2025-01-09,2025-02-01,200,test,B\n3,2025-01-20,,50,free,A\n',
  'accounts.csv': 'id,size\nA,10\nB,70\n',
  'spells.csv': 'id,from,to\nA,2025-01-01,\n',
};

describe('clauses that no example guards', () => {
  const engine = testEngine();

  function find(metrics: string, names?: readonly string[]): Promise<MutationResult> {
    return withProject(
      engine,
      { ...DATA, 'a.metrics.yaml': SOURCES + metrics },
      ({ evaluator, analysis }) => {
        const errors = analysis.problems.filter(({ severity }) => severity === 'error');
        assert.deepEqual(
          errors.map(({ message }) => message),
          [],
        );
        const asked = names?.map((name) => evaluator.checked.project.metrics.get(name));
        return findUnguarded(
          evaluator,
          kinds,
          asked?.filter((metric) => metric !== undefined),
        );
      },
    );
  }

  /** The clauses of a metric that its examples do not guard, in words. */
  async function unguarded(fields: string, examples: readonly string[]): Promise<readonly string[]> {
    return words(await find(metric('tested', fields, examples)));
  }

  function metric(name: string, fields: string, examples: readonly string[]): string {
    const lines = [`  ${name}:`, ...fields.split('; ').map((field) => `    ${field}`)];
    const list = examples.length === 0 ? [] : ['    examples:'];
    return [...lines, ...list, ...examples.map((example) => `      - { ${example} }`), ''].join('\n');
  }

  function words({ unguarded }: MutationResult): readonly string[] {
    return unguarded.map(({ change }) => change.words);
  }

  // Each with an example that does not notice the clause, what is then said, and an example that does.
  const clauses: readonly (readonly [
    fields: string,
    blind: string,
    said: readonly string[],
    seeing: string,
  ])[] = [
    [
      "type: count; source: orders; where: plan <> 'test'",
      'given: { orders: [{ plan: pro }] }, expect: 1',
      ["the condition `plan <> 'test'` is left out"],
      'given: { orders: [{ plan: pro }, { plan: test }] }, expect: 1',
    ],
    [
      "type: count; source: orders; where: [plan = 'pro', amount > 5]",
      'given: { orders: [{ plan: pro, amount: 6 }, { plan: pro, amount: 5 }] }, expect: 1',
      ["the condition `plan = 'pro'` is left out"],
      'given: { orders: [{ plan: pro, amount: 6 }, { plan: free, amount: 6 }] }, expect: 1',
    ],
    [
      'type: share; source: orders; matching: amount >= 9',
      'given: { orders: [{ amount: 10 }, { amount: 1 }] }, expect: 50%',
      ['`amount >= 9` becomes `amount > 9`', '`amount >= 9` becomes `amount >= 8`'],
      'given: { orders: [{ amount: 9 }, { amount: 8 }, { amount: 1 }] }, expect: 33.3%',
    ],
    [
      'type: share; source: orders; matching: big',
      'given: { orders: [{ amount: 100 }, { amount: 99 }] }, expect: 50%',
      ['`big` becomes its opposite'],
      'given: { orders: [{ amount: 100 }, { amount: 99 }, { amount: 1 }] }, expect: 33.3%',
    ],
    [
      'type: count; source: orders; time: paid_at',
      'given: { orders: [{}] }, expect: 1',
      ['`time: paid_at` is left out'],
      'given: { orders: [{}, { paid_at: 2025-02-01 }] }, expect: 1',
    ],
    [
      'type: count; source: orders; value: amount',
      'given: { orders: [{ amount: 1 }] }, expect: 1',
      ['`value: amount` is left out'],
      'given: { orders: [{ amount: 1 }, {}] }, expect: 1',
    ],
    [
      'type: count; source: orders; once_per: customer',
      'given: { orders: [{ account: A }], accounts: [{ id: A }] }, expect: 1',
      ['`once_per: customer` is left out'],
      'given: { orders: [{ account: A }, { account: A }], accounts: [{ id: A }] }, expect: 1',
    ],
    [
      "type: formula; formula: paid / 2; parts: { paid: { metric: all_orders, where: plan = 'pro' } }",
      'given: { orders: [{ plan: pro }, { plan: pro }] }, expect: 1',
      ["the condition `plan = 'pro'` is left out"],
      'given: { orders: [{ plan: pro }, { plan: pro }, { plan: free }] }, expect: 1.0',
    ],
    [
      'type: count; source: orders; window: 60 days',
      'given: { orders: [{}] }, expect: 1',
      ['`window: 60 days` is left out'],
      'given: { orders: [{}, { at: 2024-12-30 }] }, expect: 2',
    ],
    [
      'type: sum; source: orders; value: amount; at: last',
      'given: { orders: [{ amount: 7 }] }, expect: 7',
      ['`at: last` is left out'],
      'given: { orders: [{ amount: 7, at: 2025-01-09 }, { amount: 5 }] }, expect: 7',
    ],
    [
      'type: sum; source: orders; value: amount; at: last; at_per: account',
      'given: { orders: [{ amount: 7, account: A, at: 2025-01-09 }, { amount: 5, account: A }] }, expect: 7',
      ['`at_per: account` is left out'],
      'given: { orders: [{ amount: 7, account: A, at: 2025-01-09 }, { amount: 5, account: A }, { amount: 3, account: B }] }, expect: 10',
    ],
    [
      'type: csat; source: orders; value: amount; satisfied: [5]',
      'given: { orders: [{ amount: 5 }, { amount: 1 }] }, expect: 50%',
      ['`4` is added to `satisfied`'],
      'given: { orders: [{ amount: 5 }, { amount: 4 }] }, expect: 50%',
    ],
    [
      'type: percentile; source: orders; value: amount; p: 0.5',
      'given: { orders: [{ amount: 5 }] }, expect: 5',
      ['`p: 0.5` becomes `p: 0.4`', '`p: 0.5` becomes `p: 0.6`'],
      'given: { orders: [{ amount: 0 }, { amount: 10 }] }, expect: 5',
    ],
    [
      "type: ratio; numerator: { type: count, source: orders, where: plan = 'pro' }; denominator: { type: count, source: orders }",
      'given: { orders: [{ plan: pro }] }, expect: 1',
      ["the condition `plan = 'pro'` is left out"],
      'given: { orders: [{ plan: pro }, { plan: free }] }, expect: 0.5',
    ],
  ];
  for (const [fields, blind, said, seeing] of clauses) {
    it(`are found by what an example lacks, and are gone with it: ${fields}`, async () => {
      assert.deepEqual(await unguarded(fields, [blind]), said);
      const guarded = await unguarded(fields, [blind, seeing]);
      assert.deepEqual(
        guarded.filter((each) => said.includes(each)),
        [],
      );
    });
  }

  it('stand in sources, computed columns and segments that examples use', async () => {
    const rows = 'given: { orders: [{ amount: 500 }] }, expect: 100%';
    const column = await find(
      metric('tested', 'type: share; source: orders; matching: big and amount > 0', [rows]),
    );
    assert.ok(words(column).includes('`amount >= 100` becomes `amount >= 99`'));
    const source = await find(
      metric('tested', 'type: count; source: real', [
        'given: { real: [{ plan: pro, account: A }] }, expect: 1',
      ]),
    );
    assert.deepEqual(words(source), ["the condition `plan <> 'test'` is left out", '`one_per` is left out']);
    const spells = await find(
      metric('tested', 'type: count; source: spells; when: active', [
        'given: { spells: [{}, { to: 2025-01-20 }] }, expect: 1',
      ]),
    );
    assert.deepEqual(words(spells), ['`end_inclusive: true` is left out']);
    const segment = await find(
      metric('tested', 'type: count; source: accounts', [
        'given: { accounts: [{ size: 49 }, { size: 60 }] }, period: all, segment: size.small, expect: 1',
      ]),
    );
    // The other group is named by no example.
    assert.deepEqual(words(segment), ['`size < 50` becomes `size <= 50`']);
  });

  it('are guarded by the examples of metrics that rest on theirs', async () => {
    const count = (examples: readonly string[]): string =>
      metric('paying', "type: count; source: orders; where: plan <> 'test'", examples);
    const blind = count(['given: { orders: [{ plan: pro }] }, expect: 1']);
    const ratio = metric('twice', 'type: formula; formula: paying * 2', [
      'given: { orders: [{ plan: pro }, { plan: test }] }, expect: 2',
    ]);
    assert.equal((await find(blind)).unguarded.length, 1);
    assert.deepEqual(words(await find(blind + ratio)), []);
  });

  it('are marked at their own characters', async () => {
    const fields = "type: count; source: orders; where: [plan = 'pro', \"amount > 5 and plan <> 'x'\"]";
    const { unguarded } = await find(
      metric('tested', fields, ['given: { orders: [{ plan: pro, amount: 9 }] }, expect: 1']),
    );
    const marked = unguarded.map(({ definition, change }) => {
      const unit = definition.node?.span.start ?? 0;
      return [definition.name, change.span.end - change.span.start, change.span.start > unit];
    });
    assert.deepEqual(marked, [
      ['tested', "plan = 'pro'".length, true],
      ['tested', 'amount > 5'.length, true],
      ['tested', 'amount > 5'.length, true],
      ['tested', 'amount > 5'.length, true],
      ['tested', "plan <> 'x'".length, true],
    ]);
  });

  it('come with an example of a row of the data that shows the difference, and are guarded by it', async () => {
    const fields = "type: count; source: orders; where: plan <> 'test'";
    const blind = 'given: { orders: [{ plan: pro }] }, expect: 1';
    const [clause] = (await find(metric('tested', fields, [blind]))).unguarded;
    assert.deepEqual(clause?.example, {
      metric: 'tested',
      source: 'orders',
      row: 2,
      yaml: '{ given: { orders: [{ plan: test }] }, expect: 0 }',
      value: '0',
      otherwise: '1',
    });
    const again = await unguarded(fields, [blind, clause.example.yaml.slice(2, -2)]);
    assert.deepEqual(again, []);
  });

  it('are waived by a comment with a reason, above the clause or the definition', async () => {
    const lines = (above: string, within: string): string =>
      `${above}  tested:\n    type: count\n    source: orders\n${within}    where: plan <> 'test'\n    window: 60 days\n    examples: [{ given: { orders: [{ plan: pro }] }, expect: 1 }]\n`;
    const waiver = '# plumbline-ignore unguarded-clause: orders of tests are taken out before';
    const outcomes = async (text: string): Promise<readonly string[]> =>
      (await find(text)).changes.map(({ outcome }) => outcome);
    assert.deepEqual(await outcomes(lines('', '')), ['unguarded', 'unguarded']);
    assert.deepEqual(await outcomes(lines('', `    ${waiver}\n`)), ['waived', 'unguarded']);
    assert.deepEqual(await outcomes(lines(`  ${waiver}\n`, '')), ['waived', 'waived']);
  });

  it('are not looked for in what says nothing, and not where an example fails anyway', async () => {
    const same = await find(
      metric('tested', 'type: count; source: orders; time: at', ['given: { orders: [{}] }, expect: 1']),
    );
    assert.deepEqual(same.changes, []);
    const failing = await find(
      metric('tested', 'type: count; source: orders; value: amount', ['given: { orders: [{}] }, expect: 5']),
    );
    assert.deepEqual([failing.changes.length, failing.failing.length], [0, 1]);
    const bare = await find(metric('tested', 'type: count; source: orders; value: amount', []));
    assert.deepEqual([bare.changes.length, bare.bare.map(({ name }) => name)], [0, ['all_orders', 'tested']]);
  });

  it('are looked for in the metrics that are asked for', async () => {
    const blind = ['given: { orders: [{ amount: 1 }] }, expect: 1'];
    const one = metric('one', 'type: count; source: orders; value: amount', blind);
    const two = metric('two', 'type: count; source: orders; where: amount > 0', [
      'given: { orders: [{ amount: 7 }] }, expect: 1',
    ]);
    const { unguarded } = await find(one + two, ['one']);
    assert.deepEqual([...new Set(unguarded.map(({ definition }) => definition.name))], ['one']);
  });

  it('are not looked for any longer once that is cancelled', async () => {
    const stop = new AbortController();
    const text = metric('tested', "type: count; source: orders; where: [plan <> 'test', amount > 0]", [
      'given: { orders: [{ amount: 3, plan: pro }] }, expect: 1',
    ]);
    let told = 0;
    await withProject(engine, { ...DATA, 'a.metrics.yaml': SOURCES + text }, async ({ evaluator }) => {
      const progress = (): void => {
        told += 1;
        stop.abort();
      };
      const run = findUnguarded(evaluator, kinds, undefined, { signal: stop.signal, progress });
      await assert.rejects(run, Cancelled);
    });
    assert.equal(told, 1);
  });

  /** A condition on a column of its own, with values on both sides of each of its ends. */
  const condition = fc
    .tuple(fc.constantFrom('>=', '>', '<=', '<', 'between', 'in'), fc.integer({ min: -5, max: 40 }))
    .map(([kind, at]) => {
      switch (kind) {
        case '>=':
          return { text: (name: string) => `${name} >= ${at}`, yes: [at], no: [at - 1] };
        case '>':
          return { text: (name: string) => `${name} > ${at}`, yes: [at + 1], no: [at] };
        case '<=':
          return { text: (name: string) => `${name} <= ${at}`, yes: [at], no: [at + 1] };
        case '<':
          return { text: (name: string) => `${name} < ${at}`, yes: [at - 1], no: [at] };
        case 'between':
          return {
            text: (name: string) => `${name} between ${at} and ${at + 2}`,
            yes: [at, at + 2],
            no: [at - 1, at + 3],
          };
        default:
          return { text: (name: string) => `${name} in (${at}, ${at + 3})`, yes: [at, at + 3], no: [at + 1] };
      }
    });

  it('do not exist where the examples cover both sides of every condition, and do where one side is left out', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(condition, { minLength: 1, maxLength: 3 }), async (conditions) => {
        const rowWith = (column: number, value: number): string =>
          `{ ${conditions.map(({ yes }, index) => `c${index}: ${index === column ? value : yes[0]}`).join(', ')} }`;
        const inside = conditions.flatMap(({ yes }, index) => yes.map((value) => rowWith(index, value)));
        const outside = conditions.map(({ no }, index) => no.map((value) => rowWith(index, value)));
        const where = conditions.map(({ text }, index) => `"${text(`c${index}`)}"`).join(', ');
        const columns = conditions.map((_, index) => `c${index}: { type: integer }`).join(', ');
        const project = (rows: readonly string[]): Promise<readonly string[]> =>
          withProject(
            engine,
            {
              'plumbline.yaml': 'plumbline: 1\n',
              'rows.csv': `at,${conditions.map((_, index) => `c${index}`).join(',')}\n2025-01-01,${conditions.map(() => '0').join(',')}\n`,
              'a.metrics.yaml': `plumbline: 1\nsources:\n  rows: { data: rows.csv, time: at, columns: { ${columns} } }\nmetrics:\n  counted:\n    type: count\n    source: rows\n    where: [${where}]\n    examples: [{ given: { rows: [${rows.join(', ')}] }, expect: ${inside.length} }]\n`,
            },
            async ({ evaluator }) => words(await findUnguarded(evaluator, kinds, undefined)),
          );
        assert.deepEqual(await project([...inside, ...outside.flat()]), []);
        const [first, ...rest] = outside;
        assert.ok(first !== undefined);
        const missed = await project([...inside, ...rest.flat()]);
        assert.ok(
          missed.includes(`the condition \`${conditions[0]?.text('c0')}\` is left out`),
          missed.join(),
        );
      }),
      { numRuns: 8 },
    );
  });
});
