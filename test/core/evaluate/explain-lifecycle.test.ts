import assert from 'node:assert/strict';
import fc from 'fast-check';
import { evaluate } from '../../../server/src/core/evaluate/evaluate.ts';
import { type Explanation, explain } from '../../../server/src/core/evaluate/explain.ts';
import { metricFunnel } from '../../../server/src/core/evaluate/funnel.ts';
import { resultDocument } from '../../../server/src/core/evaluate/result.ts';
import { customerFiles, rowsOfCustomers } from '../../kit/customers.ts';
import { testEngine } from '../../kit/engine.ts';
import { present } from '../../kit/present.ts';
import { type OpenProject, withProject } from '../../kit/reference/run.ts';
import { runs } from '../../kit/reference/runs.ts';

const near = (actual: number | null | undefined, expected: number): void =>
  assert.ok(
    Math.abs((actual ?? Number.NaN) - expected) <= 1e-9 * Math.max(1, Math.abs(expected)),
    `${actual} is not ${expected}`,
  );

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

describe('an explanation of customers over time', () => {
  const engine = testEngine();
  const explained = (
    { evaluator }: OpenProject,
    metric: string,
    request: Parameters<typeof explain>[2],
  ): Promise<Explanation> =>
    explain(evaluator, present(evaluator.checked.project.metrics.get(metric)), request);

  // Opening of February: north 4 (10 each), south 6 (20 each); of March: north 6, south 5.
  // February loses 1 in the north and 3 in the south, March 3 in the north and 1 in the south.
  const spells = (plan: string, mrr: number, name: string, from: string, ends: readonly string[]): string =>
    ends.map((to, index) => `${name}${index},${plan},${mrr},${from},${to}\n`).join('');
  const files = {
    'plumbline.yaml': 'plumbline: 1\nas_of: 2025-03-31\n',
    's.csv': `who,region,mrr,from,to
${spells('north', 10, 'n', '2025-01-05', ['2025-02-20', '2025-03-20', '2025-03-20', ''])}${spells('north', 10, 'm', '2025-02-05', ['2025-03-20', '', ''])}${spells('south', 20, 's', '2025-01-05', ['2025-02-20', '2025-02-20', '2025-02-20', '2025-03-20', '', ''])}${spells('south', 20, 't', '2025-02-10', ['', ''])}`,
    's.metrics.yaml': `plumbline: 1
sources: { s: { data: s.csv, lifespan: { start: from, end: to } } }
segments: { region: { source: s, by: region }, both: { source: s, groups: { all: mrr > 0, north: region = 'north' } } }
metrics:
  retention: { type: retention, source: s, entity: who }
  churn: { type: churn, source: s, entity: who }
  average_churn: { type: churn, source: s, entity: who, base: average }
  gross: { type: retention, source: s, entity: who, value: mrr, expansion: exclude }
  net: { type: retention, source: s, entity: who, value: mrr, expansion: include }
  lost_revenue: { type: churn, source: s, entity: who, value: mrr }
  lost: { type: movement, source: s, entity: who, of: lost }
  lost_mrr: { type: movement, source: s, entity: who, of: lost, value: mrr }
  length: { type: tenure, source: s, entity: who }
  costly: { type: retention, source: s, entity: who, where: mrr > 15 }
`,
  };

  it('weighs groups by those who were there at the opening', async () => {
    await withProject(engine, files, async (project) => {
      const { total, groups, rest, split } = await explained(project, 'retention', { by: 'region' });
      assert.equal(split, 'rate_and_mix');
      near(total.previous, 6 / 10);
      near(total.value, 7 / 11);
      near(rest, 0);
      const [north, south] = groups;
      near(north?.previous_weight, 4 / 10);
      near(north?.weight, 6 / 11);
      near(north?.rate, (3 / 6 - 3 / 4) * ((4 / 10 + 6 / 11) / 2));
      near(south?.rate, (4 / 5 - 3 / 6) * ((6 / 10 + 5 / 11) / 2));
      const middle = (6 / 10 + 7 / 11) / 2;
      near(north?.mix, (6 / 11 - 4 / 10) * ((3 / 4 + 3 / 6) / 2 - middle));
      // What is retained and what is churned move against one another, group by group.
      const churn = await explained(project, 'churn', { by: 'region' });
      for (const [index, group] of groups.entries()) near(churn.groups[index]?.effect, -group.effect);
    });
  });

  it('weighs groups by what was there to be kept, where it is a value', async () => {
    await withProject(engine, files, async (project) => {
      const gross = await explained(project, 'gross', { by: 'region' });
      near(gross.total.previous, (3 * 10 + 3 * 20) / (4 * 10 + 6 * 20));
      near(gross.total.value, (3 * 10 + 4 * 20) / (6 * 10 + 5 * 20));
      near(gross.groups[0]?.previous_weight, 40 / 160);
      near(gross.groups[0]?.weight, 60 / 160);
      near(gross.rest, 0);
      const churn = await explained(project, 'lost_revenue', { by: 'region' });
      for (const [index, group] of gross.groups.entries()) near(churn.groups[index]?.effect, -group.effect);
    });
  });

  it('weighs groups by the mean of opening and close for churn on that base', async () => {
    await withProject(engine, files, async (project) => {
      const { groups, rest, total } = await explained(project, 'average_churn', { by: 'region' });
      // February: north 4 → 6, south 6 → 5; March: north 6 → 3, south 5 → 4.
      near(total.previous, 4 / ((10 + 11) / 2));
      near(total.value, 4 / ((11 + 7) / 2));
      near(groups[0]?.previous_weight, 5 / 10.5);
      near(groups[0]?.weight, 4.5 / 9);
      near(rest, 0);
    });
  });

  it('gives each group its part of a movement', async () => {
    await withProject(engine, files, async (project) => {
      for (const [metric, worth] of [
        ['lost', [1, 1]],
        ['lost_mrr', [10, 20]],
      ] as const) {
        const { groups, split, rest } = await explained(project, metric, { by: 'region' });
        assert.equal(split, 'contributions');
        // One less in the south is two less; one more in the north is two more.
        assert.deepEqual(
          groups.map(({ effect }) => effect),
          [2 * worth[0], -2 * worth[1]],
        );
        assert.equal(rest, 0);
      }
    });
  });

  it('is refused where the curve of each group is its own, and where groups overlap', async () => {
    await withProject(engine, files, async (project) => {
      await assert.rejects(
        explained(project, 'length', { by: 'region' }),
        /`tenure`: it is read off the curve .* `plumbline eval --by`, or explain the `churn`/,
      );
      await assert.rejects(
        explained(project, 'retention', { by: 'both' }),
        /In 2025-03 its groups weigh 17 together and the whole 11, as something is in several/,
      );
    });
  });

  it('has the rows that tell who was there in either period', async () => {
    await withProject(engine, files, async ({ evaluator }) => {
      const metric = present(evaluator.checked.project.metrics.get('costly'));
      const rows = async (period: string): Promise<readonly (number | null | undefined)[]> => {
        const [part] = (await metricFunnel(evaluator, metric, { period })).parts;
        return [part?.rows, part?.timed, part?.clauses[0]?.kept, part?.inPeriod, part?.counted];
      };
      // All of the south; in March those who were there at its opening.
      assert.deepEqual(await rows('2025-02'), [15, 15, 8, 8, 8]);
      assert.deepEqual(await rows('2025-03'), [15, 15, 8, 5, 5]);
      await assert.rejects(metricFunnel(evaluator, metric, { period: '2031-01' }), /no period 2031-01/);
    });
  });

  it('adds up to the change, whatever the customers, by what a customer is', async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(rowsOfCustomers, fc.constantFrom('spells', 'events'), async (rows, source) => {
        await withProject(engine, customerFiles(rows, source), async (opened) => {
          const evaluation = await evaluate(opened.evaluator, { findings: false });
          for (const { metric, values, error } of resultDocument(opened.evaluator.checked, evaluation)
            .metrics) {
            assert.equal(error, null, metric);
            for (const { period, change } of values.filter((each) => each.change !== null).slice(-3)) {
              const { groups, rest, total } = await explained(opened, metric, { by: 'region', period });
              near(total.change, change ?? Number.NaN);
              near(sum(groups.map(({ effect }) => effect)), change ?? Number.NaN);
              near(rest, 0);
              for (const { rate, mix, effect } of groups)
                if (rate !== null && mix !== null) near(rate + mix, effect);
              compared += 1;
            }
          }
        });
      }),
      runs(4),
    );
    assert.ok(compared >= 60, `${compared} changes were explained`);
  });
});
