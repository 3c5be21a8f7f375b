import assert from 'node:assert/strict';
import type { ColumnProfile, Known, Numbers } from '../../../server/src/core/evaluate/numbers.ts';
import { complete } from '../../../server/src/core/ide/completion/complete.ts';
import type { CompletionItem } from '../../../server/src/core/ide/completion/item.ts';
import { applyEdits, ideFixture } from '../../kit/ide.ts';

const SHOP = `plumbline: 1
sources:
  orders:
    data: orders.csv
    time: ordered_on
    columns:
      ordered_on: { type: date }
      city: { type: text, values: [Bath, "O'Hare", "a, b", "x: y", "x #y"] }
      amount: { type: number }
      paid: { type: boolean }
    links: { account: { to: accounts, using: account_id } }
  accounts: { data: accounts.csv, key: account_id, links: { region: { to: regions, using: region_id } } }
  regions: { data: regions.csv, key: region_id, columns: { "Full name": { type: text } } }
metrics:
  revenue: { type: sum, source: orders, value: amount }
`;
const FILES = {
  'plumbline.yaml': 'plumbline: 1\nas_of: 2025-06-30\n',
  'shop.metrics.yaml': SHOP,
  'orders.csv': 'order_id,ordered_on,city,amount,paid,account_id\n1,2025-01-01,Bath,10,true,a\n',
  'accounts.csv': 'account_id,region_id\na,r\n',
  'regions.csv': 'region_id,Full name\nr,Somerset\n',
};

async function itemsOf(text: string, numbers?: Partial<Numbers>): Promise<readonly CompletionItem[]> {
  const { context, file, offset } = await ideFixture(
    { ...FILES, 'a.metrics.yaml': `plumbline: 1\n${text}` },
    numbers,
  );
  return complete(context, file, offset).items;
}

const labelsOf = async (text: string): Promise<readonly string[]> =>
  (await itemsOf(text)).map(({ label }) => label);

async function accept(text: string, label: string, numbers?: Partial<Numbers>): Promise<string> {
  const { context, file, offset } = await ideFixture(
    { ...FILES, 'a.metrics.yaml': `plumbline: 1\n${text}` },
    numbers,
  );
  const { items } = complete(context, file, offset);
  const item = items.find((each) => each.label === label);
  assert.ok(item, `"${label}" is not among ${items.map((each) => each.label).join(', ')}`);
  return applyEdits(file.file.text, [item.edit]).replace('plumbline: 1\n', '');
}

const metric = (line: string, type = 'share'): string =>
  `metrics:\n  m:\n    type: ${type}\n    source: orders\n    ${line}\n`;

function has(labels: readonly string[], yes: readonly string[], no: readonly string[]): void {
  for (const label of yes) assert.ok(labels.includes(label), `${label} is missing`);
  for (const label of no) assert.ok(!labels.includes(label), `${label} is too much`);
}

/** A column of which the data holds two values that no contract lists. */
const NUMBERS: Partial<Numbers> = {
  column: (source, column): Known<ColumnProfile> | undefined =>
    source === 'orders' && column === 'city'
      ? {
          stale: false,
          value: {
            type: 'text',
            rows: 1202,
            nulls: 0,
            distinct: 2,
            low: null,
            high: null,
            top: [
              { value: 'York', rows: 1201 },
              { value: 'Bath', rows: 1 },
            ],
            bins: [],
          },
        }
      : undefined,
};

