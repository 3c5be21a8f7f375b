import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Expression } from '../../../../server/src/core/syntax/expression/ast.ts';
import { parseExpression } from '../../../../server/src/core/syntax/expression/parse.ts';
import { printExpression } from '../../../../server/src/core/syntax/expression/print.ts';
import { randomExpression } from '../../../kit/random-expression.ts';

/** The tree in canonical spelling; there must be no issue. */
function printed(text: string): string {
  const { expression, issues } = parseExpression(text);
  assert.deepEqual(issues, [], text);
  return printExpression(expression);
}

/** A text without its `⟦ ⟧`, and the range between them. */
function marked(text: string): { text: string; span: { start: number; end: number } } {
  const start = text.indexOf('⟦');
  const end = text.indexOf('⟧') - 1;
  return { text: text.replace(/[⟦⟧]/g, ''), span: { start, end } };
}

/** Every node of a tree. */
function nodes(node: Expression): Expression[] {
  const children: Expression[] = [];
  for (const value of Object.values(node)) {
    const list: unknown[] = Array.isArray(value) ? value : [value];
    for (const item of list) {
      if (typeof item !== 'object' || item === null) continue;
      if ('kind' in item) children.push(item as Expression);
      else if ('when' in item && 'result' in item)
        children.push(item.when as Expression, item.result as Expression);
    }
  }
  return [node, ...children.flatMap(nodes)];
}

/** A tree without its spans. */
function shape(node: unknown): unknown {
  return JSON.parse(
    JSON.stringify(node, (key, value) => (['span', 'opSpan', 'quoted'].includes(key) ? undefined : value)),
  );
}

describe('precedence', () => {
  const cases: readonly (readonly [text: string, tree: string])[] = [
    ['a or b and not c = d', '(a or (b and (not (c = d))))'],
    ['a and b or c and d', '((a and b) or (c and d))'],
    ['not not a', '(not (not a))'],
    ['not a is null', '(not (a is null))'],
    ["a || b = c || 'x'", "((a || b) = (c || 'x'))"],
    ['a + b || c', '((a + b) || c)'],
    ['a + b * c - d / e % f', '((a + (b * c)) - ((d / e) % f))'],
    ['a - b - c', '((a - b) - c)'],
    ['-a * -b', '((- a) * (- b))'],
    ['- - 1', '(- (- 1))'],
    ['(a + b) * c', '((a + b) * c)'],
    ['a between b + 1 and c and d', '((a between (b + 1) and c) and d)'],
    ['a not between 1 and 2 or b', '((a not between 1 and 2) or b)'],
    ["a in ('x', 'y') and b not in (1)", "((a in ('x', 'y')) and (b not in (1)))"],
    ["a not like 'x%' and b like c", "((a not like 'x%') and (b like c))"],
    ['a is not null = b', '((a is not null) = b)'],
    ['a = not b', '(a = (not b))'],
  ];
  for (const [text, tree] of cases) {
    it(text, () => {
      assert.equal(printed(text), tree);
    });
  }

  it('printing a tree and parsing it again gives the same tree', () => {
    fc.assert(
      fc.property(randomExpression, (text) => {
        const { expression, issues } = parseExpression(text);
        assert.deepEqual(issues, []);
        const again = parseExpression(printExpression(expression));
        assert.deepEqual(again.issues, []);
        assert.deepEqual(shape(again.expression), shape(expression));
      }),
    );
  });
});

describe('words, quotes and literals', () => {
  const cases: readonly (readonly [text: string, tree: string])[] = [
    ['A AND b Or NOT c', '((A and b) or (not c))'],
    ['CASE when A then 1 ELSE 2 End', 'case when A then 1 else 2 end'],
    ['Count(DISTINCT x)', 'count(distinct x)'],
    ['a != b', '(a <> b)'],
    ['"Monthly Charges" > 5', '("Monthly Charges" > 5)'],
    ['"a ""b"" c"', '"a ""b"" c"'],
    ['account."Region Name".name', 'account."Region Name".name'],
    ['account.end', 'account."end"'],
    ['case.id', '"case".id'],
    ["'it''s'", "'it''s'"],
    ["''''", "''''"],
    ["''", "''"],
    ['Größe = größe', '(Größe = größe)'],
    ['.5 + 1. + 1e3', '((.5 + 1.) + 1e3)'],
    ["date '2025-01-31'", "date '2025-01-31'"],
    ["TIMESTAMP '2025-01-31 10:00'", "timestamp '2025-01-31 10:00'"],
    ['date = timestamp', '(date = timestamp)'],
    ['month(month)', 'month(month)'],
    ['distinct', 'distinct'],
    ['count(distinct)', 'count(distinct)'],
    ['cast( x  as  INTEGER )', 'cast(x as integer)'],
    ['case x when 1 then 2 end', 'case x when 1 then 2 end'],
    ['a\n  and\tb', '(a and b)'],
    ['f()', 'f()'],
  ];
  for (const [text, tree] of cases) {
    it(text, () => assert.equal(printed(text), tree));
  }
});

