import assert from 'node:assert/strict';
import { diffMarkdown } from '../../../server/src/cli/reporters/diff-markdown.ts';
import { diffProse } from '../../../server/src/core/diff/diff-prose.ts';
import { plainWords } from '../../../server/src/core/ide/prose/plain.ts';
import { compareFiles } from '../../kit/diff/compare-folders.ts';
import { testEngine } from '../../kit/engine.ts';

/** A project of so many metrics with a description each, of which none has data. */
function projectOf(count: number, text: (index: number) => string): Record<string, string> {
  const metrics = Array.from(
    { length: count },
    (_, index) => `  m${index}: { type: count, source: a, description: ${JSON.stringify(text(index))} }\n`,
  );
  return {
    'a.csv': 'x\n1\n',
    'a.metrics.yaml': `plumbline: 1\nsources: { a: { data: a.csv } }\nmetrics:\n${metrics.join('')}`,
  };
}

describe('a comparison in words', () => {
  const engine = testEngine();

  it('tells so much and no more, and says how much is left out', async () => {
    const before = projectOf(60, () => 'old');
    const after = projectOf(60, () => 'new');
    await compareFiles(engine, before, after, (diff) => {
      const { metrics, notes, summary } = diffProse(diff);
      assert.equal(metrics.length, 50);
      assert.deepEqual(notes.map(plainWords), ['10 metrics more are not shown.']);
      assert.equal(plainWords(summary), '60 changes (60 cosmetic); the values of 0 metrics moved.');
      const few = diffProse(diff, { metrics: 1, others: 1, lines: 1 });
      assert.deepEqual(few.notes.map(plainWords), ['59 metrics more are not shown.']);
    });
  });

  it('fits a comment on a pull request as Markdown, however long the texts are', async () => {
    const long =
      (word: string) =>
      (index: number): string =>
        `${word} ${index} `.repeat(12);
    const [before, after] = [projectOf(400, long('old')), projectOf(400, long('new'))];
    await compareFiles(engine, before, after, (diff, one, other) => {
      const side = (name: string, open: typeof one) => ({
        ...open,
        name,
        errors: 0,
        borrowed: new Map(),
      });
      const report = {
        diff,
        before: side('a', one),
        after: side('b', other),
      };
      const markdown = diffMarkdown(report);
      assert.ok(markdown.length <= 65_536);
      assert.match(markdown, /350 metrics more are not shown\./);
      assert.equal(markdown.split('<details>').length, markdown.split('</details>').length);
    });
  });
});
