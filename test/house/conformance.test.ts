import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A row of the table: a sentence, and the tests that hold it. */
interface Sentence {
  readonly id: string;
  readonly text: string;
  readonly tests: readonly { readonly file: string; readonly title: string }[];
  /** Who brings the test that is missing. */
  readonly toCome: readonly string[];
}

const TABLE = readFileSync('docs/conformance.md', 'utf8');

function sentences(): Sentence[] {
  return TABLE.split('\n').flatMap((line) => {
    const [, id, text = '', tests = ''] = /^\| (\d[\d.]*) \| (.*?) \| (.*) \|$/.exec(line) ?? [];
    if (id === undefined) return [];
    const cells = tests.split('<br>');
    return {
      id,
      text,
      tests: cells.flatMap((cell) => {
        const [, file, title] = /^`(test\/[\w./-]+\.test\.ts)`: (.+)$/.exec(cell) ?? [];
        return file === undefined || title === undefined ? [] : { file, title };
      }),
      toCome: cells.filter((cell) => /^to come: \w+$/.test(cell)),
    };
  });
}

const sources = new Map<string, string>();

/** The text of a file of tests, and of those that it imports from the repository, in which its cases may stand. */
function sourceOf(file: string): string {
  let text = sources.get(file);
  if (text === undefined) {
    const own = readFileSync(file, 'utf8');
    const imported = [...own.matchAll(/from '(\.[^']+)'/g)].map(([, path = '']) => join(dirname(file), path));
    text = [own, ...imported.filter(existsSync).map((path) => readFileSync(path, 'utf8'))].join('\n');
    sources.set(file, text);
  }
  return text;
}

/** The titles in a file, as written; those in backticks have a place for what differs from case to case. */
function titlesIn(file: string): readonly { readonly quote: string; readonly title: string }[] {
  const calls = /\b(?:describe|it)\(\s*(?:(['"])((?:\\.|(?!\1).)*)\1|(`)((?:\\.|[^`])*)`)/g;
  return [...readFileSync(file, 'utf8').matchAll(calls)].map((match) => ({
    quote: match[1] ?? match[3] ?? '',
    title: (match[2] ?? match[4] ?? '').replaceAll(/\\(['"`])/g, '$1'),
  }));
}

/** Whether a file has a test of this title. What stands in the place of a case must be written in the file, or be a rule or a pair with a fixture. */
function hasTest(file: string, title: string): boolean {
  return titlesIn(file).some((one) => {
    if (one.quote !== '`') return one.title === title;
    const parts = one.title.split(/\$\{(?:[^{}]|\{[^{}]*\})*\}/);
    const pattern = parts.map((part) => part.replaceAll(/[\\^$.|?*+()[\]{}]/g, '\\$&')).join('(.+?)');
    const match = new RegExp(`^${pattern}$`).exec(title);
    return match?.slice(1).every((given) => isCase(file, given)) === true;
  });
}

function isCase(file: string, given: string): boolean {
  if (file === 'test/core/check/rules.test.ts') return existsSync(`test/fixtures/rules/${given}`);
  if (file === 'test/core/diff/corpus.test.ts') return existsSync(`test/fixtures/diff/${given}/expected.md`);
  const text = sourceOf(file);
  // Texts stand in quotes, whole numbers and dates as they are.
  return text.includes(given) || text.includes(given.replaceAll("'", "\\'"));
}

describe('the table of the sentences of the format', () => {
  const table = sentences();

  it('has each sentence once, with its id, in the order of the format', () => {
    const ids = table.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    assert.ok(table.length > 150, String(table.length));
    for (const section of ['1', '2', '3', '4', '5', '5.1', '5.2', '5.3', '6', '7', '8'])
      assert.ok(ids.includes(`${section}.1`), section);
    const ranks = ids.map((id) =>
      id
        .split('.')
        .map((part) => part.padStart(3, '0'))
        .join('.'),
    );
    const inSections = ranks.filter((rank) => !rank.startsWith('005'));
    assert.deepEqual(inSections, inSections.toSorted());
  });

  it('names tests that are there', () => {
    const missing = table.flatMap(({ id, tests }) =>
      tests
        .filter(({ file, title }) => !existsSync(file) || !hasTest(file, title))
        .map(({ file, title }) => `${id}: ${file}: ${title}`),
    );
    assert.deepEqual(missing, []);
  });

  it('says of each sentence by which test it is held, or who brings it', () => {
    const bare = table.filter(({ tests, toCome }) => tests.length + toCome.length === 0);
    assert.deepEqual(
      bare.map(({ id }) => id),
      [],
    );
  });

  it('finds a title that is not there, also among those made for each case', () => {
    assert.ok(!hasTest('test/house/conformance.test.ts', 'names tests that are gone'));
    assert.ok(hasTest('test/house/conformance.test.ts', 'names tests that are there'));
    assert.ok(
      !hasTest('test/core/check/rules.test.ts', 'no-such-rule reports the wrong example, and nothing else'),
    );
    assert.ok(
      hasTest('test/core/check/rules.test.ts', 'link-key reports the wrong example, and nothing else'),
    );
  });
});
