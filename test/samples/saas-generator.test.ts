import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const committed = join('samples', 'saas', 'data');

function generate(...args: readonly string[]) {
  const program = join('samples', 'saas', 'generate.mjs');
  return spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' });
}

describe('the generator of the saas sample', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'plumbline-saas-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('writes the committed files, byte for byte', () => {
    assert.equal(generate('--out', folder).status, 0);
    assert.deepEqual(readdirSync(folder).sort(), readdirSync(committed).sort());
    for (const name of readdirSync(committed)) {
      // Not deepEqual: a difference between two files of half a megabyte would take minutes to print.
      const isSame = readFileSync(join(folder, name)).equals(readFileSync(join(committed, name)));
      assert.ok(isSame, `${name} is not what the generator writes: run node samples/saas/generate.mjs`);
    }
  });

  it('writes as many events as asked, and nothing else changes', () => {
    assert.equal(generate('--events', '20000', '--out', folder).status, 0);
    const events = readFileSync(join(folder, 'events.csv'), 'utf8').trimEnd().split('\n').slice(1);
    assert.equal(events.length, 20_000);
    assert.equal(new Set(events.map((line) => line.split(',')[0])).size, 20_000);
    const times = events.map((line) => line.split(',')[4] ?? '');
    assert.deepEqual(times, [...times].sort());
    for (const name of readdirSync(committed).filter((one) => one !== 'events.csv')) {
      assert.ok(readFileSync(join(folder, name)).equals(readFileSync(join(committed, name))), name);
    }
  });

  it('makes other customers of another seed, and fewer of a smaller scale', () => {
    assert.equal(generate('--seed', '2', '--scale', '0.5', '--out', folder).status, 0);
    const accounts = readFileSync(join(folder, 'accounts.csv'), 'utf8').trimEnd().split('\n').slice(1);
    assert.equal(accounts.length, 300);
    assert.notEqual(
      accounts[0],
      readFileSync(join(committed, 'accounts.csv'), 'utf8').split('\n')[1],
      'the first account is the same',
    );
  });

  it('names the option that it cannot use, and writes nothing', () => {
    const { status, stderr } = generate('--events', 'many', '--out', folder);
    assert.equal(status, 2);
    assert.match(stderr, /--events must be a whole number .* not 'many'/);
    assert.deepEqual(readdirSync(folder), []);
  });
});