describe('completion of names in expressions', () => {
  it('offers columns, links and functions of one row', async () => {
    has(
      await labelsOf(metric('matching: ┆')),
      ['city', 'amount', 'account', 'round', 'case', 'not', 'period_start'],
      ['sum', 'revenue', 'and'],
    );
  });

  it('follows links, and quotes names that are no plain words', async () => {
    assert.deepEqual(await labelsOf(metric('matching: account.┆')), ['account_id', 'region_id', 'region']);
    assert.equal(
      await accept(metric('matching: account.region.┆'), 'Full name'),
      metric('matching: account.region."Full name"'),
    );
  });

  it('replaces the whole word in the middle of which the cursor is', async () => {
    assert.equal(
      await accept(metric('matching: paid and ci┆tty is null'), 'city'),
      metric('matching: paid and city is null'),
    );
  });

  it('asks for aggregates where each entity has many rows', async () => {
    has(await labelsOf(metric('per: account_id\n    matching: ┆')), ['sum', 'count_if'], ['city', 'amount']);
    has(await labelsOf(metric('per: account_id\n    matching: sum(┆) > 1')), ['amount'], ['count_if', 'sum']);
    has(
      await labelsOf(
        'sources: { accounts: { data: accounts.csv, columns: { n: { of: orders, value: sum(┆) } } } }\n',
      ),
      ['amount'],
      ['sum'],
    );
    has(await labelsOf(metric('per: account_id\n    matching: count(┆) > 1')), ['distinct', 'city'], []);
  });

  it('knows metrics, parts and the period before in formulas', async () => {
    const text = 'metrics:\n  f: { type: formula, formula: ┆, parts: { lux: { metric: revenue } } }\n';
    has(await labelsOf(text), ['revenue', 'lux', 'previous', 'round'], ['city', 'f', 'sum']);
    has(await labelsOf(metric('formula: sum(┆)', 'formula')), ['amount'], ['revenue']);
    assert.equal(
      await accept('metrics: { f: { type: formula, formula: "previous(revenue, \'┆\')" } }\n', '1 year'),
      'metrics: { f: { type: formula, formula: "previous(revenue, \'1 year\')" } }\n',
    );
  });

  it('reads segments, unions, groups and steps on their own sources', async () => {
    has(
      await labelsOf('segments: { s: { source: accounts, by: ┆ } }\n'),
      ['region_id'],
      ['city', 'period_start'],
    );
    has(await labelsOf('segments: { s: { by: { orders: ┆ } } }\n'), ['city'], []);
    has(await labelsOf('segments: { s: { source: orders, groups: { big: am┆ } } }\n'), ['amount'], []);
    has(await labelsOf('sources: { u: { union: { orders: { id: ┆ } } } }\n'), ['city'], []);
    has(
      await labelsOf(
        'metrics: { c: { type: conversion, steps: [{ name: a, source: accounts, where: ┆ }] } }\n',
      ),
      ['region_id'],
      ['city'],
    );
    has(
      await labelsOf('metrics: { c: { type: ratio, numerator: { metric: revenue, where: ┆ } } }\n'),
      ['city'],
      [],
    );
  });
});

describe('completion of words in expressions', () => {
  const words: readonly (readonly [before: string, yes: readonly string[], no: readonly string[]])[] = [
    ['paid ┆', ['and', 'or', 'is null', 'in', 'between', '='], ['city', 'not', 'then']],
    ['city is ┆', ['null', 'not null'], ['and']],
    ['city not ┆', ['in', 'like', 'between'], ['and', 'city']],
    ['case when paid ┆ end', ['then'], ['end', 'when']],
    ['case when paid then 1 ┆ end', ['when', 'else'], ['then']],
    ['case when paid then 1 ┆', ['when', 'else', 'end'], ['then']],
    ['cast(city as ┆)', ['integer', 'date'], ['city', 'and']],
    ['city in ┆', ['(…)'], ['city']],
    ["date_trunc('┆', ordered_on) is null", ['month', 'week'], ['doy', 'city']],
    ["date_part('┆', ordered_on) = 1", ['doy', 'month'], []],
    ['amount * ┆ > 1', ['amount', 'round'], ['and', 'is null']],
    ['not ┆', ['paid'], ['in']],
    ['1┆', [], ['city', 'and']],
  ];
  for (const [text, yes, no] of words) {
    it(`fit in ${text}`, async () => has(await labelsOf(metric(`matching: ${text}`)), yes, no));
  }

  it('keep an expression whole that is whole', async () => {
    const labels = await labelsOf(metric('matching: ci┆ty = amount'));
    has(labels, ['city', 'amount'], ['=', 'and', 'is null']);
  });

  it('bring calls with the holes of their arguments', async () => {
    const round = (await itemsOf(metric('matching: ┆'))).find(({ label }) => label === 'date_diff');
    assert.equal(round?.detail, 'date_diff(unit, from, to)');
    assert.equal(round?.snippet, `date_diff(\${1:'month'}, \${2:from}, \${3:to})`);
  });
});

