import assert from 'node:assert/strict';
import { formatPeriod } from '../../../server/src/core/base/period.ts';
import type { MetricEffect } from '../../../server/src/core/diff/project-diff.ts';
import { evaluate } from '../../../server/src/core/evaluate/evaluate.ts';
import { headlinePeriod } from '../../../server/src/core/evaluate/series.ts';
import type { QueryEngine } from '../../../server/src/core/ports.ts';
import { compareFiles } from '../../kit/diff/compare-folders.ts';
import { testEngine } from '../../kit/engine.ts';
import { withProject } from '../../kit/reference/run.ts';

type Files = Readonly<Record<string, string>>;

const METRICS = 'all.metrics.yaml';
const ACCOUNTS = 'data/accounts.csv';

/** Orders until March, all of them shipped in the month; accounts that were seen in April last. */
const BASE: Files = {
  'plumbline.yaml': 'plumbline: 1\n',
  'data/orders.csv':
    'id,day,shipped,acc,amount\n1,2025-01-05,2025-01-09,a,10\n2,2025-02-07,2025-02-09,b,20\n3,2025-03-31,2025-06-30,a,30\n',
  [ACCOUNTS]: 'id,seen\na,2025-02-01\nb,2025-04-30\n',
  [METRICS]: `plumbline: 1
sources:
  orders: { data: data/orders.csv, key: id, time: day, links: { account: { to: accounts, using: acc } } }
  accounts: { data: ${ACCOUNTS}, key: id }
metrics:
  plain: { type: count, source: orders }
`,
};

function withMetric(files: Files, metric: string): Files {
  return { ...files, [METRICS]: `${files[METRICS]}  ${metric}\n` };
}

/** The last complete period of every metric, computed from scratch. */
async function headlines(engine: QueryEngine, files: Files): Promise<ReadonlyMap<string, string>> {
  return withProject(engine, files, async ({ evaluator }) => {
    const { metrics } = await evaluate(evaluator, { findings: false });
    return new Map(
      metrics.flatMap(({ metric, total }) => {
        const period = total && headlinePeriod(total);
        return period === undefined ? [] : [[metric.name, formatPeriod(period)] as const];
      }),
    );
  });
}

describe('the last day of a source that is moved from elsewhere', () => {
  const engine = testEngine();

  const BY_SHIPPING: Readonly<Record<string, string>> = {
    'of a metric that stands in another':
      'other: { type: ratio, numerator: { type: count, source: orders, time: shipped }, denominator: plain }',
    'of a step':
      'other: { type: conversion, entity: acc, within: 9 days, steps: [{ name: one, source: orders, time: shipped }, { name: two, source: orders, time: shipped }] }',
    'of a metric itself': 'other: { type: count, source: orders, time: shipped }',
  };
  for (const [what, metric] of Object.entries(BY_SHIPPING)) {
    const withIt = withMetric(BASE, metric);
    const changes: Readonly<Record<string, Files>> = {
      'is another': withMetric(BASE, metric.replaceAll('time: shipped', 'time: day')),
      'goes with it': BASE,
    };
    for (const [how, after] of Object.entries(changes)) {
      for (const [from, to] of [
        [withIt, after],
        [after, withIt],
      ] as const) {
        it(`reaches others where the time ${what} ${how}${from === withIt ? '' : ', the other way round'}`, async () => {
          const [old, now] = [await headlines(engine, from), await headlines(engine, to)];
          assert.notEqual(old.get('plain'), now.get('plain'));
          const effect = await effectOnPlain(engine, from, to);
          const ways = (effect?.affected.causes ?? []).map(({ through }) =>
            through.map(({ name }) => name).join(' > '),
          );
          assert.deepEqual([...new Set(ways)], ['orders > other']);
          assert.equal(effect?.headline.before?.period, old.get('plain'));
          assert.equal(effect?.headline.after?.period, now.get('plain'));
        });
      }
    }
  }

  it('reaches others where the metric with a time of its own takes its rows from elsewhere', async () => {
    const before = withMetric(BASE, 'other: { type: count, source: orders, time: shipped }');
    const after = withMetric(BASE, 'other: { type: count, source: accounts, time: seen }');
    const effect = await effectOnPlain(engine, before, after);
    assert.equal(effect?.headline.before?.period, '2025-06');
    assert.equal(effect?.headline.after?.period, '2025-03');
  });

  it('is reached by what lies behind the time: its data, its columns, its links', async () => {
    const before = withMetric(BASE, 'other: { type: count, source: orders, time: account.seen }');
    const changes: readonly Files[] = [
      { ...before, [ACCOUNTS]: 'id,seen\na,2025-02-01\nb,2025-05-31\n' },
      {
        ...before,
        [METRICS]: (before[METRICS] ?? '').replace(
          `${ACCOUNTS}, key: id`,
          `${ACCOUNTS}, key: id, columns: { seen: { type: date } }`,
        ),
      },
      { ...before, [METRICS]: (before[METRICS] ?? '').replace('using: acc', 'using: { acc: id, id: id }') },
    ];
    for (const after of changes) {
      const effect = await effectOnPlain(engine, before, after);
      assert.notEqual(effect, undefined);
    }
  });

  it('reaches nobody where another metric names the same time, or the source says its last day', async () => {
    const shipped = 'other: { type: count, source: orders, time: shipped }';
    const third = withMetric(BASE, 'third: { type: sum, source: orders, value: amount, time: shipped }');
    assert.equal(await effectOnPlain(engine, withMetric(third, shipped), third), undefined);
    const closed = {
      ...BASE,
      [METRICS]: (BASE[METRICS] ?? '').replace('time: day', 'time: day, as_of: 2025-03-31'),
    };
    assert.equal(await effectOnPlain(engine, withMetric(closed, shipped), closed), undefined);
  });
});

async function effectOnPlain(
  engine: QueryEngine,
  before: Files,
  after: Files,
): Promise<MetricEffect | undefined> {
  return compareFiles(engine, before, after, ({ metrics }) =>
    metrics.find(({ affected }) => affected.name === 'plain'),
  );
}
