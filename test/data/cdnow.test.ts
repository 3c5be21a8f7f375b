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

  it('come to 244,091.94 dollars of 2,357 customers', () => {
    near(cdnow.at('all_dollars').value, 244091.94, 6);
    assert.equal(cdnow.at('all_customers').value, 2357);
    assert.equal(cdnow.at('all_purchases').value, 6919);
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
