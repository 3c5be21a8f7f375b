import assert from 'node:assert/strict';
import type { TextEdit } from '../../../server/src/core/base/problem.ts';
import {
  insertEntries,
  insertItem,
  joinEdits,
  removeEntries,
  replaceEntry,
  replaceValue,
} from '../../../server/src/core/ide/yaml-edit.ts';
import { blockMap, flowMap, renderEntry, type YamlValue } from '../../../server/src/core/ide/yaml-value.ts';
import { parseYaml } from '../../../server/src/core/syntax/yaml/parse.ts';
import type { MapNode, SeqNode, YamlNode } from '../../../server/src/core/syntax/yaml/tree.ts';
import { applyEdits } from '../../kit/ide.ts';

const LAYOUT = { indent: '', step: '  ', eol: '\n' };

/** The node under a path of keys and indexes. */
function at(root: YamlNode | undefined, ...path: readonly (string | number)[]): YamlNode {
  let node = root;
  for (const step of path) {
    if (typeof step === 'string') node = node?.kind === 'map' ? node.get(step)?.value : undefined;
    else node = node?.kind === 'seq' ? node.items[step] : undefined;
  }
  assert.ok(node, `there is nothing at ${path.join('.')}`);
  return node;
}

function mapAt(text: string, ...path: readonly (string | number)[]): MapNode {
  const node = at(parseYaml(text).root, ...path);
  assert.equal(node.kind, 'map');
  return node as MapNode;
}

/** The text after edits; none of them may be impossible. */
function edited(text: string, ...edits: readonly (TextEdit | undefined)[]): string {
  for (const edit of edits) assert.ok(edit, 'the edit is not possible');
  const joined = joinEdits(edits.flatMap((edit) => edit ?? []));
  assert.ok(joined, 'the edits overlap');
  const after = applyEdits(text, joined);
  assert.deepEqual(
    parseYaml(after).issues.map(({ message }) => message),
    [],
    after,
  );
  return after;
}

const fileOf = (text: string): { path: string; text: string } => ({ path: 'a', text });

