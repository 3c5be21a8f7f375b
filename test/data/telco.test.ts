import assert from 'node:assert/strict';
import { dataProject, near } from './shared-data.ts';

// Expected values: the README beside the data, computed there without this program.

describe('customers of a telephone company', () => {
  const telco = dataProject('telco', 'telco/telco_customers.csv');

  it('have no problems', () => {
    assert.deepEqual(telco.problems(), []);
  });

  it('churn in 1869 of 7043 cases, with a Wilson interval', () => {
    const churn = telco.at('churn_rate');
    near(churn.value, 0.26536987, 8);
    assert.equal(churn.n, 7043);
    near(churn.low, 0.25518811, 8);
    near(churn.high, 0.27580744, 8);
  });

  it('churn by contract', () => {
    assert.deepEqual([...telco.groups('churn_rate')].sort(), ['Month-to-month', 'One year', 'Two year']);
    const expected = [
      ['Month-to-month', 0.42709677, 3875],
      ['One year', 0.11269518, 1473],
      ['Two year', 0.02831858, 1695],
    ] as const;
    for (const [contract, value, n] of expected) {
      const share = telco.at('churn_rate', 'all', [contract]);
      near(share.value, value, 8);
      assert.equal(share.n, n);
      assert.equal(telco.at('customers', 'all', [contract]).value, n);
    }
  });

  it('pay 64.76 a month, half of them 70.35 or more', () => {
    near(telco.at('mean_charge').value, 64.76169246, 8);
    near(telco.at('median_charge').value, 70.35, 8);
    near(telco.at('charge_25').value, 35.5, 8);
    near(telco.at('charge_75').value, 89.85, 8);
    near(telco.at('charge_90').value, 102.6, 8);
    near(telco.at('charge_spread').value, 30.0900471, 7);
  });

  it('take 30.5 % of the revenue with them', () => {
    near(telco.at('lost_revenue').value, 139130.85, 6);
    near(telco.at('revenue').value, 456116.6, 6);
    near(telco.at('revenue_churn').value, 0.30503352, 8);
    assert.equal(telco.at('revenue_churn').low, null);
  });

  it('have no total charges in 11 rows, all of them new', () => {
    assert.equal(telco.at('without_total_charges').value, 11);
    assert.equal(telco.at('new_without_total_charges').value, 11);
    near(telco.at('total_charges').value, 16056168.7, 6);
    assert.equal(telco.at('total_charges').n, 7032);
    near(telco.at('mean_total_charges').value, 2283.30044084, 8);
    assert.equal(telco.at('mean_total_charges').n, 7032);
  });

  it('are the same on the command line', async () => {
    const { metrics } = await telco.commandLine();
    const churn = metrics.find(({ metric }) => metric === 'churn_rate')?.values ?? [];
    const total = churn.find(({ group }) => Object.keys(group).length === 0);
    near(total?.value ?? null, 0.26536987, 8);
    near(total?.low ?? null, 0.25518811, 8);
    near(total?.high ?? null, 0.27580744, 8);
    const revenue = metrics.find(({ metric }) => metric === 'revenue_churn')?.values[0];
    near(revenue?.value ?? null, 0.30503352, 8);
  });
});
