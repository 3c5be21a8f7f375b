import assert from 'node:assert/strict';
import type { ResultDocument } from '../../server/src/core/evaluate/result.ts';
import { folderOf, resultValidator } from './kit.ts';
import { METRICS, ORDERS, SETTINGS, SHOP } from './shop.ts';

/** Worked out by hand from the rows in `shop.ts`. The 95 % interval of 1 in 2 by Wilson is 9.45 % to 90.55 %. */
const SCORECARD = `shop · 2025-03

METRIC        TREND    VALUE   INTERVAL      CHANGE  N  PERIOD   TARGET
shop
  Revenue     ▂▁█    €120.00*             ▲ €100.00  2  2025-03  ✓ met
  Orders      █▁█          2                    ▲ 1  2  2025-03
  Share of b  █▁█     50.0 %*  9.5–90.5  ≈ +50.0 pp  2  2025-03

Targets
TARGET              FOR      PERIOD        GOAL    VALUE  STATUS
  Revenue in march  revenue  2025-03  ≥ €100.00  €120.00  ✓ met

Data up to 2025-03-31. INTERVAL: 95 % confidence. ≈ no clear change: it may be chance. * rests on
fewer than 30 rows.
`;

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control sequences.
const COLOURS = /\u001b\[\d+m/g;

describe('plumbline eval', () => {
  const folder = folderOf(SHOP);

  it('prints a scorecard: metrics, then targets, then what the numbers rest on', async () => {
    const run = await folder.plumbline(['eval']);
    assert.equal(run.stdout, SCORECARD);
    assert.deepEqual([run.code, run.stderr], [0, '']);
  });

  it('uses colours only where they are wanted, and for the direction that is better', async () => {
    const env = { FORCE_COLOR: '1' };
    const { stdout } = await folder.plumbline(['eval'], { env });
    assert.equal(stdout.replaceAll(COLOURS, ''), SCORECARD);
    // More revenue is good news where it is more than chance. What was not tested, or may be chance, is neither good nor bad.
    const all = METRICS.replace('data: orders.csv', 'data: orders.csv\n    coverage: census');
    const whole = folderOf({ ...SHOP, 'shop.metrics.yaml': all });
    assert.ok((await whole.plumbline(['eval'], { env })).stdout.includes('\u001b[32m▲ €100.00\u001b[39m'));
    assert.match(stdout, / ▲ €100\.00 /);
    assert.ok(stdout.includes('\u001b[2m≈ +50.0 pp\u001b[22m'));
    assert.equal((await folder.plumbline(['eval', '--no-color'], { env })).stdout, SCORECARD);
    assert.equal((await folder.plumbline(['eval'], { env: { ...env, NO_COLOR: '1' } })).stdout, SCORECARD);
  });

  it('has plain characters for terminals that know no others', async () => {
    const { stdout } = await folder.plumbline(['eval', '--ascii']);
    assert.match(stdout, /^ {2}Revenue {5}\._# {4}EUR 120\.00\* +\^ EUR 100\.00 {2}2 {2}2025-03 {2}\+ met$/m);
    assert.match(stdout, /^[\x20-\x7e\n]*$/);
  });

  it('gives labels the room of trends, and reads keys as words', async () => {
    const months = Array.from(
      { length: 12 },
      (_, index) => `${index + 1},2024-${String(index + 1).padStart(2, '0')}-15,x`,
    );
    const long = folderOf({
      'plumbline.yaml': 'plumbline: 1\nas_of: 2024-12-31\n',
      'rows.csv': `id,at,kind\n${months.join('\n')}\n`,
      'a.metrics.yaml': `plumbline: 1
sources: { rows: { data: rows.csv, time: at } }
metrics:
  rows_of_kind_x_in_the_data_of_the_test: { type: share, source: rows, matching: kind = 'x' }
targets:
  all_of_them: { metric: rows_of_kind_x_in_the_data_of_the_test, at_least: 1, due: 2024-12 }
`,
    });
    const { stdout } = await long.plumbline(['eval']);
    assert.match(stdout, /^ {2}Rows of kind x in the data of the test {2}▄{6} /m);
    assert.match(stdout, /^ {2}All of them /m);
    const csv = await long.plumbline(['eval', '--format', 'json']);
    const { targets } = JSON.parse(csv.stdout) as { readonly targets: readonly { readonly label: string }[] };
    assert.equal(targets[0]?.label, 'All of them');
  });

  it('shows what is known so far where no period is complete', async () => {
    const young = folderOf({ ...SHOP, 'plumbline.yaml': SETTINGS.replace('2025-03-31', '2025-01-25') });
    const { stdout } = await young.plumbline(['eval', 'revenue']);
    assert.match(stdout, /^ {2}Revenue: no complete period yet; 2025-01 so far: €40\.00$/m);
    assert.match(stdout, /^ {6}b: no complete period yet; 2025-01 so far: €30\.00$/m);
    const cut = await folder.plumbline(['eval', 'orders', '--from', '2026']);
    assert.doesNotMatch(cut.stdout, /yet/);
  });

  it('says in words where a value moved away from its goal', async () => {
    const worse = folderOf({
      ...SHOP,
      'shop.metrics.yaml': METRICS.replace(
        'at_least: 100\n    due: 2025-03',
        'at_least: 200\n    baseline: { period: 2025-02, value: 150 }\n    due: 2025-03',
      ),
    });
    // (120 - 150) / (200 - 150) is -60 %.
    assert.match((await worse.plumbline(['eval'])).stdout, / €120\.00 {2}✗ missed {2}below baseline$/m);
    const { stdout } = await worse.plumbline(['eval', '--format', 'json']);
    const { targets } = JSON.parse(stdout) as { readonly targets: readonly { readonly progress: number }[] };
    assert.equal(targets[0]?.progress, -0.6);
  });

  it('shows benchmarks with their age below the value, and what is done about a goal that was missed', async () => {
    const more = folderOf({
      ...SHOP,
      'more.metrics.yaml': `plumbline: 1
metrics:
  paid:
    type: share
    source: orders
    matching: amount > 0
    benchmarks:
      - { value: 98%, citation: "Trade survey", as_of: 2024 }
      - { value: 50%, citation: "A rule of thumb" }
targets:
  more_paid:
    metric: paid
    at_least: 200%
    each: month
    if_missed: Ask for payment first.
`,
    });
    const { stdout } = await more.plumbline(['eval', 'paid']);
    assert.match(
      stdout,
      /^ {4}benchmark 98\.0 %: Trade survey \(2024, 3 months before the data end\); the headline is/m,
    );
    assert.match(stdout, /^ {4}benchmark 50\.0 %: A rule of thumb; the headline is [\d.]+ pp above/m);
    assert.match(stdout, /missed.*\n {4}if missed: Ask for payment first\.\n/);
    const json = await more.plumbline(['eval', 'paid', '--format', 'json']);
    const { metrics, targets } = JSON.parse(json.stdout) as ResultDocument;
    // The data end on 31 March 2025, and both orders of that month were paid for.
    const common = { age_months: null, as_of: null };
    const [survey, rule] = metrics[0]?.benchmarks ?? [];
    assert.ok(Math.abs((survey?.difference ?? 0) - 0.02) < 1e-12);
    assert.deepEqual(
      { ...survey, difference: 0 },
      { value: 0.98, citation: 'Trade survey', as_of: '2024', age_months: 3, difference: 0 },
    );
    assert.deepEqual(rule, { ...common, value: 0.5, citation: 'A rule of thumb', difference: 0.5 });
    assert.equal(targets[0]?.if_missed, 'Ask for payment first.');
    assert.deepEqual((await resultValidator())(JSON.parse(json.stdout)), []);
  });

  it('breaks named metrics down by their own segments', async () => {
    const { stdout } = await folder.plumbline(['eval', 'revenue']);
    assert.match(
      stdout,
      /^ {4}by kind\n {6}a +▁▃█ +€50\.00\* +▲ €30\.00 {2}1 {2}2025-03\n {6}b +▄▁█ +€70\.00\* +▲ €70\.00 {2}1/m,
    );
  });

  it('breaks down by columns behind links too, and joins keys', async () => {
    const { stdout, code } = await folder.plumbline([
      'eval',
      'orders',
      '--by',
      'kind,shop.city',
      '--format',
      'csv',
    ]);
    const march = stdout.split('\r\n').filter((line) => line.startsWith('orders,2025-03,'));
    assert.deepEqual(march, [
      'orders,2025-03,2025-03-01,2025-04-01,false,,,2,2,,,1,1,not_tested,true',
      'orders,2025-03,2025-03-01,2025-04-01,false,a,Ghent,1,1,,,1,0,not_tested,true',
      // A spreadsheet would compute =1+1.
      `orders,2025-03,2025-03-01,2025-04-01,false,b,"'=1+1",0,0,,,0,0,not_tested,true`,
      'orders,2025-03,2025-03-01,2025-04-01,false,b,Ghent,1,1,,,0,1,not_tested,true',
    ]);
    assert.equal(code, 0);
  });

  it('adds a condition to every metric, and leaves targets out', async () => {
    const { stdout } = await folder.plumbline(['eval', '--where', "kind = 'a' and shop.city = 'Ghent'"]);
    assert.match(stdout, /^ {2}Revenue +▁▃█ +€50\.00\* /m);
    assert.doesNotMatch(stdout, /Targets|met/);
  });

  it('shows a range of periods without changing a value', async () => {
    const { stdout } = await folder.plumbline([
      ...['eval', 'revenue', '--by', 'kind', '--from', '2025-02', '--to', '2025-Q1', '--format', 'csv'],
    ]);
    assert.deepEqual(stdout.split('\r\n'), [
      'metric,period,start,end,partial,kind,value,n,low,high,previous,change,verdict,small_sample',
      'revenue,2025-02,2025-02-01,2025-03-01,false,,20,1,,,40,-20,not_tested,true',
      'revenue,2025-03,2025-03-01,2025-04-01,false,,120,2,,,20,100,not_tested,true',
      'revenue,2025-02,2025-02-01,2025-03-01,false,a,20,1,,,10,10,not_tested,true',
      'revenue,2025-02,2025-02-01,2025-03-01,false,b,0,0,,,30,-30,not_tested,true',
      'revenue,2025-03,2025-03-01,2025-04-01,false,a,50,1,,,20,30,not_tested,true',
      'revenue,2025-03,2025-03-01,2025-04-01,false,b,70,1,,,0,70,not_tested,true',
      '',
    ]);
  });

  it('takes another grain', async () => {
    const { stdout } = await folder.plumbline([
      'eval',
      'revenue',
      '--grain',
      'quarter',
      '--format',
      'csv',
      '--by',
      'kind',
    ]);
    assert.match(stdout, /^revenue,2025-Q1,2025-01-01,2025-04-01,false,,180,5,,,,,,true\r$/m);
  });

  it('prints JSON as the result schema states, with numbers as they are', async () => {
    const run = await folder.plumbline(['eval', '--by', 'kind', '--format', 'json']);
    const document = JSON.parse(run.stdout) as {
      readonly project: string;
      readonly as_of: string;
      readonly metrics: readonly {
        readonly metric: string;
        readonly headline: object;
        readonly values: readonly object[];
      }[];
      readonly targets: readonly object[];
      readonly problems: readonly object[];
    };
    assert.deepEqual((await resultValidator())(document), []);
    assert.deepEqual([document.project, document.as_of, document.problems], ['shop', '2025-03-31', []]);
    const [revenue] = document.metrics;
    assert.deepEqual(revenue?.headline, {
      ...{ period: '2025-03', value: 120, n: 2, low: null, high: null, previous: 20, change: 100 },
      ...{ verdict: 'not_tested', small_sample: true },
      target_status: 'met',
    });
    assert.deepEqual(revenue?.values[0], {
      ...{ period: '2025-01', start: '2025-01-01', end: '2025-02-01', partial: false, group: {} },
      ...{ value: 40, n: 2, low: null, high: null, previous: null, change: null },
      ...{ verdict: null, small_sample: true },
      // It is a share of itself, which says nothing.
      share_of_total: null,
    });
    // The total of three periods, then two groups in each.
    assert.equal(revenue?.values.length, 9);
    assert.deepEqual([run.code, run.stderr], [0, '']);
  });
});

describe('plumbline eval with problems', () => {
  const broken = `${METRICS.replace("matching: kind = 'b'", "matching: knd = 'b'")}`;
  const folder = folderOf({
    ...SHOP,
    'shop.metrics.yaml': broken,
    'orders.csv': `${ORDERS}6,,5,a,1\n7,2025-03-16,1,a,9\n`,
  });

  it('evaluates what can be evaluated, and says why the rest cannot', async () => {
    const run = await folder.plumbline(['eval']);
    assert.match(run.stdout, /^ {2}Orders +▅▁█ +3 /m);
    assert.match(
      run.stdout,
      /^ {2}✗ Share of b: There is no column "knd" in orders\. Did you mean "kind"\?$/m,
    );
    assert.match(run.stderr, /^error\[unknown-column\].*\n {2}--> shop\.metrics\.yaml:26:15$/m);
    assert.equal(run.code, 1);
  });

  it('counts the rows that were set aside below the values, and warns of the others', async () => {
    const run = await folder.plumbline(['eval', 'orders']);
    assert.match(run.stdout, /^· 1 row of orders set aside: no at\. \(Row 6\) shop\.metrics\.yaml:6:11$/m);
    assert.doesNotMatch(run.stderr, /rows-set-aside/);
    const csv = await folder.plumbline(['eval', 'orders', '--format', 'csv']);
    assert.match(csv.stderr, /^warning\[rows-set-aside\]: 1 row of orders set aside: no at\. \(Row 6\)$/m);
  });

  it('prints what touches the metrics that are named, and counts the rest in one line', async () => {
    const orders = await folder.plumbline(['eval', 'orders']);
    // The unknown column stands in another metric, and the row without a shop is missed by no value of this one.
    assert.equal(
      orders.stderr,
      '2 other problems in this project; see "plumbline check" and "plumbline eval".\n',
    );
    const cities = await folder.plumbline(['eval', 'orders', '--by', 'shop.city']);
    assert.match(cities.stderr, /^warning\[orphan-link\]: 1 row of orders without a match in shops/);
    assert.match(cities.stderr, /\n\n1 other problem in this project; see "plumbline check"\.\n$/);
    const where = await folder.plumbline(['eval', 'orders', '--where', "shop.city = 'Ghent'"]);
    assert.match(where.stderr, /^warning\[orphan-link\]: /);
    const share = await folder.plumbline(['eval', 'b_share']);
    assert.match(share.stderr, /^error\[unknown-column\]: /);
    assert.doesNotMatch(share.stderr, /other problem/);
  });

  it('prints every error and warning with the whole scorecard, and no notes', async () => {
    const noted = folderOf({
      ...SHOP,
      'plumbline.yaml': `${SETTINGS}rules: { metric-needs-owner: info }\n`,
      'shop.metrics.yaml': broken,
      'orders.csv': `${ORDERS}6,2025-03-16,1,a,9\n`,
    });
    const { stderr } = await noted.plumbline(['eval']);
    assert.deepEqual(stderr.match(/^[a-z]+\[[a-z-]+\]/gm), ['warning[orphan-link]', 'error[unknown-column]']);
    assert.doesNotMatch(stderr, /other problem/);
    const { stdout } = await noted.plumbline(['eval', 'orders', '--format', 'json']);
    const { problems } = JSON.parse(stdout) as { readonly problems: readonly { readonly code: string }[] };
    assert.deepEqual([...new Set(problems.map(({ code }) => code))].sort(), [
      'metric-needs-owner',
      'orphan-link',
      'unknown-column',
    ]);
  });

  it('says below the table where the data end just before their period does', async () => {
    const early = folderOf({
      ...SHOP,
      'plumbline.yaml': 'plumbline: 1\n',
      'orders.csv': `${ORDERS}6,2025-03-30,5,a,1\n`,
    });
    const run = await early.plumbline(['eval', 'orders']);
    assert.match(
      run.stdout.replaceAll(/\s+/g, ' '),
      /· The data of orders end on 2025-03-30, so that 2025-03 is partial\. /,
    );
    assert.equal(run.stderr, '');
  });

  it('puts problems into the JSON, and nothing on the error output', async () => {
    const run = await folder.plumbline(['eval', '--format', 'json']);
    const document = JSON.parse(run.stdout) as {
      readonly metrics: readonly { readonly metric: string; readonly error: string | null }[];
      readonly problems: readonly { readonly code: string; readonly file: string; readonly start: object }[];
    };
    assert.deepEqual((await resultValidator())(document), []);
    const [first] = document.problems.filter(({ code }) => code === 'unknown-column');
    assert.deepEqual([first?.file, first?.start], ['shop.metrics.yaml', { line: 26, column: 15 }]);
    const errors = document.metrics.map(({ error }) => error === null);
    assert.deepEqual(errors, [true, true, false]);
    assert.deepEqual([run.code, run.stderr], [1, '']);
  });

  it('goes on where the data of one source cannot be read', async () => {
    const other = folderOf({ ...SHOP, 'shops.csv': Uint8Array.of(0x61, 0x0a, 0xff, 0xfe, 0x0a) });
    const run = await other.plumbline(['eval', 'orders']);
    assert.equal(run.stderr, '1 other problem in this project; see "plumbline check".\n');
    assert.match(run.stdout, /^ {2}Orders +█▁█ +2 /m);
    assert.equal(run.code, 1);
    assert.match((await other.plumbline(['eval'])).stderr, /^error\[data-unreadable\]/);
  });

  it('says what cannot be evaluated, and which metrics are drafts', async () => {
    const later = folderOf({
      ...SHOP,
      'old.csv': 'on\n0203-01-01\n2025-01-01\n',
      'later.metrics.yaml': `plumbline: 1
sources:
  old: { data: old.csv, time: on, columns: { on: { type: date } } }
metrics:
  kept: { type: count, source: old, grain: day, label: Kept }
  early: { type: count, source: orders, status: draft, label: Early }
`,
    });
    const run = await later.plumbline(['eval']);
    assert.match(run.stdout, /^ {2}✗ Kept: The times of old span/m);
    assert.match(run.stdout, /^ {2}Early \(draft\) +█▁█ +2 /m);
    assert.equal(run.code, 0);
    assert.equal((await later.plumbline(['eval', 'kept'])).code, 1);
  });

  it('ends with 1 where a metric that was named cannot be broken down, and lists those that were not', async () => {
    const both = folderOf({
      ...SHOP,
      'shops.metrics.yaml':
        'plumbline: 1\nsegments:\n  city: { source: shops, by: city }\nmetrics:\n  shops: { type: count, source: shops }\n',
    });
    const named = await both.plumbline(['eval', 'shops', '--by', 'kind']);
    assert.match(
      named.stdout,
      /^ {4}! The segment "kind" is defined on orders, which shops does not reach by links\. It can be broken\n {4}down by city\.$/m,
    );
    assert.equal(named.code, 1);
    const all = await both.plumbline(['eval', '--by', 'kind']);
    assert.match(all.stdout, /^Not broken down by kind: shops\.$/m);
    assert.equal(all.code, 0);
  });
});
