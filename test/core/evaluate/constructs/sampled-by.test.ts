import assert from 'node:assert/strict';
import { compute } from '../../../kit/construct.ts';
import { testEngine } from '../../../kit/engine.ts';
import { near } from '../../../kit/reference/compare.ts';

const ANSWERS = `
  at,account_id,score,happy
  2025-01-01,a,10,true
  2025-01-01,a,14,true
  2025-01-02,b,4,false
  2025-01-03,c,8,true
  2025-01-04,c,9,false
  2025-02-01,a,7,true
  2025-02-02,a,7,true
  2025-03-01,a,5,true
  2025-03-01,b,5,true`;

function sourced(more: string): string {
  return `
sources:
  answers: { data: answers.csv, time: at${more} }
metrics:
  mean: { type: average, source: answers, value: score }
  happy: { type: share, source: answers, matching: happy }
  total: { type: sum, source: answers, value: score }
  per_account: { type: average, source: answers, per: account_id, value: sum(score) }
`;
}

describe('sampled_by', () => {
  const engine = testEngine();

  it('rests the interval of a mean on the totals of units', async () => {
    const { at } = await compute(engine, sourced(', sampled_by: account_id'), { answers: ANSWERS });
    const mean = at('mean', '2025-01');
    // Totals 24, 4, 17 of 2, 1, 2 answers: 45 / 5 = 9. They are 6, −5, −1 from 9 times their size, of which the variance is 31;
    // √(31/3) over the mean size 5/3 is 1.928730, and t(2) = 4.302653.
    assert.deepEqual([mean.value, mean.n], [9, 5]);
    near(mean.low, 0.701344);
    near(mean.high, 17.298656);
  });

  it('cuts that of a share at its bounds, and gives none for one unit or for sums', async () => {
    const { at } = await compute(engine, sourced(', sampled_by: account_id'), { answers: ANSWERS });
    // Totals 2, 0, 1 of 2, 1, 2 around 3/5: 0.8, −0.6, −0.2, variance 0.52: ± 4.302653 · √(0.52/3) / (5/3) = 1.0748.
    assert.deepEqual(at('happy', '2025-01'), { value: 0.6, n: 5, low: 0, high: 1 });
    // In February all answers are of one account; in March the two agree in everything.
    assert.deepEqual(at('mean', '2025-02'), { value: 7, n: 2, low: null, high: null });
    assert.deepEqual(at('mean', '2025-03'), { value: 5, n: 2, low: 5, high: 5 });
    assert.deepEqual(at('total', '2025-01'), { value: 45, n: 5, low: null, high: null });
  });

  it('leaves the plain interval to what is said of the units themselves', async () => {
    const { at } = await compute(engine, sourced(', sampled_by: account_id'), { answers: ANSWERS });
    const plain = await compute(engine, sourced(''), { answers: ANSWERS });
    // 24, 4 and 17: mean 15, s = √103, ± 4.302653 · √(103/3).
    const { value, low, high } = at('per_account', '2025-01');
    assert.equal(value, 15);
    near(low, -10.211244);
    near(high, 40.211244);
    assert.deepEqual(at('per_account', '2025-01'), plain.at('per_account', '2025-01'));
  });

  it('takes the row of a link for the unit where the unit finds it', async () => {
    const definitions = sourced(
      ', sampled_by: account_id, links: { account: { to: accounts, using: account_id } }',
    )
      .replace('metrics:', '  accounts: { data: accounts.csv, key: account_id }\nmetrics:')
      .replace('per: account_id', 'per: account');
    const accounts = `
      account_id,name
      a,Alder
      b,Birch
      c,Cedar`;
    const { at } = await compute(engine, definitions, { answers: ANSWERS, accounts });
    // The same accounts as by their column: 15 ± 4.302653 · √(103/3).
    const { value, low, high } = at('per_account', '2025-01');
    assert.equal(value, 15);
    near(low, -10.211244);
    near(high, 40.211244);
  });

  it('says nothing where only what happened matters', async () => {
    const { at } = await compute(engine, sourced(', sampled_by: account_id, coverage: census'), {
      answers: ANSWERS,
    });
    assert.deepEqual(at('mean', '2025-01'), { value: 9, n: 5, low: null, high: null });
  });

  it('keeps its value within the interval where some rows have no unit', async () => {
    const { at } = await compute(engine, sourced(', sampled_by: account_id'), {
      answers: `
        at,account_id,score,happy
        2025-01-01,a,1,true
        2025-01-01,b,1,true
        2025-01-02,,7,false`,
    });
    // Those without one are a unit more: 1, 1 and 7 are 3 ± t(2) · √12 / √3.
    const { value, low, high } = at('mean', '2025-01');
    assert.equal(value, 3);
    near(low, -5.605305);
    near(high, 11.605305);
  });

  it('leaves shares over total_over without an interval, as rows of one unit are alike', async () => {
    const definitions = `${sourced(', sampled_by: account_id').replace('metrics:', 'segments:\n  mood: { source: answers, by: happy }\nmetrics:')}
  answers: { type: count, source: answers }
  moods: { type: ratio, numerator: answers, denominator: answers, total_over: [mood], segments: [mood] }
`;
    const { at } = await compute(engine, definitions, { answers: ANSWERS });
    assert.deepEqual(at('moods', '2025-01', 'mood.true'), { value: 0.6, n: 5, low: null, high: null });
  });
});
