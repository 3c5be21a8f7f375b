import assert from 'node:assert/strict';
import { base64 } from '../../../server/src/core/base/base64.ts';
import { toMarkdown } from '../../../server/src/core/ide/prose/markdown.ts';
import { toPlain } from '../../../server/src/core/ide/prose/plain.ts';
import {
  capitalized,
  enumerate,
  enumerateSome,
  list,
  paragraph,
} from '../../../server/src/core/ide/prose/prose.ts';

/** Texts that would do something in Markdown or HTML if they were not escaped. */
const HOSTILE = [
  '[click](https://evil.example)',
  '![x](https://evil.example/track.png)',
  '<img src=x onerror=alert(1)>',
  'https://evil.example and www.evil.example',
  '<https://evil.example>',
  '**bold** _it_ ~~gone~~ `code`',
  '&lt;b&gt;',
  '$(trash)',
  'a | b',
  'mail me@evil.example',
];

describe('prose as Markdown', () => {
  it('keeps hostile text as text', () => {
    for (const text of HOSTILE) {
      const markdown = toMarkdown([paragraph(text), paragraph({ strong: text }), ...list([[text]])]);
      // Every character that could begin something has a backslash before it.
      const bare = markdown.replace(/\\[\s\S]/g, '').replace(/^\*\*|\*\*$/gm, '');
      assert.doesNotMatch(bare, /[[\]<>`*_|~&@!]|:\/\/|www\.|\$\(/, markdown);
    }
  });

  it('does not begin a list, a heading, a rule or a new line by a text', () => {
    assert.equal(toMarkdown([paragraph('# x')]), '\\# x');
    assert.equal(toMarkdown([paragraph('- x')]), '\\- x');
    assert.equal(toMarkdown([paragraph('---')]), '\\---');
    assert.equal(toMarkdown([paragraph('1. x')]), '1\\. x');
    assert.equal(toMarkdown([paragraph('-2.0 points')]), '-2.0 points');
    assert.equal(toMarkdown([paragraph('2.0 %')]), '2.0 %');
    assert.equal(toMarkdown([paragraph('a\n\n# b\n> c')]), 'a \\# b \\> c');
  });

  it('puts code in fences that the code cannot close', () => {
    assert.equal(toMarkdown([paragraph('x ', { code: 'a' })]), 'x `a`');
    assert.equal(toMarkdown([paragraph({ code: '`` [x](y)' })]), '``` `` [x](y) ```');
    assert.equal(toMarkdown([paragraph({ code: 'a\nb' })]), '`a b`');
    assert.equal(
      toMarkdown([{ kind: 'code', language: 'text', text: '```\n<b>' }]),
      '````text\n```\n<b>\n````',
    );
  });

  it('drops characters that would hide or reorder text', () => {
    assert.equal(toMarkdown([paragraph('a\u202eb\u0007c')]), 'abc');
    assert.equal(toPlain([paragraph({ code: 'a\u001b[31mb' })]), 'a[31mb');
  });

  it('draws images as data, with their words', () => {
    const image = { kind: 'image', svg: '<svg/>', alt: 'a [b]' } as const;
    const encoded = Buffer.from('<svg/>').toString('base64');
    assert.equal(toMarkdown([image]), `![a \\[b\\]](data:image/svg+xml;base64,${encoded})`);
    assert.equal(toPlain([image]), 'a [b]');
  });
});

describe('base64', () => {
  it('is that of Node for every length', () => {
    const text = '<svg xmlns="x">0123456789</svg>';
    for (let end = 0; end <= text.length; end++) {
      assert.equal(base64(text.slice(0, end)), Buffer.from(text.slice(0, end)).toString('base64'));
    }
  });
});

describe('prose', () => {
  it('enumerates', () => {
    const items = ['a', 'b', 'c', 'd'].map((word) => [word]);
    assert.equal(enumerate(items).join(''), 'a, b, c and d');
    assert.equal(enumerate(items.slice(0, 2)).join(''), 'a and b');
    assert.equal(enumerateSome(items, 3).join(''), 'a, b and 2 more');
    assert.equal(enumerateSome(items, 4).join(''), 'a, b, c and d');
  });

  it('begins with a capital letter, but for code', () => {
    assert.deepEqual(capitalized(['the sum']), ['The sum']);
    assert.deepEqual(capitalized([{ code: 'mrr' }, ' x']), [{ code: 'mrr' }, ' x']);
  });
});
