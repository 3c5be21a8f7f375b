import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  isPlain,
  readValue,
  renderBehindColon,
  renderFlow,
  type YamlMap,
  type YamlValue,
} from '../../../server/src/core/ide/yaml-value.ts';
import { parseYaml } from '../../../server/src/core/syntax/yaml/parse.ts';
import { type MapNode, toPlain, type YamlNode } from '../../../server/src/core/syntax/yaml/tree.ts';

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

describe('ide: values as YAML', () => {
  /** What a rendered value is read as: maps as plain objects. */
  const plainOf = (value: YamlValue): unknown => {
    if (Array.isArray(value)) return (value as readonly YamlValue[]).map(plainOf);
    if (typeof value !== 'object' || value === null) return value;
    if ('written' in value) return toPlain(parseYaml(value.written).root);
    return Object.fromEntries(
      (value as YamlMap).entries.map(([key, each]) => [
        typeof key === 'string' ? key : key.written,
        plainOf(each),
      ]),
    );
  };

  const texts = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '',
      ' ',
      '~',
      'null',
      'true',
      '1e3',
      '0x1F',
      '.5',
      '-',
      '- a',
      '? a',
      'a: b',
      'a #b',
      "it's",
      '"',
      '\\',
      '{a}',
      '[',
      '*a',
      '&a',
      '!a',
      '%a',
      '@a',
      '`a',
      '---',
      '...',
      '<<',
      '=',
      'a\nb',
      'a\n',
      '\na',
      ' a\n b',
      'a\n\n',
      'a\tb',
      '\u2028',
      'a:',
      ':a',
      '#',
      '2025-06',
      "score in (1, 2) and name = 'x'",
    ),
  );
  const scalars = fc.oneof(texts, fc.integer(), fc.boolean(), fc.constant(null));
  const keys = texts.filter((text) => text !== '__proto__' && text !== '<<');
  const values: fc.Arbitrary<YamlValue> = fc.letrec<{ value: YamlValue }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      scalars,
      fc.array(tie('value'), { maxLength: 3 }),
      fc
        .tuple(
          fc.uniqueArray(fc.tuple(keys, tie('value')), { maxLength: 3, selector: ([key]) => key }),
          fc.boolean(),
        )
        .map(([entries, flow]): YamlValue => ({ entries, flow })),
    ),
  })).value;

  it('are read as what they were, on one line and on several', () => {
    fc.assert(
      fc.property(values, fc.constantFrom('\n', '\r\n'), (value, eol) => {
        const flow = parseYaml(`a: ${renderFlow(value)}${eol}`);
        assert.deepEqual(flow.issues, []);
        assert.deepEqual(JSON.stringify(toPlain(at(flow.root, 'a'))), JSON.stringify(plainOf(value)));
        const block = `a:${renderBehindColon(value, { ...LAYOUT, eol })}${eol}b: 1${eol}`;
        const tree = parseYaml(block);
        assert.deepEqual(tree.issues, [], block);
        assert.equal(JSON.stringify(toPlain(at(tree.root, 'a'))), JSON.stringify(plainOf(value)), block);
      }),
      { numRuns: 500 },
    );
  });

  it('are plain only where that reads the same', () => {
    fc.assert(
      fc.property(texts, fc.boolean(), (text, flow) => {
        fc.pre(isPlain(text, flow));
        const tree = parseYaml(flow ? `a: { b: ${text} }` : `a:\n  b: ${text}\n`);
        const node = at(tree.root, 'a', 'b');
        assert.equal(node.kind === 'scalar' ? node.value : undefined, text);
      }),
    );
  });

  it('keep the spelling that they are read with', () => {
    const text = `a: { v: 33.30, p: 42%, q: 'it''s', t: "x\\ty", n: 00004, e: , l: [1, two] }\n`;
    const value = readValue(mapAt(text, 'a'), text);
    assert.ok(value);
    assert.equal(
      renderFlow(value),
      `{ v: 33.30, p: 42%, q: 'it''s', t: "x\\ty", n: 00004, e: null, l: [1, two] }`,
    );
  });

  it('cannot be moved where an alias, a merge key, an anchor or a tag makes them mean what they mean', () => {
    for (const body of ['{ x: *b }', '{ <<: *c }', '{ x: &d 1 }', '{ x: !t 1 }', '[*b]', '&e { x: 1 }']) {
      const text = `b: &b 1\nc: &c { y: 1 }\na: ${body}\n`;
      assert.equal(readValue(at(parseYaml(text).root, 'a'), text), undefined, body);
    }
  });
});
