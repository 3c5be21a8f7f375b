import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { AGGREGATES, FUNCTIONS } from '../../server/src/core/syntax/expression/functions.ts';
import { KEYWORDS } from '../../server/src/core/syntax/expression/parse-operand.ts';

interface Pattern {
  readonly name?: string;
  readonly match?: string;
  readonly begin?: string;
  readonly include?: string;
  readonly patterns?: readonly Pattern[];
}

const grammar: {
  readonly patterns: readonly Pattern[];
  readonly repository: Readonly<Record<string, Pattern>>;
} = JSON.parse(readFileSync('client/syntaxes/plumbline-metrics.tmLanguage.json', 'utf8'));

/** A pattern of the grammar as JavaScript has it. `(?i:` is the one thing that differs: all that is in it is lower case, and so is what is tried. */
function patternOf(source: string): RegExp {
  return new RegExp(source.replaceAll('(?i:', '(?:'), 'u');
}

/** The scope of a word that stands in an expression, by the first pattern that takes the whole of it. */
function scopeOf(word: string, behind = ''): string | undefined {
  const patterns = ['words', 'numbers', 'names'].flatMap((name) => {
    const { patterns: inner, ...own } = grammar.repository[name] ?? {};
    return inner ?? [own];
  });
  return patterns.find(
    ({ match }) => match !== undefined && patternOf(match).exec(`${word}${behind}`)?.[0] === word,
  )?.name;
}

/** The keys that `$ref` one of some definitions of the schema, wherever they stand. */
function keysOf(wanted: readonly string[]): ReadonlySet<string> {
  const keys = new Set<string>();
  const walk = (value: unknown, path: readonly string[]): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (
        key === '$ref' &&
        wanted.includes(String(inner).split('/').at(-1) ?? '') &&
        path.at(-2) === 'properties'
      )
        keys.add(path.at(-1) ?? '');
      walk(inner, [...path, key]);
    }
  };
  walk(JSON.parse(readFileSync('schemas/metrics.schema.json', 'utf8')), []);
  return keys;
}

describe('the grammar of metrics files', () => {
  const begin = grammar.repository['expression-behind-key']?.begin ?? '';

  it('expects an expression behind every key that takes one, or the path of a column', () => {
    const keys = keysOf([
      'expression',
      'expressions',
      'conditions',
      'segment_by',
      'groups',
      'union',
      'column',
      'columns',
      'at_per',
      'once_per',
      'per',
    ]);
    assert.ok(keys.size > 15);
    const missing = [...keys].filter((key) => !patternOf(begin).test(`    ${key}: x`));
    assert.deepEqual(missing, []);
  });

  it('expects one behind no other key', () => {
    for (const key of ['label', 'description', 'why', 'type', 'source', 'metric', 'expect', 'data', 'owner'])
      assert.ok(!patternOf(begin).test(`    ${key}: x`), key);
  });

  it('expects one in a block, in braces and in a list, and none in a quoted text', () => {
    const pattern = patternOf(begin);
    for (const line of [
      'where: a',
      '  - where: a',
      '  m: { type: sum, value: a }',
      "  value: 'a'",
      '  value: [a]',
    ])
      assert.ok(pattern.test(line), line);
    for (const line of ['  somewhere: a', '  where:', '  where: # a', '  value: |', '  value: *a'])
      assert.ok(!pattern.test(line), line);
  });

  it('knows every function and aggregate', () => {
    for (const name of Object.keys(FUNCTIONS))
      assert.equal(scopeOf(name, '('), 'support.function.plumbline', name);
    for (const name of Object.keys(AGGREGATES))
      assert.equal(scopeOf(name, '('), 'support.function.aggregate.plumbline', name);
  });

  it('takes the name of a function for a column where it is not called', () => {
    assert.equal(scopeOf('month', ' > 3'), 'variable.other.property.plumbline');
  });

  it('knows every keyword', () => {
    for (const word of KEYWORDS) assert.match(scopeOf(word) ?? '', /^(keyword|constant)\./, word);
  });

  it('tells numbers, dates and names apart', () => {
    assert.equal(scopeOf('1.5e3'), 'constant.numeric.plumbline');
    assert.equal(scopeOf('2025-01-31'), 'constant.other.date.plumbline');
    assert.equal(scopeOf('date', " '2025-01-31'"), 'storage.type.date.plumbline');
    assert.equal(scopeOf('größe'), 'variable.other.property.plumbline');
  });

  it('includes only what there is', () => {
    const includes = JSON.stringify(grammar).matchAll(/"include":"#([^"]+)"/g);
    for (const [, name = ''] of includes) assert.ok(Object.hasOwn(grammar.repository, name), name);
  });
});
