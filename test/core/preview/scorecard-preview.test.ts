import assert from 'node:assert/strict';
import { Cancelled } from '../../../server/src/core/base/cancel.ts';
import { evaluate } from '../../../server/src/core/evaluate/evaluate.ts';
import { resultDocument } from '../../../server/src/core/evaluate/result.ts';
import { makePreview } from '../../../server/src/core/preview/make-preview.ts';
import type { Scorecard } from '../../../server/src/core/preview/preview.ts';
import { scorecardPreview } from '../../../server/src/core/preview/scorecard-preview.ts';
import { SHOP } from '../../cli/shop.ts';
import { testEngine } from '../../kit/engine.ts';
import { present } from '../../kit/present.ts';
import { testWork } from '../../kit/preview.ts';
import { withProject } from '../../kit/reference/run.ts';

const FILES = {
  ...SHOP,
  'more/other.metrics.yaml': `plumbline: 1
metrics:
  a_orders: { type: count, source: orders, where: kind = 'a', better: higher, owner: ops, tags: [core] }
  wrong: { type: sum, source: orders, value: nothing }
targets:
  a_many: { metric: a_orders, at_least: 5, due: 2025-03, why: A test. }
journeys:
  shopping:
    segment: kind
    stages:
      look: { label: Look around, pains: [too dark], metrics: [b_share, missing] }
      buy: { metrics: [revenue, a_orders] }
`,
};

describe('a scorecard', () => {
  const engine = testEngine();

  it('has the headlines, trends and statuses of `plumbline eval`', async () => {
    await withProject(engine, FILES, async ({ evaluator }) => {
      const card = await scorecardPreview(testWork(evaluator));
      const document = resultDocument(evaluator.checked, await evaluate(evaluator));
      assert.equal(card.metrics.length, document.metrics.length);
      for (const metric of document.metrics) {
        const row = present(card.metrics.find(({ name }) => name === metric.metric));
        const { target_status, ...headline } = metric.headline ?? {};
        const { small, ...own } = row.headline ?? {};
        assert.deepEqual(own, headline, metric.metric);
        assert.deepEqual(
          row.trend,
          metric.values.filter(({ partial }) => !partial).map(({ value }) => value),
        );
        assert.equal(row.error, metric.error);
        const targets = document.targets.filter((target) => target.metric === metric.metric);
        assert.deepEqual(
          row.targets,
          targets.map(({ target, label, status }) => ({ name: target, label, status })),
        );
      }
      assert.equal(card.asOf, document.as_of);
      assert.equal(card.project, 'shop');
      assert.equal(card.unavailable, null);
    });
  });

  it('puts first what is off its target, and says where each metric belongs', async () => {
    await withProject(engine, FILES, async ({ evaluator }) => {
      const { metrics, journeys } = await scorecardPreview(testWork(evaluator));
      // Three orders of kind a were too few; the revenue of March was enough; the others have no target.
      const names = metrics.map(({ name }) => name);
      assert.equal(names[0], 'a_orders');
      assert.equal(names.indexOf('revenue'), 1);
      const { file, stages, owner, tags, at } = present(metrics[0]);
      assert.deepEqual(
        [file, stages, owner, tags, at],
        ['more/other.metrics.yaml', ['Shopping / Buy'], 'ops', ['core'], 'other.metrics.yaml: a_orders'],
      );
      assert.deepEqual(
        journeys.map(({ name }) => name),
        ['shopping'],
      );
      // Five orders are a small sample, but a count is its own.
      const small = (name: string) => metrics.find((row) => row.name === name)?.headline?.small;
      assert.deepEqual([small('b_share'), small('orders')], [true, false]);
    });
  });

  it('of a file has the metrics of that file', async () => {
    await withProject(engine, FILES, async ({ evaluator }) => {
      const card = await scorecardPreview(testWork(evaluator), 'more/other.metrics.yaml');
      assert.deepEqual(
        card.metrics.map(({ name }) => name),
        ['a_orders', 'wrong'],
      );
      assert.equal(card.file, 'more/other.metrics.yaml');
    });
  });

  it('of many metrics is computed together, and shown as numbers arrive', async () => {
    const many = Array.from(
      { length: 200 },
      (_, index) => `  m${index}: { type: count, source: orders, where: amount > ${index} }`,
    );
    const files = { ...SHOP, 'many.metrics.yaml': `plumbline: 1\nmetrics:\n${many.join('\n')}\n` };
    await withProject(engine, files, async ({ evaluator }) => {
      let statements = 0;
      const counted = {
        ...evaluator,
        engine: {
          ...evaluator.engine,
          run: (...asked: Parameters<typeof engine.run>) => {
            statements += 1;
            return evaluator.engine.run(...asked);
          },
        },
      };
      const work = testWork(counted);
      const card = await scorecardPreview(work, 'many.metrics.yaml');
      // The amounts of March are 50 and 70.
      for (const { name, headline } of card.metrics) {
        const least = Number(name.slice(1));
        assert.equal(headline?.value, [50, 70].filter((amount) => amount > least).length, name);
      }
      assert.deepEqual(work.rounds, [48, 96, 56]);
      assert.deepEqual(work.steps, ['48/200', '144/200', '200/200']);
      assert.ok(statements <= 3 * work.rounds.length, `${statements} statements`);
      const known = work.shown.map(
        (shown) => (shown as Scorecard<string>).metrics.filter(({ headline }) => headline !== null).length,
      );
      assert.deepEqual(known, [0, 48, 144]);
      assert.ok(
        work.shown.every((shown) =>
          (shown as Scorecard<string>).metrics.every(({ error }) => error === null),
        ),
      );
    });
  });

  it('says why there are no values, and which metrics have an error, where nothing is evaluated', async () => {
    await withProject(engine, FILES, async ({ evaluator }) => {
      const card = await scorecardPreview(testWork(evaluator, { isEvaluated: false }));
      assert.equal(card.unavailable, 'Metrics are not evaluated in this workspace.');
      assert.deepEqual(
        card.metrics.flatMap(({ name, error }) => (error === null ? [] : [name])),
        ['wrong'],
      );
    });
  });

  it('ends when it is cancelled', async () => {
    await withProject(engine, FILES, async ({ evaluator }) => {
      const stop = new AbortController();
      const work = { ...testWork(evaluator, { signal: stop.signal }), show: () => stop.abort() };
      await assert.rejects(scorecardPreview(work), Cancelled);
    });
  });
});

