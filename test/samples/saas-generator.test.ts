import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatorLaws } from './generator-laws.ts';

describe('the generator of the saas sample', () => {
  const generator = generatorLaws('saas');

  it('writes as many events as asked, and nothing else changes', () => {
    assert.equal(generator.run('--events', '20000').status, 0);
    const events = generator.rows('events.csv');
    assert.equal(events.length, 20_000);
    assert.equal(new Set(events.map((line) => line.split(',')[0])).size, 20_000);
    const times = events.map((line) => line.split(',')[4] ?? '');
    assert.deepEqual(times, [...times].sort());
    for (const name of generator.committed.filter((one) => one !== 'events.csv')) generator.isCommitted(name);
  });

  it('makes other customers of another seed, and fewer of a smaller scale', () => {
    assert.equal(generator.run('--seed', '2', '--scale', '0.5').status, 0);
    const accounts = generator.rows('accounts.csv');
    assert.equal(accounts.length, 300);
    const committed = readFileSync(join('samples', 'saas', 'data', 'accounts.csv'), 'utf8').split('\n')[1];
    assert.notEqual(accounts[0], committed, 'the first account is the same');
  });

  it('asks for a whole number of events', () => {
    const { status, stderr } = generator.run('--events', '1.5');
    assert.equal(status, 2);
    assert.match(stderr, /--events must be a whole number .* not '1.5'/);
  });
});
