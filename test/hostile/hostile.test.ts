import assert from 'node:assert/strict';
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ExpectedProblem, Planted } from './case.ts';
import { SECRET, writeHostileFolder } from './hostile-folder.ts';
import { type Ended, runWatched } from './run-watched.ts';
import { canWatch, watch } from './watch.ts';

interface Problem {
  readonly code: string;
  readonly file: string;
  readonly start: { readonly line: number };
}

interface Evaluated {
  readonly metrics: readonly {
    readonly metric: string;
    readonly headline: { readonly value: number | null } | null;
  }[];
}

/** What commands may take on a loaded machine; alone they take a tenth of it. */
const LIMIT_SECONDS = 60;

/** A text that changes when anything in a folder does. */
function stateOf(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => {
      if (!existsSync(path)) return path;
      const { size, mtimeMs } = statSync(path);
      return `${path} ${size} ${mtimeMs}`;
    })
    .join('\n');
}

describe('a hostile folder', () => {
  const folder = writeHostileFolder();
  after(() => rmSync(folder.top, { recursive: true, force: true }));

  describe('checked with its data', () => {
    let ended: Ended;
    let problems: readonly Problem[] = [];
    before(async () => {
      ended = await runWatched(folder.project, ['check', '--data', '--format', 'json']);
      problems = JSON.parse(ended.stdout).problems;
    });

    it('ends in time and says what is wrong', () => {
      assert.deepEqual([ended.code, ended.stderr], [1, '']);
      assert.ok(ended.seconds < LIMIT_SECONDS);
    });

    for (const planted of folder.planted) {
      it(`says at the right place what is wrong with ${planted.title}`, () => {
        for (const expected of planted.problems) {
          const found = problems.filter(({ code, file }) => code === expected.code && file === expected.file);
          const lines = found.map(({ start }) => start.line);
          assert.ok(
            lines.includes(lineOf(planted, expected)),
            `${expected.code} at ${expected.line} of ${expected.file}; there are ${JSON.stringify(lines)}`,
          );
        }
        if (planted.problems.length > 0) return;
        const files = Object.keys(planted.files);
        assert.deepEqual(
          problems.filter(({ file }) => files.includes(file)),
          [],
        );
      });
    }
  });

  describe('evaluated', () => {
    let ended: Ended;
    let values: ReadonlyMap<string, number | null | undefined> = new Map();
    before(async () => {
      ended = await runWatched(folder.project, ['eval', '--format', 'json']);
      const { metrics }: Evaluated = JSON.parse(ended.stdout);
      values = new Map(metrics.map(({ metric, headline }) => [metric, headline?.value]));
    });

    it('ends in time', () => {
      assert.deepEqual([ended.code, ended.stderr], [1, '']);
      assert.ok(ended.seconds < LIMIT_SECONDS);
    });

    for (const planted of folder.planted) {
      const { title, values: expected = {}, refused = [] } = planted;
      if (Object.keys(expected).length + refused.length === 0) continue;
      it(`has the values that ${title} leaves, and no others`, () => {
        for (const [name, value] of Object.entries(expected)) assert.equal(values.get(name), value, name);
        for (const name of refused) assert.ok((values.get(name) ?? null) === null, name);
      });
    }
  });

  for (const args of [
    ['check'],
    ['check', '--data'],
    ['check', '--data', '--format', 'json'],
    ['eval'],
    ['eval', 'cells', 'grouped', 'select'],
    ['test'],
    ['ci'],
    ['ci', '--report', 'json'],
    ['fmt', '--check'],
    ['sql', 'sum_3'],
  ]) {
    const command = args.join(' ');
    it(`shows nothing of what lies outside, and changes nothing, by "plumbline ${command}"`, async () => {
      const before = stateOf(folder.top);
      const { stdout, stderr, code, seconds } = await runWatched(folder.project, args);
      assert.ok(!`${stdout}${stderr}`.includes(SECRET), 'What is outside of the project is shown.');
      assert.doesNotMatch(stderr, /defect/);
      assert.notEqual(code, null);
      assert.ok(seconds < LIMIT_SECONDS);
      assert.equal(stateOf(folder.top), before);
    });

    it(`opens nothing outside of the project by "plumbline ${command}"`, async function () {
      if (!canWatch()) this.skip();
      const watched = watch(folder.project);
      try {
        await runWatched(folder.project, args, watched.command);
        assert.deepEqual(watched.violations(), []);
        // The watch saw the command at work.
        assert.ok(watched.opened().has(join(folder.project, 'good.metrics.yaml')));
      } finally {
        watched.dispose();
      }
    });
  }
});

describe('the watch over a hostile folder', () => {
  const folder = writeHostileFolder();
  after(() => rmSync(folder.top, { recursive: true, force: true }));

  it('sees what is read, written, made and asked of a network outside of the project', async function () {
    if (!canWatch()) this.skip();
    const watched = watch(folder.project);
    const { spawnSync } = await import('node:child_process');
    const script = `const fs = require('node:fs');
      fs.readFileSync('planted/file.csv');
      fs.writeFileSync('../outside/made.csv', 'x');
      fs.writeFileSync('made.csv', 'x');
      fs.renameSync('made.csv', 'moved.csv');
      require('node:net').connect(9, '127.0.0.1').on('error', () => {});`;
    const [program = '', ...words] = [...watched.command, process.execPath, '-e', script];
    spawnSync(program, words, { cwd: folder.project });
    const seen = watched.violations();
    watched.dispose();
    for (const expected of [
      `read ${folder.outside}/secret.csv`,
      `written ${folder.outside}/made.csv`,
      `written ${folder.project}/made.csv`,
      'changed rename(',
      'network socket(',
    ]) {
      assert.ok(
        seen.some((one) => one.startsWith(expected)),
        `${expected} is not among ${seen.join('; ')}`,
      );
    }
  });
});

/** The number of the line that an expectation means. */
function lineOf({ files }: Planted, { file, line }: ExpectedProblem): number {
  if (typeof line === 'number') return line;
  const lines = String(files[file] ?? '').split('\n');
  const index = lines.findIndex((text) => text.startsWith(line));
  if (index < 0) throw new Error(`No line of ${file} begins with "${line}".`);
  return index + 1;
}
