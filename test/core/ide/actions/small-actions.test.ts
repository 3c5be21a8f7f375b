import assert from 'node:assert/strict';
import { parseDay, periodAt } from '../../../../server/src/core/base/period.ts';
import type { MetricResult } from '../../../../server/src/core/evaluate/evaluate.ts';
import type { ColumnProfile, Numbers } from '../../../../server/src/core/evaluate/numbers.ts';
import type { ExampleResult } from '../../../../server/src/core/evaluate/run-examples.ts';
import { fixAll } from '../../../../server/src/core/ide/actions/fix-all.ts';
import { ideFixture } from '../../../kit/ide.ts';
import { present } from '../../../kit/present.ts';
import { actionsIn, afterAction, applied, textAfter, titlesIn } from './kit.ts';

const known = <T>(value: T, stale = false): { readonly value: T; readonly stale: boolean } => ({
  value,
  stale,
});

/** A metric whose headline is a value of June 2025. */
function headline(value: number | null): MetricResult {
  const estimate = { value, n: 1, low: null, high: null };
  const asOf = parseDay('2025-06-30') ?? 0;
  const total = {
    grain: 'month',
    periods: [periodAt('month', asOf)],
    asOf,
    groups: [[]],
    at: () => estimate,
    offScale: 0,
  } as const;
  return { total } as unknown as MetricResult;
}

const DATA = {
  'data/orders.csv': 'order_id,ordered_on,plan,Net amount\n1,2025-01-01,team,2\n',
  'sources.metrics.yaml':
    'plumbline: 1\nsources:\n  orders: { owner: sales, data: data/orders.csv, time: ordered_on }\n',
};

describe('ide: fixes of rules', () => {
  it('are offered at their problem, with the words of the rule', async () => {
    const { actions } = await actionsIn({
      ...DATA,
      'a.metrics.yaml': 'plumbline: 1\nmetrics:\n  a: { type: count, source: or┆der }\n',
    });
    const fix = present(actions.find(({ title }) => title === 'Change to "orders"'));
    assert.equal(fix.kind, 'quickfix');
    assert.equal(fix.fixes?.code, 'unknown-name');
    assert.equal(fix.preferred, false);
  });

  it('are left out where other kinds are asked for', async () => {
    const text = {
      ...DATA,
      'a.metrics.yaml': 'plumbline: 1\nmetrics:\n  a: { type: count, source: or┆der }\n',
    };
    assert.deepEqual(await titlesIn(text, undefined, ['refactor']), []);
    assert.ok((await titlesIn(text, undefined, ['quickfix'])).length > 0);
  });

  it('that are sure are made all at once', async () => {
    const { context, file, texts } = await ideFixture({
      ...DATA,
      'a.metrics.yaml': `plumbline: 1
metrics:
  a: { type: share, source: orders, matching: plan in ('a', 'b'), benchmarks: [{ value: 42, citation: X }, { value: 7, citation: Y }] }
  b: { type: share, source: orders, matching: true, benchmarks: [{ value: 42, citation: X }, { value: 7, citation: Y }] }
┆`,
    });
    const action = present(fixAll(context, [file]));
    const after = applied(Object.fromEntries(texts), action.edits)['a.metrics.yaml'] ?? '';
    assert.match(after, /matching: "plan in \('a', 'b'\)"/);
    assert.match(
      after,
      /matching: true, benchmarks: \[\{ value: 42%, citation: X \}, \{ value: 7%, citation: Y \}\]/,
    );
  });
});

