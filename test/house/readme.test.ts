import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { blocksOf } from '../docs/blocks.ts';

// Its blocks are run, and their output compared, by test/docs/examples.test.ts; its links are followed by test/docs/links.test.ts.
describe('the README', () => {
  it('shows the value that its first metric has by hand', () => {
    const blocks = blocksOf(readFileSync('README.md', 'utf8'));
    const csv = blocks.find(({ words }) => words[0] === 'survey.csv')?.text ?? '';
    const may = csv.split('\n').filter((line) => line.startsWith('2025-05'));
    const scores = may.map((line) => Number(line.split(',')[3]));
    const promoters = scores.filter((score) => score >= 9).length;
    const detractors = scores.filter((score) => score <= 6).length;
    const nps = (100 * (promoters - detractors)) / scores.length;
    const shown = blocks.find(({ language }) => language === 'console')?.text ?? '';
    assert.match(
      shown,
      new RegExp(`Net promoter score .* ${nps.toFixed(1)}\\* .* ${scores.length}  2025-05`),
    );
  });
});

describe('the documents', () => {
  it('name paths of the repository that are there', () => {
    const text = readFileSync('server/ARCHITECTURE.md', 'utf8');
    const named = [...text.matchAll(/`((?:server|schemas|samples|client|test|docs)\/[\w./-]+)`/g)].map(
      (match) => match[1] ?? '',
    );
    assert.ok(named.length > 3);
    assert.deepEqual(
      named.filter((path) => !existsSync(path)),
      [],
    );
  });
});
