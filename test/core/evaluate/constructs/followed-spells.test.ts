import assert from 'node:assert/strict';
import { compute } from '../../../kit/construct.ts';
import { testEngine } from '../../../kit/engine.ts';
import { near } from '../../../kit/reference/compare.ts';

/**
 * Four months of five accounts. a changes its plan on 10 February without a gap; b leaves in February and comes back in April; c comes
 * and goes within February; d stays through February and ends with the first moment of March; e comes in March.
 */
const SPELLS = `
  account_id,plan,mrr,started_on,ended_on
  a,free,10,2025-01-05,2025-02-10
  a,team,30,2025-02-10,
  b,team,50,2025-01-07,2025-02-20
  b,team,40,2025-04-02,
  c,free,7,2025-02-03,2025-02-25
  d,free,5,2025-01-31,2025-03-01
  e,team,20,2025-03-15,
  ,free,99,2025-01-01,2025-02-01`;

const SOURCE = `
sources:
  spells:
    data: spells.csv
    as_of: 2025-04-30
    lifespan: { start: started_on, end: ended_on }
segments:
  plan: { source: spells, by: plan }
defaults: { source: spells }
`;

/** Terms of growth accounting as metrics, in entities and in value. */
function movements(terms: readonly string[], more = ''): string {
  return terms
    .flatMap((of) => [
      `  ${of}: { type: movement, entity: account_id, of: ${of}${more} }`,
      `  ${of}_value: { type: movement, entity: account_id, of: ${of}, value: mrr${more} }`,
    ])
    .join('\n');
}

const TERMS = ['opening', 'closing', 'retained', 'lost', 'new', 'returned', 'acquired'];

