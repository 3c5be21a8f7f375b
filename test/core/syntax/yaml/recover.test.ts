import assert from 'node:assert/strict';
import fc from 'fast-check';
import { syntaxProblems } from '../../../../server/src/core/syntax/problems.ts';
import { parseYaml } from '../../../../server/src/core/syntax/yaml/parse.ts';
import type { MapNode, YamlNode, YamlTree } from '../../../../server/src/core/syntax/yaml/tree.ts';
import { at, dump, texts } from './dump.ts';
import { SAMPLE } from './sample.ts';

/** A file of three definitions with `lines` in the middle of the second one. */
function withLines(...lines: readonly string[]): string {
  return [
    'plumbline: 1',
    'metrics:',
    '  nps:',
    '    type: nps',
    '  ces:',
    '    type: ces',
    ...lines,
    '    value: effort',
    '  csat:',
    '    type: csat',
    'targets:',
    '  goal: { metric: nps }',
    '',
  ].join('\n');
}

interface Case {
  readonly name: string;
  readonly lines: readonly string[];
  /** The characters that are marked, and the code. */
  readonly issue: readonly [string, string];
  /** What the second definition has beside `type` and `value`. */
  readonly more?: Readonly<Record<string, unknown>>;
}

const CASES: readonly Case[] = [
  { name: 'a word without a colon', lines: ['    lab'], issue: ['lab', 'yaml-syntax'] },
  { name: 'a word at the margin', lines: ['lab'], issue: ['lab', 'yaml-indentation'] },
  {
    name: 'an unclosed double quote',
    lines: ['    where: "abc'],
    issue: ['"', 'yaml-syntax'],
    more: { where: 'abc' },
  },
  {
    name: 'an unclosed single quote',
    lines: ["    where: 'abc # d"],
    issue: ["'", 'yaml-syntax'],
    more: { where: 'abc # d' },
  },
  {
    name: 'an unclosed square bracket',
    lines: ['    tags: [a, b'],
    issue: ['[', 'yaml-syntax'],
    more: { tags: ['a', 'b'] },
  },
  {
    name: 'an unclosed brace',
    lines: ['    x: { a: b,'],
    issue: ['{', 'yaml-syntax'],
    more: { x: { a: 'b' } },
  },
  {
    name: 'an unclosed bracket over lines',
    lines: ['    tags: [a,', '      b'],
    issue: ['[', 'yaml-syntax'],
    more: { tags: ['a', 'b'] },
  },
  {
    name: 'a bracket closed by another',
    lines: ['    tags: [a}'],
    issue: ['[', 'yaml-syntax'],
    more: { tags: ['a'] },
  },
  { name: 'a tab', lines: ['\tlabel: x'], issue: ['\t', 'yaml-indentation'], more: { label: 'x' } },
  {
    name: 'a tab behind spaces',
    lines: ['  \tlabel: x'],
    issue: ['  \t', 'yaml-indentation'],
    more: { label: 'x' },
  },
  {
    name: 'too little indentation',
    lines: ['   label: x'],
    issue: ['label: x', 'yaml-indentation'],
    more: { label: 'x' },
  },
  {
    name: 'no indentation',
    lines: ['label: x'],
    issue: ['label: x', 'yaml-indentation'],
    more: { label: 'x' },
  },
  {
    name: 'too much indentation',
    lines: ['      label: x'],
    issue: ['label: x', 'yaml-indentation'],
    more: { label: 'x' },
  },
  { name: 'two colons', lines: ['    label: : 2'], issue: [':', 'yaml-syntax'], more: { label: ': 2' } },
  {
    name: 'a colon in a text',
    lines: ["    where: a = 'b: c # d"],
    issue: [':', 'yaml-syntax'],
    more: { where: "a = 'b: c" },
  },
  { name: 'a comparison', lines: ['    where: >= 5'], issue: ['>', 'yaml-syntax'], more: { where: '>= 5' } },
  {
    name: 'a reserved character',
    lines: ['    label: @home'],
    issue: ['@', 'yaml-syntax'],
    more: { label: '@home' },
  },
  { name: 'a glued colon', lines: ['    label:x'], issue: [':', 'yaml-syntax'] },
  {
    name: 'a glued colon in braces',
    lines: ['    x: {a:1, b: 2}'],
    issue: [':', 'yaml-syntax'],
    more: { x: { b: '2' } },
  },
  { name: 'a list below a value', lines: ['    - a'], issue: ['- a', 'yaml-indentation'] },
  {
    name: 'an unclosed quote in braces',
    lines: ['    x: { a: "b }'],
    issue: ['"', 'yaml-syntax'],
    more: { x: { a: 'b }' } },
  },
  {
    name: 'an unclosed brace in brackets',
    lines: ['    x: [{ a: b ]'],
    issue: ['{', 'yaml-syntax'],
    more: { x: [{ a: 'b' }] },
  },
  { name: 'an unclosed name', lines: ['    "lab: x'], issue: ['"', 'yaml-syntax'] },
  {
    name: 'text behind a quote',
    lines: ['    label: "NPS" score'],
    issue: ['score', 'yaml-syntax'],
    more: { label: 'NPS' },
  },
  {
    name: 'an unknown escape',
    lines: ['    label: "a\\qb"'],
    issue: ['\\q', 'yaml-syntax'],
    more: { label: 'a\\qb' },
  },
  {
    name: 'a list on the line of its key',
    lines: ['    tags: - a'],
    issue: ['-', 'yaml-syntax'],
    more: { tags: null },
  },
  { name: 'a stray bracket', lines: ['    ]'], issue: [']', 'yaml-syntax'] },
  {
    name: 'an error in one list item',
    lines: ['    steps:', '    - { name: a }', '    - name: "b', '      of: x', '    - c'],
    issue: ['"', 'yaml-syntax'],
    more: { steps: [{ name: 'a' }, { name: 'b', of: 'x' }, 'c'] },
  },
  {
    name: 'a value of two lines',
    lines: ['    where: a', '      and b: c'],
    issue: [':', 'yaml-syntax'],
    more: { where: 'a and b: c' },
  },
];