describe('ide: add missing keys', () => {
  it('writes those that the type needs, with values near at hand', async () => {
    const text = {
      ...DATA,
      'a.metrics.yaml': 'plumbline: 1\nmetrics:\n  a:\n    type: perc┆entile\n    source: orders\n',
    };
    const result = await afterAction(text, 'Add the missing keys "value", "p"');
    assert.match(result['a.metrics.yaml'] ?? '', /source: orders\n {4}value: \w+\n {4}p: 0.9\n$/);
  });

  it('writes them into a map that is still to be written', async () => {
    const text = {
      ...DATA,
      'a.metrics.yaml': 'plumbline: 1\nmetrics: { m: { type: count, source: orders } }\ntargets:\n  go┆al:\n',
    };
    const result = await afterAction(text, 'Add the missing keys');
    assert.match(
      result['a.metrics.yaml'] ?? '',
      /targets:\n {2}goal:\n {4}metric: m\n {4}at_least: 0\n {4}due: 2025-Q3\n$/,
    );
  });

  it('looks at the innermost map that lacks some', async () => {
    const text = 'plumbline: 1\nsources:\n  a: { data: a.csv, links: { b: { to┆: a } } }\n';
    assert.match(await textAfter(text, 'Add the missing key "using"'), /b: \{ to: a, using: id \}/);
  });
});

describe('ide: an example from the current value', () => {
  const text =
    "plumbline: 1\nmetrics:\n  a┆:\n    type: share\n    source: orders\n    matching: plan = 'team'\n";
  const files = { ...DATA, 'a.metrics.yaml': text };

  it("writes period and value with the metric's decimals", async () => {
    const write = async (metric: string, numbers: Partial<Numbers>): Promise<string> =>
      (await afterAction({ ...DATA, 'a.metrics.yaml': metric }, 'Write an example', numbers))[
        'a.metrics.yaml'
      ] ?? '';
    const third = { metric: () => known(headline(1 / 3)) };
    assert.match(await write(text, third), /\n {4}examples:\n {6}- period: 2025-06\n {8}expect: 33\.3%\n$/);
    assert.match(await write(`${text}    decimals: 0\n    unit: ratio\n`, third), /expect: 0\n$/);
    assert.match(await write(text, { metric: () => known(headline(null)) }), /expect: null\n$/);
    const more = `${text}    examples:\n      - { period: 2025-05, expect: 1% }\n`;
    assert.match(await write(more, third), /expect: 1% \}\n {6}- period: 2025-06\n {8}expect: 33\.3%\n$/);
  });

  it('waits for a value that is not known, or is of an earlier text', async () => {
    for (const metric of [() => undefined, () => known(headline(1), true)]) {
      const { actions } = await actionsIn(files, { metric });
      const action = present(actions.find(({ title }) => title.startsWith('Write an example')));
      assert.deepEqual([action.edits, action.needs], [[], [{ kind: 'metric', name: 'a' }]]);
    }
  });

  it('is not offered where nothing is evaluated, or the period has one', async () => {
    assert.ok(!(await titlesIn(files)).some((title) => title.startsWith('Write an example')));
    const has = { ...DATA, 'a.metrics.yaml': `${text}    examples: [{ period: 2025-06, expect: 1% }]\n` };
    const titles = await titlesIn(has, { metric: () => known(headline(1)) });
    assert.ok(!titles.some((title) => title.startsWith('Write an example')));
  });
});

