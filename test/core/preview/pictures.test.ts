import assert from 'node:assert/strict';
import type { Evaluator } from '../../../server/src/core/evaluate/evaluate.ts';
import { explain } from '../../../server/src/core/evaluate/explain.ts';
import type { ValueDocument } from '../../../server/src/core/evaluate/result.ts';
import { metricPreview } from '../../../server/src/core/preview/metric-preview.ts';
import type { MetricPicture } from '../../../server/src/core/preview/pictures/picture.ts';
import type { MetricPreview } from '../../../server/src/core/preview/preview.ts';
import { testEngine } from '../../kit/engine.ts';
import { present } from '../../kit/present.ts';
import { testWork } from '../../kit/preview.ts';
import { openFolder } from '../../kit/reference/run.ts';

type Picture<Kind> = Extract<MetricPicture, { readonly kind: Kind }>;

describe('the pictures of metrics that follow customers', () => {
  const engine = testEngine();
  let evaluator: Evaluator;

  before(async () => {
    ({ evaluator } = await openFolder(engine, 'samples/saas'));
  });

  async function previewOf(name: string, choice = {}): Promise<MetricPreview<string>> {
    const metric = present(evaluator.checked.project.metrics.get(name));
    return metricPreview(testWork(evaluator), metric, choice);
  }

  function pictureOf<Kind extends MetricPicture['kind']>(
    { picture }: MetricPreview<string>,
    kind: Kind,
  ): Picture<Kind> {
    assert.equal(picture?.kind, kind);
    return picture as Picture<Kind>;
  }

  const totals = ({ result }: MetricPreview<string>): readonly ValueDocument[] =>
    present(result).values.filter(({ group }) => Object.keys(group).length === 0);

  it('have the values of a cohort metric in the column that it looks at', async () => {
    const preview = await previewOf('still_here_after_3_months');
    const { after, cohorts, omitted, grain } = pictureOf(preview, 'cohorts');
    assert.deepEqual([after, grain, omitted], [3, 'month', 0]);
    for (const { period, value } of totals(preview)) {
      const { entities, there } = present(cohorts.find((each) => each.period === period));
      const kept = there[3] ?? null;
      assert.equal(value, kept === null ? null : kept / entities, period);
    }
    assert.ok(cohorts.some(({ there }) => there[3] !== undefined && there[3] !== null));
  });

  it('count quarters where a cohort metric of months is shown by quarter', async () => {
    const preview = await previewOf('still_here_after_3_months', { grain: 'quarter' });
    assert.equal(pictureOf(preview, 'cohorts').after, null);
    const all = await previewOf('still_here_after_3_months', { grain: 'all' });
    assert.equal(all.picture, null);
  });

  it('end a funnel with those who convert, and never gain anybody on the way', async () => {
    for (const name of ['activation', 'rota_to_payroll']) {
      const preview = await previewOf(name);
      const { steps, period } = pictureOf(preview, 'steps');
      const headline = present(preview.result?.headline ?? undefined);
      const counts = steps.map(({ entities }) => entities);
      assert.equal(period, headline.period);
      assert.equal(counts[0], headline.n);
      assert.equal(present(counts.at(-1)) / present(counts[0]), headline.value);
      assert.deepEqual(
        counts,
        counts.toSorted((a, b) => b - a),
      );
    }
    const { steps, within } = pictureOf(await previewOf('rota_to_payroll'), 'steps');
    assert.deepEqual(
      steps.map(({ name }) => name),
      ['opened the rota board', 'looked at time sheets', 'exported to payroll'],
    );
    assert.equal(within, '60 days');
  });

  it('balance the account of every period, whichever of its terms a metric is', async () => {
    const [won, lost, retention] = await Promise.all(
      ['accounts_won', 'accounts_lost', 'customer_retention'].map((name) => previewOf(name)),
    );
    const { periods, ofValue } = pictureOf(present(won), 'movement');
    assert.equal(ofValue, false);
    assert.deepEqual(pictureOf(present(lost), 'movement').periods, periods);
    assert.deepEqual(pictureOf(present(retention), 'movement').periods, periods);
    for (const [index, period] of periods.entries()) {
      const { opening, gained, closing } = period;
      assert.equal(opening - period.lost + gained.new + gained.returned, closing, period.period);
      assert.equal(opening, periods[index - 1]?.closing ?? 0, period.period);
      const reported = (preview: MetricPreview<string> | undefined) =>
        totals(present(preview)).find((each) => each.period === period.period)?.value;
      assert.equal(gained.new, reported(won));
      assert.equal(period.lost, reported(lost));
      if (opening > 0)
        assert.ok(Math.abs((opening - period.lost) / opening - (reported(retention) ?? 0)) < 1e-12);
    }
  });

  it('balance an account of value with what was expanded and contracted', async () => {
    const preview = await previewOf('expansion');
    const { periods, ofValue } = pictureOf(preview, 'movement');
    assert.equal(ofValue, true);
    for (const { period, opening, gained, lost, expanded, contracted, closing } of periods) {
      const balance = opening - lost + gained.new + gained.returned + (expanded ?? 0) - (contracted ?? 0);
      assert.ok(Math.abs(balance - closing) < 1e-6 * Math.max(1, closing), period);
      assert.equal(expanded, totals(preview).find((each) => each.period === period)?.value);
    }
    assert.ok(periods.some(({ contracted }) => (contracted ?? 0) > 0));
  });

  it('pass through the value of a survival metric, and never rise', async () => {
    const preview = await previewOf('customers_after_a_year');
    const { points, unit, period } = pictureOf(preview, 'survival');
    const headline = present(preview.result?.headline ?? undefined);
    assert.deepEqual([unit, period], ['month', headline.period]);
    const year = present(points.find(({ age }) => age === 12));
    assert.equal(year.left, headline.value);
    assert.deepEqual(points[0]?.left, 1);
    assert.equal(points[0]?.observed, headline.n);
    for (const [index, { left, low, high, observed }] of points.entries()) {
      assert.ok(left <= (points[index - 1]?.left ?? 1));
      assert.ok(observed <= (points[index - 1]?.observed ?? observed));
      if (low !== null && high !== null) assert.ok(low <= left && left <= high);
    }
  });

  it('are not there for other metrics, and not for windows that reach over each other', async () => {
    for (const name of ['nps', 'mrr', 'net_revenue_retention', 'lifetime_value'])
      assert.equal((await previewOf(name)).picture, null, name);
  });

  it('call what a metric rests on as its entity is called', async () => {
    const nouns = {
      customer_retention: 'accounts',
      lifetime_value: 'accounts',
      activation: 'accounts',
      customers_after_a_year: 'spells',
      nps: 'rows',
      mrr: 'rows',
      active_accounts: 'accounts',
    };
    for (const [name, many] of Object.entries(nouns))
      assert.equal((await previewOf(name)).restsOn.many, many, name);
    // A ratio has the sample size of its denominator.
    assert.deepEqual((await previewOf('actions_per_user')).restsOn, {
      one: 'user',
      many: 'users',
      below: true,
    });
    assert.equal((await previewOf('customer_retention')).restsOn.below, undefined);
  });

  it('come with why the headline moved, as explain says it, by what is shown', async () => {
    const metric = present(evaluator.checked.project.metrics.get('nps'));
    const { explanations, result } = await previewOf('nps', { by: 'touchpoint' });
    const own = await explain(evaluator, metric, { by: 'touchpoint' });
    assert.deepEqual(explanations, [{ by: 'touchpoint', explanation: own, refused: null }]);
    const parts = own.groups.reduce((sum, { effect }) => sum + effect, own.rest);
    assert.ok(Math.abs(parts - present(result?.headline?.change ?? undefined)) < 1e-9);
    assert.deepEqual((await previewOf('nps', { by: null })).explanations, []);
    // Neither the sum nor the mean of its groups.
    assert.deepEqual((await previewOf('customers_after_a_year')).explanations, []);
  });
});
