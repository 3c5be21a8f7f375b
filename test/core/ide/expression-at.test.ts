import assert from 'node:assert/strict';
import { expressionAt, indexAt } from '../../../server/src/core/ide/expression-at.ts';
import { parseYaml } from '../../../server/src/core/syntax/yaml/parse.ts';
import { ideFixture } from '../../kit/ide.ts';
import { shopWith } from './shop.ts';

/** The expression at the cursor with `┆` in it, and how it is read. */
async function at(text: string): Promise<unknown> {
  const { context, file, offset } = await ideFixture(shopWith(text));
  const found = expressionAt(context, file, offset);
  if (found === undefined) return undefined;
  const [{ word, mode, source }] = found.uses;
  return [`${word.text.slice(0, found.index)}┆${word.text.slice(found.index)}`, mode, source];
}

const metric = (rest: string): string => `metrics:\n  m:\n    type: sum\n    source: orders\n    ${rest}\n`;

describe('the expression at an offset', () => {
  it('is found in every style, with the place in its own text', async () => {
    assert.deepEqual(await at(metric('value: amount + ┆1')), ['amount + ┆1', 'row', 'orders']);
    assert.deepEqual(await at(metric("where: 'city = ''Ba┆th'''")), ["city = 'Ba┆th'", 'row', 'orders']);
    assert.deepEqual(await at(metric('where: "city = \\u0027Ba┆th\'"')), ["city = 'Ba┆th'", 'row', 'orders']);
    assert.deepEqual(await at(metric('value: |\n      amount\n      + ┆1')), [
      'amount\n+ ┆1\n',
      'row',
      'orders',
    ]);
    assert.deepEqual(await at(metric('value: >-\n      amount\n      + ┆1')), [
      'amount + ┆1',
      'row',
      'orders',
    ]);
  });

  it('is read as it is where it stands', async () => {
    assert.deepEqual(await at('segments:\n  s: { source: customers, groups: { a: coun┆try } }\n'), [
      'coun┆try',
      'row',
      'customers',
    ]);
    assert.deepEqual(await at('metrics:\n  f: { type: formula, formula: a /┆ b }\n'), [
      'a /┆ b',
      'formula',
      '',
    ]);
    assert.deepEqual(await at(metric('per: customer\n    value: sum(am┆ount)')), [
      'sum(am┆ount)',
      'group',
      'orders',
    ]);
    assert.deepEqual(await at('sources:\n  s:\n    columns:\n      n: { of: orders, value: co┆unt() }\n'), [
      'co┆unt()',
      'facts',
      'orders',
    ]);
    assert.deepEqual(await at(metric('where: [amount > 1, ci┆ty]')), ['ci┆ty', 'row', 'orders']);
  });

  it('is there while it is typed', async () => {
    assert.deepEqual(await at(metric('value: sum(amount, ┆')), ['sum(amount,┆', 'row', 'orders']);
    assert.deepEqual(await at(metric('value: ┆')), ['┆', 'row', 'orders']);
    assert.deepEqual(await at(metric('value:\n      ┆')), ['┆', 'row', 'orders']);
    assert.deepEqual(await at(metric('where:\n      - ┆')), ['┆', 'row', 'orders']);
  });

  it('is none in other words', async () => {
    assert.equal(await at(metric('label: am┆ount')), undefined);
    assert.equal(await at(metric('label: ┆')), undefined);
    assert.equal(await at('metrics:\n  ┆\n'), undefined);
  });
});

describe('the index of an offset in a scalar', () => {
  it('is the inverse of where its characters stand', () => {
    for (const text of [
      'plain text',
      "'it''s'",
      '"a\\u00e9\\n b"',
      '|\n  a\n   b\n  c\n',
      '>\n  a\n  b\n\n  c\n',
    ]) {
      const { root } = parseYaml(`key: ${text}`);
      const node = root?.kind === 'map' ? root.get('key')?.value : undefined;
      assert.ok(node?.kind === 'scalar');
      for (let index = 0; index <= node.text.length; index++) {
        // Characters that one escape or break stands for share a place; the last of them is found.
        assert.equal(
          node.offsetAt(indexAt(node, node.offsetAt(index))),
          node.offsetAt(index),
          `${text} ${index}`,
        );
      }
    }
  });
});