describe('ide: a failing example', () => {
  it('expects the computed value, to the decimals that are written', async () => {
    const text =
      'plumbline: 1\nmetrics:\n  a:\n    type: count\n    source: orders\n    examples:\n      - expect: 3.┆00 # so far\n        period: 2025\n';
    const result = {
      passed: false,
      computed: { value: 2.5, n: 1, low: null, high: null },
    } as unknown as ExampleResult;
    const numbers = { example: () => known(result) };
    const files = { ...DATA, 'a.metrics.yaml': text };
    const after = await afterAction(files, 'Expect the computed value 2.50', numbers);
    assert.match(after['a.metrics.yaml'] ?? '', /- expect: 2\.50 # so far\n/);
    const passing = { example: () => known({ ...result, passed: true }) };
    assert.ok(!(await titlesIn(files, passing)).some((title) => title.startsWith('Expect')));
  });
});

describe('ide: declare columns', () => {
  const profile: ColumnProfile = {
    type: 'integer',
    rows: 9,
    nulls: 1,
    distinct: 9,
    low: '1',
    high: '9',
    top: [],
    bins: [],
  };
  const profiles: Readonly<Record<string, ColumnProfile>> = {
    order_id: { ...profile, nulls: 0 },
    plan: {
      ...profile,
      type: 'text',
      distinct: 2,
      top: [
        { value: 'team', rows: 5 },
        { value: 'a, b', rows: 3 },
      ],
    },
    'Net amount': { ...profile, type: 'number' },
  };
  const numbers: Partial<Numbers> = {
    column: (_, name) => (profiles[name] === undefined ? undefined : known(profiles[name])),
  };
  const text = 'plumbline: 1\nsources:\n  or┆ders:\n    data: data/orders.csv\n    time: ordered_on\n';
  const files = { 'data/orders.csv': DATA['data/orders.csv'], 'a.metrics.yaml': text };

  it('writes types, a few values, and what is never empty', async () => {
    const all = {
      column: (source: string, name: string) =>
        numbers.column?.(source, name) ?? known({ ...profile, type: 'date' as const }),
    };
    const after = await afterAction(files, 'Declare the columns', all);
    assert.match(
      after['a.metrics.yaml'] ?? '',
      /time: ordered_on\n {4}columns:\n {6}order_id: \{ type: integer, required: true \}\n {6}ordered_on: \{ type: date \}\n {6}plan: \{ type: text, values: \["a, b", team\] \}\n {6}Net amount: \{ type: number \}\n$/,
    );
  });

  it('adds those that are not declared yet, and says which numbers are missing', async () => {
    const some = {
      ...files,
      'a.metrics.yaml': `${text}    columns:\n      order_id: {}\n      ordered_on: { type: date }\n`,
    };
    const after = await afterAction(some, 'Declare the 2 other columns', numbers);
    assert.match(
      after['a.metrics.yaml'] ?? '',
      /ordered_on: \{ type: date \}\n {6}plan: .*\n {6}Net amount: .*\n$/,
    );
    const { actions } = await actionsIn(files, numbers);
    const action = present(actions.find(({ title }) => title.startsWith('Declare')));
    assert.deepEqual(action.needs, [{ kind: 'column', source: 'orders', column: 'ordered_on' }]);
  });
});

describe('ide: raise the version', () => {
  const raised = (fields: string): Promise<string> =>
    textAfter(`plumbline: 1\nmetrics:\n  a┆:\n    type: count\n    source: s\n${fields}`, 'Raise to version');

  it('writes version and changes with the day of the caller', async () => {
    assert.match(
      await raised('    examples: []\n'),
      /source: s\n {4}version: 2\n {4}changes:\n {6}- \{ version: 2, date: 2025-07-14, note: Say what changed\. \}\n {4}examples: \[\]\n$/,
    );
  });

  it('goes on from what is there', async () => {
    assert.match(
      await raised(
        '    version: 3 # third\n    changes:\n      - { version: 2, note: a }\n      - { version: 3, note: b }\n',
      ),
      /version: 4 # third\n {4}changes:\n {6}- \{ version: 2, note: a \}\n {6}- \{ version: 3, note: b \}\n {6}- \{ version: 4, .*\n$/,
    );
    assert.match(
      await raised('    changes: []\n'),
      /source: s\n {4}changes: \[\{ version: 2.*\]\n {4}version: 2\n$/,
    );
  });
});

describe('ide: silence a rule', () => {
  it('writes the comment above the definition, at its indentation', async () => {
    const text = 'plumbline: 1\nmetrics:\n  # About a.\n  a: { type: count, source: no┆ne }\n';
    assert.equal(
      await textAfter(text, 'Ignore "unknown-name" for "a"'),
      'plumbline: 1\nmetrics:\n  # About a.\n  # plumbline-ignore unknown-name: say why here\n  a: { type: count, source: none }\n',
    );
  });

  it('is not offered where no comment can stand above, or for broken text', async () => {
    const flow = 'plumbline: 1\nmetrics: { a: { type: count, source: no┆ne } }\n';
    const broken = 'plumbline: 1\nmetrics:\n  a: { type: count, source: "no┆ne\n';
    for (const text of [flow, broken])
      assert.deepEqual(
        (await titlesIn(text)).filter((title) => title.startsWith('Ignore')),
        [],
      );
  });
});

describe('ide: an owner and a reason', () => {
  it('are added where a rule asks for them', async () => {
    const files = {
      ...DATA,
      'plumbline.yaml': 'plumbline: 1\nrules: { metric-needs-owner: error }\n',
      'a.metrics.yaml': 'plumbline: 1\nmetrics:\n  a┆: { type: count, source: orders, decimals: 0 }\n',
    };
    const owned = await afterAction(files, 'Add "owner: sales"');
    assert.match(
      owned['a.metrics.yaml'] ?? '',
      /a: \{ type: count, source: orders, owner: sales, decimals: 0 \}/,
    );
    assert.ok(
      !(await titlesIn({ ...files, 'plumbline.yaml': 'plumbline: 1\n' })).some((title) =>
        title.includes('owner'),
      ),
    );
    const target = 'plumbline: 1\ntargets:\n  g┆: { metric: a, at_least: 1, due: 2025-Q4, tolerance: 1 }\n';
    assert.match(
      await textAfter(target, 'Add "why"'),
      /due: 2025-Q4, why: Say what depends on it\., tolerance: 1 \}/,
    );
  });
});

describe('ide: rewrite', () => {
  const block =
    'plumbline: 1\nmetrics:\n  a:\n    type: count\n    source: s\n    where:\n      - a = 1\n      - "b, c"\n';
  const flow = 'plumbline: 1\nmetrics:\n  a: { type: count, source: s, where: [a = 1, "b, c"] }\n';

  it('a definition on one line or several', async () => {
    assert.equal(await textAfter(block.replace('a:', '┆a:'), 'Write on one line'), flow);
    assert.equal(
      await textAfter(flow.replace('a:', '┆a:'), 'Write over several lines'),
      block.replace('\n      - a = 1\n      - "b, c"', ' [a = 1, "b, c"]'),
    );
  });

  it('not where comments would lose their place, or the line would be too long', async () => {
    const commented = block.replace('a:', '┆a:').replace('source: s', 'source: s # all');
    const long = block.replace('a:', '┆a:').replace('a = 1', `a = ${'1'.repeat(100)}`);
    for (const text of [commented, long])
      assert.ok(!(await titlesIn(text)).some((title) => title.startsWith('Write')), text);
  });

  it('an expression with and without quotes', async () => {
    const text = (value: string): string =>
      `plumbline: 1\nmetrics:\n  a: { type: count, source: s, where: ┆${value} }\n`;
    const bare = (value: string): string => text(value).replace('┆', '');
    assert.equal(await textAfter(text("b = 'x'"), 'Quote the expression'), bare(`"b = 'x'"`));
    assert.equal(await textAfter(text(`"b = 'x'"`), 'Remove the quotes'), bare("b = 'x'"));
    assert.equal(await textAfter(text('b = "x"'), 'Quote the expression'), bare(`'b = "x"'`));
    assert.ok(
      !(await titlesIn(text('"b in (1, 2)"'))).some((title) => title.startsWith('Remove the quotes')),
    );
  });
});

describe('ide: actions on half-typed text', () => {
  it('never throw', async () => {
    const text = `plumbline: 1
sources: { s: { data: a.csv, columns: { x: { type: number } } } }
metrics:
  a: { type: ratio, numerator: { type: count, source: s, where: [x > 1, "y" } }
  b:
    type: count
    where:
      - x
    changes: [{ version: 1 }]
`;
    for (let end = 0; end <= text.length; end++) {
      await actionsIn(`${text.slice(0, end)}┆`);
      await actionsIn(`${text.slice(0, end)}┆${text.slice(end)}`);
    }
  });
});
