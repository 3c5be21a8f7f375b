import assert from 'node:assert/strict';
import type { Numbers } from '../../../server/src/core/evaluate/numbers.ts';
import {
  complete,
  completionFolder,
  completionNeeds,
} from '../../../server/src/core/ide/completion/complete.ts';
import type { CompletionItem } from '../../../server/src/core/ide/completion/item.ts';
import type { CompletionOptions } from '../../../server/src/core/ide/completion/item-context.ts';
import { resolveCompletion } from '../../../server/src/core/ide/completion/resolve.ts';
import { problemKinds } from '../../../server/src/core/registry.ts';
import { applyEdits, type IdeFixture, ideFixture, unmark } from '../../kit/ide.ts';

/** What the tests complete against: two sources with a link, a segment, two metrics. */
const SHOP = `plumbline: 1
sources:
  orders:
    data: orders.csv
    key: order_id
    time: ordered_on
    columns:
      ordered_on: { type: date }
      city: { type: text, values: [Bath, "O'Hare", "a, b"] }
      amount: { type: number, description: Euros with tax }
      paid: { type: boolean }
      account_id: { type: text }
    links:
      account: { to: accounts, using: account_id }
  accounts:
    data: accounts.csv
    key: account_id
    columns: { account_id: { type: text }, industry: { type: text }, "Odd: name": { type: number } }
segments:
  size:
    source: accounts
    groups: { small: industry = 'a', large: industry = 'b' }
  industry: { source: accounts, by: industry }
metrics:
  revenue: { type: sum, source: orders, value: amount, owner: sales, tags: [board], label: Revenue }
  old_revenue: { type: sum, source: orders, value: amount, status: deprecated, deprecated: { use: revenue } }
`;
const FILES = {
  'plumbline.yaml': 'plumbline: 1\nas_of: 2025-06-30\n',
  'shop.metrics.yaml': SHOP,
  'orders.csv': 'order_id,ordered_on,city,amount,paid,account_id\n1,2025-01-01,Bath,10,true,a\n',
  'accounts.csv': 'account_id,industry,Odd: name\na,retail,1\n',
};

async function fixtureOf(text: string, numbers?: Partial<Numbers>): Promise<IdeFixture> {
  const { text: plain, offset } = unmark(text);
  assert.ok(offset >= 0, 'a cursor is missing');
  return ideFixture(
    { ...FILES, 'a.metrics.yaml': plain.startsWith('plumbline') ? text : `plumbline: 1\n${text}` },
    numbers,
  );
}

async function itemsOf(
  text: string,
  numbers?: Partial<Numbers>,
  options: CompletionOptions = {},
): Promise<readonly CompletionItem[]> {
  const { context, file, offset } = await fixtureOf(text, numbers);
  return complete(context, file, offset, { problemKinds, ...options }).items;
}

const labelsOf = async (text: string, options?: CompletionOptions): Promise<readonly string[]> =>
  (await itemsOf(text, undefined, options)).map(({ label }) => label);

/** The text after accepting an item with the defaults in its holes, without the version line. */
async function accept(text: string, label: string, options?: CompletionOptions): Promise<string> {
  const { context, file, offset } = await fixtureOf(text);
  const { items } = complete(context, file, offset, { problemKinds, ...options });
  const item = items.find((each) => each.label === label);
  assert.ok(item, `"${label}" is not among ${items.map((each) => each.label).join(', ')}`);
  return applyEdits(file.file.text, [item.edit]).replace(/^plumbline: 1\r?\n/, '');
}

/** A metric over orders whose last line is given. */
const metric = (line: string, type = 'sum'): string =>
  `metrics:\n  m:\n    type: ${type}\n    source: orders\n    ${line}\n`;

