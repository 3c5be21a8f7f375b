import assert from 'node:assert/strict';
import { parseYaml } from '../../../../server/src/core/syntax/yaml/parse.ts';
import { toPlain } from '../../../../server/src/core/syntax/yaml/tree.ts';
import { at, dump, scalarAt, texts } from './dump.ts';

const found = (text: string): string[][] =>
  parseYaml(text).issues.map(({ code, span }) => [code, text.slice(span.start, span.end)]);

describe('deep nesting', () => {
  for (const [name, deep] of [
    ['square brackets', '['.repeat(10_000)],
    ['braces', '{a: '.repeat(10_000)],
    ['closed brackets', '['.repeat(10_000) + ']'.repeat(10_000)],
    ['dashes', '\n    '.concat('- '.repeat(10_000))],
    ['explicit keys', '\n    '.concat('? '.repeat(10_000))],
    ['colons', 'b: '.repeat(10_000)],
  ]) {
    it(`of ${name} is one issue, and the rest is read`, () => {
      const text = `metrics:\n  nps:\n    type: nps\n    x: ${deep}\n  ces:\n    type: ces\n`;
      const tree = parseYaml(text);
      assert.equal(tree.issues.length, 1);
      assert.equal(scalarAt(tree.root, 'metrics', 'nps', 'type').text, 'nps');
      assert.deepEqual(texts(at(tree.root, 'metrics', 'ces')), { type: 'ces' });
      assert.ok(toPlain(tree.root));
    });
  }

  it('by indentation is cut without harm', () => {
    const lines = Array.from({ length: 1500 }, (_, i) => `${' '.repeat(i)}a:`);
    const tree = parseYaml(`${lines.join('\n')}\nb: 1\n`);
    assert.ok(tree.issues.length > 0);
    assert.ok(tree.issues.every((issue) => issue.code === 'yaml-unsupported'));
    assert.equal(scalarAt(tree.root, 'b').text, '1');
    assert.ok(dump(tree.root));
  });

  it('of 150 levels is read', () => {
    const text = `a: ${'['.repeat(150)}1${']'.repeat(150)}`;
    assert.deepEqual(found(text), []);
    assert.equal(JSON.stringify(toPlain(at(parseYaml(text).root, 'a'))), text.slice(3));
  });
});

describe('what metrics files do not use', () => {
  it('is reported: further documents', () => {
    assert.deepEqual(found('a: 1\n---\nb: 2\n---\nc: 3'), [['yaml-unsupported', '---']]);
    assert.deepEqual(texts(parseYaml('a: 1\n---\nb: "2').root), { a: '1' });
    assert.deepEqual(found('---\na: 1\n...\n# end\n'), []);
    assert.deepEqual(found('a: 1\n...\nb: 2 3\n'), [['yaml-unsupported', 'b: 2 3']]);
    assert.deepEqual(found('a: |\n  ---\n  b\n'), []);
  });

  it('is reported: directives other than the version, and tags', () => {
    assert.deepEqual(found('%YAML 1.2\n---\na: 1'), []);
    assert.deepEqual(found('%YAML 1.1\n---\na: yes'), [['yaml-unsupported', '%YAML 1.1']]);
    assert.equal(scalarAt(parseYaml('%YAML 1.1\n---\na: yes').root, 'a').value, 'yes');
    assert.deepEqual(found('a: !include b.yaml'), [['yaml-unsupported', '!include']]);
    assert.deepEqual(found('a: !!str 5'), []);
    assert.equal(scalarAt(parseYaml('a: !!str 5').root, 'a').value, '5');
    assert.equal(scalarAt(parseYaml('a: !!binary aGk=').root, 'a').value, 'aGk=');
  });
});

describe('control characters', () => {
  it('are reported where they stand', () => {
    assert.deepEqual(found('a: b\0c\nd: "\x1b"\ne: \x7f'), [
      ['yaml-control-character', '\0'],
      ['yaml-control-character', '\x1b'],
      ['yaml-control-character', '\x7f'],
    ]);
    assert.deepEqual(Object.keys(toPlain(parseYaml('a: b\0c\nd: 1').root) ?? {}), ['a', 'd']);
  });

  it('that steer the library are harmless', () => {
    for (const char of ['\x02', '\x18', '\x1f']) {
      assert.deepEqual(found(`a: [${char}, b]\nc: d`), [['yaml-control-character', char]]);
    }
  });
});

describe('large texts', () => {
  it('of 50,000 lines are read, with and without an error', () => {
    const lines = ['metrics:'];
    for (let i = 0; i < 12_500; i++)
      lines.push(`  m${i}:`, '    type: count', '    source: orders # o', '    where: [a, b]');
    const text = lines.join('\n');
    const clean = parseYaml(text);
    assert.deepEqual(clean.issues, []);
    const broken = parseYaml(text.replace('source: orders', 'source: "orders'));
    assert.equal(broken.issues.length, 1);
    for (const { root, comments } of [clean, broken]) {
      const map = at(root, 'metrics');
      assert.ok(map.kind === 'map' && map.entries.length === 12_500);
      assert.ok(comments.length >= 12_499);
    }
  });

  it('that are broken on every line are read in linear time, and the issues are bounded', () => {
    const text = `a:\n${'  b: "c\n  d: [e\n  - f: : g\n\th\n'.repeat(2_500)}`;
    const { issues } = parseYaml(text);
    assert.ok(issues.length > 0 && issues.length <= 200);
  });

  it('of blank lines and comments only are fine', () => {
    const text = `a: 1\n${'\n'.repeat(20_000)}${'  # c\n'.repeat(20_000)}b: 2\n`;
    const { root, comments } = parseYaml(text);
    assert.deepEqual(texts(root), { a: '1', b: '2' });
    assert.equal(comments.length, 20_000);
  });
});
