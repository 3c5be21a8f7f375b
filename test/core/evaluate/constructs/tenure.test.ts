import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compute } from '../../../kit/construct.ts';
import { testEngine } from '../../../kit/engine.ts';
import { near } from '../../../kit/reference/compare.ts';

/**
 * Weeks in remission of the patients given 6-MP and of those given a placebo, and whether it ended: Freireich et al. 1963, as Gehan 1965
 * and most textbooks print them.
 */
const TREATED =
  '6 1,6 1,6 1,6 0,7 1,9 0,10 1,10 0,11 0,13 1,16 1,17 0,19 0,20 0,22 1,23 1,25 0,32 0,32 0,34 0,35 0';
const CONTROL = '1,1,2,2,3,4,4,5,5,8,8,8,8,11,11,12,12,15,17,22,23';

const PATIENTS = [
  'arm,weeks,relapsed',
  ...TREATED.split(',').map((row) => `treated,${row.replace(' ', ',')}`),
  ...CONTROL.split(',').map((weeks) => `control,${weeks},1`),
].join('\n');

const ARMS = `
sources:
  patients: { data: patients.csv }
segments:
  arm: { source: patients, by: arm }
defaults: { source: patients }
`;

const STATED = 'type: tenure, segments: [arm], duration: weeks, ended: relapsed = 1';

/** The published table: S, and the interval on the log(−log) scale as Stata's \`sts list\` prints it (Kleinbaum & Klein 2012, Cleves et al. 2010). */
const PUBLISHED = [
  [6, 0.857, 0.6197, 0.9516],
  [7, 0.807, 0.5631, 0.9228],
  [10, 0.753, 0.5032, 0.8894],
  [13, 0.69, 0.4316, 0.8491],
  [16, 0.627, 0.3675, 0.8049],
  [22, 0.538, 0.2678, 0.7468],
  [23, 0.448, 0.1881, 0.6801],
] as const;