describe('completion of keys', () => {
  it('offers what the type takes and is not there, required keys first', async () => {
    const labels = await labelsOf('metrics:\n  m:\n    type: percentile\n    label: P\n    ┆\n');
    assert.deepEqual(labels.slice(0, 2), ['value', 'p']);
    assert.ok(labels.includes('where'));
    for (const gone of ['type', 'label', 'scale']) assert.ok(!labels.includes(gone), gone);
  });

  it('writes the colon once, and the whole word', async () => {
    assert.equal(await accept(metric('wh┆'), 'where'), metric('where: '));
    assert.equal(await accept(metric('va┆l: amount'), 'value'), metric('value: amount'));
    assert.equal(await accept(metric('v┆alue : amount'), 'where'), metric('where : amount'));
    assert.equal(
      await accept('metrics: { m: { type: sum, va┆: amount } }\n', 'value'),
      'metrics: { m: { type: sum, value: amount } }\n',
    );
  });

  it('offers only keys that take the value behind the cursor', async () => {
    const labels = await labelsOf(metric('┆: [size]'));
    assert.ok(labels.includes('segments') && labels.includes('where'));
    assert.ok(!labels.includes('label') && !labels.includes('decimals'));
  });

  it('works in braces, with a comma where the next key needs one', async () => {
    assert.equal(
      await accept('metrics:\n  m: { type: nps, ┆ }\n', 'value'),
      'metrics:\n  m: { type: nps, value:  }\n',
    );
    assert.equal(
      await accept('metrics:\n  m: { ┆ type: nps }\n', 'label'),
      'metrics:\n  m: { label: , type: nps }\n',
    );
    assert.equal(await accept('metrics:\n  m: {┆}\n', 'type'), 'metrics:\n  m: {type: }\n');
    assert.equal(
      await accept('metrics:\n  m: {\n    type: nps,\n    ┆\n  }\n', 'owner'),
      'metrics:\n  m: {\n    type: nps,\n    owner: \n  }\n',
    );
  });

  it('works in lists of maps', async () => {
    const text = metric(
      'examples:\n      - given:\n          orders:\n            - { amount: 1, ┆ }\n        ┇',
    );
    const rows = await labelsOf(text.replace('┇', 'expect: 1'));
    assert.deepEqual(rows, ['order_id', 'ordered_on', 'city', 'paid', 'account_id']);
    assert.deepEqual(await labelsOf(text.replace(', ┆', '').replace('┇', '┆')), [
      'expect',
      'period',
      'segment',
    ]);
    assert.deepEqual(await labelsOf(metric('examples:\n      - ┆')), [
      'expect',
      'given',
      'period',
      'segment',
      '{ expect: 0 }',
    ]);
    assert.deepEqual(await labelsOf(metric('examples:\n      - given:\n          ┆')), [
      'orders',
      'accounts',
    ]);
  });

  it('begins maps and lists with what they need, indented', async () => {
    const source = (line: string): string => `sources:\n  s:\n    data: orders.csv\n    ${line}\n`;
    assert.equal(await accept(source('┆'), 'columns'), source('columns:\n      '));
    assert.match(await accept(source('┆'), 'lifespan'), /^ {4}lifespan: \{ start: \S+, end: \S+ \}$/m);
    assert.equal(await accept(metric('┆'), 'segments'), metric('segments: []'));
    assert.match(await accept(metric('┆'), 'changes'), /^ {4}changes:\n {6}- \{ version: 2, note: text \}$/m);
    assert.match(
      await accept(metric('┆', 'conversion'), 'steps'),
      /^ {4}steps:\n {6}- name: text\n {6}- name: text$/m,
    );
  });

  it('leaves out keys that the format excludes beside those written', async () => {
    const labels = await labelsOf('targets:\n  t:\n    metric: revenue\n    at_least: 1\n    ┆\n');
    assert.ok(labels.includes('due') && labels.includes('each'));
    assert.ok(!labels.includes('at_most') && !labels.includes('between'));
  });

  it('offers names of sources and columns where the format leaves keys free', async () => {
    assert.deepEqual(await labelsOf('sources:\n  s:\n    union:\n      ┆\n'), ['orders', 'accounts']);
    assert.deepEqual(
      await labelsOf(
        'sources:\n  s:\n    data: orders.csv\n    columns:\n      amount: { min: 0 }\n      ┆\n',
      ),
      ['order_id', 'ordered_on', 'city', 'paid', 'account_id'],
    );
    const declared = 'sources:\n  s:\n    data: accounts.csv\n    columns:\n      ';
    assert.equal(await accept(`${declared}┆\n`, 'Odd: name'), `${declared}"Odd: name":\n        \n`);
  });

  it('offers the sections that the file has not yet', async () => {
    assert.deepEqual(await labelsOf('metrics: {}\n┆'), [
      'defaults',
      'sources',
      'segments',
      'targets',
      'journeys',
    ]);
    assert.ok((await labelsOf('plumbline: 1\n┆', { topKeys: ['metrics'] })).includes('sources'));
    assert.ok(!(await labelsOf('plumbline: 1\n┆', { topKeys: ['metrics'] })).includes('metrics'));
  });
});

