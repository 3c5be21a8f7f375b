import assert from 'node:assert/strict';
import { formatText } from '../../../server/src/core/format/format-text.ts';

/** What a rule of the canonical form makes of a text. */
const FORMS: readonly [rule: string, before: string, after: string][] = [
  [
    'puts sections and keys in the order of the schema: what a metric is, how it is computed, how it is shown',
    `targets:
  t: { due: 2025, at_least: 5, metric: m }

metrics:
  m:
    examples: []
    tags: [board]
    better: higher
    where: a
    value: score
    owner: cx
    source: survey
    label: M
    type: nps
plumbline: 1
`,
    `plumbline: 1

metrics:
  m:
    type: nps
    label: M
    source: survey
    owner: cx
    value: score
    where: a
    better: higher
    tags: [board]
    examples: []

targets:
  t: { metric: m, at_least: 5, due: 2025 }
`,
  ],
  [
    'leaves the order of definitions, columns, groups and given rows to the author',
    `sources:
  z:
    columns: { z: {required: true, type: text}, a: {} }
    data: z.csv
  a: { data: a.csv }
segments:
  s: { groups: { z: a > 1, b: a < 1 }, source: z }
metrics:
  m:
    type: count
    examples:
      - expect: 1
        given: { z: [{ z: 1, a: 2 }] }
`,
    `sources:
  z:
    data: z.csv
    columns: { z: { type: text, required: true }, a: {} }

  a: { data: a.csv }

segments:
  s: { source: z, groups: { z: a > 1, b: a < 1 } }

metrics:
  m:
    type: count
    examples:
      - given: { z: [{ z: 1, a: 2 }] }
        expect: 1
`,
  ],
  [
    'takes a key that the format does not know along with the key above it',
    'metrics:\n  m:\n    value: a\n    vlaue: b\n    type: sum\n',
    'metrics:\n  m:\n    type: sum\n    value: a\n    vlaue: b\n',
  ],
  [
    'indents by two, lists too, whatever the author chose',
    'metrics:\n      m:\n       type: count\n       tags:\n       -   a\n       -\n         b\n',
    'metrics:\n  m:\n    type: count\n    tags:\n      - a\n      - b\n',
  ],
  [
    'puts one blank line between definitions, but keeps one-line definitions together as they are',
    'plumbline: 1\nmetrics:\n\n  a: { type: count }\n  b: { type: count }\n\n\n  c: { type: count }\n  d:\n    type: count\n  e: { type: count }\n\n\n',
    'plumbline: 1\n\nmetrics:\n  a: { type: count }\n  b: { type: count }\n\n  c: { type: count }\n\n  d:\n    type: count\n\n  e: { type: count }\n',
  ],
  [
    'keeps at most one blank line elsewhere, where the author put it',
    'metrics:\n  m:\n\n    type: count\n\n\n\n    label: M\n    why: W\n',
    'metrics:\n  m:\n    type: count\n\n    label: M\n    why: W\n',
  ],
  [
    'writes braces and brackets with spaces, and without a comma at the end',
    'metrics:\n  m: {type:   count,segments: [ a ,b,{via: c,segment: d} , ], "tags": [],   }\n',
    'metrics:\n  m: { type: count, segments: [a, b, { segment: d, via: c }], "tags": [] }\n',
  ],
  [
    'joins braces over several lines where they fit one, and writes them out where they do not',
    `metrics:
  short: {
      type: count,
    source: s }
  long: { type: count, label: ${'many words '.repeat(8)}, source: s, where: [a, b] } # why
`,
    `metrics:
  short: { type: count, source: s }

  long: # why
    type: count
    label: ${'many words '.repeat(8).trim()}
    source: s
    where: [a, b]
`,
  ],
  [
    'writes a map that is an item of a list out behind its dash',
    `metrics:
  m:
    type: count
    examples:
      - { expect: 1, period: 2025, segment: "${'x'.repeat(90)}" }
`,
    `metrics:
  m:
    type: count
    examples:
      - period: 2025
        segment: "${'x'.repeat(90)}"
        expect: 1
`,
  ],
  [
    'keeps quotes, numbers and long lines as they are written',
    `metrics:\n  m:\n    label:   'it''s'\n    why: "\\u0041 b"\n    description: ${'words '.repeat(30).trim()}\n    decimals: 02\n    unit: "42"\n`,
    `metrics:\n  m:\n    label: 'it''s'\n    description: ${'words '.repeat(30).trim()}\n    why: "\\u0041 b"\n    unit: "42"\n    decimals: 02\n`,
  ],
  [
    'takes a comment above, behind or in an entry along with it',
    `metrics:
  # about m
  m:   # named m
      # about the value
      # in two lines
      value: a   # kept apart
      # about the type
      type: sum
      # at the end of m
  # about n
  n:
      type: count
# at the end
`,
    `metrics:
  # about m
  m:   # named m
    # about the type
    type: sum
    # about the value
    # in two lines
    value: a   # kept apart
    # at the end of m

  # about n
  n:
    type: count
# at the end
`,
  ],
  [
    'keeps a comment at the top that a blank line sets off there, as a licence is',
    '# Licence\n\n# about metrics\nmetrics: {}\nplumbline: 1\n',
    '# Licence\n\nplumbline: 1\n\n# about metrics\nmetrics: {}\n',
  ],
  [
    'takes a comment in the column of a key for the next key, not for the list above',
    'metrics:\n  m:\n    tags:\n    - a\n    # about the owner\n    owner: cx\n    type: count\n',
    'metrics:\n  m:\n    type: count\n    # about the owner\n    owner: cx\n    tags:\n      - a\n',
  ],
  [
    'leaves braces with comments as they are, but for their indentation',
    'metrics:\n    m: {\n        type: count, # rows\n          source: s\n      }\n',
    'metrics:\n  m: {\n      type: count, # rows\n        source: s\n    }\n',
  ],
  [
    'keeps the lines of block scalars, and their blank lines where they count',
    'metrics:\n    m:\n        why: |+  # header\n             one\n               # two\n\n        type: count\n    n: { type: count }\n',
    'metrics:\n  m:\n    type: count\n    why: |+  # header\n      one\n        # two\n\n  n: { type: count }\n',
  ],
  [
    'counts the indentation of a block scalar that states it from the new place',
    'metrics:\n    m:\n        type: count\n        why: |2\n            one\n          two\n',
    'metrics:\n  m:\n    type: count\n    why: |2\n        one\n      two\n',
  ],
  [
    'indents the lines of folded texts without touching them',
    'metrics:\n m:\n  type: count\n  why: plain\n        words\n\n        more\n  label: "a \\\n   \\  b"\n',
    'metrics:\n  m:\n    type: count\n    label: "a \\\n      \\  b"\n    why: plain\n      words\n\n      more\n',
  ],
  [
    'keeps the order of a map in which an alias would come before its anchor',
    'metrics:\n  m:\n    value: &v a\n    type: count_distinct\n    label: *v\n  n:\n    where: &w b\n    unheard_of: *w\n    type: count\n',
    'metrics:\n  m:\n    value: &v a\n    type: count_distinct\n    label: *v\n\n  n:\n    type: count\n    where: &w b\n    unheard_of: *w\n',
  ],
  [
    'leaves merge keys where they are',
    'metrics:\n  m: &m {source: s, type: count}\n  n:\n     <<: *m\n     where: a\n     label: N\n',
    'metrics:\n  m: &m { type: count, source: s }\n\n  n:\n    <<: *m\n    label: N\n    where: a\n',
  ],
  [
    'leaves the order where a comma has cut an expression, so that the mistake is still seen',
    'metrics:\n  m: {where: coalesce(plan,other), type: count}\n',
    'metrics:\n  m: { where: coalesce(plan, other), type: count }\n',
  ],
  [
    'mends spaces around colons, white space at the end of lines, and the end of the file',
    'metrics : \n  m:\t\n    type :  count   \n    label:\n      M',
    'metrics:\n  m:\n    type: count\n    label: M\n',
  ],
  [
    'leaves what stands before a --- and behind a ...',
    '%YAML 1.2\n---  \nmetrics:   {}\n...   \n# after\n',
    '%YAML 1.2\n---  \nmetrics: {}\n...   \n# after\n',
  ],
];

