import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProjectSession } from '../../../server/src/lsp/session/project-session.ts';
import { testEngine } from '../../kit/engine.ts';
import { sampleCopy, sessionOf } from '../../kit/session.ts';

describe('the work of a session', () => {
  const sample = sampleCopy('saas');
  const engine = testEngine();
  let session: ProjectSession;
  let errors: string[];
  let path: string;
  let text: string;

  beforeEach(async () => {
    ({ session, errors } = sessionOf(sample.root(), engine));
    path = join(sample.root(), 'product.metrics.yaml');
    text = await readFile(path, 'utf8');
    session.setText(path, text);
    await session.whenSettled();
  });

  afterEach(async () => {
    await session.dispose();
    assert.deepEqual(errors, []);
  });

  /** What editing the text took. */
  async function workOf(...texts: string[]): Promise<Record<string, number>> {
    const before = session.counts;
    for (const edited of texts) {
      session.setText(path, edited);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await session.whenSettled();
    const after = session.counts;
    return {
      checked: after.checked - before.checked,
      plans: after.plans - before.plans,
      queries: after.queries - before.queries,
      rounds: after.rounds - before.rounds,
    };
  }

  function edit(from: string, to: string): string {
    assert.equal(text.split(from).length, 2, `"${from}" stands once in the text`);
    return text.replace(from, to);
  }

  it('for a description is one check, and no plan or query', async () => {
    const work = await workOf(
      edit('People who did anything in the product in the month.', 'Everybody active.'),
    );
    assert.deepEqual(work, { checked: 1, plans: 0, queries: 0, rounds: 0 });
  });

  it('for a label, a reason or a comment is no plan or query either', async () => {
    for (const edited of [
      edit('label: Monthly active users', 'label: Active people'),
      edit('Feeds the estimate of what', 'Feeds the guess of what'),
      edit('# A1 of two customers.', '# One of two.'),
      `# At the top.\n${text}`,
      `${text}\n# At the end.\n`,
    ]) {
      const { plans, queries } = await workOf(edited);
      assert.deepEqual({ plans, queries }, { plans: 0, queries: 0 });
    }
  });

  it('for an expression plans its metric and what rests on it, and nothing else', async () => {
    // Of the open file, product_reach and auto_rota_adoption are made of accounts_using_product.
    const from =
      'label: Accounts using the product\n    why: Numerator and denominator of adoption.\n    value: account_id';
    const work = await workOf(edit(from, from.replace('value: account_id', 'value: lower(account_id)')));
    assert.ok(work.queries !== undefined && work.queries > 0);
    // Three metrics, each once for its value and once for its examples, or for its findings where those are in another round.
    assert.ok(work.plans !== undefined && work.plans >= 6 && work.plans <= 9, `${work.plans} plans`);
    // The three units, and the journey and the targets that name one of them.
    const users = ['accounts_using_product', 'product_reach', 'auto_rota_adoption'];
    const units = new Set(users.flatMap((name) => [`metric ${name}`, ...session.usersOf('metric', name)]));
    assert.ok((work.checked ?? 0) <= units.size + 1, `${work.checked} checked of ${[...units].join()}`);
  });

  it('for ten characters typed quickly evaluates twice at most', async () => {
    const typed = Array.from({ length: 10 }, (_, index) =>
      edit(
        'value: user_id\n    better: higher\n    segments',
        `value: concat(user_id, '${'x'.repeat(index + 1)}')\n    better: higher\n    segments`,
      ),
    );
    const before = session.counts.rounds;
    const [first = '', ...rest] = typed;
    session.setText(path, first);
    // The others come while the first is being evaluated, and before anything else can.
    while (session.counts.rounds === before) await new Promise((resolve) => setImmediate(resolve));
    for (const edited of rest) session.setText(path, edited);
    await session.whenSettled();
    const rounds = session.counts.rounds - before;
    assert.ok(rounds === 2, `${rounds} rounds`);
  });

  it('is no query for what was asked of the same data before', async () => {
    const other = edit("where: feature = 'auto_rota'", "where: feature = 'reports'");
    await workOf(other);
    await workOf(text);
    const { plans, queries } = await workOf(other);
    assert.ok(plans !== undefined && plans > 0);
    assert.equal(queries, 0);
  });
});