function codesAndTexts(text: string, tree: YamlTree): [string, string][] {
  return tree.issues.map(({ code, span }) => [text.slice(span.start, span.end), code]);
}

describe('broken text within one definition', () => {
  for (const { name, lines, issue, more } of CASES) {
    it(`stays there: ${name}`, () => {
      const text = withLines(...lines);
      const tree = parseYaml(text);
      assert.deepEqual(codesAndTexts(text, tree), [[...issue]]);
      const { type, value, ...rest } = texts(at(tree.root, 'metrics', 'ces')) as Record<string, unknown>;
      assert.deepEqual({ type, value }, { type: 'ces', value: 'effort' });
      assert.deepEqual(rest, more ?? {});
      assert.deepEqual(texts(at(tree.root, 'metrics', 'nps')), { type: 'nps' });
      assert.deepEqual(texts(at(tree.root, 'metrics', 'csat')), { type: 'csat' });
      assert.deepEqual(texts(at(tree.root, 'targets')), { goal: { metric: 'nps' } });
    });
  }

  it('leaves a name without a colon the block below it', () => {
    const text = 'metrics:\n  nps:\n    type: nps\n  ces\n    type: ces\n  csat:\n    type: csat\n';
    const tree = parseYaml(text);
    assert.deepEqual(codesAndTexts(text, tree), [['ces', 'yaml-syntax']]);
    assert.deepEqual(texts(tree.root), {
      metrics: { nps: { type: 'nps' }, ces: { type: 'ces' }, csat: { type: 'csat' } },
    });
  });

  it('reads a file that is indented with tabs throughout, with one issue', () => {
    const text = 'metrics:\n\tnps:\n\t\ttype: nps\n\t\tvalue: score\n\tces:\n\t\ttype: ces\n';
    const tree = parseYaml(text);
    assert.deepEqual(texts(tree.root), {
      metrics: { nps: { type: 'nps', value: 'score' }, ces: { type: 'ces' } },
    });
    assert.deepEqual(codesAndTexts(text, tree), [['\t', 'yaml-indentation']]);
  });

  it('lets anchors of one definition be used in another', () => {
    const text = 'a:\n  x: &x { p: 1 }\n  y: &y\n    q: "2\n    r: 3\nb:\n  z: { <<: [*x, *y] }\n';
    const tree = parseYaml(text);
    assert.deepEqual(
      tree.issues.map((issue) => issue.code),
      ['yaml-syntax'],
    );
    assert.deepEqual(texts(at(tree.root, 'b', 'z')), { p: '1', q: '2', r: '3' });
  });

  it('keeps the comments', () => {
    const text = '# a\nx: 1 # b\n\n# c\ny: "2\n# d\nz:\n  # e\n  - # f\n    g: [1, # h\n      2]\n  - @\n# i';
    const { comments } = parseYaml(text);
    assert.deepEqual(
      comments.map((comment) => comment.text),
      ['# a', '# b', '# c', '# d', '# e', '# f', '# h', '# i'],
    );
    for (const { span, text: comment } of comments) assert.equal(text.slice(span.start, span.end), comment);
  });
});

