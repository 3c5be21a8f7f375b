import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lawsOfGenerator } from './generator-laws.ts';

describe('the generator of the saas sample', () => {
  const { committed, generate, folder } = lawsOfGenerator('saas', {
    table: 'accounts.csv',
    rowsAtHalf: 300,
    option: 'events',
  });

  it('writes as many events as asked, and nothing else changes', () => {
    assert.equal(generate('--events', '20000', '--out', folder()).status, 0);
    const events = readFileSync(join(folder(), 'events.csv'), 'utf8').trimEnd().split('\n').slice(1);
    assert.equal(events.length, 20_000);
    assert.equal(new Set(events.map((line) => line.split(',')[0])).size, 20_000);
    const times = events.map((line) => line.split(',')[4] ?? '');
    assert.deepEqual(times, [...times].sort());
    for (const name of readdirSync(committed).filter((one) => one !== 'events.csv')) {
      assert.ok(readFileSync(join(folder(), name)).equals(readFileSync(join(committed, name))), name);
    }
  });
});
