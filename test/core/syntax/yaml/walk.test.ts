import assert from 'node:assert/strict';
import { parseYaml } from '../../../../server/src/core/syntax/yaml/parse.ts';
import { nodeAt } from '../../../../server/src/core/syntax/yaml/walk.ts';

/** What is found at the cursor `┆`: the path as words, and the text of the node. */
function found(marked: string): string | undefined {
  const offset = marked.indexOf('┆');
  const text = marked.replace('┆', '');
  const result = nodeAt(parseYaml(text), offset);
  if (result === undefined) return undefined;
  const path = result.path.map((step) =>
    'index' in step ? `${step.index}` : `${step.entry.key.text}/${step.on}`,
  );
  return [...path, result.node.kind === 'scalar' ? `"${result.node.text}"` : result.node.kind].join(' ');
}

describe('the node at an offset', () => {
  it('is the innermost one, with the way to it', () => {
    assert.equal(found('a:\n  b: [c, d┆d]'), 'a/value b/value 1 "dd"');
    assert.equal(found('a:\n  ┆b: [c, dd]'), 'a/value b/key "b"');
    assert.equal(found('a:\n  b┆: [c, dd]'), 'a/value b/key "b"');
    assert.equal(found('a:\n  b: [c,┆ dd]'), 'a/value b/value seq');
    assert.equal(found('- a\n- b: { c: "d┆" }'), '1 b/value c/value "d"');
    assert.equal(found('a: ┆'), undefined);
    assert.equal(found('a:┆'), 'a/value ""');
    assert.equal(found('a:  ┆  b'), 'map');
    assert.equal(found('# ┆c\n\na: b'), undefined);
    assert.equal(found('┆'), undefined);
  });

  it('is the alias as a whole', () => {
    assert.equal(found('a: &x { b: 1 }\nc: *┆x'), 'c/value map');
    assert.equal(found('a: &x { b: 1 }\nc: { <<: *┆x, d: 2 }'), 'c/value map');
  });
});
