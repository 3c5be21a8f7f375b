import assert from 'node:assert/strict';
import type { ProjectSession } from '../../../server/src/lsp/session/project-session.ts';
import { testEngine } from '../../kit/engine.ts';
import { sessionOf } from '../../kit/session.ts';
import { createWorkspace, type Workspace } from '../workspace.ts';

/** In the data an amount is missing, one row is there twice, and a score is 11. */
const DATA = 'id,at,amount,score\n1,2025-01-02,5,9\n2,2025-01-03,,11\n2,2025-01-03,,11\n';

const TEXT = `plumbline: 1
defaults:
  owner: sales
sources:
  orders:
    data: orders.csv
    key: [id]
    time: at
    columns:
      amount: { type: number, required: true }
metrics:
  nps:
    type: nps
    source: orders
    value: score
`;

describe('what the rows break', () => {
  const engine = testEngine();
  let workspace: Workspace;
  let session: ProjectSession;
  let errors: string[];
  let path: string;

  beforeEach(async () => {
    workspace = await createWorkspace({ 'plumbline.yaml': '', 'orders.csv': DATA, 'a.metrics.yaml': TEXT });
    ({ session, errors } = sessionOf(workspace.folder, engine));
    path = `${workspace.folder}/a.metrics.yaml`;
  });

  afterEach(async () => {
    await session.dispose();
    await workspace.end();
    assert.deepEqual(errors, []);
  });

  /** What is marked, once everything is known. */
  async function marked(text: string): Promise<readonly string[]> {
    session.setText(path, text);
    await session.whenSettled();
    return session
      .problemsInFiles(await session.analysis(path))
      .map(({ code, span }) => `${code} ${text.slice(span.start, span.end)}`);
  }

  it('is marked where it stands now after edits that change no value, and is not looked for again', async () => {
    const expected = ['rows-set-aside [id]', 'value-missing amount', 'rows-set-aside score'];
    const first = await marked(TEXT);
    assert.ok(
      expected.every((one) => first.includes(one)),
      first.join(),
    );
    const { queries, plans } = session.counts;
    for (const edited of [
      TEXT.replace('    data:', '    description: All of them.\n    data:'),
      TEXT.replace('      amount:', '      # Net of taxes.\n      amount:'),
      TEXT.replace('amount: {', 'amount:   {'),
      TEXT.replace('owner: sales', 'owner: everybody in sales'),
      TEXT.replace('    value:', '    label: Net promoter score\n    value:'),
      `# At the top.\n${TEXT}`,
      TEXT.replaceAll('\n', '\r\n'),
    ]) {
      assert.deepEqual(await marked(edited), first, edited);
    }
    assert.deepEqual([session.counts.queries, session.counts.plans], [queries, plans]);
  });

  const NAMING = `${TEXT}    examples:
      - { period: 2025-01, segment: at_day.2025-01-04, expect: null }
segments:
  at_day: { source: orders, by: id }
targets:
  more: { metric: nps, segment: at_day.7, at_least: 1, each: month }
journeys:
  all:
    segment: at_day.8
    stages: { first: { metrics: [nps] } }
`;

  /** The groups that are marked as missing. */
  async function missing(text: string): Promise<readonly string[]> {
    return (await marked(text)).filter((one) => one.startsWith('missing-group')).map((one) => one.slice(14));
  }

  it('is marked at a baseline that the metric never had, and no longer where it is corrected', async () => {
    // Two orders of January with an amount of 5 in all.
    const target = (value: string): string =>
      `${TEXT}  amounts: { type: sum, source: orders, value: amount, grain: day }\ntargets:\n  more: { metric: amounts, at_least: 9, due: 2025-01-03, baseline: { period: 2025-01-02, value: ${value} } }\n`;
    assert.ok((await marked(target('7'))).includes('baseline-differs 7'));
    const moved = await marked(target('7').replace('  more:', '  # Below a comment.\n  more:'));
    assert.ok(moved.includes('baseline-differs 7'));
    const after = await marked(target('5'));
    assert.ok(!after.some((one) => one.startsWith('baseline-differs')), after.join());
  });

  it('is marked at a group that no row is in, and stays there', async () => {
    assert.deepEqual(await missing(NAMING), ['2025-01-04', '7', '8']);
    const { queries } = session.counts;
    for (const edited of [
      NAMING.replace('  more: {', '  more: { why: We said so.,'),
      NAMING.replace('    segment:', '    description: Of some.\n    segment:'),
      NAMING.replace('- { period', '- {   period'),
    ]) {
      assert.deepEqual(await missing(edited), ['2025-01-04', '7', '8'], edited);
    }
    assert.equal(session.counts.queries, queries);
    assert.deepEqual(await missing(NAMING.replace('day.7', 'day.2')), ['2025-01-04', '8']);
    // The groups are other ones where the segment is by something else.
    assert.deepEqual(await missing(NAMING.replace('by: id', 'by: at')), ['2025-01-04', '7', '8']);
    assert.deepEqual(await missing(NAMING.replace('by: id', 'by: score')), ['2025-01-04', '7', '8']);
    assert.deepEqual(await missing(NAMING.replace('by: id', 'by: id + 6')), ['2025-01-04']);
  });
});
