import assert from 'node:assert/strict';
import { indentLine } from '../../../server/src/core/format/indent-line.ts';
import { applyEdits, unmark } from '../../kit/ide.ts';

/** What becomes of the line of the cursor; the text itself where nothing is done. */
function indented(marked: string): string {
  const { text, offset } = unmark(marked);
  const edit = indentLine(text, offset);
  return edit === undefined ? 'nothing' : applyEdits(text, [edit]);
}

const CASES: readonly [what: string, before: string, after: string][] = [
  ['two spaces deeper behind a name', 'metrics:\n  nps:\n┆', 'metrics:\n  nps:\n    '],
  ['two spaces deeper behind a section', 'metrics:\n┆\n', 'metrics:\n  \n'],
  [
    'in the column of the entry above',
    'metrics:\n  nps:\n    type: nps\n      ┆',
    'metrics:\n  nps:\n    type: nps\n    ',
  ],
  ['in the column of the keys of an item', 'a:\n  - period: 2025\n  ┆', 'a:\n  - period: 2025\n    '],
  ['deeper behind a key of an item', 'a:\n  - given:\n┆', 'a:\n  - given:\n      '],
  ['below the dash of an item', 'a:\n  - word\n┆', 'a:\n  - word\n  '],
  ['deeper behind the header of a text', 'a:\n  why: >-\n┆', 'a:\n  why: >-\n    '],
  ['deeper behind a comment on the line of a name', 'a:\n  nps: # later\n┆', 'a:\n  nps: # later\n    '],
  ['deeper behind an anchor', 'a:\n  nps: &nps\n┆', 'a:\n  nps: &nps\n    '],
  ['with Windows line breaks too', 'metrics:\r\n  nps:\r\n┆\r\nb: 1', 'metrics:\r\n  nps:\r\n    \r\nb: 1'],
  ['not where it has that indentation', 'metrics:\n  nps:\n    ┆', 'nothing'],
  ['not where something is on the line', 'metrics:\n  nps:\n┆type: nps', 'nothing'],
  ['not below a blank line, where the author has left the definition', 'metrics:\n  nps:\n\n┆', 'nothing'],
  ['not below a comment', 'a:\n  # a: b\n┆', 'nothing'],
  ['not in a text', 'a:\n  why: |\n    note:\n┆', 'nothing'],
  ['not in braces', 'a: { b: 1,\n  c:\n┆\n }', 'nothing'],
  ['not behind an open bracket', 'a:\n  tags: [b,\n┆', 'nothing'],
  ['not behind an open quote', 'a:\n  why: "b\n┆', 'nothing'],
  ['not in the first line', '┆', 'nothing'],
];

describe('a new line is indented', () => {
  for (const [what, before, after] of CASES) {
    it(what, () => assert.equal(indented(before), after));
  }

  it('in no text does it throw', () => {
    const text = 'plumbline: 1\nmetrics:\n  nps: { type: nps, value: "a\n\n  - b:\n';
    for (let end = 0; end <= text.length; end++) indentLine(text.slice(0, end), end);
  });
});
