import assert from 'node:assert/strict';
import { evaluate } from '../../../server/src/core/evaluate/evaluate.ts';
import { type MetricDocument, resultDocument } from '../../../server/src/core/evaluate/result.ts';
import { testEngine } from '../../kit/engine.ts';
import { present } from '../../kit/present.ts';
import { withProject } from '../../kit/reference/run.ts';

/** So many answers in a month, so many of them yes; of a group. */
type Answers = readonly [month: string, yes: number, of: number, group?: string];

function csv(answers: readonly Answers[]): string {
  const rows = answers.flatMap(([month, yes, of, group = 'a']) =>
    Array.from({ length: of }, (_, index) => `${month}-01,${group},${index < yes}`),
  );
  return `on,team,ok\n${rows.join('\n')}\n`;
}

describe('a verdict', () => {
  const engine = testEngine();

  async function documentOf(
    answers: readonly Answers[],
    { source = '', metric = '', settings = 'as_of: 2025-03-31' } = {},
  ): Promise<MetricDocument> {
    const files = {
      'plumbline.yaml': `plumbline: 1\n${settings}\n`,
      'a.csv': csv(answers),
      'a.metrics.yaml': `plumbline: 1
sources: { a: { data: a.csv, time: on${source} } }
segments: { team: { source: a, by: team } }
metrics: { m: { type: share, source: a, matching: ok, segments: [team]${metric} } }
`,
    };
    return withProject(engine, files, async ({ evaluator }) => {
      const evaluation = await evaluate(evaluator, { ownSegments: true });
      return present(resultDocument(evaluator.checked, evaluation).metrics[0]);
    });
  }

  const verdicts = ({ values }: MetricDocument, team?: string): unknown[] =>
    values.filter(({ group }) => group.team === team).map(({ verdict }) => verdict);

  it('follows the published tests of the difference, and not whether intervals overlap', async () => {
    // Newcombe (1998), Table II: 48/80 to 56/70 differ by 0.0524 to 0.3339, though the Wilson intervals of the two overlap.
    const up = await documentOf([
      ['2025-02', 48, 80],
      ['2025-03', 56, 70],
    ]);
    assert.deepEqual(verdicts(up), [null, 'up']);
    const [before, now] = up.values;
    assert.ok((before?.high ?? 0) > (now?.low ?? 1));
    // 0/29 to 5/56: -0.0381 to 0.1926.
    const unclear = await documentOf([
      ['2025-02', 0, 29],
      ['2025-03', 5, 56],
    ]);
    assert.deepEqual(verdicts(unclear), [null, 'no_clear_change']);
    assert.equal(unclear.headline?.verdict, 'no_clear_change');
    assert.deepEqual(
      unclear.values.filter(({ group }) => group.team === undefined).map((value) => value.small_sample),
      [true, false],
    );
  });

  it('is corrected where several groups are judged at once', async () => {
    // 20/50 to 30/50 has p near 0.04: enough alone, not as one of two.
    const alone = await documentOf([
      ['2025-02', 20, 50],
      ['2025-03', 31, 50],
    ]);
    assert.deepEqual(verdicts(alone, 'a'), [null, 'up']);
    const both = await documentOf([
      ['2025-02', 20, 50, 'a'],
      ['2025-03', 31, 50, 'a'],
      ['2025-02', 20, 50, 'b'],
      ['2025-03', 20, 50, 'b'],
    ]);
    assert.deepEqual(verdicts(both, 'a'), [null, 'no_clear_change']);
  });

  it('is not given of a period that is not over', async () => {
    const part = await documentOf(
      [
        ['2025-02', 10, 100],
        ['2025-03', 90, 100],
      ],
      { settings: 'as_of: 2025-03-30' },
    );
    assert.deepEqual(verdicts(part), [null, null]);
  });

  it('is always clear of a census', async () => {
    const census = await documentOf(
      [
        ['2025-01', 1, 3],
        ['2025-02', 2, 3],
        ['2025-03', 2, 3],
      ],
      { source: ', coverage: census' },
    );
    assert.deepEqual(verdicts(census), [null, 'up', 'no_clear_change']);
  });

  it('is not tested where both periods rest on the same rows', async () => {
    const answers: readonly Answers[] = [
      ['2025-01', 10, 100],
      ['2025-02', 50, 100],
      ['2025-03', 90, 100],
    ];
    // Of January's window the data hold a part only, so that February has nothing to be compared with.
    assert.deepEqual(verdicts(await documentOf(answers, { metric: ', window: 2 months' })), [
      null,
      null,
      'not_tested',
    ]);
    const [, ...own] = verdicts(await documentOf(answers, { metric: ', window: month_to_date' }));
    assert.deepEqual(own, ['up', 'up']);
  });

  it('comes with a trend where eight periods are complete', async () => {
    const months = Array.from({ length: 9 }, (_, index): Answers => [`2024-0${index + 1}`, 10 + index, 50]);
    const { trends } = await documentOf(months, { settings: 'as_of: 2024-09-30' });
    const total = present(trends.find(({ group }) => group.team === undefined));
    assert.deepEqual([total.direction, total.periods], ['rising', 9]);
    // One answer in fifty more each month.
    assert.ok(Math.abs(total.slope - 1 / 50) < 1e-12);
    const short = await documentOf(months.slice(2), { settings: 'as_of: 2024-09-30' });
    assert.deepEqual(short.trends, []);
  });

  it('of a movement has a tested trend of what happens in a period, not of who is there at a moment', async () => {
    const terms = ['opening', 'retained', 'closing', 'new', 'lost'];
    const starts = Array.from({ length: 9 }, (_, index) => `2024-0${index + 1}-01`);
    const metrics = (source: string): string =>
      terms
        .map((of) => `  ${of}_of_${source}: { type: movement, source: ${source}, entity: who, of: ${of} }\n`)
        .join('');
    const files = {
      'plumbline.yaml': 'plumbline: 1\nas_of: 2024-09-30\n',
      'a.csv': `who,start,end\n${starts.map((start, index) => `${index},${start},\n`).join('')}`,
      'a.metrics.yaml': `plumbline: 1
sources:
  spells: { data: a.csv, lifespan: { start: start, end: end } }
  events: { data: a.csv, time: start }
metrics:
${metrics('spells')}  alive: { type: count, source: spells, when: active }
${metrics('events')}`,
    };
    const untested = await withProject(engine, files, async ({ evaluator }) => {
      const { metrics: all } = resultDocument(evaluator.checked, await evaluate(evaluator, {}));
      return all.filter(({ trends }) => trends[0]?.p === null).map(({ metric }) => metric);
    });
    // Who is there at one close is there at the next as well, as the count of who is alive has it.
    const expected = ['opening_of_spells', 'retained_of_spells', 'closing_of_spells', 'alive'];
    assert.deepEqual(untested.toSorted(), expected.toSorted());
  });
});