describe('completion on an empty line', () => {
  const MAPS = 'metrics:\n  m:\n    type: nps\n';
  const isDefinition = (labels: readonly string[]): boolean => labels.includes('retention');
  const isKey = (labels: readonly string[]): boolean => labels.includes('value');
  const isSection = (labels: readonly string[]): boolean => labels.includes('targets');

  it('takes the map from the column, at the end of the file too', async () => {
    assert.ok(isKey(await labelsOf(`${MAPS}    ┆`)));
    assert.ok(isDefinition(await labelsOf(`${MAPS}  ┆`)));
    assert.ok(isSection(await labelsOf(`${MAPS}┆`)));
  });

  it('mends indentation that fits no map', async () => {
    assert.equal(await accept(`${MAPS}      ┆\n`, 'value'), `${MAPS}    value: \n`);
    assert.match(await accept(`${MAPS}   ┆\n`, 'nps'), /^ {2}new_nps:\n {4}type: nps$/m);
    assert.equal(await accept(`${MAPS}\t┆\n`, 'value').catch(() => 'none'), 'none');
  });

  it('goes into the map that goes on below, whatever the column', async () => {
    assert.equal(await accept(`${MAPS}┆\n    label: x\n`, 'value'), `${MAPS}    value: \n    label: x\n`);
    assert.ok(isDefinition(await labelsOf(`${MAPS}┆\n  other: { type: nps }\n`)));
  });

  it('is told what goes on below where the text is a unit of a document', async () => {
    assert.ok(isDefinition(await labelsOf(`${MAPS}┆`, { below: 2 })));
  });

  it('looks past comments and other definitions', async () => {
    assert.ok(isKey(await labelsOf(`${MAPS}    # why\n\n    ┆\n\n# end\n`)));
    assert.ok(isDefinition(await labelsOf(`metrics:\n  # first\n  ┆\n  m:\n    type: nps\n`)));
  });

  it('opens the map of a key that has no value', async () => {
    assert.ok((await labelsOf('metrics:\n  m:\n    ┆')).includes('type'));
    assert.ok((await labelsOf('metrics:\n  m:\n    type: ratio\n    numerator:\n      ┆')).includes('type'));
    assert.ok(
      (await labelsOf('metrics:\n  m:\n    type: ratio\n    numerator:\n      ┆')).includes('revenue'),
    );
  });

  it('keeps the line breaks of the file', async () => {
    const text = `${MAPS}  ┆\r\n`.replaceAll('\n', '\r\n').replaceAll('\r\r', '\r');
    assert.match(await accept(`plumbline: 1\r\n${text}`, 'nps'), /new_nps:\r\n {4}type: nps\r\n/);
    const keys = await labelsOf(`plumbline: 1\r\n${text.replace('  ┆', '    ┆')}`);
    assert.ok(isKey(keys));
  });

  it('stands broken text elsewhere', async () => {
    assert.ok(isKey(await labelsOf(`sources:\n  s: { data: "x\n\tkey: }\n${MAPS}    ┆\n  n: [\n`)));
  });

  it('says nothing in texts that go on', async () => {
    assert.deepEqual(await labelsOf(`${MAPS}    description: >-\n      one\n      ┆\n      two\n`), []);
    assert.deepEqual(await labelsOf(`${MAPS}    description: "one\n      ┆\n      two"\n`), []);
  });
});

