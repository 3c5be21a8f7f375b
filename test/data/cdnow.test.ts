import assert from 'node:assert/strict';
import { dataProject, near } from './shared-data.ts';

// Expected values: the README beside the data, computed there without this program.
const MONTHS = [
  ['1997-01', 885, 28592.7, 781],
  ['1997-02', 1178, 40433.81, 981],
  ['1997-03', 1204, 43472.1, 948],
  ['1997-04', 362, 12842.05, 267],
  ['1997-05', 291, 10880.33, 224],
  ['1997-06', 284, 9907.25, 232],
  ['1998-05', 176, 6378.14, 134],
  ['1998-06', 172, 5590.87, 138],
] as const;

describe('purchases at CDNOW', () => {
  const cdnow = dataProject('cdnow', 'cdnow/purchases.csv');

  it('have no problems', () => {
    assert.deepEqual(cdnow.problems(), []);
  });

  for (const [month, purchases, dollars, customers] of MONTHS) {
    it(`are ${purchases} in ${month}`, () => {
      assert.equal(cdnow.at('purchases', month).value, purchases);
      near(cdnow.at('dollars', month).value, dollars, 6);
      assert.equal(cdnow.at('customers', month).value, customers);
    });
  }

  // Of last month's customers, those that bought again.
  const AGAIN = [
    ['1997-02', 124, 781],
    ['1997-03', 168, 981],
    ['1997-04', 171, 948],
    ['1997-05', 90, 267],
    ['1997-06', 68, 224],
    ['1998-05', 38, 125],
    ['1998-06', 41, 134],
  ] as const;

  for (const [month, again, before] of AGAIN) {
    it(`are made again in ${month} by ${again} of ${before} customers`, () => {
      const { value, n } = cdnow.at('again', month);
      near(value, again / before, 12);
      assert.equal(n, before);
      near(cdnow.at('lost', month).value, 1 - again / before, 12);
      assert.equal(cdnow.at('opening', month).value, before);
      assert.equal(cdnow.at('retained', month).value, again);
    });
  }

  it('are made in the months after by so many of the 781 customers of January 1997', () => {
    for (const [index, active] of [124, 95, 70, 65, 77, 65].entries()) {
      const months = index + 1;
      const { value, n } = cdnow.at(`after_${months}_month${months === 1 ? '' : 's'}`, '1997-01');
      near(value, active / 781, 12);
      assert.equal(n, 781);
    }
    // The data end in June 1998.
    assert.equal(cdnow.at('after_6_months', '1998-01').value, null);
  });

  it('come to 244,091.94 dollars of 2,357 customers', () => {
    near(cdnow.at('all_dollars').value, 244091.94, 6);
    assert.equal(cdnow.at('all_customers').value, 2357);
    assert.equal(cdnow.at('all_purchases').value, 6919);
  });

  it('bring 244,091.94 dollars by 2,357 customers', () => {
    for (const [name, period] of [['worth'], ['worth_by_june', '1998-06']] as const) {
      const { value, n } = cdnow.at(name, period);
      assert.equal(n, 2357);
      near((value ?? Number.NaN) * n, 244091.94, 6);
    }
    // By the end of January 1997 everybody known has bought in January.
    near(cdnow.at('worth_by_june', '1997-01').value, 28592.7 / 781, 9);
  });

  it('are made by as many customers as take the first step', () => {
    for (const [month, , , customers] of MONTHS) {
      assert.equal(cdnow.at('bought_again_in_a_month', month).n, customers);
    }
  });

  it('add up to the quarter', () => {
    near(cdnow.at('dollars_by_quarter', '1997-Q1').value, 28592.7 + 40433.81 + 43472.1, 6);
    near(cdnow.at('dollars_by_quarter', '1997-Q2').value, 12842.05 + 10880.33 + 9907.25, 6);
  });

  it('are the same on the command line', async () => {
    const { metrics } = await cdnow.commandLine();
    const of = (metric: string, period: string): number | null =>
      metrics.find((one) => one.metric === metric)?.values.find((value) => value.period === period)?.value ??
      null;
    for (const [month, purchases, dollars, customers] of MONTHS) {
      assert.equal(of('purchases', month), purchases);
      near(of('dollars', month), dollars, 6);
      assert.equal(of('customers', month), customers);
    }
    near(of('all_dollars', 'all'), 244091.94, 6);
  });
});
