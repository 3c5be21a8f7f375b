import assert from 'node:assert/strict';
import { dialects } from '../../../../server/src/core/plan/dialects/index.ts';
import type { AggregateFunction } from '../../../../server/src/core/plan/relation.ts';
import { renderSelect } from '../../../../server/src/core/plan/render-select.ts';
import { test as holds, literal, nameOf, truncate } from '../../../../server/src/core/plan/scalars.ts';
import { FUNCTIONS } from '../../../../server/src/core/syntax/expression/functions.ts';

const AGGREGATES: readonly AggregateFunction[] = [
  'count',
  'count_if',
  'count_distinct',
  'sum',
  'avg',
  'median',
  'min',
  'max',
  'stddev',
  'quantile',
];

for (const [name, dialect] of dialects) {
  describe(`the dialect ${name}`, () => {
    const context = { timezone: 'Europe/London' };

    it('is listed under its own name', () => assert.equal(dialect.name, name));

    it('quotes names and texts so that nothing can leave them', () => {
      for (const text of ['a', 'a"b', "a'b", '"; drop table x; --', 'a`b', 'ü']) {
        const quoted = dialect.identifier(text);
        assert.ok(quoted.length >= text.length + 2, quoted);
        assert.equal(dialect.literal('text', "it's", context).match(/'/g)?.length, 4);
      }
    });

    it('renders every aggregate with and without a condition', () => {
      const args = [{ sql: 'x', type: 'number' as const }];
      for (const fn of AGGREGATES) {
        const plain = dialect.aggregate({ fn, args, where: undefined, p: 0.9 });
        assert.ok(plain.length > 0, fn);
        const conditional = dialect.aggregate({ fn, args, where: 'c', p: 0.9 });
        assert.doesNotMatch(`${plain}${conditional}`, /undefined/);
        assert.notEqual(plain, conditional, fn);
      }
    });

    it('has every function of the catalogue', () => {
      assert.deepEqual(Object.keys(dialect.functions).toSorted(), Object.keys(FUNCTIONS).toSorted());
    });

    it('lays a select out with its joins, conditions and groups', () => {
      const time = nameOf({ relation: 'orders', column: 'at' }, 'date');
      const sql = renderSelect(
        {
          from: { kind: 'table', table: 'orders', as: 'orders' },
          joins: [
            { kind: 'left', to: { kind: 'table', table: 'accounts', as: 'account' }, on: [literal(true)] },
          ],
          where: [holds('>', nameOf({ relation: 'orders', column: 'amount' }, 'number'), literal(1))],
          keys: [{ name: 'period', value: truncate('month', time) }],
          aggregates: [{ name: 'rows', value: { fn: 'count', args: [] } }],
        },
        dialect,
        'UTC',
      );
      assert.match(sql, /^SELECT [\s\S]*\bFROM\b[\s\S]*\bLEFT JOIN\b[\s\S]*\bWHERE\b[\s\S]*\bGROUP BY 1$/);
    });
  });
}
