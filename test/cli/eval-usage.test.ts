import assert from 'node:assert/strict';
import { folderOf } from './kit.ts';
import { SETTINGS, SHOP } from './shop.ts';

describe('plumbline eval called wrongly', () => {
  const folder = folderOf({ ...SHOP, 'empty/x.txt': '' });
  const cases: readonly (readonly [string, readonly string[], string])[] = [
    ['an unknown metric', ['revenu'], 'There is no metric "revenu". Did you mean "revenue"?\n'],
    ['a metric like no other', ['x'], 'There is no metric "x". Metrics: revenue, orders, b_share.\n'],
    [
      'an unknown key of --by',
      ['revenue', '--by', 'knd'],
      `--by: "knd" is neither a segment nor a column that these metrics have. Did you mean "kind"?
Segments: kind.
Columns of orders: id, at, amount, kind, shop_id.
`,
    ],
    [
      'an expression that cannot be read',
      ['--where', 'amount >'],
      `--where: The expression ends where a value is expected after ">".
  amount >
         ^
`,
    ],
    [
      'an unknown column in --where',
      ['revenue', '--where', "shop.cty = 'Ghent'"],
      `--where: There is no column "cty" in shops. Did you mean "city"? (for revenue)
  shop.cty = 'Ghent'
       ^^^
`,
    ],
    [
      'a column behind a link in --where',
      ['revenue', '--where', "city = 'Ghent'"],
      `--where: There is no column "city" in orders. Did you mean "shop.city"? (for revenue)
  city = 'Ghent'
  ^^^^
`,
    ],
    [
      'a --where that is no condition',
      ['revenue', '--where', 'amount'],
      `--where: A condition needs true or false, but the expression gives a whole number. (for revenue)
  amount
  ^^^^^^
`,
    ],
    [
      'a period that is none',
      ['--from', '2025-13'],
      '--from: "2025-13" is not a period. Write one as 2025, 2025-Q4, 2025-05, 2025-W05 or 2025-05-31.\n',
    ],
    [
      'a range that ends before it begins',
      ['--from', '2025-03', '--to', '2025-02'],
      '--from 2025-03 begins after --to 2025-02 ends.\n',
    ],
    ['a folder that is not there', ['--project', 'nope'], 'There is no folder nope.\n'],
  ];
  for (const [name, args, message] of cases) {
    it(`ends with 2 for ${name}`, async () => {
      const run = await folder.plumbline(['eval', ...args]);
      assert.equal(run.stderr, `error: ${message}Run "plumbline eval --help" to see what it takes.\n`);
      assert.deepEqual([run.code, run.stdout], [2, '']);
    });
  }

  it('marks what is wrong in --where behind wide characters and line breaks too', async () => {
    const run = await folder.plumbline(['eval', '--where', "kind = '売'\n or knd = 'a'"]);
    assert.match(run.stderr, /^ {2}kind = '売' {2}or knd = 'a'\n {18}\^\^\^$/m);
    assert.equal(run.code, 2);
  });

  it('ends with 2 where there is no project, and names those beneath the folder', async () => {
    const above = folderOf({ 'one/plumbline.yaml': SETTINGS, 'two/plumbline.yaml': SETTINGS });
    const run = await above.plumbline(['eval']);
    assert.match(
      run.stderr,
      /^error: There is no project in \.: .* There are projects beneath it: one, two\.\n$/,
    );
    assert.equal(run.code, 2);
  });

  it('ends with 2 for a grain that is none', async () => {
    const run = await folder.plumbline(['eval', '--grain', 'fortnight']);
    assert.match(run.stderr, /Allowed choices are day, week, month, quarter, year, all\.$/m);
    assert.equal(run.code, 2);
  });
});