describe('spans', () => {
  const cases: readonly (readonly [kind: Expression['kind'], text: string])[] = [
    ['name', 'x + ⟦account."Region Name"⟧ + y'],
    ['literal', "a = ⟦date '2025-01-31'⟧ or b"],
    ['literal', "a = ⟦'it''s'⟧"],
    ['binary', 'f(⟦a + b⟧)'],
    ['binary', '- ⟦(a + b)⟧'],
    ['call', 'a + ⟦round(b, 1)⟧ + c'],
    ['cast', 'a + ⟦cast(b as text)⟧ + c'],
    ['case', 'a + ⟦case when b then c end⟧ + d'],
    ['in', '⟦a not in (1, 2)⟧ and b'],
    ['is-null', 'not ⟦a is not null⟧'],
    ['between', '⟦a between 1 and 2⟧ and b'],
    ['unary', 'a * ⟦-b⟧'],
  ];
  for (const [kind, source] of cases) {
    it(`of ${kind} in ${source}`, () => {
      const { text, span } = marked(source);
      const found = nodes(parseExpression(text).expression).filter((node) => node.kind === kind);
      assert.ok(
        found.some((node) => node.span.start === span.start && node.span.end === span.end),
        JSON.stringify(found.map((node) => node.span)),
      );
    });
  }

  it('of a child lies inside that of its parent', () => {
    fc.assert(
      fc.property(randomExpression, (text) => {
        const check = (node: Expression): void => {
          for (const child of nodes(node).slice(1)) {
            assert.ok(node.span.start <= child.span.start && child.span.end <= node.span.end);
          }
        };
        nodes(parseExpression(text).expression).forEach(check);
      }),
    );
  });
});