describe('completion of values', () => {
  it('explains the types of metrics', async () => {
    const items = await itemsOf('metrics:\n  m:\n    type: n┆\n');
    const nps = items.find(({ label }) => label === 'nps');
    assert.equal(nps?.detail, 'Net Promoter Score');
    assert.deepEqual(nps?.data, { of: 'type', name: 'nps' });
  });

  it('explains the words of a list by their key', async () => {
    const { context, file, offset } = await fixtureOf(metric('when: ┆'));
    const [item] = complete(context, file, offset).items;
    assert.ok(item?.data);
    assert.match(resolveCompletion(context, item.data) ?? '', /`started`.*`during`/);
  });

  const LISTED: readonly (readonly [text: string, labels: readonly string[]])[] = [
    [metric('when: ┆'), ['started', 'ended', 'active', 'during']],
    [metric('grain: ┆'), ['day', 'week', 'month', 'quarter', 'year', 'all']],
    [metric('status: ┆'), ['draft', 'active', 'deprecated']],
    [metric('report: ┆', 'ces'), ['average', 'agree']],
    ['sources: { s: { data: a, one_per: { keep: ┆ } } }\n', ['last', 'first']],
    ['sources: { s: { data: a, coverage: ┆ } }\n', ['sample', 'census']],
    ['sources: { s: { data: a, lifespan: { end_inclusive: ┆ } } }\n', ['true', 'false']],
    [
      'sources: { s: { data: a, columns: { c: { type: ┆ } } } }\n',
      ['boolean', 'integer', 'number', 'text', 'date', 'timestamp'],
    ],
    ['sources: { s: { data: a, links: { l: { to: ┆ } } } }\n', ['orders', 'accounts', 's']],
    ['defaults: { source: ┆ }\n', ['orders', 'accounts']],
    ['targets: { t: { metric: ┆ } }\n', ['revenue', 'old_revenue']],
    ['targets: { t: { metric: revenue, segment: size.┆ } }\n', ['size.small', 'size.large']],
    ['journeys: { j: { stages: { s: { metrics: [revenue, ┆] } } } }\n', ['revenue', 'old_revenue']],
    [metric('segments: [size, ┆]'), ['industry', '{ segment: size }']],
    [metric('segments: [{ segment: size, via: ┆ }]'), ['account']],
    [metric('tags: [┆]'), ['board']],
    [metric('owner: ┆'), ['sales']],
    [
      'sources: { orders: { data: orders.csv, key: ┆ } }\n',
      ['order_id', 'ordered_on', 'city', 'amount', 'paid', 'account_id'],
    ],
    [
      metric('window: ┆'),
      [
        '28 days',
        '7 days',
        '90 days',
        '3 months',
        '12 months',
        'month_to_date',
        'quarter_to_date',
        'year_to_date',
        'all_time',
      ],
    ],
  ];
  for (const [text, labels] of LISTED) {
    it(`lists ${labels.slice(0, 3).join(', ')}`, async () => {
      const found = await labelsOf(text);
      assert.deepEqual([...found].sort(), [...labels].sort());
    });
  }

  it('puts a list around where the format takes only lists', async () => {
    assert.equal(await accept(metric('segments: ┆'), 'size'), metric('segments: [size]'));
  });

  it('writes the blank behind a colon', async () => {
    assert.equal(await accept(metric('when:┆'), 'active'), metric('when: active'));
  });

  it('follows links in paths', async () => {
    assert.deepEqual(await labelsOf(metric('time: account.┆')), ['account_id', 'industry', 'Odd: name']);
    assert.equal(await accept(metric('time: account.in┆dus'), 'industry'), metric('time: account.industry'));
    assert.equal(await accept(metric('time: account.┆'), 'Odd: name'), metric('time: "account.Odd: name"'));
    assert.equal((await labelsOf(metric('time: ┆')))[0], 'ordered_on');
    assert.equal((await labelsOf(metric('once_per: ┆')))[0], 'account');
  });

  it('pairs the columns of a link', async () => {
    const link = (using: string): string =>
      `sources:\n  orders:\n    data: orders.csv\n    links: { a: { to: accounts, using: ${using} } }\n`;
    assert.ok((await labelsOf(link('┆'))).includes('city'));
    assert.deepEqual(await labelsOf(link('{ city: ┆ }')), ['account_id', 'industry', 'Odd: name']);
    assert.ok((await labelsOf(link('{ ┆ }'))).includes('city'));
  });

  it('knows periods around the day to which the data reaches', async () => {
    const due = await labelsOf('targets: { t: { metric: revenue, due: ┆ } }\n');
    assert.deepEqual(due.slice(0, 3), ['2025-Q2', '2025-Q3', '2025-Q4']);
    const period = await labelsOf(metric('examples: [{ period: ┆ }]'));
    assert.deepEqual(period.slice(0, 3), ['2025-06', '2025-05', '2025-04']);
    assert.deepEqual((await labelsOf('sources: { s: { data: a, as_of: ┆ } }\n')).slice(0, 2), [
      '2025-06-30',
      '2025-05-31',
    ]);
  });

  it('knows time zones', async () => {
    assert.ok((await labelsOf('sources: { s: { data: a, timezone: Eur┆ } }\n')).includes('Europe/London'));
  });

  it('marks what is deprecated', async () => {
    const items = await itemsOf('targets: { t: { metric: ┆ } }\n');
    assert.deepEqual(
      items.map(({ deprecated }) => deprecated),
      [false, true],
    );
  });

  it('quotes names that YAML would read otherwise', async () => {
    const text = 'sources: { s: { data: accounts.csv, key: ┆ } }\n';
    assert.equal(
      await accept(text, 'Odd: name'),
      'sources: { s: { data: accounts.csv, key: "Odd: name" } }\n',
    );
  });

  it('says nothing in prose', async () => {
    assert.deepEqual(await labelsOf(metric('label: The ┆ text')), []);
    assert.deepEqual(await labelsOf(metric('why: ┆')), []);
  });
});

