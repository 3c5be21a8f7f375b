import assert from 'node:assert/strict';
import { parseDay, periodsBetween } from '../../../server/src/core/base/period.ts';
import type { MetricResult } from '../../../server/src/core/evaluate/evaluate.ts';
import { type ProjectTree, projectTree } from '../../../server/src/core/ide/project-tree.ts';
import { type IdeFixture, ideFixture } from '../../kit/ide.ts';
import { present } from '../../kit/present.ts';

const FILES = {
  'plumbline.yaml': 'plumbline: 1\nname: shop\ncurrency: EUR\n',
  'a.metrics.yaml': `plumbline: 1
sources:
  orders: { data: orders.csv, time: at, label: All orders }
segments:
  channel: { by: { orders: channel } }
metrics:
  revenue: { type: sum, source: orders, value: amount, unit: currency, owner: sales, tags: [board], description: Money. }
  orders: { type: count, source: orders }
`,
  'more/b.metrics.yaml': `plumbline: 1
defaults: { owner: cx }
metrics:
  old: { type: count, source: orders, status: deprecated }
targets:
  goal: { metric: revenue, at_least: 1, due: 2025 }
journeys:
  buying:
    segment: channel
    stages: { buy_it: { pains: [slow], metrics: [revenue, missing] } }
`,
  'orders.csv': 'at,amount,channel\n2025-01-01,1,web\n',
};

const treeOf = ({ context }: IdeFixture): ProjectTree => projectTree(context, (place) => place);

describe('the tree of a project', () => {
  it('lists the definitions as people read them', async () => {
    const tree = treeOf(await ideFixture(FILES));
    assert.deepEqual([tree.name, tree.folder], ['shop', '/project']);
    const { at: _, ...revenue } = present(tree.metrics[0]);
    assert.deepEqual(revenue, {
      name: 'revenue',
      label: 'Revenue',
      description: 'Money.',
      owner: 'sales',
      type: 'sum',
      status: 'active',
      tags: ['board'],
      headline: null,
      target: null,
      problem: null,
    });
    assert.deepEqual(
      tree.metrics.map(({ name, status }) => [name, status]),
      [
        ['revenue', 'active'],
        ['orders', 'active'],
        ['old', 'deprecated'],
      ],
    );
    assert.deepEqual(
      tree.sources.map(({ label, data }) => [label, data]),
      [['All orders', 'orders.csv']],
    );
    assert.deepEqual(
      tree.segments.map(({ label, sources }) => [label, sources]),
      [['Channel', ['orders']]],
    );
    assert.deepEqual(
      tree.targets.map(({ name, metric, status }) => [name, metric, status]),
      [['goal', 'revenue', null]],
    );
  });

  it('groups metrics by file, owner and stage', async () => {
    const tree = treeOf(await ideFixture(FILES));
    assert.deepEqual(tree.byFile, [
      { name: 'a.metrics.yaml', metrics: ['revenue', 'orders'] },
      { name: 'more/b.metrics.yaml', metrics: ['old'] },
    ]);
    assert.deepEqual(tree.byOwner, [
      { name: 'cx', metrics: ['old'] },
      { name: 'sales', metrics: ['revenue'] },
      { name: null, metrics: ['orders'] },
    ]);
    const [journey] = tree.journeys;
    assert.deepEqual(
      journey?.stages.map(({ label, pains, metrics }) => [label, pains, metrics]),
      [['Buy it', ['slow'], ['revenue', 'missing']]],
    );
    assert.equal(journey?.segment, 'channel');
  });

  it('says where each name stands', async () => {
    const fixture = await ideFixture(FILES);
    const tree = treeOf(fixture);
    const stages = tree.journeys.flatMap((journey) => journey.stages);
    const items = [
      ...tree.metrics,
      ...tree.segments,
      ...tree.targets,
      ...tree.sources,
      ...tree.journeys,
      ...stages,
    ];
    assert.equal(items.length, 8);
    for (const { name, at } of items) {
      const text = present(fixture.texts.get(at.file.replace('/project/', '')));
      assert.equal(text.slice(at.span.start, at.span.end), name);
    }
  });

  it('shows the headline that is known, ready to be read', async () => {
    const day = (text: string): number => present(parseDay(text));
    const periods = periodsBetween('month', day('2025-01-01'), day('2025-02-10'));
    const result = {
      total: {
        grain: 'month',
        periods,
        asOf: day('2025-02-10'),
        groups: [[]],
        offScale: 0,
        // February is partial, so that January is the headline.
        at: ({ start }: { start: number }) => ({
          value: start === day('2025-01-01') ? 1234.5 : 9,
          n: 1,
          low: null,
          high: null,
        }),
      },
    } as unknown as MetricResult;
    const fixture = await ideFixture(FILES, {
      metric: (name) => (name === 'revenue' ? { value: result, stale: true } : undefined),
    });
    assert.deepEqual(
      treeOf(fixture).metrics.map(({ headline }) => headline),
      [{ text: '€1,234.50', period: '2025-01', stale: true }, null, null],
    );
  });

  it('is there for a project that has nothing, or nothing that can be read', async () => {
    for (const text of [
      '',
      'plumbline: 1\nmetrics:\n  x\n',
      'metrics: { a: , b: [}',
      'journeys: { a: { stages: { b: 1 } } }',
    ]) {
      const tree = treeOf(await ideFixture(text));
      assert.equal(tree.name, null);
    }
  });
});