describe('tenure', () => {
  const engine = testEngine();

  it('is what Freireich et al. published for durations that rows state', async () => {
    const survivals = PUBLISHED.map(
      ([week]) => `  after_${week}: { ${STATED}, report: survival, at: ${week} days }`,
    );
    const { at } = await compute(
      engine,
      `${ARMS}\nmetrics:\n  half: { ${STATED} }\n  before_6: { ${STATED}, report: survival, at: 5 days }\n${survivals.join('\n')}\n`,
      { patients: PATIENTS },
    );
    assert.equal(at('half', 'all', 'arm.treated').value, 23);
    assert.equal(at('half', 'all', 'arm.control').value, 8);
    assert.equal(at('half', 'all', 'arm.treated').n, 21);
    assert.deepEqual(at('before_6', 'all', 'arm.treated'), { value: 1, n: 21, low: null, high: null });
    for (const [week, share, low, high] of PUBLISHED) {
      const found = at(`after_${week}`, 'all', 'arm.treated');
      near(found.value, share);
      near(found.low, low);
      near(found.high, high);
      // Nothing is censored among the controls, so that the share is that of the longer durations.
      const longer = CONTROL.split(',').filter((weeks) => Number(weeks) > week).length;
      assert.ok(Math.abs((at(`after_${week}`, 'all', 'arm.control').value ?? NaN) - longer / 21) < 1e-12);
    }
  });

  it('is what Freireich et al. published for spells', async () => {
    const start = Date.UTC(2024, 0, 1);
    const day = (days: number): string => new Date(start + days * 86_400_000).toISOString().slice(0, 10);
    // A spell that still lasts is as old as `as_of` says: each begins so many days before its close.
    const rows = TREATED.split(',').map((row, index) => {
      const [weeks = 0, ended] = row.split(' ').map(Number);
      return ended === 1 ? `${index},${day(0)},${day(weeks)}` : `${index},${day(366 - weeks)},`;
    });
    const survivals = PUBLISHED.map(
      ([week]) => `  after_${week}: { ${SPELLS}, report: survival, at: ${week} days }`,
    );
    const { at } = await compute(
      engine,
      `
sources:
  spells: { data: spells.csv, as_of: 2024-12-31, lifespan: { start: since, end: until } }
defaults: { source: spells, grain: year }
metrics:
  half: { ${SPELLS} }
  half_in_months: { ${SPELLS}, unit: months }
${survivals.join('\n')}
`,
      { spells: ['patient,since,until', ...rows].join('\n') },
    );
    assert.deepEqual(at('half', '2024'), { value: 23, n: 21, low: null, high: null });
    near(at('half_in_months', '2024').value, 23 / 30.4375);
    for (const [week, share, low, high] of PUBLISHED) {
      const found = at(`after_${week}`, '2024');
      near(found.value, share);
      near(found.low, low);
      near(found.high, high);
    }
  });

  const SPELLS = 'type: tenure, entity: patient';

  it('passes the vector of Kaplan & Meier', async () => {
    const path = join('..', 'shared', 'design', 'vectors.json');
    if (!existsSync(path)) {
      console.log(`      ${path} is not here`);
      return;
    }
    const { treated, control } = JSON.parse(readFileSync(path, 'utf8')).kaplan_meier as {
      readonly treated: Vector;
      readonly control: Vector;
    };
    for (const vector of [treated, control]) {
      const rows = vector.data.map((one) => (typeof one === 'number' ? `${one},1` : one.join(',')));
      const steps = vector.steps.map(({ t }) => `  s${t}: { ${STATED}, report: survival, at: ${t} days }`);
      const { at } = await compute(engine, `${ARMS}\nmetrics:\n  half: { ${STATED} }\n${steps.join('\n')}`, {
        patients: ['arm,weeks,relapsed', ...rows.map((row) => `one,${row}`)].join('\n'),
      });
      assert.equal(at('half', 'all').value, vector.median);
      for (const { t, S, greenwood_se: error } of vector.steps) {
        const { value, low, high } = at(`s${t}`, 'all');
        near(value, S);
        if (S === 0) continue;
        // By hand from the published standard error: S to the power of exp(±1.96 · se / (S · |ln S|)).
        const power = Math.exp((1.959964 * error) / (S * Math.abs(Math.log(S))));
        assert.ok(Math.abs((low ?? NaN) - S ** power) < 1e-6);
        assert.ok(Math.abs((high ?? NaN) - S ** (1 / power)) < 1e-6);
      }
    }
  });

  it('has a mean that is the area under the curve up to the horizon', async () => {
    const { at } = await compute(
      engine,
      `
${ARMS}
metrics:
  ten: { ${STATED}, report: mean, horizon: 10 days }
  all_of_it: { ${STATED}, report: mean, horizon: 23 days }
  too_far: { ${STATED}, report: mean, horizon: 36 days }
  far_enough: { ${STATED}, report: mean, horizon: 35 days }
`,
      { patients: PATIENTS },
    );
    // 6 weeks at 1, 1 at 18/21, 3 at 18/21 · 16/17.
    near(at('ten', 'all', 'arm.treated').value, 6 + 18 / 21 + 3 * (18 / 21) * (16 / 17));
    // Nothing is censored: the mean of what lasted, 182 weeks in all, and Student's mean but with s over n and 1.96.
    const weeks = CONTROL.split(',').map(Number);
    const mean = weeks.reduce((sum, one) => sum + one) / 21;
    const variance = weeks.reduce((sum, one) => sum + (one - mean) ** 2, 0) / 21 / 21;
    const { value, low, high, n } = at('all_of_it', 'all', 'arm.control');
    near(value, 182 / 21);
    assert.equal(n, 21);
    assert.ok(Math.abs((low ?? NaN) - (mean - 1.959964 * Math.sqrt(variance))) < 1e-5);
    assert.ok(Math.abs((high ?? NaN) - (mean + 1.959964 * Math.sqrt(variance))) < 1e-5);
    // Nobody was seen for 36 weeks, and some were still well: nothing is known of the time there.
    assert.equal(at('too_far', 'all', 'arm.treated').value, null);
    assert.notEqual(at('far_enough', 'all', 'arm.treated').value, null);
    near(at('too_far', 'all', 'arm.control').value, 182 / 21);
  });

  /** a: ten days, then still there after a change of plan without a gap; b: 20 days, away, and back; c and d: one day after the other. */
  const LIVES = `
    who,plan,since,until
    a,free,2025-01-01,2025-01-11
    a,team,2025-01-11,
    b,free,2025-01-05,2025-01-25
    b,team,2025-03-01,2025-03-31
    c,free,2025-01-10,2025-01-31
    d,team,2025-02-01,2025-02-01
    ,team,2025-02-01,2025-02-10
    e,free,2025-02-10,2025-02-15
    e,team,2025-02-12,2025-03-12`;

  const LIVED = `
sources:
  lives: { data: lives.csv, as_of: 2025-03-31, lifespan: { start: since, end: until } }
segments:
  plan: { source: lives, by: plan }
defaults: { source: lives }
`;

  it('merges spells that touch or overlap, and sees each period as it was at its close', async () => {
    const { values, at, groups } = await compute(
      engine,
      `${LIVED}
metrics:
  half: { type: tenure, entity: who, segments: [plan] }
  ten: { type: tenure, entity: who, report: survival, at: 20 days }
  recent: { type: tenure, entity: who, window: 1 month }
`,
      { lives: LIVES },
    );
    // January closes with b at 20 and c at 21 days, and a, 31 days old, still there.
    assert.deepEqual(values('half'), [21, 21, 30]);
    assert.deepEqual(
      ['2025-01', '2025-02', '2025-03'].map((period) => at('half', period).n),
      [3, 4, 5],
    );
    // February: b 20, c 21, a 59 and still there, e 19 and still there: 2/3 after b.
    near(at('ten', '2025-02').value, 2 / 3);
    // March: b 20, c 21, b again 30 (it ends on the last day, which is before the close), e 30, a 90 and still there: 4/5, 3/5, 1/5.
    near(at('ten', '2025-03').value, 4 / 5);
    // e and nobody else came in February; b again in March.
    assert.deepEqual(values('recent'), [21, null, 30]);
    // A spell is in the groups of its first row: team is b again only.
    assert.deepEqual(groups('half', 'plan'), ['free', 'team']);
    assert.deepEqual(values('half', 'plan.free'), [21, 21, 21]);
    assert.deepEqual(values('half', 'plan.team'), [null, null, 30]);
  });

  it('is null where nobody is known, and where fewer than half have left', async () => {
    const { values, at } = await compute(
      engine,
      `${LIVED}
metrics:
  none: { type: tenure, entity: who, where: plan = 'other' }
  team: { type: tenure, entity: who, where: plan = 'team' }
  old: { type: tenure, entity: who, report: survival, at: 100 days }
`,
      { lives: LIVES },
    );
    assert.deepEqual(values('none'), [null, null, null]);
    assert.equal(at('none', '2025-01').n, 0);
    // a since the 11th, b again, and e since the 12th of February: leaving the filter is leaving.
    assert.deepEqual(values('team'), [null, null, 30]);
    assert.deepEqual(values('old'), [null, null, null]);
  });

  it('leaves out rows that do not say how long, or whether it ended', async () => {
    const { at } = await compute(
      engine,
      `
sources:
  customers: { data: customers.csv, time: at }
defaults: { source: customers }
metrics:
  half: { type: tenure, duration: months, ended: churned, unit: months }
  year: { type: tenure, duration: months, ended: churned, unit: months, report: mean, horizon: 1 year }
`,
      {
        customers: `
          at,months,churned
          2025-01-01,5,true
          2025-01-02,,true
          2025-01-03,30,
          2025-01-04,7,true
          2025-01-05,12,false
          2025-03-01,2,false`,
      },
    );
    assert.deepEqual(at('half', '2025-01'), { value: 7, n: 3, low: null, high: null });
    // 5 months with all, 2 with two of three, 5 with one.
    near(at('year', '2025-01').value, 5 + (2 * 2) / 3 + 5 / 3);
    assert.deepEqual(at('half', '2025-02'), { value: null, n: 0, low: null, high: null });
    assert.deepEqual(at('half', '2025-03'), { value: null, n: 1, low: null, high: null });
  });
});

interface Vector {
  readonly data: readonly (number | readonly [number, number])[];
  readonly steps: readonly { readonly t: number; readonly S: number; readonly greenwood_se: number }[];
  readonly median: number;
}
