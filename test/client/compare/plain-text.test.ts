import assert from 'node:assert/strict';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { asMarkdown, oneLine, plainText } from '../../../client/src/features/compare/plain-text.ts';

/** As an editor reads Markdown, and more freely: with HTML and links to anything. */
function rendered(markdown: string): string {
  return micromark(markdown, {
    allowDangerousHtml: true,
    allowDangerousProtocol: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });
}

const HOSTILE = [
  '[click](command:workbench.action.quit)',
  '![x](https://example.com/x.png)',
  '<img src=x onerror=alert(1)>',
  'https://example.com and www.example.com and a@example.com',
  '# no heading, **no** _emphasis_, `no code`, ~~nothing~~ struck',
  '- no list',
  '1. no list either',
  '> no quotation',
  '&lt;b&gt; | a | b |',
  '$(zap) {{x}} \\',
  '---',
  '    no code block',
];

describe('texts of people in words of ours', () => {
  it('are shown by Markdown as they are, and are nothing but text', () => {
    for (const text of HOSTILE) {
      const shown = rendered(asMarkdown(text));
      const inner = /^<p>(.*)<\/p>$/s.exec(shown)?.[1] ?? assert.fail(`${text} became ${shown}`);
      assert.ok(!/<[^>]/.test(inner), shown);
      const read = inner
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&quot;', '"')
        .replaceAll('&amp;', '&');
      assert.equal(read, text.trim());
    }
  });

  it('stand in one line and turn no other text around', () => {
    assert.equal(oneLine('a\r\nb\u2029c\u202ed\u0000e'), 'a b c d e');
    assert.equal(plainText(['x ', { code: 'y\n' }, { strong: 'z' }]), 'x y z');
    assert.equal(asMarkdown('a\n\n- b'), 'a \\- b');
  });
});
