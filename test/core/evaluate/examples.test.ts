import assert from 'node:assert/strict';
import { type ExampleResult, runExamples } from '../../../server/src/core/evaluate/run-examples.ts';
import { testEngine } from '../../kit/engine.ts';
import { withProject } from '../../kit/reference/run.ts';

const sources = `
plumbline: 1
sources:
  survey:
    data: survey.csv
    key: answer_id
    time: answered_at
    columns:
      answer_id: { type: integer }
      answered_at: { type: timestamp }
      score: { type: integer, min: 0, max: 10, required: true }
      plan: { type: text, values: [pro, free] }
      account: { type: text }
    links:
      customer: { to: customers, using: { account: id } }
  customers: { data: customers.csv, key: id }
  tickets: { data: tickets.csv, time: opened_at }
  spells:
    data: spells.csv
    lifespan: { start: from, end: to }
    columns: { id: { type: text }, from: { type: date }, to: { type: date } }
segments:
  plan: { source: survey, by: plan }
  country: { source: customers, by: country }
metrics:
  answers: { type: count, source: survey }
`;

const data = {
  'survey.csv':
    'answer_id,answered_at,score,plan,account\n1,2025-05-02 10:00:00,10,pro,A\n2,2025-05-03 10:00:00,0,free,B\n3,2025-06-30 23:30:00,9,pro,A\n',
  'customers.csv': 'id,country\nA,FR\nB,DE\n',
  'tickets.csv': 'opened_at,solved_at\n2025-01-02,2025-01-05\n2025-02-02,\n',
  'spells.csv': 'id,from,to\nA,2025-01-01,\n',
};

