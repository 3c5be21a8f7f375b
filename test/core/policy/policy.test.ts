import assert from 'node:assert/strict';
import { parseDay } from '../../../server/src/core/base/period.ts';
import type { Problem } from '../../../server/src/core/base/problem.ts';
import { affectedMetrics } from '../../../server/src/core/diff/affected.ts';
import { projectFacts } from '../../../server/src/core/diff/project-facts.ts';
import { checkPolicy } from '../../../server/src/core/policy/check-policy.ts';
import { type ProjectCodeOwners, parseCodeOwners } from '../../../server/src/core/policy/code-owners.ts';
import { policyRules } from '../../../server/src/core/policy/rules/index.ts';
import { nameOf } from '../../../server/src/core/workspace/paths.ts';
import { compareFiles } from '../../kit/diff/compare-folders.ts';
import { testEngine } from '../../kit/engine.ts';

const SETTINGS = 'plumbline: 1\nas_of: 2025-03-31\n';
const ORDERS = 'id,at,amount,kind\n1,2025-01-05,10,a\n2,2025-02-06,30,b\n3,2025-02-07,1,a\n';
const BASE = `plumbline: 1
sources:
  orders: { data: orders.csv, key: id, time: at }
  carts: { data: orders.csv, key: id, time: at, version: 1 }
segments:
  kind: { source: orders, by: kind, version: 1 }
metrics:
  revenue: { type: sum, source: orders, value: amount, owner: finance, segments: [kind] }
  double: { type: formula, formula: revenue * 2, owner: sales }
  old: { type: count, source: orders, status: deprecated, deprecated: { since: 2025-01-01, remove_after: 2025-06-30 } }
  sketch: { type: count, source: orders, status: draft }
targets:
  more: { metric: revenue, at_least: 100, due: 2025-Q3 }
  always: { metric: revenue, at_least: 1, each: month }
`;

/** An edit of the project, and what is said of it: the rule and the marked characters. The day is 2025-06-15. */
interface Case {
  readonly what: string;
  readonly edit: readonly [string, string];
  readonly says: readonly string[];
  readonly settings?: string;
  /** The settings after, where they are others. */
  readonly settingsAfter?: string;
  readonly today?: string;
  readonly data?: string;
}

const ASK_FINANCE = 'owners-to-ask';

