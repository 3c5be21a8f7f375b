import assert from 'node:assert/strict';
import { formatRange } from '../../../server/src/core/format/format-range.ts';

const TEXT = `metrics:
    a:
        value: x
        type: sum
    # about b
    b:
      value:   y
      type: sum # rows
      # in b
    c: {value: z,type: sum}
defaults: {tags: [a],  owner: cx}
`;

describe('formatting a range', () => {
  it('formats the definitions that it touches, where they stand', () => {
    assert.equal(
      formatRange('metrics', TEXT, { first: 6, last: 6 }),
      TEXT.replace(/ {4}b:[\s\S]*in b\n/, '    b:\n      type: sum # rows\n      value: y\n      # in b\n'),
    );
    assert.equal(
      formatRange('metrics', TEXT, { first: 8, last: 10 }),
      TEXT.replace(
        / {4}b:[\s\S]*$/,
        `    b:
      type: sum # rows
      value: y
      # in b
    c: { type: sum, value: z }
defaults: { owner: cx, tags: [a] }
`,
      ),
    );
  });

  it('changes nothing where it touches no definition', () => {
    for (const line of [0, 4, 11])
      assert.equal(formatRange('metrics', TEXT, { first: line, last: line }), TEXT);
  });

  it('keeps line breaks, and the missing one at the end', () => {
    const text = 'metrics:\r\n  a: {type: count}\r\n  b: {type: count}';
    assert.equal(
      formatRange('metrics', text, { first: 2, last: 2 }),
      'metrics:\r\n  a: {type: count}\r\n  b: { type: count }',
    );
  });

  it('leaves a text with YAML errors as it is', () => {
    const text = 'metrics:\n  a: {type: count}\n  b: {type: count\n';
    assert.equal(formatRange('metrics', text, { first: 1, last: 1 }), text);
  });
});
