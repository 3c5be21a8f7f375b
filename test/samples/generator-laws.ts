import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The generator of a sample, for a test. */
export interface Generator {
  /** Runs it with options; its files go to a new folder for each test. */
  run(...args: readonly string[]): { readonly status: number | null; readonly stderr: string };
  /** The names of the files that it wrote, and of those that are committed. */
  written(): readonly string[];
  readonly committed: readonly string[];
  /** The rows of a file that it wrote, without the header. */
  rows(name: string): readonly string[];
  /** Fails where a file is not the committed one, byte for byte. */
  isCommitted(name: string): void;
}

/** The generator of `samples/NAME`, with the laws that hold for every one of them. To be called within `describe`. */
export function generatorLaws(sample: string): Generator {
  const program = join('samples', sample, 'generate.mjs');
  const data = join('samples', sample, 'data');
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), `plumbline-${sample}-`));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  const generator: Generator = {
    run: (...args) => spawnSync(process.execPath, [program, ...args, '--out', folder], { encoding: 'utf8' }),
    written: () => readdirSync(folder).sort(),
    committed: readdirSync(data).sort(),
    rows: (name) => readFileSync(join(folder, name), 'utf8').trimEnd().split('\n').slice(1),
    isCommitted: (name) => {
      // Not deepEqual: a difference between two files of half a megabyte would take minutes to print.
      const isSame = readFileSync(join(folder, name)).equals(readFileSync(join(data, name)));
      assert.ok(isSame, `${name} is not what the generator writes: run node samples/${sample}/generate.mjs`);
    },
  };

  it('writes the committed files, byte for byte', () => {
    assert.equal(generator.run().status, 0);
    assert.deepEqual(generator.written(), generator.committed);
    for (const name of generator.committed) generator.isCommitted(name);
  });

  it('names the option that it cannot use, and writes nothing', () => {
    const { status, stderr } = generator.run('--scale', 'many');
    assert.equal(status, 2);
    assert.match(stderr, /--scale must be a number .* not 'many'/);
    assert.deepEqual(generator.written(), []);
  });

  return generator;
}
