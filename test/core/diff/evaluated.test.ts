import assert from 'node:assert/strict';
import type { DiffCounts } from '../../../server/src/core/diff/project-diff.ts';
import { openVersion } from '../../../server/src/core/diff-versions/version.ts';
import { diffVersions } from '../../../server/src/core/diff-versions.ts';
import { kinds } from '../../../server/src/core/kinds/index.ts';
import type { QueryEngine } from '../../../server/src/core/ports.ts';
import { folderVersion } from '../../../server/src/hosts/folder-version.ts';
import { createNodeFileSystem } from '../../../server/src/hosts/node-file-system.ts';
import { compareFiles } from '../../kit/diff/compare-folders.ts';
import { testEngine } from '../../kit/engine.ts';
import { withFolder } from '../../kit/reference/run.ts';

type Files = Readonly<Record<string, string>>;

const ROWS = ['1,2025-01-05,10,a', '2,2025-02-06,30,b', '3,2025-02-07,20,a', '4,2025-03-08,15,b'];

/** Half of so many metrics count orders, each in a way of its own, the other half visits; five orders by their kind, and one rests on another. */
function projectOf(metrics: number): Files {
  const half = Array.from({ length: metrics / 2 }, (_, nth) => nth);
  const lines = half.flatMap((nth) => [
    `  orders_${nth}: { type: count, source: orders, where: amount > ${nth}${nth < 5 ? ', segments: [kind]' : ''} }`,
    `  visits_${nth}: { type: sum, source: visits, value: amount + ${nth} }`,
  ]);
  const table = `id,at,amount,kind\n${ROWS.join('\n')}\n`;
  return {
    'plumbline.yaml': 'plumbline: 1\nas_of: 2025-03-31\n',
    'orders.csv': table,
    'visits.csv': table,
    'a.metrics.yaml': `plumbline: 1
sources:
  orders: { data: orders.csv, key: id, time: at }
  visits: { data: visits.csv, key: id, time: at }
segments:
  kind: { source: orders, groups: { all_a: kind = 'a' } }
metrics:
${lines.join('\n')}
  share: { type: ratio, numerator: orders_9, denominator: orders_0 }
`,
  };
}

/** What an engine was asked: the tables of each load, and the statements. */
interface Asked {
  readonly loads: (readonly string[])[];
  readonly statements: string[];
}

function watched(engine: QueryEngine, asked: Asked): QueryEngine {
  return {
    dialect: engine.dialect,
    load(tables, options) {
      asked.loads.push(tables.map(({ table }) => table));
      return engine.load(tables, options);
    },
    run(sql, options) {
      asked.statements.push(sql);
      return engine.run(sql, options);
    },
    dispose: () => engine.dispose(),
  };
}

interface Case {
  readonly what: string;
  readonly change: (files: Files) => Files;
  readonly evaluated: number;
  /** The tables of each load. */
  readonly loads: readonly (readonly string[])[];
}

function edited(from: string, to: string): Case['change'] {
  return (files) => {
    const text = files['a.metrics.yaml'] ?? '';
    assert.ok(text.includes(from));
    return { ...files, 'a.metrics.yaml': text.replace(from, to) };
  };
}

const CASES: readonly Case[] = [
  {
    what: 'a metric that nothing rests on',
    change: edited('where: amount > 8 }', 'where: amount > 18 }'),
    evaluated: 1,
    loads: [['orders'], ['orders']],
  },
  {
    what: 'a metric with another that rests on it',
    change: edited('where: amount > 9 }', 'where: amount > 19 }'),
    evaluated: 2,
    loads: [['orders'], ['orders']],
  },
  {
    what: 'a segment of five metrics',
    change: edited("all_a: kind = 'a'", "all_a: kind <> 'a'"),
    evaluated: 5,
    loads: [['orders'], ['orders']],
  },
  {
    what: 'a label',
    change: edited('orders_8: { type: count,', 'orders_8: { type: count, label: Eight,'),
    evaluated: 0,
    loads: [],
  },
];

describe('what a comparison asks the engine', () => {
  const engine = testEngine();

  async function askedFor(before: Files, after: Files): Promise<Asked & { readonly counts: DiffCounts }> {
    const asked: Asked = { loads: [], statements: [] };
    const { counts } = await compareFiles(watched(engine, asked), before, after, (diff) => diff);
    return { ...asked, counts };
  }

  for (const { what, change, evaluated, loads } of CASES) {
    it(`is about ${evaluated} metrics where ${what} changes, however many there are`, async () => {
      const [few, many] = [projectOf(40), projectOf(400)];
      const [little, much] = [await askedFor(few, change(few)), await askedFor(many, change(many))];
      assert.deepEqual([little.counts.metrics, much.counts.metrics], [41, 401]);
      assert.deepEqual([little.counts.evaluated, much.counts.evaluated], [evaluated, evaluated]);
      assert.deepEqual(much.loads, loads);
      // Statement by statement the same: none of them has to do with the other metrics.
      assert.deepEqual(much.statements, little.statements);
      assert.equal(much.statements.length > 0, evaluated > 0);
    });
  }

  it('is about the data that changed, where only data did', async () => {
    const before = projectOf(40);
    const after = { ...before, 'visits.csv': `${before['visits.csv']}5,2025-03-09,25,a\n` };
    const { counts, loads, statements } = await askedFor(before, after);
    assert.equal(counts.evaluated, 20);
    assert.deepEqual(loads, [['visits'], ['visits']]);
    assert.ok(statements.every((sql) => !/\borders\b/.test(sql)));
  });

  it('has each file of data read once for its bytes, however many sources read it', async () => {
    const files = projectOf(40);
    const text = files['a.metrics.yaml']?.replaceAll('visits.csv', 'orders.csv') ?? '';
    const read: string[] = [];
    await withFolder({ ...files, 'a.metrics.yaml': text }, async (folder) => {
      const version = folderVersion(createNodeFileSystem(), folder);
      const fingerprint = (file: string): Promise<string | undefined> => {
        read.push(file);
        return version.fingerprint(file);
      };
      const open = await openVersion({ ...version, fingerprint }, kinds);
      assert.equal(open.checked.project.sources.size, 2);
      await diffVersions(open, open, { kinds, engine });
    });
    assert.equal(read.length, 2);
    assert.equal(new Set(read).size, 1);
  });
});
