import assert from 'node:assert/strict';
import { definitionAt, type Origin, typeDefinitionAt } from '../../../server/src/core/ide/definition.ts';
import { ideFixture } from '../../kit/ide.ts';
import { ROOT } from '../../kit/project.ts';

const DATA = { 'data/orders.csv': 'id,city,amount,customer_id\n', 'data/customers.csv': 'id,country\n' };

const SOURCES = `plumbline: 1
sources:
  orders:
    data: data/orders.csv
    columns: { big: { value: amount > 100 } }
    links: { customer: { to: customers, using: customer_id } }
  customers: { data: data/customers.csv, key: id }
segments:
  size: { source: orders, groups: { large: big, small: not big } }
  country: { source: customers, by: country }
`;

/** The names to which something leads, with the whole of what is declared there, or the paths of data. */
async function leads(
  at: (...of: Parameters<typeof definitionAt>) => Origin | undefined,
  metrics: string,
): Promise<readonly string[]> {
  const { context, file, offset, texts } = await ideFixture({
    ...DATA,
    's.metrics.yaml': SOURCES,
    'm.metrics.yaml': `plumbline: 1\n${metrics}\n`,
  });
  const origin = at(context, file, offset);
  return (origin?.to ?? []).map((to) => {
    if (to.kind === 'data') return to.path;
    const text = texts.get(to.file.slice(ROOT.length + 1)) ?? '';
    const whole = text.slice(to.whole.start, to.whole.end).replaceAll(/\s+/g, ' ');
    const name = text.slice(to.span.start, to.span.end);
    return `${name} in ${whole.length > 40 ? `${whole.slice(0, 37)}...` : whole}`;
  });
}

const metric = (rest: string): string => `metrics: { a: { type: count, source: orders, ${rest} } }`;

describe('a definition', () => {
  it('of every kind of name is found, with all that belongs to it', async () => {
    const cases: readonly (readonly [string, string])[] = [
      [metric('where: bi┆g'), 'big in big: { value: amount > 100 }'],
      [metric('where: customer┆.country is null'), 'customer in customer: { to: customers, using: cus...'],
      [metric('segments: [┆size]'), 'size in size: { source: orders, groups: { lar...'],
      [metric('examples: [{ segment: size.lar┆ge, expect: 1 }]'), 'large in large: big'],
      [
        'metrics: { a: { type: count, source: orders┆ } }',
        'orders in orders: data: data/orders.csv columns...',
      ],
      [
        'metrics: { a: { type: count }, b: { type: ratio, numerator: ┆a, denominator: a } }',
        'a in a: { type: count }',
      ],
      [
        'metrics: { f: { type: formula, formula: p┆, parts: { p: { metric: a } } } }',
        'p in p: { metric: a }',
      ],
      ['targets: { ┆t: { metric: a } }', 't in t: { metric: a }'],
    ];
    for (const [text, expected] of cases) assert.deepEqual(await leads(definitionAt, text), [expected], text);
  });

  it('of a column that nobody declared is its data', async () => {
    assert.deepEqual(await leads(definitionAt, metric("where: ci┆ty = 'x'")), [`${ROOT}/data/orders.csv`]);
    assert.deepEqual(await leads(definitionAt, metric("where: customer.coun┆try = 'x'")), [
      `${ROOT}/data/customers.csv`,
    ]);
  });

  it('of a group that is a value in the data is its segment', async () => {
    assert.deepEqual(await leads(definitionAt, metric('examples: [{ segment: country.F┆R, expect: 1 }]')), [
      'country in country: { source: customers, by: cou...',
    ]);
  });

  it('of an alias is the anchored text', async () => {
    const text = 'metrics: { a: &x { type: count, source: orders }, b: *┆x }';
    assert.deepEqual(await leads(definitionAt, text), [
      '{ type: count, source: orders } in { type: count, source: orders }',
    ]);
  });

  it('is nowhere for names that nobody defined, and where no name is', async () => {
    for (const text of [
      metric('segments: [no┆ne]'),
      metric('where: none┆ > 1'),
      metric('label: or┆ders'),
      '┆',
    ]) {
      assert.deepEqual(await leads(definitionAt, text), [], text);
    }
  });
});

describe('a type definition', () => {
  it('leads to what describes the rows', async () => {
    const orders = 'orders in orders: data: data/orders.csv columns...';
    const customers = 'customers in customers: { data: data/customers.csv...';
    const a = 'a: { type: count, source: orders }';
    const cases: readonly (readonly [string, readonly string[]])[] = [
      [`metrics: { ┆${a} }`, [orders]],
      [
        `metrics: { ${a}, b: { type: ratio, numerator: a, denominator: { type: count, source: customers } }, c: { type: formula, formula: b┆ } }`,
        [orders, customers],
      ],
      [`metrics: { ${a} }\ntargets: { t┆: { metric: a } }`, [`a in ${a}`]],
      [metric('segments: [cou┆ntry]'), [customers]],
      [metric('where: cust┆omer.country is null'), [customers]],
      [metric('where: big┆'), ['big in big: { value: amount > 100 }']],
      ['metrics: { a: { type: count, source: ord┆ers } }', [`${ROOT}/data/orders.csv`]],
      ['journeys: { j┆: { segment: size.large } }', ['size in size: { source: orders, groups: { lar...']],
    ];
    for (const [text, expected] of cases)
      assert.deepEqual(await leads(typeDefinitionAt, text), expected, text);
  });
});
