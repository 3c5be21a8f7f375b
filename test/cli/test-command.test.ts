import assert from 'node:assert/strict';
import { folderOf, resultValidator } from './kit.ts';
import { parseXml, type XmlElement } from './xml.ts';

const FILES = {
  'plumbline.yaml': 'plumbline: 1\nname: shop & sons\nas_of: 2025-02-28\n',
  'orders.csv': 'id,at,amount\n1,2025-01-05,10\n2,2025-01-20,30\n3,2025-02-03,20\n4,2025-02-10,\n',
  'shop.metrics.yaml': `plumbline: 1
sources:
  orders: { data: orders.csv, key: id, time: at }
metrics:
  revenue:
    type: sum
    source: orders
    value: amount
    examples:
      - given: { orders: [{ amount: 5 }, { amount: 7 }] }
        expect: 12
      - period: 2025-01
        expect: 40
  small_share:
    type: share
    source: orders
    matching: amount < 25
    examples:
      - given: { orders: [{ amount: 1 }, { amount: 2 }, { amount: 90 }, {}] }
        expect: 66.7%
      - period: 2025-02
        expect: 50%
  average_amount:
    type: average
    source: orders
    value: amount
    examples:
      - period: 2030-01
        expect: 1
  untested: { type: count, source: orders }
`,
};