describe('completion of data files', () => {
  const entries = [
    { name: 'orders.csv', kind: 'file' },
    { name: 'a, b.parquet', kind: 'file' },
    { name: 'notes.txt', kind: 'file' },
    { name: '.git', kind: 'folder' },
    { name: 'more', kind: 'folder' },
  ] as const;

  it('offers folders and files that can be read, and quotes where it must', async () => {
    const text = (path: string): string => `sources: { s: { data: ${path} } }\n`;
    assert.deepEqual(
      (await itemsOf(text('data/┆'), undefined, { entries })).map(({ label }) => label).sort(),
      ['a, b.parquet', 'more/', 'orders.csv'],
    );
    assert.equal(await accept(text('data/or┆x'), 'orders.csv', { entries }), text('data/orders.csv'));
    assert.equal(await accept(text('data/┆'), 'a, b.parquet', { entries }), text('"data/a, b.parquet"'));
    assert.equal(await accept(text('da┆/x.csv'), 'more/', { entries }), text('more/x.csv'));
    assert.equal(
      await accept('sources: { s: { data: { file: ┆ } } }\n', 'more/', { entries }),
      'sources: { s: { data: { file: more/ } } }\n',
    );
  });

  it('names the folder to look at, inside the project only', async () => {
    const folder = async (path: string): Promise<string | undefined> => {
      const { context, file, offset } = await fixtureOf(`sources: { s: { data: ${path} } }\n`);
      return completionFolder(context, file, offset);
    };
    assert.equal(await folder('┆'), '/project');
    assert.equal(await folder('data/../more/x┆/y.csv'), '/project/more');
    assert.equal(await folder('../┆'), undefined);
    assert.equal(await folder('/etc/┆'), undefined);
  });
});

describe('completion in comments', () => {
  it('offers the rules behind the words that silence one', async () => {
    assert.equal(
      await accept('metrics:\n  # plumbline-ignore metric-┆\n  m: { type: nps }\n', 'metric-needs-owner'),
      'metrics:\n  # plumbline-ignore metric-needs-owner: reason\n  m: { type: nps }\n',
    );
    assert.equal(
      await accept('# plumbline-ignore ┆: it is so\n', 'bad-period'),
      '# plumbline-ignore bad-period: it is so\n',
    );
    assert.equal(await accept('# pl┆\n', 'plumbline-ignore'), '# plumbline-ignore rule-id: reason\n');
    assert.deepEqual(await labelsOf('# some words ┆\n'), []);
  });
});

