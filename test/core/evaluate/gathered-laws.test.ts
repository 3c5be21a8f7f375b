import assert from 'node:assert/strict';
import fc from 'fast-check';
import { evaluate } from '../../../server/src/core/evaluate/evaluate.ts';
import { resultDocument } from '../../../server/src/core/evaluate/result.ts';
import { type Computed, compute } from '../../kit/construct.ts';
import { testEngine } from '../../kit/engine.ts';
import { gatheredProjects } from '../../kit/reference/arbitrary-gathered.ts';
import type { RefProject } from '../../kit/reference/project.ts';
import { withProject } from '../../kit/reference/run.ts';
import { runs } from '../../kit/reference/runs.ts';
import { Tables } from '../../kit/reference/world.ts';
import { projectFiles } from '../../kit/reference/write.ts';

/** What holds of tenures, lifetime values and conversions whatever the rows are. */

const day = (offset: number): string =>
  new Date(Date.UTC(2025, 0, 1) + offset * 86_400_000).toISOString().slice(0, 10);
const who = fc.constantFrom('a', 'b', 'c', 'd');

function near(actual: number | null, expected: number | null): void {
  if (actual === null || expected === null) assert.equal(actual, expected);
  else
    assert.ok(
      Math.abs(actual - expected) <= 1e-9 * Math.max(1, Math.abs(expected)),
      `${actual}, ${expected}`,
    );
}

function same(computed: Computed, other: Computed, names: readonly string[]): void {
  for (const name of names) {
    assert.deepEqual(computed.periods(name), other.periods(name));
    computed.values(name).forEach((value, index) => {
      near(value, other.values(name)[index] ?? null);
    });
    for (const period of computed.periods(name)) {
      assert.equal(computed.at(name, period).n, other.at(name, period).n);
    }
  }
}