describe('conflict markers', () => {
  const conflict = [
    '<<<<<<< HEAD',
    '    where: a',
    '||||||| base',
    '    where: o',
    '=======',
    '    where: b',
    '>>>>>>> topic',
  ];

  it('make one issue, and both sides are read', () => {
    const text = withLines(...conflict);
    const tree = parseYaml(text);
    assert.deepEqual(codesAndTexts(text, tree), [['<<<<<<< HEAD', 'yaml-conflict-marker']]);
    assert.deepEqual(
      tree.issues[0]?.related?.map(({ span }) => text.slice(span.start, span.end)),
      ['||||||| base', '=======', '>>>>>>> topic'],
    );
    const ces = at(tree.root, 'metrics', 'ces') as MapNode;
    assert.deepEqual(
      ces.entries.map(({ key, value }) => [key.text, texts(value)]),
      [
        ['type', 'ces'],
        ['where', 'a'],
        ['where', 'b'],
        ['value', 'effort'],
      ],
    );
  });

  it('are counted by conflict, also with Windows line breaks and where one is left over', () => {
    const text = ['x:', ...conflict, ...conflict, '=======', 'a: 1'].join('\r\n');
    assert.deepEqual(codesAndTexts(text, parseYaml(text)), [
      ['<<<<<<< HEAD', 'yaml-conflict-marker'],
      ['<<<<<<< HEAD', 'yaml-conflict-marker'],
      ['=======', 'yaml-conflict-marker'],
    ]);
  });

  it('keep whole definitions of both sides', () => {
    const text =
      'metrics:\n<<<<<<< a\n  nps:\n    type: nps\n=======\n  ces:\n    type: ces\n>>>>>>> b\n  csat:\n    type: csat\n';
    assert.deepEqual(texts(parseYaml(text).root), {
      metrics: { nps: { type: 'nps' }, ces: { type: 'ces' }, csat: { type: 'csat' } },
    });
  });
});

/** Checks what must hold of every tree of every text. */
function checkTree(text: string, tree: YamlTree): void {
  const codes = new Set(syntaxProblems.map((problem) => problem.id));
  for (const { code, span, message, related = [] } of tree.issues) {
    assert.ok(codes.has(code));
    assert.ok(message.length > 0);
    for (const place of [span, ...related.map((one) => one.span)]) {
      const { start, end } = place;
      assert.ok(
        0 <= start && start < end && end <= text.length,
        `${start}–${end} in ${JSON.stringify(text)}`,
      );
      assert.ok(
        !/[\r\n]/.test(text.slice(start, end)),
        `${start}–${end} spans lines in ${JSON.stringify(text)}`,
      );
    }
  }
  for (const { span, text: comment } of tree.comments)
    assert.equal(text.slice(span.start, span.end), comment);
  const starts = tree.comments.map((comment) => comment.span.start);
  assert.deepEqual(
    starts,
    [...new Set(starts)].sort((a, b) => a - b),
  );
  checkNode(text, tree.root);
}

function checkNode(text: string, node: YamlNode | undefined): void {
  if (node === undefined) return;
  const { start, end } = node.span;
  assert.ok(0 <= start && start <= end && end <= text.length, `${start}–${end} in ${JSON.stringify(text)}`);
  if (node.kind === 'seq') for (const item of node.items) checkNode(text, item);
  if (node.kind === 'map') {
    for (const { key, value } of node.entries) {
      checkNode(text, key);
      checkNode(text, value);
    }
  }
  if (node.kind === 'scalar') {
    assert.ok(node.offsetAt(0) >= 0 && node.offsetAt(node.text.length) <= text.length);
    if (node.origin === undefined) assert.ok(node.offsetAt(0) >= start);
  }
}

