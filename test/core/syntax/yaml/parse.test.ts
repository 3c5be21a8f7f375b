import assert from 'node:assert/strict';
import { parse } from 'yaml';
import { parseYaml } from '../../../../server/src/core/syntax/yaml/parse.ts';
import type { YamlNode } from '../../../../server/src/core/syntax/yaml/tree.ts';
import { toPlain } from '../../../../server/src/core/syntax/yaml/tree.ts';
import { at, scalarAt, texts } from './dump.ts';
import { SAMPLE } from './sample.ts';

/** A text without its range marks `⟦ ⟧`, and the ranges they mark. */
function marked(text: string): { text: string; spans: { start: number; end: number }[] } {
  const spans: { start: number; end: number }[] = [];
  let plain = '';
  let start = 0;
  for (const part of text.split(/([⟦⟧])/)) {
    if (part === '⟦') start = plain.length;
    else if (part === '⟧') spans.push({ start, end: plain.length });
    else plain += part;
  }
  return { text: plain, spans };
}

function checkSpan(text: string, style: string, ...path: (string | number)[]): void {
  const { text: plain, spans } = marked(text);
  const tree = parseYaml(plain);
  assert.deepEqual(tree.issues, []);
  const node: YamlNode = at(tree.root, ...path);
  assert.deepEqual(node.span, spans[0]);
  assert.equal(node.kind === 'scalar' ? node.style : node.kind, style);
}

describe('spans of nodes', () => {
  it('marks scalars of every style', () => {
    checkSpan('a: ⟦b c⟧ # d', 'plain', 'a');
    checkSpan('a: ⟦b\n  c⟧\nd: 1', 'plain', 'a');
    checkSpan("a: ⟦'b''c'⟧ # d", 'single', 'a');
    checkSpan('a: ⟦"b\\"\n  c"⟧\n', 'double', 'a');
    checkSpan('a: ⟦|  # c\n  b\n  c⟧\n\nd: 1', 'literal', 'a');
    checkSpan('a: ⟦>-\r\n  b\r\n  c⟧\r\nd: 1', 'folded', 'a');
    checkSpan('a: ⟦|⟧\nd: 1', 'literal', 'a');
    checkSpan('⟦a⟧', 'plain');
  });

  it('puts a missing value just behind what it belongs to', () => {
    checkSpan('a:⟦⟧   # c\nb: 1', 'missing', 'a');
    checkSpan('a:⟦⟧\n\n\nb: 1', 'missing', 'a');
    checkSpan('b: 1\na:⟦⟧', 'missing', 'a');
    checkSpan('a: &x⟦⟧\nb: 1', 'missing', 'a');
    checkSpan('a:\n  -⟦⟧\n  - b', 'missing', 'a', 0);
    checkSpan('{ a:⟦⟧ , b: 1 }', 'missing', 'a');
    checkSpan('{ a⟦⟧, b: 1 }', 'missing', 'a');
  });

  it('marks maps and lists from their first to their last own character', () => {
    checkSpan('⟦a: 1\nb:\n  c: d⟧ # e\n\n', 'map');
    checkSpan('a:\n  ⟦b: 1\n  c: 2⟧\nd: 1', 'map', 'a');
    checkSpan('a: ⟦{ b: 1,\n  c: 2 }⟧ # d', 'map', 'a');
    checkSpan('a:\n  ⟦- b\n  - c⟧\n  # d\ne: 1', 'seq', 'a');
    checkSpan('a:\n⟦- b\n- c: d⟧\ne: 1', 'seq', 'a');
    checkSpan('a: [ 1, ⟦[ 2 ]⟧ ]', 'seq', 'a', 1);
  });

  it('marks entries from the key to the end of the value', () => {
    const { text, spans } = marked('x:\n  ⟦"a b": [c]⟧ # d\n  ⟦e:⟧ # f');
    const map = at(parseYaml(text).root, 'x');
    assert.deepEqual(map.kind === 'map' && map.entries.map((entry) => entry.span), spans);
  });

  it('tells flow from block', () => {
    const { root } = parseYaml('a: { b: 1 }\nc: [d]\ne:\n  - f');
    const flow = [at(root), at(root, 'a'), at(root, 'c'), at(root, 'e')].map(
      (node) => node.kind !== 'scalar' && node.flow,
    );
    assert.deepEqual(flow, [false, true, true, false]);
  });

  it('gives every comment its exact place', () => {
    const { text, spans } = marked(
      '⟦# top⟧\na: b ⟦# x, y ⟧\nc: [d, ⟦# in\t⟧\n  e] ⟦#⟧\nf: | ⟦# head⟧\n  # text\n⟦# low⟧\ng: "#" ⟦#end⟧',
    );
    const { comments, issues } = parseYaml(text);
    assert.deepEqual(issues, []);
    assert.deepEqual(
      comments.map((comment) => comment.span),
      spans,
    );
    for (const { span, text: comment } of comments) assert.equal(comment, text.slice(span.start, span.end));
  });

  it('keeps the offsets of a text with a byte order mark and of every kind of line break', () => {
    checkSpan('\uFEFFa: 1\nb: ⟦2⟧', 'plain', 'b');
    checkSpan('a: 1\r\nb: ⟦2⟧\r\n', 'plain', 'b');
    checkSpan('a: 1\rb:\r  c: ⟦2⟧\r', 'plain', 'b', 'c');
    checkSpan('--- # first\na: ⟦1⟧\n...\n', 'plain', 'a');
  });
});