describe('ide: edits of YAML', () => {
  it('add an entry to a block map behind a comment on the line, at its indentation', () => {
    const text = 'a:\n    b: 1 # one\n    # of c\n    c: 2\nd: 3\n';
    assert.equal(
      edited(text, insertEntries(fileOf(text), mapAt(text, 'a'), [['x', flowMap([['y', 'a, b']])]], ['b'])),
      'a:\n    b: 1 # one\n    x: { y: "a, b" }\n    # of c\n    c: 2\nd: 3\n',
    );
  });

  it('add behind the last of the keys that are named, and to the end where none is there', () => {
    const text = 'a:\n  b: 1\n  c: 2\n  d: 3\n';
    const added = (after: string[]): string =>
      edited(text, insertEntries(fileOf(text), mapAt(text, 'a'), [['x', 1]], after));
    assert.equal(added(['c', 'b', 'z']), 'a:\n  b: 1\n  c: 2\n  x: 1\n  d: 3\n');
    assert.equal(added(['z']), 'a:\n  b: 1\n  c: 2\n  d: 3\n  x: 1\n');
  });

  it('add behind block scalars, with the blank lines that they keep, and behind deeper comments', () => {
    const kept = 'a:\n  b: |+\n    x\n\n  c: 1\n';
    assert.equal(
      edited(kept, insertEntries(fileOf(kept), mapAt(kept, 'a'), [['x', 1]], ['b'])),
      'a:\n  b: |+\n    x\n\n  x: 1\n  c: 1\n',
    );
    const deeper = 'a:\n  b:\n    c: 1\n    # of b\n  d: 1';
    assert.equal(
      edited(deeper, insertEntries(fileOf(deeper), mapAt(deeper, 'a'), [['x', 1]], ['b'])),
      'a:\n  b:\n    c: 1\n    # of b\n  x: 1\n  d: 1',
    );
  });

  it('add to a flow map on one line, over several lines, and to an empty one', () => {
    const one = 'a: { b: 1, c: 2 }\n';
    assert.equal(
      edited(
        one,
        insertEntries(
          fileOf(one),
          mapAt(one, 'a'),
          [
            ['x', 1],
            ['y', 2],
          ],
          ['b'],
        ),
      ),
      'a: { b: 1, x: 1, y: 2, c: 2 }\n',
    );
    const several = 'a: {\n    b: 1, # one\n    c: 2\n  }\n';
    assert.equal(
      edited(several, insertEntries(fileOf(several), mapAt(several, 'a'), [['x', 1]], ['b'])),
      'a: {\n    b: 1, # one\n    x: 1,\n    c: 2\n  }\n',
    );
    assert.equal(
      edited(several, insertEntries(fileOf(several), mapAt(several, 'a'), [['x', 1]])),
      'a: {\n    b: 1, # one\n    c: 2,\n    x: 1\n  }\n',
    );
    const empty = 'a: {}\n';
    assert.equal(edited(empty, insertEntries(fileOf(empty), mapAt(empty, 'a'), [['x', 1]])), 'a: { x: 1 }\n');
  });

  it('keep CRLF, and the indentation that the file has', () => {
    const text = 'a:\r\n    b: 1\r\n';
    assert.equal(
      edited(
        text,
        insertEntries(fileOf(text), mapAt(text, 'a'), [
          ['x', blockMap([['y', ['p', blockMap([['q', 1]])]]])],
        ]),
      ),
      'a:\r\n    b: 1\r\n    x:\r\n        y:\r\n            - p\r\n            - q: 1\r\n',
    );
  });

  it('put values in the place of values, and keep comments and anchors before them', () => {
    const change = (text: string, key: string, value: YamlValue): string => {
      const map = mapAt(text);
      const entry = map.get(key);
      assert.ok(entry);
      return edited(text, replaceValue(fileOf(text), map, entry, value));
    };
    assert.equal(change('a: 1 # one\nb: 2\n', 'a', 'x: y'), 'a: "x: y" # one\nb: 2\n');
    assert.equal(change('a:\nb: 2\n', 'a', blockMap([['c', 1]])), 'a:\n  c: 1\nb: 2\n');
    assert.equal(change('a:\n  c: 1\nb: 2\n', 'a', 'x'), 'a: x\nb: 2\n');
    assert.equal(change('a: &n 1\nb: *n\n', 'a', 2), 'a: &n 2\nb: *n\n');
    assert.equal(change('a: &n 1\nb: *n\n', 'b', 2), 'a: &n 1\nb: 2\n');
  });

  it('are not possible where a block would have to follow an anchor or a comment', () => {
    const text = 'a: # why\n  c: 1\nb: 2\n';
    const map = mapAt(text);
    const entry = map.get('a');
    assert.ok(entry);
    assert.equal(replaceValue(fileOf(text), map, entry, blockMap([['x', 1]])), undefined);
  });

  it('put an entry in the place of one, in its style', () => {
    const text = 'a: { b : 1, c: 2 }\n';
    const map = mapAt(text, 'a');
    const entry = map.get('b');
    assert.ok(entry);
    assert.equal(edited(text, replaceEntry(fileOf(text), map, entry, ['x', 'y'])), 'a: { x : y, c: 2 }\n');
  });

  it('take entries out of any place', () => {
    const remove = (text: string, ...keys: string[]): string => {
      const map = mapAt(text, 'a');
      return edited(
        text,
        ...removeEntries(
          fileOf(text),
          map,
          keys.flatMap((key) => map.get(key) ?? []),
        ),
      );
    };
    assert.equal(remove('a: { b: 1, c: 2, d: 3 }\n', 'b'), 'a: { c: 2, d: 3 }\n');
    assert.equal(remove('a: { b: 1, c: 2, d: 3 }\n', 'd'), 'a: { b: 1, c: 2 }\n');
    assert.equal(remove('a: { b: 1, c: 2, d: 3 }\n', 'c', 'd'), 'a: { b: 1 }\n');
    assert.equal(remove('a: { b: 1, c: 2, d: 3 }\n', 'b', 'c'), 'a: { d: 3 }\n');
    assert.equal(remove('a: { b: 1, c: 2, d: 3 }\n', 'b', 'd'), 'a: { c: 2 }\n');
    assert.equal(remove('a: { b: 1 }\n', 'b'), 'a: {  }\n');
    assert.equal(remove('a:\n  b: 1\n  c:\n    - x\n  d: 3\n', 'c'), 'a:\n  b: 1\n  d: 3\n');
    assert.equal(remove('a:\n  b: 1\n  c: 2', 'c'), 'a:\n  b: 1\n');
  });

  it('do not leave a block map without entries', () => {
    const text = 'a:\n  b: 1\n';
    const map = mapAt(text, 'a');
    assert.deepEqual(removeEntries(fileOf(text), map, map.entries), [undefined]);
  });

  it('add items to lists', () => {
    const add = (text: string, value: YamlValue): string =>
      edited(text, insertItem(fileOf(text), at(parseYaml(text).root, 'a') as SeqNode, value));
    assert.equal(add('a: [1, 2]\n', 'x, y'), 'a: [1, 2, "x, y"]\n');
    assert.equal(add('a: []\n', 1), 'a: [1]\n');
    assert.equal(
      add(
        'a:\n- b: 1 # one\n',
        blockMap([
          ['c', 1],
          ['d', [1]],
        ]),
      ),
      'a:\n- b: 1 # one\n- c: 1\n  d: [1]\n',
    );
    assert.equal(add('a:\n    - b\nc: 1\n', 'x'), 'a:\n    - b\n    - x\nc: 1\n');
  });

  it('are not made in what came through an alias', () => {
    const text = 'a: &a { b: 1 }\nc: *a\nd: &d [1]\ne: *d\n';
    assert.equal(insertEntries(fileOf(text), mapAt(text, 'c'), [['x', 1]]), undefined);
    assert.equal(insertItem(fileOf(text), at(parseYaml(text).root, 'e') as SeqNode, 1), undefined);
  });

  it('are joined where they touch, in the order of the text, and refused where they overlap', () => {
    const edit = (start: number, end: number, text: string): TextEdit => ({
      file: 'a',
      span: { start, end },
      text,
    });
    assert.deepEqual(joinEdits([edit(3, 5, ''), edit(3, 3, 'x'), edit(0, 1, 'y'), edit(5, 5, 'z')]), [
      edit(0, 1, 'y'),
      edit(3, 5, 'xz'),
    ]);
    assert.equal(joinEdits([edit(0, 3, ''), edit(2, 4, '')]), undefined);
  });

  it('write an entry with its lines', () => {
    assert.equal(renderEntry(['a b', 'x\ny\n'], LAYOUT), 'a b: |\n  x\n  y');
  });
});