describe('definitions', () => {
  it('are offered whole, with placeholders for what people choose', async () => {
    const items = await itemsOf('metrics:\n  ┆\n');
    const nps = items.find(({ label }) => label === 'nps');
    assert.equal(
      nps?.snippet,
      `\${1:new_nps}:\n    type: nps\n    source: \${2:orders}\n    value: \${3:amount}`,
    );
    assert.equal(nps?.edit.text, 'new_nps:\n    type: nps\n    source: orders\n    value: amount');
  });

  it('take the source from the defaults of the file', async () => {
    const text = 'defaults: { source: orders }\nmetrics:\n  ┆\n';
    assert.ok(!(await accept(text, 'count')).includes('new_count:\n    type: count\n    source'));
  });
});

describe('a blank that is typed', () => {
  const typed = { typed: ' ' };
  it('asks where a value, a key in braces or an operand begins', async () => {
    assert.ok((await labelsOf(metric('when: ┆'), typed)).length > 0);
    assert.ok((await labelsOf('metrics: { m: { type: nps, ┆ } }\n', typed)).length > 0);
    assert.ok((await labelsOf(metric('where: city = ┆'), typed)).length > 0);
  });

  it('asks nothing behind a finished word or in indentation', async () => {
    assert.deepEqual(await labelsOf(metric('where: paid ┆'), typed), []);
    assert.deepEqual(await labelsOf(metric('┆'), typed), []);
  });
});

describe('resolving a completion', () => {
  it('documents keys, types, functions, columns, definitions and rules', async () => {
    const { context } = await fixtureOf(metric('┆'));
    const text = (data: NonNullable<CompletionItem['data']>): string =>
      resolveCompletion(context, data, problemKinds) ?? '';
    assert.match(
      text({ of: 'key', schema: 'metrics', owner: 'metric_nps', key: 'value' }),
      /likely are you to recommend/,
    );
    assert.match(text({ of: 'key', schema: 'metrics', owner: '', key: 'metrics' }), /metrics, by name/);
    assert.match(text({ of: 'type', name: 'nps' }), /promoters|scores/);
    assert.match(text({ of: 'function', name: 'round' }), /round\(x, \[digits\]\)[\s\S]*gives/);
    assert.match(text({ of: 'column', source: 'orders', name: 'amount' }), /Euros with tax/);
    assert.match(text({ of: 'metric', name: 'old_revenue' }), /use `revenue`/);
    assert.match(text({ of: 'rule', name: 'metric-needs-owner' }), /owner/);
    assert.equal(text({ of: 'metric', name: 'nobody' }), '');
  });

  it('finds something for every key that is offered', async () => {
    const { context, file, offset } = await fixtureOf('metrics:\n  m:\n    type: nps\n    ┆\n');
    for (const { label, data } of complete(context, file, offset).items) {
      assert.ok(data !== undefined && resolveCompletion(context, data) !== undefined, label);
    }
  });
});

describe('what completion needs to know of the data', () => {
  const needs = async (text: string) => {
    const { context, file, offset } = await fixtureOf(text);
    return completionNeeds(context, file, offset);
  };
  it('is the column whose values are wanted, or the segment', async () => {
    const city = [{ kind: 'column', source: 'orders', column: 'city' }];
    assert.deepEqual(await needs(metric("where: city = '┆'")), city);
    assert.deepEqual(await needs(metric('where: city <> ┆')), city);
    assert.deepEqual(await needs(metric("where: paid and city not in ('Bath', '┆')")), city);
    assert.deepEqual(await needs(metric("where: account.industry like '┆'")), [
      { kind: 'column', source: 'accounts', column: 'industry' },
    ]);
    assert.deepEqual(await needs('targets: { t: { metric: revenue, segment: industry.┆ } }\n'), [
      { kind: 'segment', name: 'industry' },
    ]);
    assert.deepEqual(await needs(metric('where: ┆')), []);
  });
});
