import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

/** A sentence of the page, and the test that it names. */
interface Held {
  readonly sentence: string;
  readonly file: string;
  readonly title: string;
}

const PAGE = readFileSync('docs/security.md', 'utf8');

/** The rows of the tables whose second column says what holds a sentence. */
function rows(): readonly string[] {
  const tables = PAGE.split('| it holds that | held by |\n|---|---|\n').slice(1);
  return tables
    .flatMap((table) => table.split('\n\n', 1)[0]?.split('\n') ?? [])
    .filter((line) => line !== '');
}

describe('the page on security', () => {
  const held = rows().map((row): Held => {
    const [, sentence = '', file = '', title = ''] =
      /^\| (.+) \| `(test\/[\w./-]+\.test\.ts)`: (.+) \|$/.exec(row) ?? [];
    assert.notEqual(sentence, '', `${row} names no test`);
    return { sentence, file, title };
  });

  it('has sentences', () => {
    assert.ok(held.length >= 20);
  });

  for (const { sentence, file, title } of held) {
    it(`names a test that is there for: ${sentence}`, () => {
      // A title is written in quotes or backticks; quotes of its own kind are escaped in it.
      const text = readFileSync(file, 'utf8').replaceAll(/\\(['"`])/g, '$1');
      assert.ok(
        ["'", '"', '`'].some((quote) => text.includes(`it(${quote}${title}${quote}`)),
        `${file}: ${title}`,
      );
    });
  }
});
