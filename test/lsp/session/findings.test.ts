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
});