describe('examples', () => {
  const engine = testEngine();

  /** Runs the examples of one metric, whose fields stand in a line, each example in a line as well. */
  async function run(
    fields: string,
    examples: readonly string[],
    settings = '',
  ): Promise<readonly ExampleResult[]> {
    const lines = [`  tested:`, ...fields.split('; ').map((field) => `    ${field}`), '    examples:'];
    const text = [...lines, ...examples.map((example) => `      - { ${example} }`), ''].join('\n');
    const files = {
      ...data,
      'plumbline.yaml': `plumbline: 1\n${settings}`,
      'a.metrics.yaml': sources + text,
    };
    return withProject(engine, files, async ({ evaluator, analysis }) => {
      const errors = analysis.problems.filter(({ severity }) => severity === 'error');
      assert.deepEqual(
        errors.map(({ message }) => message),
        [],
      );
      return runExamples(evaluator, [...evaluator.checked.project.metrics.values()]);
    });
  }

  const nps = 'type: nps; source: survey; value: score';
  const three = 'given: { survey: [{ score: 10 }, { score: 9 }, { score: 3 }] }';

  it('compare to the decimals written', async () => {
    // Two promoters and one detractor of three: 33.3333….
    const results = await run(nps, [
      `${three}, expect: 33.33`,
      `${three}, expect: 33.3`,
      `${three}, expect: 33`,
      `${three}, expect: 33.34`,
      `${three}, expect: 33.32`,
      `${three}, expect: 34`,
    ]);
    assert.deepEqual(
      results.map(({ passed }) => passed),
      [true, true, true, false, false, false],
    );
    assert.deepEqual(
      results.map(({ index, expected }) => [index, expected]),
      [33.33, 33.3, 33, 33.34, 33.32, 34].map((value, index) => [index, value]),
    );
    assert.ok(Math.abs((results[3]?.computed?.value ?? 0) - 100 / 3) < 1e-9);
    assert.equal(results[3]?.computed?.n, 3);
  });

  it('compare percentages to the decimals of the percentage', async () => {
    // 1 of 3 is 33.333… %.
    const share = 'type: share; source: survey; matching: score >= 9';
    const rows = 'given: { survey: [{ score: 10 }, { score: 1 }, { score: 3 }] }';
    const results = await run(share, [
      `${rows}, expect: 33%`,
      `${rows}, expect: 33.3%`,
      `${rows}, expect: 0.333`,
      `${rows}, expect: 0.33`,
      `${rows}, expect: 33.4%`,
      `${rows}, expect: 0.334`,
    ]);
    assert.deepEqual(
      results.map(({ passed }) => passed),
      [true, true, true, true, false, false],
    );
  });

  it('fill in a time that a row leaves out, and keep one that it says is missing', async () => {
    const count = 'type: count; source: tickets; time: solved_at';
    const results = await run(count, [
      'given: { tickets: [{ opened_at: 2025-01-03 }, { solved_at: 2025-01-09 }] }, expect: 2',
      'given: { tickets: [{ opened_at: 2025-01-03, solved_at: null }, { solved_at: 2025-01-09 }] }, expect: 1',
      "given: { tickets: [{ opened_at: 2025-01-03, solved_at: '' }] }, expect: 0",
      'given: { tickets: [{ opened_at: 2025-01-03, solved_at: }] }, expect: 0',
    ]);
    assert.deepEqual(
      results.map(({ computed }) => computed?.value),
      [2, 1, 0, 0],
    );
  });

  it('expect no data with null, which no number is', async () => {
    const results = await run(nps, [
      'given: { survey: [] }, expect: null',
      'given: { survey: [{ score: 11 }] }, expect: null',
      'given: { survey: [] }, expect: 0',
      `${three}, expect: null`,
    ]);
    assert.deepEqual(
      results.map(({ passed }) => passed),
      [true, true, false, false],
    );
    assert.equal(results[2]?.computed?.value, null);
  });

  it('put rows without a time at the beginning of the period, January 2025 where none is named', async () => {
    const rows = 'given: { survey: [{ score: 1 }, { score: 2, answered_at: "2025-06-15T12:00:00Z" }] }';
    const count =
      "type: count; source: survey; where: answered_at = period_start or date_part('day', answered_at) = 15";
    const results = await run(count, [
      `${rows}, expect: 1`,
      `${rows}, period: 2025-06, expect: 2`,
      `${rows}, period: 2025-05, expect: 1`,
      `${rows}, period: 2025-Q2, expect: 2`,
    ]);
    assert.deepEqual(
      results.map(({ passed }) => passed),
      [true, true, true, true],
    );
  });

  it("see periods in the project's time zone", async () => {
    // In New York the first of July begins at 04:00 UTC.
    const rows =
      'given: { survey: [{ score: 1, answered_at: "2025-07-01T03:59:59Z" }, { score: 1, answered_at: "2025-07-01T04:00:00Z" }] }';
    const results = await run(
      'type: count; source: survey',
      [`${rows}, period: 2025-06, expect: 1`, `${rows}, period: 2025-07, expect: 1`],
      'timezone: America/New_York\n',
    );
    assert.deepEqual(
      results.map(({ passed }) => passed),
      [true, true],
    );
  });

  it('let spells without a start begin before the period', async () => {
    const rows = 'given: { spells: [{ id: A }, { id: B, to: 2025-01-20 }, { id: C, from: 2025-01-20 }] }';
    const counts = { active: 2, during: 3, started: 1, ended: 1 };
    for (const [when, expected] of Object.entries(counts)) {
      const results = await run(`type: count; source: spells; when: ${when}`, [
        `${rows}, expect: ${expected}`,
      ]);
      assert.deepEqual(
        results.map(({ passed, computed }) => [when, passed, computed?.value]),
        [[when, true, expected]],
      );
    }
  });

  it('look at one group, also behind a link', async () => {
    const rows =
      'survey: [{ score: 10, plan: pro, account: X }, { score: 0, plan: free, account: Y }, { score: 0, account: X }]';
    const customers = 'customers: [{ id: X, country: FR }, { id: Y, country: DE }]';
    const results = await run(nps, [
      `given: { ${rows} }, segment: plan.pro, expect: 100`,
      `given: { ${rows} }, segment: plan.free, expect: -100`,
      `given: { ${rows} }, segment: plan.(none), expect: -100`,
      `given: { ${rows}, ${customers} }, segment: country.FR, expect: 0`,
      // The customers that are not given are not there, whatever the data hold.
      `given: { ${rows} }, segment: country.(none), expect: ${'-33.3'}`,
    ]);
    assert.deepEqual(
      results.map(({ passed, computed }) => [passed, computed?.n]),
      [
        [true, 1],
        [true, 1],
        [true, 1],
        [true, 2],
        [true, 3],
      ],
    );
  });

  it('have no rows in the sources that are not given', async () => {
    const fields =
      'type: ratio; numerator: { type: count, source: survey }; denominator: { type: count, source: spells, when: during }';
    const results = await run(fields, [
      'given: { survey: [{ score: 1 }] }, expect: null',
      'given: { survey: [{ score: 1 }], spells: [{ id: A }, { id: B }] }, expect: 0.5',
      'given: { spells: [{ id: A }] }, expect: 0',
    ]);
    assert.deepEqual(
      results.map(({ passed }) => passed),
      [true, true, true],
    );
  });

  it('are computed on the data where no rows are given', async () => {
    const results = await run(nps, [
      'period: 2025-05, expect: 0',
      'period: 2025-06, expect: 100',
      'period: 2025-Q2, expect: 33.3',
      'period: 2025-05, segment: plan.pro, expect: 100',
      'period: 2025-05, segment: country.DE, expect: -100',
      'period: 2025-05, expect: 1',
    ]);
    assert.deepEqual(
      results.map(({ passed }) => passed),
      [true, true, true, true, true, false],
    );
    // Of the example that fails, the rows that counted are named by their number in the file.
    assert.deepEqual(results[5]?.counted, [{ source: 'survey', rows: [1, 2] }]);
  });

  it('are free of contracts, of `as_of`, and of what the data hold', async () => {
    const results = await run(
      'type: count; source: survey',
      ['given: { survey: [{ plan: unheard_of }, { plan: pro }] }, expect: 2'],
      'as_of: 2024-12-31\n',
    );
    assert.deepEqual(
      results.map(({ passed }) => passed),
      [true],
    );
  });

  it('drop exact duplicates of a source with a key, as data do', async () => {
    const results = await run('type: count; source: survey', [
      'given: { survey: [{ answer_id: 1, score: 3 }, { answer_id: 1, score: 3 }, { answer_id: 1, score: 4 }] }, expect: 2',
    ]);
    assert.deepEqual(
      results.map(({ passed, computed }) => [passed, computed?.value]),
      [[true, 2]],
    );
  });

  it('look back as far as the rows that are given', async () => {
    // One answer in March, none in April, two in May: three ever, two more than in April, one more than in March.
    const answers = "given: { survey: [{ answered_at: '2025-03-02' }, { answered_at: '2025-05-03' }, {}] }";
    const may = `${answers}, period: 2025-05, expect:`;
    for (const [fields, expected] of [
      ['type: count; source: survey; window: all_time', 3],
      ['type: count; source: survey', 2],
      ['type: formula; formula: answers - previous(answers)', 2],
      ["type: formula; formula: answers - previous(answers, '2 months')", 1],
    ] as const) {
      const results = await run(fields, [`${may} ${expected}`]);
      assert.deepEqual(
        results.map(({ computed, refused }) => [computed?.value, refused]),
        [[expected, undefined]],
        fields,
      );
    }
  });

  it('with rows of their own need no data', async () => {
    const text = `plumbline: 1
sources:
  survey: { data: not-there.csv, time: at }
metrics:
  nps:
    type: nps
    source: survey
    value: score
    examples:
      - given: { survey: [{ score: 10, at: 2025-01-05 }, { score: 9 }, { score: 3 }, { score: 0, at: 2025-02-01 }] }
        expect: 33.33
      - { period: 2025-01, expect: 33.33 }
`;
    await withProject(engine, { 'a.metrics.yaml': text }, async ({ evaluator }) => {
      const results = await runExamples(evaluator, [...evaluator.checked.project.metrics.values()]);
      // Of January's three answers two are promoters and one a detractor; the fourth is of February.
      assert.deepEqual(
        results.map(({ passed }) => passed),
        [true, false],
      );
      assert.match(results[1]?.refused ?? '', /not-there\.csv/);
    });
  });
});
