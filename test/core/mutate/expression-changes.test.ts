import assert from 'node:assert/strict';
import { expressionChanges } from '../../../server/src/core/mutate/expression-changes.ts';
import { parseExpression } from '../../../server/src/core/syntax/expression/parse.ts';
import { printExpression } from '../../../server/src/core/syntax/expression/print.ts';

/** What becomes of a text, change by change: the characters that are marked, and the expression then. */
function changes(text: string): readonly (readonly [marked: string, then: string])[] {
  return expressionChanges(parseExpression(text).expression, text).map(({ span, expression }) => [
    text.slice(span.start, span.end),
    printExpression(expression),
  ]);
}

/** An expression as it is printed, to be compared with a changed one. */
function same(text: string): string {
  return printExpression(parseExpression(text).expression);
}

describe('the changes of an expression', () => {
  const cases: readonly (readonly [text: string, ...then: (readonly [marked: string, then: string])[]])[] = [
    ['a = 1'],
    ['score >= 9', ['score >= 9', 'score > 9'], ['score >= 9', 'score >= 8']],
    ['score > 9', ['score > 9', 'score >= 9'], ['score > 9', 'score > 10']],
    ['score <= 6', ['score <= 6', 'score < 6'], ['score <= 6', 'score <= 7']],
    ['score < 6', ['score < 6', 'score <= 6'], ['score < 6', 'score < 5']],
    ['9 <= score', ['9 <= score', '9 < score'], ['9 <= score', '8 <= score']],
    ['9 > score', ['9 > score', '9 >= score'], ['9 > score', '8 > score']],
    ['loss <= -1', ['loss <= -1', 'loss < -1'], ['loss <= -1', 'loss <= 0']],
    ['rate < 0.50', ['rate < 0.50', 'rate <= 0.50'], ['rate < 0.50', 'rate < 0.49']],
    ['paid <= due', ['paid <= due', 'paid < due']],
    [
      "day >= date '2025-01-01'",
      ["day >= date '2025-01-01'", "day > date '2025-01-01'"],
      ["day >= date '2025-01-01'", "day >= date '2024-12-31'"],
    ],
    [
      'n between 2 and 5',
      ['n between 2 and 5', 'n between 1 and 5'],
      ['n between 2 and 5', 'n between 3 and 5'],
      ['n between 2 and 5', 'n between 2 and 4'],
      ['n between 2 and 5', 'n between 2 and 6'],
    ],
    ['a and b and c', ['a', 'b and c'], ['b', 'a and c'], ['c', 'a and b']],
    ['a or not b', ['a', 'not b'], ['not b', 'a'], ['not b', 'a or b']],
    ['(a or b) and c', ['(a or b)', 'c'], ['a', 'b and c'], ['b', 'a and c'], ['c', 'a or b']],
    ["plan in ('x', 'y')", ["'x'", "plan in ('y')"], ["'y'", "plan in ('x')"]],
    ["plan not in ('x')"],
    [
      "case when n < 5 then 'a' when b then 'c' else 'd' end",
      ["n < 5 then 'a'", "case when b then 'c' else 'd' end"],
      ['n < 5', "case when n <= 5 then 'a' when b then 'c' else 'd' end"],
      ['n < 5', "case when n < 4 then 'a' when b then 'c' else 'd' end"],
      ["b then 'c'", "case when n < 5 then 'a' else 'd' end"],
    ],
    [
      'count(distinct day) >= 2',
      ['count(distinct day) >= 2', 'count(distinct day) > 2'],
      ['count(distinct day) >= 2', 'count(distinct day) >= 1'],
      ['count(distinct day)', 'count(day) >= 2'],
    ],
  ];
  for (const [text, ...then] of cases) {
    it(`are those of ${text}`, () => {
      const expected = then.map(([marked, other]) => [marked, same(other)]);
      assert.deepEqual(changes(text), expected);
    });
  }

  it('are said in the words of the text', () => {
    const text = "not  is_test and  amount>=9.5 or plan in ('free', 'team')";
    const words = expressionChanges(parseExpression(text).expression, text).map((change) => change.words);
    assert.deepEqual(words, [
      '`not is_test and amount>=9.5` is left out',
      '`not is_test` is left out',
      '`not` is left out of `not is_test`',
      '`amount>=9.5` is left out',
      '`amount>=9.5` becomes `amount > 9.5`',
      '`amount>=9.5` becomes `amount >= 9.4`',
      "`plan in ('free', 'team')` is left out",
      "`'free'` is left out of `plan in ('free', 'team')`",
      "`'team'` is left out of `plan in ('free', 'team')`",
    ]);
  });
});
