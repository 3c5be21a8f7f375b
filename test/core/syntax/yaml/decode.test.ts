import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isScalar, parseDocument } from 'yaml';
import { decodePlain, decodeSingle } from '../../../../server/src/core/syntax/yaml/decode.ts';
import { decodeBlock } from '../../../../server/src/core/syntax/yaml/decode-block.ts';
import { decodeDouble } from '../../../../server/src/core/syntax/yaml/decode-double.ts';
import { parseYaml } from '../../../../server/src/core/syntax/yaml/parse.ts';
import { scalarAt } from './dump.ts';

interface Sample {
  readonly source: string;
  readonly value: string;
  readonly offset: number;
  readonly token: unknown;
}

/** The scalar of `key: …` as the library reads it, or `undefined` where the text is not valid YAML. */
function sampleOf(text: string): Sample | undefined {
  const document = parseDocument(text, { keepSourceTokens: true, logLevel: 'silent' });
  const node = document.get('key', true);
  if (document.errors.length > 0 || !isScalar(node)) return undefined;
  const token = node.srcToken;
  if (token === undefined || !('source' in token) || node.source === undefined) return undefined;
  return { source: token.source, value: node.source, offset: token.offset, token };
}

/**
 * Places lie within the scalar, never go back, and a character that is not written as an escape or a line break
 * stands at its place.
 */
function checkPlaces(text: string): void {
  const node = scalarAt(parseYaml(text).root, 'key');
  let before = node.span.start;
  for (let i = 0; i <= node.text.length; i++) {
    const place = node.offsetAt(i);
    assert.ok(place >= before && place <= text.length, `place ${i} of ${JSON.stringify(text)}`);
    before = place;
    const char = node.text.charAt(i);
    if (/[\s\\]/.test(char) || i === node.text.length) continue;
    const written = text.charAt(place);
    const escaped = node.style === 'double' && (written === '\\' || text.charAt(place - 6) === '\\');
    assert.ok(
      written === char || escaped,
      `${char} of ${JSON.stringify(text)} is at ${JSON.stringify(written)}`,
    );
  }
}

/** Runs a law over random texts; fails also where hardly any of them were YAML, for then nothing was tested. */
function forAll(texts: fc.Arbitrary<string>, law: (text: string, sample: Sample) => void): void {
  let held = 0;
  const runs = 4000;
  fc.assert(
    fc.property(texts, (text) => {
      const sample = sampleOf(text);
      if (sample === undefined) return;
      law(text, sample);
      held++;
    }),
    { numRuns: runs, seed: SEED },
  );
  assert.ok(held > runs / 10, `only ${held} of ${runs} texts were YAML`);
}

const SEED = 20250630;
const words = fc.constantFrom(
  'a',
  'bc',
  'é',
  '😀',
  '漢',
  '-',
  '?',
  '0',
  '\u2028',
  '\u0085',
  '\ufeff',
  '%',
  '~',
);
const blanks = fc.constantFrom(' ', '  ', '\t', ' \t ');
const breaks = fc.constantFrom('\n ', '\r\n  ', '\n\n   ', '\r\n\r\n ', ' \n \t\n  ', '\n', '\t\r\n ');

function pieces(...parts: readonly fc.Arbitrary<string>[]): fc.Arbitrary<string> {
  return fc.array(fc.oneof(...parts), { maxLength: 14 }).map((list) => list.join(''));
}

describe('decoding of scalars', () => {
  it('reads plain scalars as the library does', () => {
    const marks = fc.constantFrom(':', '#', "'", '"', ',', '[', '}', '\\n');
    const texts = pieces(words, words, words, blanks, breaks, marks).map((text) => `key: a${text}\n`);
    forAll(texts, (text, { source, value, offset }) => {
      if (text.charAt(offset) !== 'a') return;
      const decoded = decodePlain(source, offset);
      assert.equal(decoded.text, value);
      assert.equal(decoded.offsets.length, value.length + 1);
      checkPlaces(text);
    });
  });

  it('reads single-quoted scalars as the library does', () => {
    const marks = fc.constantFrom("''", '"', ': ', ' #', '\\', "''''");
    const texts = pieces(words, words, blanks, breaks, marks).map((text) => `key: '${text}' # c\n`);
    forAll(texts, (text, { source, value, offset }) => {
      const decoded = decodeSingle(source, offset);
      assert.equal(decoded.text, value);
      assert.equal(decoded.offsets.length, value.length + 1);
      checkPlaces(text);
    });
  });

  it('reads double-quoted scalars as the library does', () => {
    const simple = fc.constantFrom(...'0abefnrtvNLP_ "/\\\t').map((char) => `\\${char}`);
    const codes = fc.constantFrom('\\x41', '\\u263A', '\\U0001F600', '\\\n  ', '\\\r\n\t ', "'", ': ', ' #');
    const texts = pieces(words, words, blanks, breaks, simple, codes).map((text) => `key: "${text}"\n`);
    forAll(texts, (text, { source, value, offset }) => {
      const decoded = decodeDouble(source, offset);
      assert.equal(decoded.text, value);
      assert.equal(decoded.offsets.length, value.length + 1);
      checkPlaces(text);
    });
  });

  for (const [name, indicator] of [
    ['literal', '|'],
    ['folded', '>'],
  ]) {
    it(`reads ${name} scalars as the library does`, () => {
      const line = fc
        .tuple(
          fc.constantFrom('', '  ', '  ', '  ', '   ', '     ', '    '),
          fc.constantFrom('', '', 'a b', 'é 😀 ', '\tx', '# no comment', "'q'"),
        )
        .map(([indent, content]) => indent + content);
      const header = fc
        .tuple(
          fc.constantFrom('', '', '1', '2', '3'),
          fc.constantFrom('', '+', '-'),
          fc.constantFrom('', ' # c'),
        )
        .map(([indent, chomp, comment]) => `${indicator}${indent}${chomp}${comment}`);
      const texts = fc
        .tuple(header, fc.array(line, { maxLength: 8 }), fc.constantFrom('\n', '\r\n'), fc.boolean())
        .map(([head, lines, end, last]) => `key: ${[head, ...lines].join(end)}${last ? end : ''}`);
      forAll(texts, (text, { value, token }) => {
        const { props, source, indent } = token as {
          props: { source: string }[];
          source: string;
          indent: number;
        };
        const start = 5 + props.map((prop) => prop.source).join('').length;
        const decoded = decodeBlock({
          header: props[0]?.source ?? '',
          body: source,
          start,
          parentIndent: indent,
        });
        assert.equal(decoded.text, value);
        assert.equal(decoded.offsets.length, value.length + 1);
        checkPlaces(text);
      });
    });
  }

  it('tells the places of folded, escaped and doubled characters', () => {
    const text = 'key: "a\\u263A\\n  b\n   c"';
    const node = scalarAt(parseYaml(text).root, 'key');
    assert.equal(node.text, 'a☺\n  b c');
    const places = Array.from({ length: node.text.length + 1 }, (_, i) => node.offsetAt(i));
    assert.deepEqual(places, [6, 7, 13, 15, 16, 17, 18, 22, 23]);
  });

  it('takes a character beyond the basic plane as two units', () => {
    const node = scalarAt(parseYaml("key: 'x😀''y'").root, 'key');
    assert.equal(node.text, "x😀'y");
    assert.deepEqual(
      [0, 1, 2, 3, 4, 5].map((i) => node.offsetAt(i)),
      [6, 7, 8, 9, 11, 12],
    );
    assert.equal(node.offsetAt(99), 12);
  });
});