interface Definition {
  readonly name: string;
  readonly end: number;
  /** The whole node, as text to compare it by. */
  readonly node: string;
}

/** The entries of the sections of a file. */
function definitions(tree: YamlTree): Definition[] {
  if (tree.root?.kind !== 'map') return [];
  return tree.root.entries.flatMap((section) =>
    section.value.kind !== 'map'
      ? []
      : section.value.entries.map(({ key, value, span }) => ({
          name: `${section.key.text}.${key.text}`,
          end: span.end,
          node: JSON.stringify(dump(value)),
        })),
  );
}

describe('a text that is cut anywhere', () => {
  for (const [name, text, step] of [
    ['Unix', SAMPLE, 1],
    ['Windows', SAMPLE.replaceAll('\n', '\r\n'), 5],
  ] as const) {
    it(`keeps all definitions before the cut (${name} line breaks)`, () => {
      const whole = definitions(parseYaml(text));
      assert.equal(whole.length, 9);
      // A definition is complete where the name of the next one or of the next section begins.
      const names = [...text.matchAll(/^ {0,2}[^\s#-]/gm)].map((match) => match.index);
      const complete = whole.map(({ end }) => names.find((start) => start >= end) ?? text.length);
      for (let cut = 0; cut <= text.length; cut += step) {
        const part = text.slice(0, cut);
        const tree = parseYaml(part);
        checkTree(part, tree);
        const expected = whole.filter((_, i) => (complete[i] ?? 0) <= cut);
        assert.deepEqual(definitions(tree).slice(0, expected.length), expected, `cut at ${cut}`);
      }
    });
  }
});

describe('random edits', () => {
  const chars = [
    ...' \n\t:#-\'"[]{}&*!|>%@,?abcé😀\\0\r',
    '\0',
    '\uFEFF',
    '---\n',
    '\n<<<<<<< a\n',
    '\n=======\n',
    '  ',
    '<<: *',
  ];
  const edit = fc.tuple(fc.nat(SAMPLE.length), fc.constantFrom(0, 0, 1), fc.constantFrom('', ...chars));
  for (const seed of [7, 8, 9]) {
    it(`never throw, and every issue lies on one line (seed ${seed})`, () => {
      fc.assert(
        fc.property(edit, ([start, removed, added]) => {
          const text = SAMPLE.slice(0, start) + added + SAMPLE.slice(start + removed);
          checkTree(text, parseYaml(text));
        }),
        { numRuns: 1000, seed },
      );
    });
  }

  it('of one character within a definition leave the other definitions alone', () => {
    const whole = definitions(parseYaml(SAMPLE));
    const edited = whole.findIndex(({ name }) => name === 'metrics.nps');
    const start = SAMPLE.indexOf('type: nps');
    const end = SAMPLE.indexOf('  repeat_buyers') - 1;
    const chars = [':', '"', "'", '[', '{', 'x', '- ', '@', '\t', '&', '*', '#', '}', ']', '>'];
    for (let at = start; at < end; at++) {
      for (const char of [chars[at % chars.length] ?? '', chars[(at + 8) % chars.length] ?? '']) {
        const got = definitions(parseYaml(SAMPLE.slice(0, at) + char + SAMPLE.slice(at)));
        const what = `${JSON.stringify(char)} at ${at}`;
        assert.deepEqual(got.slice(0, edited), whole.slice(0, edited), what);
        const names = got.map(({ name }) => name);
        for (const { name } of whole.slice(edited + 1))
          assert.ok(names.includes(name), `${name} after ${what}`);
      }
    }
  });

  it('of noise never throw', () => {
    const noise = fc.array(
      fc.constantFrom(...' \n\n  :#-\'"[]{}&*!|>%@,?ab\t\r\\', 'a: ', '\n  ', '- ', 'b:\n'),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(noise, (parts) => {
        const text = parts.join('');
        checkTree(text, parseYaml(text));
      }),
      { numRuns: 3000, seed: 7 },
    );
  });
});
