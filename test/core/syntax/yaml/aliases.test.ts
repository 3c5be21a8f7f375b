import assert from 'node:assert/strict';
import { parseYaml } from '../../../../server/src/core/syntax/yaml/parse.ts';
import { toPlain } from '../../../../server/src/core/syntax/yaml/tree.ts';
import { at, scalarAt } from './dump.ts';

const plain = (text: string): unknown => JSON.parse(JSON.stringify(toPlain(parseYaml(text).root)));
const found = (text: string): string[][] =>
  parseYaml(text).issues.map(({ code, span }) => [code, text.slice(span.start, span.end)]);

describe('aliases', () => {
  it('stand for what was anchored, at the place of their use', () => {
    const text = 'a: &x { b: "c\\td" }\ne: *x';
    const { root, issues } = parseYaml(text);
    assert.deepEqual(issues, []);
    const node = at(root, 'e');
    assert.deepEqual(node.span, { start: 23, end: 25 });
    assert.deepEqual(node.origin, { start: 6, end: 19 });
    const child = scalarAt(root, 'e', 'b');
    assert.deepEqual(child.span, node.span);
    assert.deepEqual(child.origin, { start: 11, end: 17 });
    assert.equal(child.text, 'c\td');
    // The place of a character is that in the anchored text.
    assert.equal(child.offsetAt(2), 15);
    assert.equal(at(root, 'a').origin, undefined);
  });

  it('mean the nearest anchor above, which is warned about', () => {
    const text = 'a: &x 1\nb: *x\nc: &x 2\nd: *x';
    assert.deepEqual(plain(text), { a: 1, b: 1, c: 2, d: 2 });
    assert.deepEqual(found(text), [['yaml-duplicate-anchor', '&x']]);
    assert.deepEqual(parseYaml(text).issues[0]?.span, { start: 17, end: 19 });
    assert.deepEqual(parseYaml(text).issues[0]?.related?.[0]?.span, { start: 3, end: 5 });
  });

  it('of aliases keep the innermost origin', () => {
    const text = 'a: &x [1]\nb: &y { c: *x }\nd: *y';
    const node = at(parseYaml(text).root, 'd', 'c');
    assert.deepEqual(node.span, { start: text.length - 2, end: text.length });
    assert.deepEqual(node.origin, { start: 6, end: 9 });
  });

  it('may be keys', () => assert.deepEqual(plain('a: &x b\n*x : 1'), { a: 'b', b: 1 }));

  it('without an anchor are reported, with a suggestion, and missing', () => {
    const text = 'a: &common 1\nb: *comon\nc: 2';
    assert.deepEqual(plain(text), { a: 1, b: null, c: 2 });
    assert.deepEqual(found(text), [['yaml-alias', '*comon']]);
    assert.match(parseYaml(text).issues[0]?.message ?? '', /"common"/);
    assert.deepEqual(found('a: *late\nb: &late 1'), [['yaml-alias', '*late']]);
  });

  it('within what they refer to are reported', () => {
    for (const text of ['a: &x [1, *x]', 'a: &x\n  b: { c: *x }', 'a: &x { <<: *x, b: 1 }']) {
      assert.deepEqual(found(text), [['yaml-alias', '*x']]);
    }
    assert.deepEqual(plain('&x a: *x'), { a: 'a' });
  });
});

describe('merge keys', () => {
  it('add what the map has not itself, at the end', () => {
    const text = 'a: &x { b: 1, c: 2 }\nd:\n  <<: *x\n  b: 3';
    const { root, issues } = parseYaml(text);
    assert.deepEqual(issues, []);
    const map = at(root, 'd');
    assert.ok(map.kind === 'map');
    assert.deepEqual(
      map.entries.map(({ key, value }) => [key.text, toPlain(value)]),
      [
        ['b', 3],
        ['c', 2],
      ],
    );
    assert.equal(map.get('<<'), undefined);
    const merged = map.get('c');
    const use = { start: 30, end: 32 };
    assert.deepEqual([merged?.span, merged?.key.span, merged?.value.span], [use, use, use]);
    assert.deepEqual(
      [merged?.key.origin, merged?.value.origin],
      [
        { start: 14, end: 15 },
        { start: 17, end: 18 },
      ],
    );
    assert.deepEqual(map.span, { start: 26, end: text.length });
  });

  it('prefer earlier maps to later ones, and merge what was merged', () => {
    const text =
      'a: &x { p: 1 }\nb: &y { <<: *x, p: 2, q: 2 }\nc: { <<: [*x, *y] }\nd: { <<: [*y, *x] }\ne: { <<: *y }';
    assert.deepEqual(plain(text), {
      a: { p: 1 },
      b: { p: 2, q: 2 },
      c: { p: 1, q: 2 },
      d: { p: 2, q: 2 },
      e: { p: 2, q: 2 },
    });
    assert.deepEqual(found(text), []);
  });

  it('take maps that stand inline, and refuse everything else', () => {
    assert.deepEqual(plain('a: { <<: { b: 1 }, c: 2 }'), { a: { c: 2, b: 1 } });
    assert.deepEqual(found('a: &x 1\nb: { <<: *x }'), [['yaml-alias', '*x']]);
    assert.deepEqual(found('b: { <<: [c] }'), [['yaml-alias', 'c']]);
    assert.deepEqual(plain('b: { "<<": 1 }'), { b: { '<<': 1 } });
  });
});

describe('the limit of aliases', () => {
  it('stops an alias bomb with one issue', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let i = 1; i < 30; i++)
      lines.push(
        `a${i}: &a${i} [${Array(10)
          .fill(`*a${i - 1}`)
          .join(', ')}]`,
      );
    const { issues, root } = parseYaml(lines.join('\n'));
    assert.deepEqual(
      issues.map((issue) => issue.code),
      ['yaml-alias'],
    );
    assert.match(issues[0]?.message ?? '', /20,000/);
    // The lists have 11, 111, 1,111 and 11,111 nodes: 110 + 1,110 + 11,110 are made before the fourth is repeated.
    assert.equal(issues[0]?.span.start, lines.join('\n').indexOf('*a3'));
    assert.ok(root?.kind === 'map' && root.entries.length === 30);
  });

  it('lets 8,000 uses of one anchor pass', () => {
    const lines = ['a: &y cx', 'c:', ...Array.from({ length: 8000 }, (_, i) => `  k${i}: *y`)];
    const { issues, root } = parseYaml(lines.join('\n'));
    assert.deepEqual(issues, []);
    assert.equal(scalarAt(root, 'c', 'k7999').text, 'cx');
  });

  it('bounds the nesting that chains of anchors build up', () => {
    const lines = ['a0: &a0 x'];
    for (let i = 1; i < 300; i++) lines.push(`a${i}: &a${i} [*a${i - 1}]`);
    const { issues } = parseYaml(lines.join('\n'));
    assert.ok(issues.length > 0 && issues.every((issue) => issue.code === 'yaml-alias'));
    assert.match(issues[0]?.message ?? '', /200 levels/);
  });
});
