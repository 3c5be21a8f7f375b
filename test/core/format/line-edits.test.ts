import assert from 'node:assert/strict';
import fc from 'fast-check';
import { lineEdits } from '../../../server/src/core/format/line-edits.ts';
import { applyEdits } from '../../kit/ide.ts';

/** Texts of few different lines, so that many are equal. */
const texts = fc
  .array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 30 })
  .chain((lines) => fc.constantFrom('\n', '\r\n').map((end) => lines.join(end)));

describe('line edits', () => {
  it('make the one text the other', () => {
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        assert.equal(applyEdits(before, lineEdits(before, after)), after);
      }),
    );
  });

  it('are as few as can be: lines that stay are not touched', () => {
    const edits = lineEdits('a\nb\nc\nd\ne\n', 'a\nc\nX\nd\ne\nf\n');
    assert.deepEqual(edits, [
      { span: { start: 2, end: 4 }, text: '' },
      { span: { start: 6, end: 6 }, text: 'X\n' },
      { span: { start: 10, end: 10 }, text: 'f\n' },
    ]);
    assert.deepEqual(lineEdits('a\nb', 'a\nb'), []);
  });

  it('replace everything between where the texts have too little in common', () => {
    const numbers = (from: number): string =>
      `first\n${Array.from({ length: 2000 }, (_, i) => `${from + i}\n`).join('')}last\n`;
    const edits = lineEdits(numbers(0), numbers(5000));
    assert.equal(edits.length, 1);
    assert.equal(applyEdits(numbers(0), edits), numbers(5000));
  });
});