describe('the canonical form', () => {
  for (const [rule, before, after] of FORMS) {
    it(rule, () => {
      assert.deepEqual(formatText('metrics', before), { text: after, isCanonical: true, issues: [] });
      assert.equal(formatText('metrics', after).text, after);
    });
  }

  it('of plumbline.yaml has its keys in order, and blank lines where the author put them', () => {
    const before =
      'grain: month\nrules:\n    target-needs-why: off\n    metric-needs-owner: error\nname: acme\n\nplumbline: 1\n';
    const after =
      'plumbline: 1\nname: acme\ngrain: month\nrules:\n  target-needs-why: off\n  metric-needs-owner: error\n';
    assert.equal(formatText('project', before).text, after);
  });

  it('keeps the line breaks that most lines have, and a byte order mark', () => {
    const { text } = formatText(
      'metrics',
      '\uFEFFmetrics:\r\n    m:\r\n        type: count\n        why: |\r\n            a\r\n\r\n            b\r\n',
    );
    assert.equal(
      text,
      '\uFEFFmetrics:\r\n  m:\r\n    type: count\r\n    why: |\r\n      a\r\n\r\n      b\r\n',
    );
  });

  it('is not looked for in a text with YAML errors, whose places are told', () => {
    const text = 'metrics:\r\n  m: { type: count\r\n';
    const { issues, ...result } = formatText('metrics', text);
    assert.deepEqual(result, { text, isCanonical: false });
    assert.deepEqual(
      issues.map(({ span }) => text.slice(span.start)),
      ['{ type: count\r\n'],
    );
  });

  it('is not looked for where there is no map', () => {
    for (const text of [
      '',
      '\n\n',
      '# only this\n\n\n',
      '- a\n-   b\n',
      'words\n',
      '{ a:   1 }\n',
      '? |\n  a\n: b\n',
    ]) {
      assert.equal(formatText('metrics', text).text, text);
    }
  });
});
