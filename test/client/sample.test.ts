import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { folderOf } from '../cli/kit.ts';

const SAMPLE = 'client/walkthrough/sample';
const files = readdirSync(SAMPLE, { recursive: true, encoding: 'utf8' }).filter((name) =>
  statSync(join(SAMPLE, name)).isFile(),
);

describe('the sample of the walkthrough', () => {
  const folder = folderOf(Object.fromEntries(files.map((name) => [name, readFileSync(join(SAMPLE, name))])));

  it('is small', () => {
    const bytes = files.reduce((sum, name) => sum + statSync(join(SAMPLE, name)).size, 0);
    assert.ok(bytes < 40_000, String(bytes));
  });

  for (const command of ['check', 'test', 'eval'])
    it(`passes ${command}`, async () => {
      const { code, stdout, stderr } = await folder.plumbline([command]);
      assert.equal(code, 0, stdout + stderr);
    });

  it('comes to what the walkthrough says, before and after the change', async () => {
    const file = 'customers.metrics.yaml';
    const text = readFileSync(join(SAMPLE, file), 'utf8');
    const scores = readFileSync(join(SAMPLE, 'data/answers.csv'), 'utf8')
      .split('\n')
      .map((line) => line.split(','))
      .filter(([, , survey, , day]) => survey === 'nps' && day?.startsWith('2025-06'))
      .map(([, , , score]) => Number(score));
    const texts: Readonly<Record<string, string>> = JSON.parse(readFileSync('package.nls.json', 'utf8'));
    const [, before, after] =
      /from (\d+) to (\d+) percent/.exec(texts['plumbline.walkthrough.change.alt'] ?? '') ?? [];
    for (const [least, shown] of [
      [9, before],
      [8, after],
    ] as const) {
      folder.write(file, text.replace('score >= 9', `score >= ${least}`));
      const { stdout } = await folder.plumbline([
        'eval',
        'promoters',
        '--format',
        'csv',
        '--from',
        '2025-06',
      ]);
      const share = scores.filter((score) => score >= least).length / scores.length;
      assert.ok(stdout.includes(String(share).slice(0, 6)), stdout);
      assert.equal(String(Math.round(share * 100)), shown);
    }
  });
});