describe('the map of a journey', () => {
  const engine = testEngine();

  it('has its stages with where their metrics stand, those that exist', async () => {
    await withProject(engine, FILES, async ({ evaluator }) => {
      const map = await makePreview(testWork(evaluator), { kind: 'journey', name: 'shopping' });
      assert.ok(map?.kind === 'journey');
      const card = await scorecardPreview(testWork(evaluator));
      const ofAll = (name: string) => ({
        ...present(card.metrics.find((each) => each.name === name)),
        isOfAll: true,
      });
      assert.deepEqual(map.stages, [
        {
          name: 'look',
          label: 'Look around',
          pains: ['too dark'],
          metrics: [ofAll('b_share')],
          at: 'other.metrics.yaml: look',
        },
        {
          name: 'buy',
          label: 'Buy',
          pains: [],
          metrics: [ofAll('revenue'), ofAll('a_orders')],
          at: 'other.metrics.yaml: buy',
        },
      ]);
      assert.equal(map.segment, 'kind');
      assert.equal(map.group, null);
      assert.equal(await makePreview(testWork(evaluator), { kind: 'journey', name: 'no' }), undefined);
    });
  });

  it('has the numbers of those whose journey it is, and says where they are those of all', async () => {
    const files = {
      ...FILES,
      'persona.metrics.yaml': `plumbline: 1
sources: { visits: { data: shops.csv, key: shop_id } }
segments: { of_b: { source: orders, where: kind = 'b' } }
metrics: { seen: { type: count, source: visits } }
journeys:
  one: { segment: of_b, stages: { all: { metrics: [revenue, seen] } } }
  other: { segment: kind.a, stages: { all: { metrics: [revenue] } } }
`,
    };
    await withProject(engine, files, async ({ evaluator }) => {
      const work = testWork(evaluator);
      const map = await makePreview(work, { kind: 'journey', name: 'one' });
      assert.ok(map?.kind === 'journey');
      assert.deepEqual(map.group, { segment: 'of_b', group: 'in', label: 'Of b' });
      const [revenue, seen] = map.stages[0]?.metrics ?? [];
      // Of kind b: 30 in January, 0 in February, 70 in March.
      assert.deepEqual(
        [revenue?.isOfAll, revenue?.headline?.value, revenue?.trend],
        [false, 70, [30, 0, 70]],
      );
      assert.deepEqual([seen?.isOfAll, seen?.headline?.value], [true, 2]);
      for (const shown of work.shown)
        if (shown.kind === 'journey')
          assert.ok(shown.stages[0]?.metrics.every(({ headline }) => headline === null));
      const other = await makePreview(testWork(evaluator), { kind: 'journey', name: 'other' });
      assert.ok(other?.kind === 'journey');
      assert.equal(other.group?.label, 'Kind: a');
      assert.equal(other.stages[0]?.metrics[0]?.headline?.value, 50);
    });
  });
});