describe('entities followed through spells', () => {
  const engine = testEngine();

  it('are alive at a bound that they began before and did not end before', async () => {
    const { values, at } = await compute(
      engine,
      `${SOURCE}
metrics:
  kept: { type: retention, entity: account_id }
  lost_share: { type: churn, entity: account_id }
  average: { type: churn, entity: account_id, base: average }
`,
      { spells: SPELLS },
    );
    // At the openings: nobody; a, b, d; a, d (whose end is the bound itself); a, e.
    assert.deepEqual(values('kept'), [null, 2 / 3, 1 / 2, 1]);
    assert.deepEqual(values('lost_share'), [null, 1 / 3, 1 / 2, 0]);
    // February: b and c gone, over the mean of 3 and 2. April opens with 2 and closes with 3.
    assert.deepEqual(values('average'), [0, 2 / 2.5, 1 / 2, 0]);
    assert.equal(at('average', '2025-02').n, 4);
    // Wilson for 2 of 3: Brown, Cai & DasGupta 2001, computed apart: (0.6667 + 0.6402 ± 1.96·0.4233…)/2.2804.
    near(at('kept', '2025-02').low, 0.2077);
    near(at('kept', '2025-02').high, 0.9385);
    assert.equal(at('average', '2025-02').low, null);
  });

  it('are counted, and their value is added up, in growth accounting', async () => {
    const { values } = await compute(
      engine,
      `${SOURCE}\nmetrics:\n${movements(TERMS)}
  expanded: { type: movement, entity: account_id, of: expanded, value: mrr }
  contracted: { type: movement, entity: account_id, of: contracted, value: mrr }
`,
      { spells: SPELLS },
    );
    assert.deepEqual(values('opening'), [0, 3, 2, 2]);
    assert.deepEqual(values('closing'), [3, 2, 2, 3]);
    assert.deepEqual(values('retained'), [0, 2, 1, 2]);
    assert.deepEqual(values('lost'), [0, 1, 1, 0]);
    assert.deepEqual(values('new'), [3, 0, 1, 0]);
    assert.deepEqual(values('returned'), [0, 0, 0, 1]);
    // c as well, though it was lost again.
    assert.deepEqual(values('acquired'), [3, 1, 1, 0]);
    assert.deepEqual(values('opening_value'), [0, 65, 35, 50]);
    assert.deepEqual(values('closing_value'), [65, 35, 50, 90]);
    // a has 10 of its 30 from before, d its 5.
    assert.deepEqual(values('retained_value'), [0, 15, 30, 50]);
    assert.deepEqual(values('expanded'), [0, 20, 0, 0]);
    assert.deepEqual(values('contracted'), [0, 0, 0, 0]);
    assert.deepEqual(values('lost_value'), [0, 50, 5, 0]);
    assert.deepEqual(values('returned_value'), [0, 0, 0, 40]);
    assert.deepEqual(values('acquired_value'), [65, 7, 20, 0]);
  });

  it('are in the groups of the opening, or of the close', async () => {
    const { values } = await compute(
      engine,
      `${SOURCE}
metrics:
  kept: { type: retention, entity: account_id, segments: [plan] }
  net: { type: retention, entity: account_id, value: mrr, expansion: include, segments: [plan] }
  gross: { type: retention, entity: account_id, value: mrr, expansion: exclude, segments: [plan] }
${movements(TERMS, ', segments: [plan]')}
`,
      { spells: SPELLS },
    );
    // a was on free when February opened; that it is on team at the close is no loss of free.
    assert.deepEqual(values('kept', 'plan.free'), [null, 1, 0, null]);
    assert.deepEqual(values('kept', 'plan.team'), [null, 0, 1, 1]);
    assert.deepEqual(values('net', 'plan.free'), [null, 35 / 15, 0, null]);
    assert.deepEqual(values('gross', 'plan.free'), [null, 1, 0, null]);
    assert.deepEqual(values('lost', 'plan.team'), [0, 1, 0, 0]);
    assert.deepEqual(values('closing', 'plan.free'), [2, 1, 0, 0]);
    assert.deepEqual(values('returned', 'plan.team'), [0, 0, 0, 1]);
    // c was never there at a close: it counts where it was.
    assert.deepEqual(values('acquired', 'plan.free'), [2, 1, 0, 0]);
  });

  it('are followed through a window from where it opens', async () => {
    const { values, partial } = await compute(
      engine,
      `${SOURCE}
metrics:
  two_months: { type: retention, entity: account_id, window: 2 months }
  this_year: { type: retention, entity: account_id, window: year_to_date }
  quarter: { type: retention, entity: account_id, grain: quarter }
  ever: { type: retention, entity: account_id, grain: all }
  new_ever: { type: movement, of: new, entity: account_id, grain: all }
  acquired_ever: { type: movement, of: acquired, entity: account_id, grain: all }
`,
      { spells: SPELLS },
    );
    // March looks back to 1 February: a, b, d, of whom a is left; April to 1 March: a, d.
    assert.deepEqual(values('two_months'), [null, null, 1 / 3, 1 / 2]);
    // The rows begin on 1 January, so that only the window of January begins before them.
    assert.deepEqual(partial('two_months'), ['2025-01']);
    assert.deepEqual(values('this_year'), [null, null, null, null]);
    // The second quarter opens with a and e, who are there in the end.
    assert.deepEqual(values('quarter'), [null, 1]);
    // Over all time there is no opening, and everybody who is there is new.
    assert.deepEqual(values('ever'), [null]);
    assert.deepEqual(values('new_ever'), [3]);
    assert.deepEqual(values('acquired_ever'), [5]);
  });

  it('leave by leaving the conditions, and zero value is there all the same', async () => {
    const { values } = await compute(
      engine,
      `${SOURCE}
metrics:
  on_free: { type: movement, of: lost, entity: account_id, where: plan = 'free' }
  paying: { type: retention, entity: account_id, value: mrr, expansion: include, where: mrr > 0 }
  all: { type: retention, entity: account_id, value: mrr, expansion: include }
  all_gross: { type: retention, entity: account_id, value: mrr, expansion: exclude }
  logos: { type: retention, entity: account_id, where: mrr > 0 }
`,
      {
        // The customers of a published example: a grows, b shrinks, c leaves, d begins to pay.
        spells: `
          account_id,plan,mrr,started_on,ended_on
          a,x,100,2025-01-01,2025-02-10
          a,free,130,2025-02-10,2025-02-20
          a,x,130,2025-02-20,
          b,x,50,2025-01-01,2025-02-10
          b,x,20,2025-02-10,
          c,x,200,2025-01-01,2025-02-10
          d,x,0,2025-01-01,2025-02-10
          d,x,70,2025-02-10,`,
      },
    );
    // a is on free for ten days of February, which opens and closes without it.
    assert.deepEqual(values('on_free'), [0, 0, 0, 0]);
    // vectors.json, revenue_retention: NRR 150/350, GRR 120/350, logo retention 2/3.
    near(values('paying')[1], 0.4285714286);
    near(values('all_gross')[1], 0.3428571429);
    near(values('logos')[1], 0.6666666667);
    // d is there at the opening with nothing, and what it brings later is expansion.
    near(values('all')[1], 220 / 350);
  });

  it('give the published example of the definitions of churn', async () => {
    const rows: string[] = [];
    const spell = (from: string, to: string): number => rows.push(`c${rows.length},${from},${to}`);
    // 100 at the start, of which 10 are lost; 20 new, of which 3 are lost again; 2 that had left before come back.
    for (let i = 0; i < 90; i++) spell('2025-01-01', '');
    for (let i = 0; i < 10; i++) spell('2025-01-01', '2025-02-14');
    for (let i = 0; i < 17; i++) spell('2025-02-03', '');
    for (let i = 0; i < 3; i++) spell('2025-02-03', '2025-02-20');
    for (const name of ['r1', 'r2']) rows.push(`${name},2025-01-02,2025-01-20`, `${name},2025-02-09,`);
    const { at } = await compute(
      engine,
      `sources:
  spells: { data: spells.csv, as_of: 2025-02-28, lifespan: { start: started_on, end: ended_on } }
defaults: { source: spells }
metrics:
  kept: { type: retention, entity: account_id }
  churn: { type: churn, entity: account_id }
  average: { type: churn, entity: account_id, base: average }
${movements(['opening', 'closing', 'new', 'returned', 'lost', 'acquired']).replaceAll(/.*_value.*\n?/g, '')}
`,
      { spells: `account_id,started_on,ended_on\n${rows.join('\n')}` },
    );
    const value = (metric: string): number | null => at(metric, '2025-02').value;
    assert.deepEqual(['opening', 'lost', 'returned', 'closing'].map(value), [100, 10, 2, 109]);
    assert.deepEqual(['new', 'acquired'].map(value), [17, 20]);
    near(value('kept'), 0.9);
    near(value('churn'), 0.1);
    near(value('average'), 0.1244019139);
  });

  it('have no interval in a census, and end by the last day that is inclusive', async () => {
    const { values, at } = await compute(
      engine,
      `sources:
  spells:
    data: spells.csv
    as_of: 2025-03-31
    coverage: census
    lifespan: { start: from, end: to, end_inclusive: true }
defaults: { source: spells }
metrics:
  kept: { type: retention, entity: who }
  gone: { type: movement, of: lost, entity: who }
`,
      {
        // a is alive all through February; its next spell begins the day after, so that the two are one.
        spells: `
          who,from,to
          a,2025-01-10,2025-02-28
          a,2025-03-01,
          b,2025-01-10,2025-02-27
          c,2025-01-10,2025-01-10`,
      },
    );
    assert.deepEqual(values('kept'), [null, 1 / 2, 1]);
    assert.deepEqual(values('gone'), [0, 1, 0]);
    assert.equal(at('kept', '2025-02').low, null);
  });
});
