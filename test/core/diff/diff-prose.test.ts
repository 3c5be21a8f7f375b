import assert from 'node:assert/strict';
import { diffMarkdown } from '../../../server/src/cli/reporters/diff-markdown.ts';
import { diffProse } from '../../../server/src/core/diff/diff-prose.ts';
import { plainWords } from '../../../server/src/core/ide/prose/plain.ts';
import { compareFiles } from '../../kit/diff/compare-folders.ts';
import { reported } from '../../kit/diff/reported.ts';
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

  it('begins with what has no values any more though nobody changed its text, then with what moved so', async () => {
    const files = (columns: string, where: string, type: string): Record<string, string> => ({
      'a.csv': 'on,x\n2025-01-01,1\n2025-02-01,7\n',
      'a.metrics.yaml': `plumbline: 1
sources: { a: { data: a.csv, time: on${columns} } }
metrics:
  meant: { type: count, source: a${where} }
  broken_itself: { type: ${type}, source: a, value: x }
  moved: { type: formula, formula: meant * 2 }
  broken: { type: count, source: a, where: large }
`,
    });
    const before = files(', columns: { large: { value: x > 5 } }', '', 'sum');
    await compareFiles(engine, before, files('', ', where: x > 5', 'summ'), (diff) => {
      const { metrics } = diffProse(diff);
      assert.deepEqual(
        metrics.map(({ title }) => plainWords(title)),
        [
          'metric broken: it has no values any more, and nobody changed its text',
          'metric moved: its values moved, and nobody changed its text',
          'metric broken_itself',
          'metric meant',
        ],
      );
    });
  });

  it('begins with what moved though only its name or direction is another', async () => {
    const files = (name: string, better: string, where: string): Record<string, string> => ({
      'a.csv': 'on,x\n2025-01-01,1\n2025-02-01,7\n',
      'a.metrics.yaml': `plumbline: 1
sources: { a: { data: a.csv, time: on } }
metrics:
  meant: { type: count, source: a${where} }
  ${name}: { type: formula, formula: meant * 2 }
  turned: { type: formula, formula: meant * 3, better: ${better} }
`,
    });
    const after = files('renamed', 'lower', ', where: x > 5');
    await compareFiles(engine, files('named', 'higher', ''), after, (diff) => {
      assert.deepEqual(
        diffProse(diff).metrics.map(({ title }) => plainWords(title)),
        [
          'metric renamed: its values moved, and nobody changed what it computes',
          'metric turned: its values moved, and nobody changed what it computes',
          'metric meant',
        ],
      );
    });
  });

  it('says how many rows changed data have, and had', async () => {
    const files = (rows: string): Record<string, string> => ({
      'a.csv': `on\n${rows}`,
      'a.metrics.yaml':
        'plumbline: 1\nsources: { a: { data: a.csv, time: on } }\nmetrics: { rows: { type: count, source: a } }\n',
    });
    const before = files('2025-01-01\n2025-02-01\n2025-02-02\n');
    await compareFiles(engine, before, files('2025-01-01\n'), (diff) =>
      assert.deepEqual(diffProse(diff).notes.map(plainWords), ['The data of a (1 row, before 3) changed.']),
    );
    await compareFiles(engine, before, files('2025-01-01\n2025-02-01\n2025-02-03\n'), (diff) =>
      assert.deepEqual(diffProse(diff).notes.map(plainWords), ['The data of a (3 rows, as before) changed.']),
    );
  });

  it('says where another period is the last, though each value is what it was', async () => {
    const files = (end: string): Record<string, string> => ({
      'plumbline.yaml': `plumbline: 1\nas_of: ${end}\n`,
      'a.csv': 'on\n2025-01-01\n2025-01-02\n2025-02-01\n',
      'a.metrics.yaml':
        'plumbline: 1\nsources: { a: { data: a.csv, time: on } }\nmetrics: { rows: { type: count, source: a } }\n',
    });
    await compareFiles(engine, files('2025-02-28'), files('2025-01-31'), (diff) => {
      const { summary, metrics } = diffProse(diff);
      assert.match(
        plainWords(summary),
        /; the values of 0 metrics moved; 1 metric has another last complete period\.$/,
      );
      const [item] = metrics;
      assert.match(
        plainWords(item?.title ?? []),
        /its last complete period is another, and nobody changed its text$/,
      );
      assert.deepEqual(item?.effects.map(plainWords), [
        'its last complete period is now 2025-01 with 2, before 2025-02 with 1',
        'none of its 1 value moved',
      ]);
    });
  });

  it('tells metrics together whose groups alone moved for one reason, and any other by itself', async () => {
    const files = (bound: number, where: string): Record<string, string> => ({
      'a.csv': 'on,x\n2025-01-01,1\n2025-01-02,7\n2025-01-03,9\n2025-02-01,1\n',
      'a.metrics.yaml': `plumbline: 1
sources: { a: { data: a.csv, time: on } }
segments: { size: { source: a, groups: { low: x < ${bound}, high: x >= ${bound} } } }
metrics:
  rows: { type: count, source: a, segments: [size] }
  sum_x: { type: sum, source: a, value: x, segments: [size] }
  max_x: { type: max, source: a, value: x, segments: [size] }
  narrower: { type: count, source: a, segments: [size]${where} }
  plain: { type: count, source: a }
`,
    });
    await compareFiles(engine, files(5, ''), files(8, ', where: x <> 9'), (diff) => {
      const { metrics } = diffProse(diff);
      assert.deepEqual(
        metrics.map(({ title }) => plainWords(title)),
        ['3 metrics: their groups moved, their totals did not', 'metric narrower'],
      );
      // In January 7 was high with 9, and is low with 1. The higher of the low ones is 7 then, and 9 stays the highest.
      assert.deepEqual(metrics[0]?.effects.map(plainWords).toSorted(), [
        'max_x: 1 of 3 values moved, the most in 2025-01, low: 1.00 before, 7.00 after, +6.00',
        'rows: 2 of 3 values moved, the most in 2025-01, low: 1 before, 2 after, +1',
        'sum_x: 2 of 3 values moved, the most in 2025-01, low: 1.00 before, 8.00 after, +7.00',
      ]);
      assert.match(
        metrics[0]?.changes.map(plainWords).join() ?? '',
        /^rests on segment size: group low is now/,
      );
    });
    // Two are not many.
    const two = (bound: number) => {
      const { 'a.metrics.yaml': text = '', ...data } = files(bound, '');
      return { ...data, 'a.metrics.yaml': text.replace(/ {2}(max_x|narrower):.*\n/g, '') };
    };
    await compareFiles(engine, two(5), two(8), (diff) => assert.equal(diffProse(diff).metrics.length, 2));
  });

  it('fits a comment on a pull request as Markdown, however long the texts are', async () => {
    const long =
      (word: string) =>
      (index: number): string =>
        `${word} ${index} `.repeat(12);
    const [before, after] = [projectOf(400, long('old')), projectOf(400, long('new'))];
    await compareFiles(engine, before, after, (diff, one, other) => {
      const markdown = diffMarkdown(reported(diff, one, other, ['a', 'b']));
      assert.ok(markdown.length <= 65_536);
      assert.match(markdown, /350 metrics more are not shown\./);
      assert.equal(markdown.split('<details>').length, markdown.split('</details>').length);
    });
  });
});
