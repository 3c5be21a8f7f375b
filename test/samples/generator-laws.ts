import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What is special to the generator of one sample. */
export interface GeneratorTraits {
  /** A table whose rows are drawn by the seed. */
  readonly table: string;
  /** How many rows it has with `--scale 0.5`. */
  readonly rowsAtHalf: number;
  /** An option that takes a whole number. */
  readonly option: string;
}

/** A generator that is under test, with a folder of its own for each test. */
export interface Generator {
  /** The folder of the committed files. */
  readonly committed: string;
  /** Runs the program. */
  generate(...args: readonly string[]): ReturnType<typeof spawnSync>;
  /** The folder to write to. */
  folder(): string;
}

/** The laws that hold for the generator of every sample. Called in its `describe`, whose further tests use what it returns. */
export function lawsOfGenerator(sample: string, traits: GeneratorTraits): Generator {
  const committed = join('samples', sample, 'data');
  const program = join('samples', sample, 'generate.mjs');
  const generate = (...args: readonly string[]) =>
    spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' });
  let folder = '';

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), `plumbline-${sample}-`));
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
      assert.ok(isSame, `${name} is not what the generator writes: run node ${program}`);
    }
  });

  it('makes others of another seed, and fewer of a smaller scale', () => {
    assert.equal(generate('--seed', '2', '--scale', '0.5', '--out', folder).status, 0);
    const rows = readFileSync(join(folder, traits.table), 'utf8').trimEnd().split('\n').slice(1);
    assert.equal(rows.length, traits.rowsAtHalf);
    const first = readFileSync(join(committed, traits.table), 'utf8').split('\n')[1];
    assert.notEqual(rows[0], first, 'the first row is the same');
  });

  it('names the option that it cannot use, and writes nothing', () => {
    const { status, stderr } = generate(`--${traits.option}`, 'many', '--out', folder);
    assert.equal(status, 2);
    assert.match(stderr, new RegExp(`--${traits.option} must be a whole number .* not 'many'`));
    assert.deepEqual(readdirSync(folder), []);
  });

  return { committed, generate, folder: () => folder };
}
