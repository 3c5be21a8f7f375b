import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { pathOfSpan, spanOfPath } from '../../../../server/src/core/syntax/yaml/anchor.ts';
import { parseYaml } from '../../../../server/src/core/syntax/yaml/parse.ts';
import type { YamlNode } from '../../../../server/src/core/syntax/yaml/tree.ts';

const TEXT = readFileSync('samples/saas/sources.metrics.yaml', 'utf8');

function* nodesIn(node: YamlNode): Generator<YamlNode> {
  yield node;
  if (node.kind === 'seq') for (const item of node.items) yield* nodesIn(item);
  if (node.kind !== 'map') return;
  for (const { key, value } of node.entries) {
    yield key;
    yield* nodesIn(value);
  }
}

describe('the path of a node', () => {
  it('leads back to the node, for every key and value of a file', () => {
    const { root } = parseYaml(TEXT);
    assert.ok(root);
    for (const { span } of nodesIn(root)) {
      const path = pathOfSpan(root, span);
      assert.deepEqual(path && spanOfPath(root, path), span, TEXT.slice(span.start, span.end));
    }
  });

  it('leads to the same node where the text above has changed', () => {
    const { root } = parseYaml(TEXT);
    const longer = TEXT.replace(/description: /g, 'description: Once more ');
    const other = parseYaml(longer).root;
    assert.ok(root);
    for (const node of nodesIn(root)) {
      if (node.kind !== 'scalar' || node.style !== 'plain') continue;
      const path = pathOfSpan(root, node.span);
      const span = path && spanOfPath(other, path);
      assert.ok(longer.slice(span?.start, span?.end).endsWith(node.text.slice(-10)), node.text);
    }
  });

  it('is not there for what is no node, and leads nowhere in another tree', () => {
    const { root } = parseYaml('a: { b: [1, 2] }\n');
    assert.equal(pathOfSpan(root, { start: 1, end: 3 }), undefined);
    assert.equal(pathOfSpan(undefined, { start: 0, end: 1 }), undefined);
    const path = pathOfSpan(root, { start: 12, end: 13 });
    assert.deepEqual(path, { steps: ['a', 'b', 1], isKey: false });
    assert.equal(spanOfPath(parseYaml('a: { b: [1] }\n').root, path ?? assert.fail()), undefined);
  });
});