describe('however entities live', () => {
  const engine = testEngine();

  it('the share left where nothing is censored is the plain share of longer durations', async () => {
    const rows = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(rows, async (lasted) => {
        const ages = [1, 5, 11];
        const metrics = ages.flatMap((age) => [
          `  left_${age}: { type: tenure, duration: days, ended: true, report: survival, at: ${age} days }`,
          `  longer_${age}: { type: share, matching: days > ${age} }`,
        ]);
        const { at } = await compute(
          engine,
          `sources: { lives: { data: lives.csv } }
defaults: { source: lives }
metrics:
  mean_up_to_12: { type: tenure, duration: days, ended: true, report: mean, horizon: 12 days }
  mean: { type: average, value: days }
${metrics.join('\n')}`,
          { lives: ['days,of', ...lasted.map((days) => `${days},x`)].join('\n') },
        );
        for (const age of ages) near(at(`left_${age}`, 'all').value, at(`longer_${age}`, 'all').value);
        near(at('mean_up_to_12', 'all').value, at('mean', 'all').value);
      }),
      runs(8),
    );
  });

  it('a spell cut in two that touch, in whatever order, lasts as long', async () => {
    const spell = fc.record({
      entity: who,
      start: fc.integer({ min: 0, max: 80 }),
      length: fc.option(fc.integer({ min: 2, max: 40 }), { nil: undefined, freq: 4 }),
      cut: fc.integer({ min: 1, max: 39 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(spell, { minLength: 1, maxLength: 12 }),
        fc.boolean(),
        async (spells, turned) => {
          const whole = spells.map(({ entity, start, length }) => [
            entity,
            day(start),
            length === undefined ? '' : day(start + length),
          ]);
          const halves = spells.flatMap(({ entity, start, length, cut }) => {
            const at = start + Math.min(cut, (length ?? 40) - 1);
            return [
              [entity, day(start), day(at)],
              [entity, day(at), length === undefined ? '' : day(start + length)],
            ];
          });
          const of = (rows: readonly (readonly string[])[]): Promise<Computed> =>
            compute(
              engine,
              `sources: { lives: { data: lives.csv, as_of: 2025-04-30, lifespan: { start: since, end: until } } }
defaults: { source: lives }
metrics:
  half: { type: tenure, entity: who }
  ten: { type: tenure, entity: who, report: survival, at: 10 days }
  mean: { type: tenure, entity: who, report: mean, horizon: 20 days }
  recent: { type: tenure, entity: who, window: 2 months }`,
              { lives: ['who,since,until', ...rows.map((row) => row.join(','))].join('\n') },
            );
          // The first day of the data is the same, so that the periods are.
          same(await of(whole), await of(turned ? halves.toReversed() : halves), [
            'half',
            'ten',
            'mean',
            'recent',
          ]);
        },
      ),
      runs(8),
    );
  });

  it('the mean of what entities bring, times their number, is the total; and conversion falls with each step', async () => {
    const event = fc.record({
      entity: who,
      at: fc.integer({ min: 0, max: 80 }),
      name: fc.constantFrom('one', 'two', 'three'),
      amount: fc.option(fc.integer({ min: -50, max: 200 }), { nil: undefined, freq: 5 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 30 }), async (events) => {
        const steps = ['one', 'two', 'three', 'one'].map(
          (name, index) => `{ name: s${index}, where: name = '${name}' }`,
        );
        const conversion = (count: number, within: number): string =>
          `{ type: conversion, entity: who, within: ${within} days, steps: [${steps.slice(0, count).join(', ')}] }`;
        const computed = await compute(
          engine,
          `sources: { events: { data: events.csv, time: at, as_of: 2025-04-30 } }
defaults: { source: events }
metrics:
  worth: { type: lifetime_value, entity: who, value: amount }
  total: { type: sum, value: "coalesce(amount, 0)", window: all_time }
  entities: { type: count_distinct, value: who, window: all_time }
  two: ${conversion(2, 30)}
  three: ${conversion(3, 30)}
  four: ${conversion(4, 30)}
  shorter: ${conversion(2, 10)}
  first: { type: count_distinct, value: who, where: name = 'one' }`,
          {
            events: [
              'who,at,name,amount',
              ...events.map(({ entity, at, name, amount }) => `${entity},${day(at)},${name},${amount ?? ''}`),
            ].join('\n'),
          },
        );
        for (const period of computed.periods('worth')) {
          const { value, n } = computed.at('worth', period);
          near((value ?? 0) * n, computed.at('total', period).value);
          assert.equal(n, computed.at('entities', period).value);
          const [two, three, four, shorter] = ['two', 'three', 'four', 'shorter'].map(
            (name) => computed.at(name, period).value ?? -1,
          );
          assert.ok(
            (three ?? 0) <= (two ?? 0) && (four ?? 0) <= (three ?? 0) && (shorter ?? 0) <= (two ?? 0),
          );
          assert.equal(computed.at('two', period).n, computed.at('first', period).value);
        }
      }),
      runs(8),
    );
  });

  it('the order of rows does not matter', async () => {
    const shuffled = gatheredProjects.chain((project) =>
      fc.infiniteStream(fc.nat()).map((stream) => ({ project, ranks: stream })),
    );
    const documents = async (project: RefProject): Promise<unknown> =>
      withProject(engine, projectFiles(project), async ({ evaluator }) => {
        const { metrics } = resultDocument(
          evaluator.checked,
          await evaluate(evaluator, { ownSegments: true }),
        );
        return JSON.parse(
          JSON.stringify(metrics, (_, value) =>
            typeof value === 'number' ? Number(value.toPrecision(9)) : value,
          ),
        );
      });
    await fc.assert(
      fc.asyncProperty(shuffled, async ({ project, ranks }) => {
        const { world } = project.tables;
        const sources = Object.fromEntries(
          Object.entries(world.sources).map(([name, source]) => {
            const keyed = source.rows.map((row) => ({ row, rank: ranks.next().value ?? 0 }));
            const rows = keyed.sort((a, b) => a.rank - b.rank).map(({ row }) => row);
            return [name, { ...source, rows }];
          }),
        );
        const other = { ...project, tables: new Tables({ ...world, sources }) };
        assert.deepEqual(await documents(other), await documents(project));
      }),
      runs(4),
    );
  });
});
