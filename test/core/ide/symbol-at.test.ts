import assert from 'node:assert/strict';
import { type SymbolAt, symbolAt } from '../../../server/src/core/ide/symbol-at.ts';
import { ideFixture } from '../../kit/ide.ts';
import { shopWith } from './shop.ts';

/** The symbol at the cursor, with the characters that it stands on; of a metric without its definition. */
async function at(text: string): Promise<Record<string, unknown> | undefined> {
  const { context, file, offset } = await ideFixture(shopWith(text));
  const found = symbolAt(context, file, offset);
  return found && plain(found, file.file.text);
}

function plain(symbol: SymbolAt, text: string): Record<string, unknown> {
  const { span, ...rest } = symbol;
  const shown = { ...rest, on: text.slice(span.start, span.end) };
  if (!('metric' in shown)) return shown;
  return { ...shown, metric: shown.metric !== undefined };
}

const metric = (rest: string): string => `metrics:\n  m:\n    type: sum\n    source: orders\n    ${rest}\n`;

describe('the symbol at an offset', () => {
  const cases: readonly (readonly [what: string, text: string, expected: Record<string, unknown>])[] = [
    [
      'a metric where it is made',
      'metrics:\n  r┆evenue: { type: count, source: orders }\n',
      { kind: 'metric', name: 'revenue', metric: true, on: 'revenue' },
    ],
    [
      'a source named by a metric',
      'metrics:\n  m: { type: count, source: ord┆ers }\n',
      { kind: 'source', name: 'orders', on: 'orders' },
    ],
    [
      'a source in the defaults',
      'defaults: { source: ord┆ers }\nmetrics:\n  m: { type: count }\n',
      { kind: 'source', name: 'orders', on: 'orders' },
    ],
    [
      'a column in an expression',
      metric('value: 2 * am┆ount'),
      { kind: 'column', source: 'orders', column: 'amount', on: 'amount' },
    ],
    [
      'a column behind a link',
      metric("value: amount\n    where: customer.coun┆try = 'GB'"),
      { kind: 'column', source: 'customers', column: 'country', on: 'country' },
    ],
    [
      'a link in an expression',
      metric("value: amount\n    where: cust┆omer.country = 'GB'"),
      { kind: 'link', source: 'orders', link: 'customer', on: 'customer' },
    ],
    [
      'a column in double quotes',
      metric('value: \'"am┆ount" + 1\''),
      { kind: 'column', source: 'orders', column: 'amount', on: '"amount"' },
    ],
    [
      'a column in a folded scalar',
      metric('value: >-\n      order_id +\n      am┆ount'),
      { kind: 'column', source: 'orders', column: 'amount', on: 'amount' },
    ],
    [
      'a column while the rest is half typed',
      metric('value: sum(am┆ount'),
      { kind: 'column', source: 'orders', column: 'amount', on: 'amount' },
    ],
    ['a function', metric('value: Ro┆und(amount, 1)'), { kind: 'function', name: 'round', on: 'Round' }],
    [
      'a moment',
      metric('value: amount\n    where: ordered_at < period_┆end'),
      { kind: 'moment', name: 'period_end', on: 'period_end' },
    ],
    [
      'a segment of a metric',
      metric('value: amount\n    segments: [cou┆ntry]'),
      { kind: 'segment', name: 'country', on: 'country' },
    ],
    [
      'the way to a segment',
      metric('value: amount\n    segments: [{ segment: country, via: cust┆omer }]'),
      { kind: 'link', source: 'orders', link: 'customer', on: 'customer' },
    ],
    [
      'a group of an example',
      metric('value: amount\n    examples: [{ segment: size.lar┆ge, expect: 2 }]'),
      { kind: 'group', segment: 'size', group: 'large', on: 'large' },
    ],
    [
      'a segment of an example',
      metric('value: amount\n    examples: [{ segment: si┆ze.large, expect: 2 }]'),
      { kind: 'segment', name: 'size', on: 'size' },
    ],
    [
      'the column of a given row',
      metric('value: amount\n    examples: [{ given: { orders: [{ amo┆unt: 3 }] }, expect: 3 }]'),
      { kind: 'column', source: 'orders', column: 'amount', on: 'amount' },
    ],
    [
      'the time of a metric',
      metric('value: amount\n    time: ordered┆_at'),
      { kind: 'column', source: 'orders', column: 'ordered_at', on: 'ordered_at' },
    ],
    [
      'a metric in previous()',
      'metrics:\n  n: { type: count, source: orders }\n  f: { type: formula, formula: "n - previous(┆n)" }\n',
      { kind: 'metric', name: 'n', metric: true, on: 'n' },
    ],
    [
      'a part of a formula',
      'metrics:\n  n: { type: count, source: orders }\n  f: { type: formula, formula: big / n, parts: { b┆ig: { metric: n, where: amount > 15 } } }\n',
      { kind: 'metric', name: 'f.big', metric: true, on: 'big' },
    ],
    [
      'a part where a formula calls it',
      'metrics:\n  n: { type: count, source: orders }\n  f: { type: formula, formula: bi┆g / n, parts: { big: { metric: n, where: amount > 15 } } }\n',
      { kind: 'metric', name: 'f.big', metric: true, on: 'big' },
    ],
    [
      'a column inside an aggregate of a formula',
      'metrics:\n  f: { type: formula, source: orders, formula: sum(am┆ount) / 2 }\n',
      { kind: 'column', source: 'orders', column: 'amount', on: 'amount' },
    ],
    [
      'the numerator of a ratio',
      'metrics:\n  n: { type: count, source: orders }\n  r: { type: ratio, numerator: ┆n, denominator: n }\n',
      { kind: 'metric', name: 'n', metric: true, on: 'n' },
    ],
    [
      'a metric that is not there',
      'targets:\n  t: { metric: gon┆e, at_least: 3 }\n',
      { kind: 'metric', name: 'gone', metric: false, on: 'gone' },
    ],
    ['a target', 'targets:\n  ┆t: { metric: gone, at_least: 3 }\n', { kind: 'target', name: 't', on: 't' }],
    [
      'a metric of a journey',
      'metrics:\n  n: { type: count, source: orders }\njourneys:\n  j: { stages: { s: { metrics: [n┆] } } }\n',
      { kind: 'metric', name: 'n', metric: true, on: 'n' },
    ],
    [
      'the group of a journey',
      'journeys:\n  j: { segment: size.┆large, stages: {} }\n',
      { kind: 'group', segment: 'size', group: 'large', on: 'large' },
    ],
    [
      'a group where it is made',
      'segments:\n  s: { source: orders, groups: { ti┆ny: amount < 2 } }\n',
      { kind: 'group', segment: 's', group: 'tiny', on: 'tiny' },
    ],
    [
      'a column where it is declared',
      'sources:\n  s:\n    columns:\n      a┆ge: { type: integer }\n',
      { kind: 'column', source: 's', column: 'age', on: 'age' },
    ],
    [
      'a link where it is made',
      'sources:\n  s:\n    links:\n      ow┆ner: { to: customers, using: customer_id }\n',
      { kind: 'link', source: 's', link: 'owner', on: 'owner' },
    ],
    [
      'a key of the format',
      metric('val┆ue: amount'),
      { kind: 'key', path: ['metrics', 'm', 'value'], on: 'value' },
    ],
    [
      'a value of the format',
      'metrics:\n  m: { type: su┆m }\n',
      { kind: 'value', path: ['metrics', 'm', 'type'], on: 'sum' },
    ],
    [
      'a literal of an expression',
      metric('value: 1┆2'),
      { kind: 'value', path: ['metrics', 'm', 'value'], on: '12' },
    ],
  ];
  for (const [what, text, expected] of cases) {
    it(`is ${what}`, async () => assert.deepEqual(await at(text), expected));
  }

  it('is nothing outside of words, and nothing throws on any prefix of a text', async () => {
    const text = metric(
      'value: sum(amount) * case when customer.country in (\'GB\', "x") then 1 end\n    segments: [size]',
    );
    assert.equal(await at(text.replace('m:\n  ', 'm:\n ┆ ')), undefined);
    for (let end = 0; end <= text.length; end++) await at(`${text.slice(0, end)}┆`);
  });
});
