import assert from 'node:assert/strict';
import { renderedGfm } from '../../kit/rendered-gfm.ts';
import { HOSTILE } from './hostile-texts.ts';
import { problemAtText, reportOf, TEXT, written } from './report-kit.ts';

/** The elements of the summary that we write ourselves. */
const OURS = new Set(['h2', 'p', 'table', 'thead', 'tbody', 'tr', 'th', 'td']);

describe('the Markdown summary of plumbline ci', () => {
  for (const { what, text } of HOSTILE) {
    it(`renders as GFM to our own table, and shows ${what} as text`, () => {
      const file = `/repo/metrics/${text}.metrics.yaml`;
      const problems = [
        problemAtText(TEXT, 'ordres', 'revenue', { message: text, file }),
        problemAtText(TEXT, 'count', '', { message: text, severity: 'warning' }),
      ];
      const html = renderedGfm(written('markdown', reportOf(problems, { name: text })));
      const used = [...html.matchAll(/<\/?([a-z0-9]+)/g)].map(([, name = '']) => name);
      assert.deepEqual(
        [...new Set(used)].filter((name) => !OURS.has(name)),
        [],
      );
      // 3 parts and 2 findings, each with its row; 2 and 4 cells.
      assert.equal(html.match(/<tr>/g)?.length, 1 + 3 + 1 + 2);
      assert.equal(html.match(/<td[ >]/g)?.length, 3 * 2 + 2 * 4);
      const cells = [...html.matchAll(/<td>([^<]*)<\/td>\n<\/tr>/g)].map(([, cell = '']) => cell);
      for (const cell of cells.slice(-2)) assert.equal(visible(unescaped(cell)), visible(text));
    });
  }

  it('is bounded, and says what it leaves out', () => {
    const problems = Array.from({ length: 500 }, (_, index) =>
      problemAtText(TEXT, 'ordres', 'revenue', { message: `${index} ${'x'.repeat(5_000)}` }),
    );
    const text = written('markdown', reportOf(problems));
    assert.ok(text.length < 65_536, String(text.length));
    assert.match(text, /^450 more findings in the log\.$/m);
  });
});

function unescaped(html: string): string {
  const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"' };
  return html.replace(/&(lt|gt|amp|quot);/g, (_, name: string) => entities[name] ?? '');
}

/** Text without what nobody sees: controls, and the spaces of no width that keep links from being made. Spaces at the ends and doubled ones do not show. */
function visible(text: string): string {
  return (
    text
      .replace(/[\r\n\t]/g, ' ')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that are not shown.
      .replace(/[\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g, '')
      .replace(/ +/g, ' ')
      .trim()
  );
}
