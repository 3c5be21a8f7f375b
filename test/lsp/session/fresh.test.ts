import assert from 'node:assert/strict';
import { testEngine } from '../../kit/engine.ts';
import { sessionOf } from '../../kit/session.ts';
import { shownOf } from '../../kit/shown.ts';
import { createWorkspace } from '../workspace.ts';

const ORDERS = `plumbline: 1
sources:
  orders: { data: orders.csv, time: at }
metrics:
  orders: { type: count, source: orders }
`;

/** The texts of two documents, one after the other: what is said of the second rests on the first only by a detour. */
const CASES: Readonly<Record<string, { one: readonly string[]; other: string }>> = {
  'a name comes that is near to one that is not there': {
    one: [
      ORDERS,
      `${ORDERS}  revenue: { type: sum, source: orders, value: amount }\n`,
      `${ORDERS}  revenu: { type: sum, source: orders, value: amount }\n`,
    ],
    other: `plumbline: 1
metrics:
  double: { type: formula, formula: reveneu * 2 }
  part: { type: ratio, numerator: reveneu, denominator: orders }
targets:
  more: { metric: reveneu, at_least: 5, due: 2025-12 }
`,
  },
  'a name that is not there is lost in broken YAML': {
    one: [ORDERS, `${ORDERS}  lost:\n    revenue: 1\n    segments: [&\n`, ORDERS],
    other: `plumbline: 1
metrics:
  double: { type: formula, formula: revenue * 2 }
  part: { type: ratio, numerator: revenue, denominator: orders }
`,
  },
  'names change their places': {
    one: [
      `${ORDERS}  revenue: { type: sum, source: orders, value: amount }\n`,
      ORDERS.replace('metrics:', 'metrics:\n  revenue: { type: sum, source: orders, value: amount }'),
    ],
    other: `plumbline: 1
metrics:
  double: { type: formula, formula: something_else * 2 }
`,
  },
  'a metric with a time of its own takes the place of one of its name': {
    one: [
      `${ORDERS}  twice: { type: count, source: orders }\n`,
      `${ORDERS}  thrice: { type: count, source: orders }\n`,
      `${ORDERS}  twice: { type: count, source: orders }\n`,
    ],
    other: `plumbline: 1
metrics:
  twice: { type: count, source: orders, time: paid }
  all: { type: count, source: orders }
`,
  },
};

const MORE = `plumbline: 1
metrics:
  all: { type: count, source: orders }
  large: { type: count, source: orders, where: amount > 5 }
`;

/** The texts of one document, one after the other: little is different between them, and it matters. */
const EDITS: Readonly<Record<string, readonly string[]>> = {
  'broken YAML moves to where it is in the way': [
    [5, 4],
    [6, 3],
    [5, 4],
  ].map(
    ([column = 0, key = 0]) => `plumbline: 1
sources:
  orders:
    data: orders.csv
    columns:
      amount: { type: number }
${' '.repeat(column)}name: { type: text }
${' '.repeat(key)}time: at
`,
  ),
  'a null is put into quotes': ['null', "'null'", 'null'].map(
    (given) => `${ORDERS}  nameless:
    type: count
    source: orders
    where: name is null
    examples: [{ given: { orders: [{ at: 2025-01-02, name: ${given} }] }, period: 2025-01, expect: 1 }]
`,
  ),
  'a comment cuts an expression': [``, ` # b'`, ` # b`].map(
    (comment) => `${ORDERS}  cut:
    type: count
    source: orders
    where: paid = 'a${comment}
`,
  ),
};

describe('a session whose text is edited', () => {
  const engine = testEngine();

  const cases = [
    ...Object.entries(CASES),
    ...Object.entries(EDITS).map(([title, one]) => [title, { one, other: MORE }] as const),
  ];
  for (const [title, { one, other }] of cases) {
    it(`shows what a fresh one shows when ${title}`, async () => {
      const workspace = await createWorkspace({
        'plumbline.yaml': '',
        'orders.csv': 'at,paid,amount,name\n2025-01-02,2025-03-04,5,a\n2025-02-03,2025-02-28,6,b\n',
        'a.metrics.yaml': one[0] ?? '',
        'b.metrics.yaml': other,
      });
      const [a, b] = ['a', 'b'].map((name) => `${workspace.folder}/${name}.metrics.yaml`);
      assert.ok(a !== undefined && b !== undefined);
      const living = sessionOf(workspace.folder, engine);
      try {
        living.session.setText(b, other);
        for (const text of one) {
          living.session.setText(a, text);
          const fresh = sessionOf(workspace.folder, engine);
          fresh.session.setText(b, other);
          fresh.session.setText(a, text);
          assert.deepEqual(await shownOf(living.session), await shownOf(fresh.session), text);
          await fresh.session.dispose();
          assert.deepEqual([...living.errors, ...fresh.errors], []);
        }
      } finally {
        await living.session.dispose();
        await workspace.end();
      }
    });
  }
});