describe('mistakes: one issue at the characters that are wrong', () => {
  const cases: readonly (readonly [source: string, message: RegExp, fixed?: string])[] = [
    ['mrr ⟦==⟧ 5', /written =/, 'mrr = 5'],
    ['a ⟦&&⟧ b', /with and/, 'a and b'],
    ['a ⟦!⟧b', /not/],
    ['a ⟦=>⟧ b', /written >=/, 'a >= b'],
    ['a ⟦|⟧ b', /with or/],
    ['a⟦;⟧ drop', /second statement/],
    ['⟦select⟧ a from b', /subqueries/],
    ['a in (⟦select⟧ b)', /subqueries/],
    ['count(⟦*⟧)', /count\(\)/, 'count()'],
    ["plan = ⟦'free and x⟧", /never closed/],
    ["count_if(plan = ⟦'free)⟧", /never closed/],
    ['plan = ⟦"free⟧', /never closed/],
    ['plan = ⟦“free”⟧', /straight/, "plan = 'free'"],
    ['plan = ⟦`free`⟧', /straight/, 'plan = "free"'],
    ['a ⟦-- all⟧', /comment/],
    ['a ⟦/* all */⟧ + b', /comment/],
    ['a > ⟦2025-01-31⟧', /date '2025-01-31'/, "a > date '2025-01-31'"],
    ["a > ⟦interval '1 day'⟧", /date_add/],
    ["date ⟦'2025-02-30'⟧ = a", /not a date/],
    ["timestamp ⟦'2025-01-01 25:00'⟧ = a", /not a timestamp/],
    ['⟦28days⟧ > a', /not a number/],
    ['a⟦::⟧text', /cast\(x as type\)/],
    ['a ⟦#⟧ b', /means nothing/],
    ['⟦⟧', /empty/],
    ['a ⟦+⟧', /value is expected after "\+"/],
    ['a + ⟦)⟧', /value is expected/],
    ['42⟦%⟧', /0\.42/],
    ['⟦(⟧a + b', /never closed/],
    ['a + b⟦)⟧', /closes nothing/],
    ['f(a ⟦b⟧)', /not expected/],
    ['f(a,⟦)⟧', /value is expected/],
    ['a ⟦b⟧ c d', /not expected/],
    ['a ⟦ilike⟧ b and c', /lower\(x\) like/],
    ['count(a) ⟦over⟧ (b)', /not available/],
    ['a < b ⟦<⟧ c', /do not chain/],
    ['a is ⟦b⟧', /null or not null/],
    ['a in ⟦b⟧', /in brackets/],
    ['a in (⟦)⟧', /empty/],
    ['a between ⟦1⟧', /two bounds/],
    ['a ⟦not⟧ b', /not expected/],
    ['⟦case⟧ when a then b', /not closed with "end"/],
    ['case when a ⟦else⟧ b end', /"then"/],
    ['case a ⟦end⟧', /at least one "when/],
    ['cast(a⟦)⟧', /names its type/],
    ['a and ⟦or⟧ b', /expected before "or"/],
    ['a.⟦*⟧', /All columns/],
    ['a + ⟦and⟧', /expected before/],
    ['⟦(⟧)', /nothing between/],
  ];
  for (const [source, message, fixed] of cases) {
    it(source, () => {
      const { text, span } = marked(source);
      const { issues } = parseExpression(text);
      assert.equal(issues.length, 1, JSON.stringify(issues));
      const [issue] = issues;
      assert.match(issue?.message ?? '', message);
      assert.deepEqual(issue?.span, span);
      if (fixed === undefined) return;
      const fix = issue?.fix;
      assert.equal(fix && text.slice(0, fix.span.start) + fix.text + text.slice(fix.span.end), fixed);
    });
  }

  it('two mistakes are two issues', () => {
    assert.equal(parseExpression('a == b && c').issues.length, 2);
  });
});

describe('limits', () => {
  const many: readonly (readonly [what: string, text: string])[] = [
    ['5,000 brackets', '('.repeat(5000)],
    ['900 nested calls', `${'abs('.repeat(900)}1${')'.repeat(900)}`],
    ['900 signs', `${'- '.repeat(900)}1`],
    ['900 texts joined', Array(900).fill("'a'").join(' || ')],
    ['3,000 operands', Array(3000).fill('a').join(' or ')],
    ['a long text', 'a'.repeat(10_001)],
    ['900 cases', `${'case when '.repeat(900)}`],
    ['900 casts', `${'cast('.repeat(900)}`],
    ['900 nots', `${'not '.repeat(900)}a`],
  ];
  for (const [what, text] of many) {
    it(`${what} are one issue`, () => {
      assert.deepEqual(
        parseExpression(text).issues.map(({ issue }) => issue),
        ['too-complex'],
      );
    });
  }

  it('a chain of 500 conditions is one level', () => {
    assert.deepEqual(parseExpression(Array(500).fill('a = 1').join(' or ')).issues, []);
  });

  it('64 levels are allowed, 65 not', () => {
    const nested = (levels: number): string => `${'f('.repeat(levels - 1)}a${')'.repeat(levels - 1)}`;
    assert.deepEqual(parseExpression(nested(64)).issues, []);
    assert.equal(parseExpression(nested(65)).issues.length, 1);
  });
});

describe('any text', () => {
  /** Whatever the text, there is a tree, and every span lies in the text. */
  function check(text: string): void {
    const { expression, issues } = parseExpression(text);
    for (const { span } of [...nodes(expression), ...issues]) {
      assert.ok(
        span.start >= 0 && span.start <= span.end && span.end <= text.length,
        `${text} ${JSON.stringify(span)}`,
      );
    }
    const missing = nodes(expression).some(({ kind }) => kind === 'missing');
    assert.ok(!missing || issues.length > 0, `${text}: nothing is missing without an issue`);
  }

  it('is read without throwing', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 60 }), check), { numRuns: 500 });
  });

  it('made of words and signs is read without throwing', () => {
    const words = [
      'and',
      'or',
      'not',
      'case',
      'when',
      'then',
      'else',
      'end',
      'in',
      'is',
      'null',
      'between',
      'like',
    ];
    const more = [
      'cast',
      'as',
      'distinct',
      'date',
      "'2025-01-31'",
      "'",
      '"',
      '"a b"',
      'x',
      '1',
      '.',
      ',',
      '(',
      ')',
    ];
    const signs = [
      '+',
      '-',
      '*',
      '/',
      '%',
      '||',
      '=',
      '<',
      '::',
      ';',
      '--',
      '/*',
      '==',
      '!',
      '&&',
      '2025-01-31',
      'select',
    ];
    const text = fc.array(fc.constantFrom(...words, ...more, ...signs), { maxLength: 25 });
    fc.assert(
      fc.property(
        text.map((parts) => parts.join(' ')),
        check,
      ),
      { numRuns: 2000 },
    );
  });

  it('that was cut anywhere is read without throwing', () => {
    const cut = fc.tuple(randomExpression, fc.nat(), fc.nat());
    fc.assert(
      fc.property(cut, ([text, from, length]) => {
        const start = from % (text.length + 1);
        check(text.slice(0, start) + text.slice(start + (length % 8)));
        check(text.slice(0, start));
      }),
      { numRuns: 500 },
    );
  });
});