describe('plumbline test', () => {
  const folder = folderOf(FILES);

  it('says of an example that fails what was expected, computed, from which rows, and where', async () => {
    const run = await folder.plumbline(['test']);
    assert.equal(
      run.stdout,
      `shop.metrics.yaml
  ✓ revenue 2 examples
  ✗ small_share 1 of 2 examples failed
    example 2 at shop.metrics.yaml:22:17
      expected 50%
      computed 100%
      from row 3 of orders
  ✗ average_amount 1 of 1 example failed
    example 1 at shop.metrics.yaml:29:17
      expected 1
      The data have no 2030-01.

2 failed, 3 passed: 5 examples of 3 metrics. 1 metric has no example.
`,
    );
    assert.deepEqual([run.code, run.stderr], [1, '']);
  });

  it('runs the examples of metrics that are named', async () => {
    const run = await folder.plumbline(['test', 'revenue', 'untested']);
    assert.deepEqual(
      [run.code, run.stdout],
      [
        0,
        'shop.metrics.yaml\n  ✓ revenue 2 examples\n\n✓ 2 examples of 1 metric: all passed. 1 metric has no example.\n',
      ],
    );
    const none = await folder.plumbline(['test', 'untested']);
    assert.deepEqual([none.code, none.stdout], [0, 'No examples. 1 metric has no example.\n']);
  });

  it('prints JSON as the result schema states', async () => {
    const run = await folder.plumbline(['test', '--format', 'json']);
    const document = JSON.parse(run.stdout) as {
      readonly tests: readonly object[];
      readonly summary: object;
    };
    assert.deepEqual((await resultValidator('test'))(document), []);
    assert.deepEqual(document.summary, { passed: 3, failed: 2 });
    assert.deepEqual(document.tests[3], {
      metric: 'small_share',
      index: 1,
      place: { file: 'shop.metrics.yaml', start: { line: 22, column: 17 }, end: { line: 22, column: 20 } },
      passed: false,
      expected: 0.5,
      computed: 1,
      rows: 1,
      counted: [{ source: 'orders', rows: [3] }],
      message: 'Expected 50%, computed 100%, from row 3 of orders.',
    });
    assert.equal(run.code, 1);
  });

  it('prints JUnit XML with all that the stricter schema asks for', async () => {
    const run = await folder.plumbline(['test', '--format', 'junit']);
    const root = parseXml(run.stdout);
    assert.equal(root.name, 'testsuites');
    assert.deepEqual(
      root.children.map(({ attributes: { name, tests, failures, errors } }) => [
        name,
        tests,
        failures,
        errors,
      ]),
      [
        ['revenue', '2', '0', '0'],
        ['small_share', '2', '1', '0'],
        ['average_amount', '1', '0', '1'],
      ],
    );
    for (const suite of root.children) checkSuite(suite);
    const failure = root.children[1]?.children[2]?.children[0];
    assert.equal(failure?.name, 'failure');
    assert.equal(failure?.attributes.message, 'Expected 50%, computed 100%, from row 3 of orders.');
    assert.match(failure?.text ?? '', /^shop\.metrics\.yaml:22:17\n/);
    assert.equal(root.children[0]?.attributes.package, 'shop & sons');
    assert.equal(run.code, 1);
  });

  it('lets no name control the terminal that shows the XML', async () => {
    const named = folderOf({ ...FILES, 'plumbline.yaml': 'plumbline: 1\nname: "a\\u009b2J\\u202e"\n' });
    const xml = (await named.plumbline(['test', '--format', 'junit'])).stdout;
    assert.ok(xml.includes(' package="a&#155;2J&#8238;"'));
    assert.doesNotMatch(xml, /[\u007f-\u009f\u202a-\u202e]/);
  });

  it('points to the check where definitions have errors', async () => {
    const broken = folderOf({
      ...FILES,
      'shop.metrics.yaml': FILES['shop.metrics.yaml'].replace(
        'value: amount\n    examples',
        'value: amuont\n    examples',
      ),
    });
    const run = await broken.plumbline(['test', 'revenue']);
    assert.equal(run.stderr, 'The definitions have 1 error: see "plumbline check".\n');
    assert.match(run.stdout, /^ {6}There is no column "amuont" in orders\. Did you mean "amount"\?$/m);
    assert.equal(run.code, 1);
  });

  it('says that no row is in the group of an example, in each form', async () => {
    const named = folderOf({
      ...FILES,
      'shop.metrics.yaml': `plumbline: 1
sources:
  orders: { data: orders.csv, key: id, time: at }
segments:
  by_id: { source: orders, by: id }
metrics:
  orders:
    type: count
    source: orders
    examples:
      - { period: 2025-01, segment: by_id.nine, expect: 0 }
`,
    });
    const said = 'No row of the segment "by_id" is in the group "nine". Known are "1", "2", "3", "4".';
    const text = await named.plumbline(['test']);
    assert.match(text.stderr, new RegExp(`warning\\[missing-group\\]: ${said}`.replaceAll('.', '\\.')));
    assert.match(text.stderr, /shop\.metrics\.yaml:11:43/);
    const json = await named.plumbline(['test', '--format', 'json']);
    assert.equal(json.stderr, '');
    const document = JSON.parse(json.stdout);
    assert.deepEqual((await resultValidator('test'))(document), []);
    assert.deepEqual(
      document.problems.map(({ message }: { message: string }) => message),
      [said],
    );
  });
});

/** The attributes, and the order of elements, that https://github.com/windyroad/JUnit-Schema requires of a suite. */
function checkSuite({ name, attributes, children }: XmlElement): void {
  assert.equal(name, 'testsuite');
  const required = ['package', 'id', 'name', 'timestamp', 'hostname', 'tests', 'failures', 'errors', 'time'];
  assert.deepEqual(Object.keys(attributes).sort(), required.sort());
  assert.match(attributes.timestamp ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
  const order = children.map((child) => child.name);
  const cases = order.filter((each) => each === 'testcase');
  assert.deepEqual(order, ['properties', ...cases, 'system-out', 'system-err']);
  assert.equal(attributes.tests, String(cases.length));
  for (const testCase of children.filter((child) => child.name === 'testcase')) {
    assert.deepEqual(Object.keys(testCase.attributes).sort(), ['classname', 'name', 'time']);
    assert.ok(testCase.children.every((child) => /^(failure|error)$/.test(child.name)));
    for (const child of testCase.children)
      assert.deepEqual(Object.keys(child.attributes).sort(), ['message', 'type']);
  }
}