describe('values', () => {
  it('follow the core schema of YAML 1.2', () => {
    const { root } = parseYaml(
      '[1, -2.5, true, FALSE, null, ~, yes, 0x1F, 0o17, 1e3, .inf, 2025-05, "3", 00004]',
    );
    assert.deepEqual(toPlain(root), [
      1,
      -2.5,
      true,
      false,
      null,
      null,
      'yes',
      31,
      15,
      1000,
      Number.POSITIVE_INFINITY,
      '2025-05',
      '3',
      4,
    ]);
  });

  it('keep the text as it is written, and large integers exact', () => {
    const { root } = parseYaml('a: 00004\nb: 2025-10\nc: 9007199254740993\nd: -9007199254740993');
    assert.equal(scalarAt(root, 'a').text, '00004');
    assert.equal(scalarAt(root, 'b').value, '2025-10');
    assert.equal(scalarAt(root, 'c').value, 9007199254740993n);
    assert.equal(scalarAt(root, 'd').value, -9007199254740993n);
  });

  it('are null where they are missing', () => {
    const node = scalarAt(parseYaml('a:').root, 'a');
    assert.deepEqual([node.style, node.text, node.value], ['missing', '', null]);
    assert.equal(scalarAt(parseYaml("a: ''").root, 'a').style, 'single');
  });

  it('of an empty text are none', () => {
    for (const text of ['', '\n\n', '# only a comment\n', '\uFEFF', '---\n']) {
      assert.equal(parseYaml(text).root, undefined);
      assert.deepEqual(parseYaml(text).issues, []);
    }
  });
});

describe('keys', () => {
  it('may stand twice; the first one is found by name', () => {
    const { root, issues } = parseYaml('a: 1\nb: 2\na: 3');
    assert.deepEqual(issues, []);
    assert.ok(root?.kind === 'map');
    assert.deepEqual(
      root.entries.map(({ key, value }) => [key.text, toPlain(value)]),
      [
        ['a', 1],
        ['b', 2],
        ['a', 3],
      ],
    );
    assert.equal(toPlain(root.get('a')?.value), 1);
    assert.equal(root.get('constructor'), undefined);
  });

  it('that are no names are reported and skipped', () => {
    for (const [text, code] of [
      ['? [x]\n: 1\nb: 2', 'yaml-unsupported'],
      ['{ x: y }: 1\nb: 2', 'yaml-unsupported'],
      [': 1\nb: 2', 'yaml-syntax'],
    ]) {
      const { root, issues } = parseYaml(text ?? '');
      assert.deepEqual(texts(root), { b: '2' });
      assert.deepEqual(
        issues.map((issue) => issue.code),
        [code],
      );
    }
  });

  it('may be numbers, quoted, or the names of properties of every object', () => {
    assert.deepEqual(Object.keys(toPlain(parseYaml('1: a\n"b c": d\n__proto__: e').root) ?? {}), [
      '1',
      'b c',
      '__proto__',
    ]);
  });
});

describe('a realistic file', () => {
  it('is read without issues', () => {
    const { root, issues, comments } = parseYaml(SAMPLE);
    assert.deepEqual(issues, []);
    assert.equal(comments.length, 3);
    assert.equal(scalarAt(root, 'sources', 'trials', 'where').text, "plan = 'trial'");
    assert.equal(scalarAt(root, 'sources', 'trials', 'label').text, 'Subscriptions');
    assert.equal(scalarAt(root, 'metrics', 'churn', 'label').text, 'Customer churn');
    assert.equal(scalarAt(root, 'metrics', 'nps', 'why').text, 'Renewals follow it, so does the budget.');
  });

  it('has the values that the library itself gives', () => {
    const values: unknown = JSON.parse(JSON.stringify(toPlain(parseYaml(SAMPLE).root)));
    assert.deepEqual(values, parse(SAMPLE, { merge: true }));
  });

  it('gives the same tree with Windows line breaks, whatever the places', () => {
    assert.deepEqual(texts(parseYaml(SAMPLE.replaceAll('\n', '\r\n')).root), texts(parseYaml(SAMPLE).root));
  });
});
