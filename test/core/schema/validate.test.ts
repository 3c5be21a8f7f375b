import assert from 'node:assert/strict';
import fc from 'fast-check';
import { validateTree } from '../../../server/src/core/schema/validate.ts';
import { parseYaml } from '../../../server/src/core/syntax/yaml/parse.ts';
import { plainAjv, problemsOf } from './kit.ts';

/** A text with the first fix of its only problem applied. */
function repaired(text: string, kind: 'metrics' | 'project' = 'metrics'): string {
  const edit = problemsOf(kind, text)[0]?.fixes?.[0]?.edits[0];
  assert.ok(edit, `no fix for ${text}`);
  return text.slice(0, edit.span.start) + edit.text + text.slice(edit.span.end);
}

describe('validateTree', () => {
  it('asks for the first line of an empty metrics file, and nothing of an empty project file', () => {
    const [problem] = validateTree('metrics', parseYaml('').root, 'a.metrics.yaml');
    assert.equal(problem?.code, 'missing-key');
    assert.deepEqual(problem?.span, { start: 0, end: 0 });
    assert.deepEqual(validateTree('project', parseYaml('').root, 'plumbline.yaml'), []);
  });

  it('says nothing of a file in a later version of the format, which another rule refuses', () => {
    assert.deepEqual(
      problemsOf('metrics', 'plumbline: 2\nnew_section: {}\nmetrics: { a: { type: telepathy } }\n'),
      [],
    );
  });

  it('names the file it was given', () => {
    const [problem] = validateTree(
      'metrics',
      parseYaml('plumbline: 1\nx: 1\n').root,
      'some/file.metrics.yaml',
    );
    assert.equal(problem?.file, 'some/file.metrics.yaml');
  });

  it('keeps the complaints of every definition apart, in the order of the text', () => {
    const text =
      'plumbline: 1\nmetrics:\n  a: { type: nps, valeu: 1 }\n  b: { type: sum }\n  c: { type: count }\n  d: { type: nsp }\n';
    const problems = problemsOf('metrics', text);
    assert.deepEqual(
      problems.map(({ code, span }) => `${code} ${text.slice(span.start, span.end)}`),
      ['unknown-key valeu', 'missing-key b', 'wrong-value nsp'],
    );
  });

  it('reports at most a hundred problems of one file', () => {
    const metrics = Array.from({ length: 3000 }, (_, index) => `  m${index}: { type: nps }\n`);
    assert.equal(problemsOf('metrics', `plumbline: 1\nmetrics:\n${metrics.join('')}`).length, 100);
  });

  it('shows a problem inside an alias where the alias is used, with the anchored text beside it, and no fix', () => {
    const text = 'plumbline: 1\nmetrics:\n  a: &x { type: nps, valeu: b }\n  c: *x\n';
    const use = problemsOf('metrics', text).find(({ span }) => text.slice(span.start, span.end) === '*x');
    assert.ok(use);
    assert.deepEqual(
      use.related?.map(({ span }) => text.slice(span.start, span.end)),
      ['valeu'],
    );
    assert.equal(use.fixes, undefined);
  });

  it('is not confused by keys that every JavaScript object has', () => {
    const text = 'plumbline: 1\nmetrics: { m: { type: count, constructor: 1, toString: 2 } }\n';
    assert.deepEqual(
      problemsOf('metrics', text).map(({ code }) => code),
      ['unknown-key', 'unknown-key'],
    );
  });

  it('finds keys that hold slashes and tildes', () => {
    const text = 'plumbline: 1\nsources: { s: { data: a, columns: { "a/b~c": { type: int } } } }\n';
    const [problem] = problemsOf('metrics', text);
    assert.equal(text.slice(problem?.span.start, problem?.span.end), 'int');
  });

  it('never throws, and accepts just what plain Ajv accepts, whatever the keys and values', () => {
    const word = fc.constantFrom(
      'plumbline',
      'metrics',
      'type',
      'nps',
      'value',
      'where',
      'segments',
      'targets',
      'at_least',
      'due',
      'by',
      'x y',
      '1',
    );
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom(1, 2025, 'nps', 'count', 'month', true, '2025-05', 'a b'),
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(word, tie('tree'), { maxKeys: 4 }),
      ),
    }));
    const validate = plainAjv('metrics');
    fc.assert(
      fc.property(tree, (value) => {
        const file = {
          plumbline: 1,
          metrics: { m: value, n: { type: 'nps', value } },
          targets: { t: value },
        };
        const found = validateTree('metrics', parseYaml(JSON.stringify(file)).root, 'a');
        assert.equal(found.length === 0, validate(file));
      }),
      { numRuns: 200 },
    );
  });
});

describe('fixes of the schema floor', () => {
  const metric = (body: string) => `plumbline: 1\nmetrics:\n  m: ${body}\n`;
  const fixes: readonly (readonly [wrong: string, right: string])[] = [
    ['metrics: { m: { type: count } }\n', 'plumbline: 1\nmetrics: { m: { type: count } }\n'],
    [metric('{ type: nps, valeu: score }'), metric('{ type: nps, value: score }')],
    [metric('{ type: count, grain: monthly }'), metric('{ type: count, grain: month }')],
    [metric('{ type: count, owner: 42 }'), metric('{ type: count, owner: "42" }')],
    [metric('{ type: count, tags: board }'), metric('{ type: count, tags: [board] }')],
    [
      metric('{ type: count, description: How likely, from 0, to 10, owner: cx }'),
      metric('{ type: count, description: "How likely, from 0, to 10", owner: cx }'),
    ],
    [metric('{ type: count, decimals: "2" }'), metric('{ type: count, decimals: 2 }')],
    [
      'plumbline: 1\nmetrics:\n  Net Promoter: { type: count }\n',
      'plumbline: 1\nmetrics:\n  net_promoter: { type: count }\n',
    ],
    [
      'plumbline: 1\nsources:\n  s: { data: a, columns: { b: { required: yes } } }\n',
      'plumbline: 1\nsources:\n  s: { data: a, columns: { b: { required: true } } }\n',
    ],
  ];
  for (const [wrong, right] of fixes) {
    it(`mend ${wrong.trim().split('\n').at(-1)}`, () => {
      assert.equal(repaired(wrong), right);
      assert.deepEqual(problemsOf('metrics', right), []);
    });
  }

  it('are not offered where two keys would get one name', () => {
    const text = 'plumbline: 1\nmetrics: { nps: { type: count }, NPS: { type: count } }\n';
    assert.deepEqual(
      problemsOf('metrics', text).map(({ fixes: offered }) => offered),
      [undefined],
    );
  });
});
