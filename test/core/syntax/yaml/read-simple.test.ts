import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { textUnits } from '../../../../server/src/core/syntax/units/text-units.ts';
import { parseAny } from '../../../../server/src/core/syntax/yaml/parse.ts';
import { readSimple } from '../../../../server/src/core/syntax/yaml/read-simple.ts';
import type { YamlNode, YamlTree } from '../../../../server/src/core/syntax/yaml/tree.ts';
import { dump } from './dump.ts';
import { SAMPLE } from './sample.ts';

/** Every YAML text of the repository, and the units that they are cut into. */
function writtenTexts(): readonly string[] {
  const files = ['samples', join('test', 'fixtures'), join('client', 'walkthrough')].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.ya?ml$/.test(name))
      .map((name) => readFileSync(join(folder, name), 'utf8')),
  );
  const whole = [...new Set([SAMPLE, ...files])];
  const units = whole.flatMap((text) => textUnits('a.metrics.yaml', text).units.map((unit) => unit.text));
  return [...new Set([...whole, ...units])];
}

const WRITTEN = writtenTexts();

/** Where a text is read as simple, the tree is the one that the library's becomes. */
function requireSame(text: string): boolean {
  const simple = readSimple(text);
  if (simple === undefined) return false;
  assert.deepEqual(plainTree(simple), plainTree(parseAny(text)), JSON.stringify(text));
  return true;
}

function plainTree({ root, comments, issues }: YamlTree): unknown {
  return { root: dump(root), comments, issues, places: placesIn(root) };
}

/** The place of every character of every scalar. */
function placesIn(node: YamlNode | undefined): readonly number[] {
  if (node === undefined) return [];
  if (node.kind === 'seq') return node.items.flatMap(placesIn);
  if (node.kind === 'map')
    return node.entries.flatMap(({ key, value }) => [...placesIn(key), ...placesIn(value)]);
  return Array.from({ length: node.text.length + 1 }, (_, index) => node.offsetAt(index));
}

/** What people type, and what YAML takes for something else than it looks. */
const PIECES = [
  ...[
    '\n',
    '\n  ',
    '\n    ',
    ' ',
    '  ',
    ': ',
    ':',
    '- ',
    '-',
    ' #',
    '#',
    ', ',
    ',',
    '"',
    "'",
    '[',
    ']',
    '{',
    '}',
  ],
  ...[
    '\t',
    '\r',
    '&a ',
    '*a',
    '!',
    '|',
    '>',
    '>-\n',
    '|\n    ',
    '>\n  ',
    '\n\n',
    '?',
    '? ',
    '%',
    '@',
    '`',
    '---',
    '...',
    '<<: ',
    '\\',
    '~',
  ],
  ...[
    'a',
    'on: ',
    'true',
    'null',
    '.inf',
    '0x1F',
    '0o17',
    '1_000',
    '1e5',
    '-5',
    '+.5',
    '5.',
    '12345678901234567890',
  ],
  ...[
    'é',
    '\u2028',
    '\u0085',
    '\u{1F600}',
    '\uFEFF',
    '\0',
    '2025-06-30',
    '00004',
    '09:00',
    "''",
    '""',
    ' \n',
    '-\n',
  ],
];

const pieces = fc.constantFrom(...PIECES);

/** A written text with some places changed. */
const changedText = fc
  .tuple(
    fc.constantFrom(...WRITTEN.filter((text) => text.length < 3_000)),
    fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(6), pieces), {
      minLength: 1,
      maxLength: 3,
    }),
  )
  .map(([text, changes]) =>
    changes.reduce((now, [where, cut, piece]) => {
      const at = Math.floor(where * now.length);
      return now.slice(0, at) + piece + now.slice(at + cut);
    }, text),
  );

describe('readSimple', () => {
  it('gives the tree of the library for every text of the repository that it reads', () => {
    const read = WRITTEN.filter(requireSame);
    assert.ok(read.length > WRITTEN.length / 2, `${read.length} of ${WRITTEN.length} are simple`);
  });

  it('gives it for those texts with anything typed into them', () => {
    fc.assert(
      fc.property(changedText, (text) => void requireSame(text)),
      { numRuns: 3_000 },
    );
  });

  it('gives it for texts put together from what is special in YAML', () => {
    const text = fc.array(pieces, { maxLength: 12 }).map((all) => all.join(''));
    const entry = fc.tuple(
      fc.constantFrom('a: ', 'a:\n  - ', 'a:\n  b: ', 'a: [', 'a: {b: ', 'a: >-\n  b', 'a:\n  b: |\n    c\n'),
      text,
    );
    fc.assert(
      fc.property(
        entry.map(([start, rest]) => start + rest),
        (written) => void requireSame(written),
      ),
      { numRuns: 3_000 },
    );
  });

  it('leaves to the library what is not in its form', () => {
    for (const text of [
      '',
      'a:',
      'a: |+\n  b',
      'a: &b c',
      'a: b\n c',
      '- a',
      'a: [b,\n  c]',
      'a: "\\n"',
      'a: b: c',
    ]) {
      assert.equal(readSimple(text), undefined, JSON.stringify(text));
    }
  });
});
