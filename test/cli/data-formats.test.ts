import assert from 'node:assert/strict';
import { readdirSync, rmSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { xlsxOf } from '../kit/xlsx.ts';
import { folderOf } from './kit.ts';

const ORDERS = [
  ['2025-01-03', 'A', '10.5'],
  ['2025-01-20', 'B', '2'],
  ['2025-02-11', 'A', '7.25'],
  ['2025-02-28', '', '0.25'],
];
const HEADER = ['on', 'customer', 'amount'];

function source(name: string, data: string, more = ''): string {
  return `  ${name}: { data: ${data}, time: on, as_of: 2025-02-28${more} }\n`;
}

function definitions(sources: readonly (readonly [name: string, data: string])[]): string {
  const metrics = sources.map(
    ([name]) =>
      `  ${name}_sum: { type: sum, source: ${name}, value: amount }\n  ${name}_who: { type: count_distinct, source: ${name}, value: customer }\n`,
  );
  return `plumbline: 1\nsources:\n${sources.map(([name, data]) => source(name, data)).join('')}metrics:\n${metrics.join('')}`;
}

const lines = (delimiter: string): string =>
  `${[HEADER, ...ORDERS].map((row) => row.join(delimiter)).join('\n')}\n`;
const objects = ORDERS.map(
  ([on, customer, amount]) =>
    `{"on": "${on}", "customer": ${customer === '' ? 'null' : `"${customer}"`}, "amount": ${amount}}`,
);
/** Days between 30 December 1899, the zeroth day of workbooks, and a date. */
const serial = (day: string): number => (Date.parse(day) - Date.UTC(1899, 11, 30)) / 86_400_000;

const FORMATS: readonly (readonly [
  name: string,
  data: string,
  file: string,
  content: string | Uint8Array,
])[] = [
  ['csv', 'o.csv', 'o.csv', lines(',')],
  ['packed', 'o2.csv.gz', 'o2.csv.gz', gzipSync(lines(','))],
  ['tsv', 'o.tsv', 'o.tsv', lines('\t')],
  [
    'german',
    '{ file: german.csv, delimiter: ";", encoding: windows-1252, header_row: 2 }',
    'german.csv',
    Buffer.from(`Verk\xe4ufe\r\n${lines(';')}`, 'latin1'),
  ],
  ['list', 'o.json', 'o.json', `[${objects.join(',\n')}]`],
  ['each', 'o.ndjson', 'o.ndjson', objects.join('\n')],
  ['packed_each', 'o.jsonl.gz', 'o.jsonl.gz', gzipSync(objects.join('\n'))],
  [
    'book',
    '{ file: o.xlsx, sheet: Orders }',
    'o.xlsx',
    xlsxOf([
      { name: 'About', rows: [['Nothing here']] },
      {
        name: 'Orders',
        rows: [
          HEADER,
          ...ORDERS.map(([on = '', customer = '', amount = '']) => [
            { date: serial(on) },
            customer === '' ? null : customer,
            { number: amount },
          ]),
        ],
      },
    ]),
  ],
  ['parts', 'parts/*.csv', 'parts/1.csv', 'on,customer,amount\n2025-01-03,A,10.5\n2025-01-20,B,2\n'],
];

describe('plumbline eval on data in any format', () => {
  const folder = folderOf({
    'plumbline.yaml': 'plumbline: 1\n',
    'a.metrics.yaml': definitions(FORMATS.map(([name, data]) => [name, data])),
    ...Object.fromEntries(FORMATS.map(([, , file, content]) => [file, content])),
    'parts/2.csv': 'amount,on,customer\n7.25,2025-02-11,A\n0.25,2025-02-28,\n',
  });
  const cache = (): Record<string, string> => ({ XDG_CACHE_HOME: `${folder.path} cache` });
  after(() => rmSync(`${folder.path} cache`, { recursive: true, force: true }));

  async function values(): Promise<ReadonlyMap<string, unknown>> {
    const run = await folder.plumbline(['eval', '--format', 'csv'], { env: cache() });
    assert.equal(run.stderr, '');
    const [head = '', ...rows] = run.stdout.trim().split('\n');
    const at = (name: string): number => head.split(',').indexOf(name);
    return new Map(
      rows.map((row) => {
        const cells = row.split(',');
        return [`${cells[at('metric')]} ${cells[at('period')]}`, Number(cells[at('value')])];
      }),
    );
  }

  it('gives the same numbers, and the new ones of a file that has changed', async function () {
    this.timeout(60_000);
    const found = await values();
    for (const [name] of FORMATS) {
      assert.equal(found.get(`${name}_sum 2025-01`), 12.5, name);
      assert.equal(found.get(`${name}_sum 2025-02`), 7.5, name);
      assert.equal(found.get(`${name}_who 2025-01`), 2, name);
    }
    folder.write('o.ndjson', objects.map((line) => line.replace('10.5', '110.5')).join('\n'));
    assert.equal((await values()).get('each_sum 2025-01'), 112.5);
    const inProject = readdirSync(folder.path).sort();
    assert.deepEqual(
      inProject.filter((name) => /cache|tmp/.test(name)),
      [],
    );
  });

  it('says at its place what cannot be read, and evaluates the rest', async function () {
    this.timeout(60_000);
    folder.write(
      'a.metrics.yaml',
      definitions([
        ['csv', 'o.csv'],
        ['list', 'o.json'],
        ['book', '{ file: o.xlsx, sheet: Order }'],
        ['packed', 'o2.csv.gz'],
      ]),
    );
    folder.write('o.json', `[${objects.join(',\n')}\n`);
    folder.write('o2.csv.gz', gzipSync(lines(',')).subarray(0, 60));
    const run = await folder.plumbline(['eval', '--format', 'csv'], { env: cache() });
    assert.match(run.stdout, /csv_sum,/);
    assert.match(run.stderr, /"o\.json" is not valid JSON \(line 5\).*\n --> a\.metrics\.yaml:4:17/);
    assert.match(run.stderr, /no sheet "Order"\. Did you mean "Orders"\?/);
    assert.match(run.stderr, /o2\.csv\.gz is cut short/);
    assert.equal(run.code, 1);
  });
});