const CASES: readonly Case[] = [
  { what: 'nothing', edit: ['', ''], says: [] },
  { what: 'a label', edit: ['type: sum,', 'type: sum, label: Revenue,'], says: [] },
  {
    what: 'another spelling',
    edit: ['{ type: sum, source: orders,', '{ source: "orders", type: sum,'],
    says: [],
  },
  {
    what: 'a source that has no time any more, of which its metrics say nothing',
    edit: ['key: id, time: at }', 'key: id }'],
    says: [ASK_FINANCE, ASK_FINANCE],
  },
  {
    what: 'a condition without a version',
    edit: ['value: amount,', 'value: amount, where: amount > 5,'],
    says: ['change-needs-version: amount > 5', ASK_FINANCE, ASK_FINANCE],
  },
  {
    what: 'a condition with a version and no entry',
    edit: ['value: amount,', 'value: amount, where: amount > 5, version: 2,'],
    says: ['change-needs-note: 2', ASK_FINANCE, ASK_FINANCE],
  },
  {
    what: 'a condition with a version and an entry of another',
    edit: [
      'value: amount,',
      'value: amount, where: amount > 5, version: 3, changes: [{ version: 2, date: 2025-06-01, note: big }],',
    ],
    says: ['change-needs-note: 3', ASK_FINANCE, ASK_FINANCE],
  },
  {
    what: 'a condition with a version and its entry',
    edit: [
      'value: amount,',
      'value: amount, where: amount > 5, version: 2, changes: [{ version: 2, date: 2025-06-01, note: big }],',
    ],
    says: [ASK_FINANCE, ASK_FINANCE],
  },
  {
    what: 'another unit',
    edit: ['value: amount,', 'value: amount, unit: hours,'],
    says: ['change-needs-version: hours', ASK_FINANCE],
  },
  {
    what: 'another direction',
    edit: ['value: amount,', 'value: amount, better: lower,'],
    says: ['change-needs-version: lower', ASK_FINANCE],
  },
  {
    what: 'another grain',
    edit: ['value: amount,', 'value: amount, grain: quarter,'],
    says: ['change-needs-version: quarter', ASK_FINANCE],
  },
  {
    what: 'another name',
    edit: ['revenue', 'turnover'],
    says: ['change-needs-version: turnover', ASK_FINANCE],
  },
  {
    what: 'a condition with the version that it had',
    edit: ['value: amount,', 'value: amount, where: amount > 5, version: 1,'],
    says: ['change-needs-version: amount > 5', ASK_FINANCE, ASK_FINANCE],
  },
  {
    what: 'a source that carries a version',
    edit: ['time: at, version: 1', 'time: at, version: 1, where: amount > 5'],
    says: ['change-needs-version: amount > 5'],
  },
  {
    what: 'a source that carries a higher version and no entry',
    edit: ['time: at, version: 1', 'time: at, version: 2, where: amount > 5'],
    says: ['change-needs-note: 2'],
  },
  {
    what: 'a source that carries no version, and with it what rests on it',
    edit: ['time: at }', 'time: at, where: amount > 5 }'],
    says: [ASK_FINANCE, ASK_FINANCE],
  },
  {
    what: 'a draft',
    edit: [
      '{ type: count, source: orders, status: draft',
      '{ type: count, source: orders, where: amount > 5, status: draft',
    ],
    says: [],
  },
  {
    what: 'a deprecated metric',
    edit: ['old: { type: count,', 'old: { type: count, where: amount > 5,'],
    says: [],
  },
  {
    what: 'a new metric',
    edit: ['  sketch:', '  more_orders: { type: count, source: orders, owner: x }\n  sketch:'],
    says: [],
  },
  {
    what: 'a segment that carries a version',
    edit: ['by: kind, version: 1', 'by: upper(kind), version: 1'],
    says: ['change-needs-version: upper(kind)', ASK_FINANCE],
  },
  {
    what: 'a label of a segment',
    edit: ['by: kind, version: 1', 'by: kind, version: 1, label: Kinds'],
    says: [],
  },
  {
    what: 'a metric that is removed',
    edit: ['  double: { type: formula, formula: revenue * 2, owner: sales }\n', ''],
    says: ['removed-early: '],
  },
  {
    what: 'a draft that is removed',
    edit: ['  sketch: { type: count, source: orders, status: draft }\n', ''],
    says: [],
  },
  { what: 'a metric before its time', edit: [oldLine(), ''], says: ['removed-early: '] },
  { what: 'a metric on its last day', edit: [oldLine(), ''], says: ['removed-early: '], today: '2025-06-30' },
  { what: 'a metric after its time', edit: [oldLine(), ''], says: [], today: '2025-07-01' },
  { what: 'a goal before its period', edit: ['at_least: 100', 'at_least: 90'], says: [] },
  {
    what: 'a goal in its period',
    edit: ['at_least: 100', 'at_least: 90'],
    says: ['target-moved: 90'],
    today: '2025-07-01',
  },
  {
    what: 'a lower goal under another name, in its period',
    edit: ['more: { metric: revenue, at_least: 100,', 'most: { metric: revenue, at_least: 90,'],
    says: ['target-moved: '],
    today: '2025-07-01',
  },
  {
    what: 'another name of a goal, in its period',
    edit: ['more: { metric: revenue', 'most: { metric: revenue'],
    says: [],
    today: '2025-07-01',
  },
  {
    what: 'a goal that is taken away on the last day of its period',
    edit: ['  more: { metric: revenue, at_least: 100, due: 2025-Q3 }\n', ''],
    says: ['target-moved: '],
    today: '2025-09-30',
  },
  {
    what: 'a goal that is taken away when its period is over',
    edit: ['  more: { metric: revenue, at_least: 100, due: 2025-Q3 }\n', ''],
    says: [],
    today: '2025-10-01',
  },
  {
    what: 'a goal that is taken away before its period begins',
    edit: ['  more: { metric: revenue, at_least: 100, due: 2025-Q3 }\n', ''],
    says: [],
  },
  {
    what: 'a goal of every month that ends',
    edit: ['  always: { metric: revenue, at_least: 1, each: month }\n', ''],
    says: [],
  },
  {
    what: 'a goal of every month in whose place another is put',
    edit: ['always: { metric: revenue, at_least: 1,', 'often: { metric: revenue, at_least: 0.5,'],
    says: ['target-moved: '],
  },
  { what: 'a goal of every month', edit: ['at_least: 1,', 'at_least: 2,'], says: ['target-moved: 2'] },
  {
    what: 'a value that moves more than is let pass',
    edit: ['value: amount,', 'value: amount, where: amount > 5,'],
    settings: 'policy: { note_above: 3% }\nrules: { owners-to-ask: off, change-needs-version: off }\n',
    // 31 in February become 30: 1 of 31 is 3.2 %.
    says: ['move-needs-note: amount > 5', 'move-needs-note: amount > 5'],
  },
  {
    what: 'a value that moves less',
    edit: ['value: amount,', 'value: amount, where: amount > 5,'],
    settings: 'policy: { note_above: 4% }\nrules: { owners-to-ask: off, change-needs-version: off }\n',
    says: [],
  },
  {
    what: 'a value of a period long past that moves, where a group of it moves more',
    edit: ['value: amount,', 'value: amount, where: id <> 9,'],
    settings: 'policy: { note_above: 3% }\nrules: { owners-to-ask: off, change-needs-version: off }\n',
    data: `${ORDERS}8,2024-05-04,1000,a\n9,2024-05-05,50,b\n`,
    // 1,050 in May become 1,000: 4.8 %. The group b loses all that it had.
    says: ['move-needs-note: id <> 9', 'move-needs-note: id <> 9'],
  },
  {
    what: 'a value that moves and is explained',
    edit: [
      'value: amount,',
      'value: amount, where: amount > 5, version: 2, changes: [{ version: 2, date: 2025-06-01, note: big }],',
    ],
    settings: 'policy: { note_above: 3% }\nrules: { owners-to-ask: off }\n',
    says: [],
  },
  {
    what: 'a change that switches off the rule that it breaks',
    edit: ['value: amount,', 'value: amount, unit: hours,'],
    settings: 'rules: { owners-to-ask: off }\n',
    settingsAfter: 'rules: { owners-to-ask: off, change-needs-version: off }\n',
    says: ['change-needs-version: hours'],
  },
];