describe('completion of values in expressions', () => {
  it('offers values of the data with their rows, then those that the contract lists', async () => {
    const items = await itemsOf(metric("matching: city = '┆'"), NUMBERS);
    assert.deepEqual(
      items.map(({ label, detail }) => [label, detail]),
      [
        ['York', '1,201 rows'],
        ['Bath', '1 row'],
        ["O'Hare", undefined],
        ['a, b', undefined],
        ['x: y', undefined],
        ['x #y', undefined],
      ],
    );
  });

  for (const before of [
    "city = '┆'",
    "city <> '┆'",
    "city in ('Bath', '┆')",
    "city not in ('┆', 'Bath')",
    "city like '┆'",
    "case city when '┆' then 1 end = 1",
    "starts_with(city, '┆')",
  ]) {
    it(`knows the column in ${before}`, async () => {
      assert.ok((await labelsOf(metric(`matching: ${before}`))).includes('Bath'));
    });
  }

  const styles: readonly (readonly [written: string, label: string, becomes: string])[] = [
    ["matching: city = '┆'", "O'Hare", "matching: city = 'O''Hare'"],
    ["matching: city = '┆", 'Bath', "matching: city = 'Bath'"],
    ["matching: city = 'Ba┆nt'", 'Bath', "matching: city = 'Bath'"],
    ["matching: city = '┆'", 'x: y', `matching: "city = 'x: y'"`],
    ["matching: city = '┆'", 'x #y', `matching: "city = 'x #y'"`],
    ["matching: city = '┆'", 'a, b', "matching: city = 'a, b'"],
    ["matching: 'city = ''┆'''", "O'Hare", "matching: 'city = ''O''''Hare'''"],
    [`matching: "city = '┆'"`, 'x: y', `matching: "city = 'x: y'"`],
    [`matching: "city = '┆`, 'Bath', `matching: "city = 'Bath'`],
    [
      "matching: >-\n      paid and\n      city = '┆'",
      'x: y',
      "matching: >-\n      paid and\n      city = 'x: y'",
    ],
    [
      "matching: |\n      city = '┆'\n      and paid",
      "O'Hare",
      "matching: |\n      city = 'O''Hare'\n      and paid",
    ],
    ['matching: city = ┆', "'O''Hare'", "matching: city = 'O''Hare'"],
    ['matching: city = ┆', "'x: y'", `matching: "city = 'x: y'"`],
    ["where: [paid, city = '┆']", 'a, b', `where: [paid, "city = 'a, b'"]`],
    ["where:\n      - city = '┆'", 'a, b', "where:\n      - city = 'a, b'"],
  ];
  for (const [written, label, becomes] of styles) {
    it(`writes ${label} into ${written.replaceAll('\n', ' ')}`, async () => {
      assert.equal(await accept(metric(written), label), metric(becomes));
    });
  }

  it('quotes the whole scalar where a comma would end it in braces', async () => {
    assert.equal(
      await accept("metrics: { m: { type: count, source: orders, where: city = '┆' } }\n", 'a, b'),
      `metrics: { m: { type: count, source: orders, where: "city = 'a, b'" } }\n`,
    );
  });

  it('compares what the client has in the span with a text that begins with it', async () => {
    const item = (await itemsOf(metric("matching: city = 'x┆'"))).find(({ label }) => label === 'x: y');
    assert.equal(item?.filterText, "city = 'x: y");
  });

  it('knows dates', async () => {
    assert.equal(
      await accept(metric('matching: ordered_on >= ┆'), "date '2025-06-30'"),
      metric("matching: ordered_on >= date '2025-06-30'"),
    );
    assert.ok((await labelsOf(metric("matching: ordered_on >= date '┆'"))).includes('2025-06-30'));
  });
});