function oldLine(): string {
  return (
    BASE.split('\n')
      .find((line) => line.startsWith('  old:'))
      ?.concat('\n') ?? ''
  );
}

describe('the change policy', () => {
  const engine = testEngine();

  for (const {
    what,
    edit,
    says,
    settings = '',
    settingsAfter = settings,
    today = '2025-06-15',
    data = ORDERS,
  } of CASES) {
    it(`judges ${what}`, async () => {
      const [from, to] = edit;
      assert.ok(BASE.includes(from));
      const text = BASE.replaceAll(from, to);
      const before = {
        'plumbline.yaml': `${SETTINGS}${settings}`,
        'orders.csv': data,
        'a.metrics.yaml': BASE,
      };
      const after = { ...before, 'plumbline.yaml': `${SETTINGS}${settingsAfter}`, 'a.metrics.yaml': text };
      const problems = await policyOf(before, after, today);
      const told = problems.map(({ code, span }) =>
        code === ASK_FINANCE ? code : `${code}: ${text.slice(span.start, span.end)}`,
      );
      assert.deepEqual(told.toSorted(), [...says].toSorted());
    });
  }

  it('has a case in which each rule speaks', () => {
    const spoken = new Set(CASES.flatMap(({ says }) => says.map((one) => one.split(':')[0])));
    for (const { id } of policyRules) assert.ok(spoken.has(id), id);
  });

  it('names the owners of all that a change can move, with what they own', async () => {
    const before = { 'plumbline.yaml': SETTINGS, 'orders.csv': ORDERS, 'a.metrics.yaml': BASE };
    const after = {
      ...before,
      'a.metrics.yaml': BASE.replace('value: amount,', 'value: amount, where: amount > 5,'),
    };
    const asks = (await policyOf(before, after, '2025-06-15')).filter(({ code }) => code === ASK_FINANCE);
    assert.deepEqual(
      asks.map(({ message, severity }) => [severity, message]),
      [
        ['info', 'Ask finance, who owns what this change can move: revenue.'],
        ['info', 'Ask sales, who owns what this change can move: double.'],
      ],
    );
  });

  describe('with a CODEOWNERS', () => {
    const OWNERS = '* @everyone\n/metrics/ @acme/metrics docs@example.com\n/metrics/b.metrics.yaml\n';
    const codeOwners = { owners: parseCodeOwners(OWNERS, 'CODEOWNERS'), folder: 'metrics' };
    const ours = 'metrics:\n  more: { type: count, source: orders, where: amount > 1 }\n';
    const files = {
      'plumbline.yaml': SETTINGS,
      'orders.csv': ORDERS,
      'a.metrics.yaml': BASE,
      'b.metrics.yaml': `plumbline: 1\n${ours}`,
      'c.metrics.yaml': `plumbline: 1\n${ours.replace('more', 'most')}`,
    };
    const asked = async (edits: Readonly<Record<string, string | undefined>>) => {
      const after = Object.fromEntries(
        Object.entries({ ...files, ...edits }).flatMap(([name, text]) =>
          text === undefined ? [] : [[name, text]],
        ),
      );
      const problems = await policyOf(files, after, '2025-06-15', codeOwners);
      return problems
        .filter(({ code, message }) => code === ASK_FINANCE && message.includes('CODEOWNERS'))
        .map(({ message, file, span }) => [message, (after[nameOf(file)] ?? '').slice(span.start, span.end)]);
    };
    const says = (named: string): string =>
      `Ask @acme/metrics, docs@example.com: CODEOWNERS names them for ${named}, where definitions changed.`;

    it('names the owners of the file in which a definition changed, at the change', async () => {
      const edits = { 'a.metrics.yaml': BASE.replace('value: amount,', 'value: amount, where: amount > 5,') };
      assert.deepEqual(await asked(edits), [[says('metrics/a.metrics.yaml'), 'amount > 5']]);
    });

    it('says the same of several files once', async () => {
      const edits = {
        'a.metrics.yaml': BASE.replace('value: amount,', 'value: amount, where: amount > 5,'),
        'c.metrics.yaml': files['c.metrics.yaml'].replace('> 1', '> 2'),
      };
      const [[message] = [], ...more] = await asked(edits);
      assert.match(message ?? '', /metrics\/[ac]\.metrics\.yaml, metrics\/[ac]\.metrics\.yaml,/);
      assert.deepEqual(more, []);
    });

    it('asks nobody where the last pattern names nobody, and nobody because of looks', async () => {
      const edits = {
        'a.metrics.yaml': BASE.replace('type: sum,', 'type: sum, label: Revenue,'),
        'b.metrics.yaml': files['b.metrics.yaml'].replace('> 1', '> 2'),
      };
      assert.deepEqual(await asked(edits), []);
    });

    it('asks about a definition that is gone with its file, and about one that moved on, in both files', async () => {
      assert.deepEqual(await asked({ 'c.metrics.yaml': undefined }), [[says('metrics/c.metrics.yaml'), '']]);
      const moved = `plumbline: 1\n${ours.replace('more', 'most').replace('> 1', '> 2')}`;
      assert.deepEqual(await asked({ 'c.metrics.yaml': undefined, 'd.metrics.yaml': moved }), [
        [says('metrics/c.metrics.yaml, metrics/d.metrics.yaml'), 'amount > 2'],
      ]);
    });
  });

  async function policyOf(
    before: Readonly<Record<string, string>>,
    after: Readonly<Record<string, string>>,
    today: string,
    codeOwners?: ProjectCodeOwners,
  ): Promise<readonly Problem[]> {
    return compareFiles(engine, before, after, (compared, old, now) => {
      const known = projectFacts(old, now);
      const affected = affectedMetrics(old, now, known, new Set());
      return checkPolicy({
        before: old,
        after: now,
        known,
        affected,
        effects: compared.metrics,
        codeOwners,
        today: parseDay(today) ?? Number.NaN,
      });
    });
  }
});
