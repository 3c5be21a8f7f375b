import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { saasOracle } from './saas-oracle.ts';
import { itExplains, valueIn } from './written-examples.ts';

const folder = join('samples', 'saas');

describe('the saas sample', () => {
  const series = saasOracle(join(folder, 'data'));

  // The one snapshot has no series; its sum can be seen in seven rows.
  itExplains(folder, series, ['csm_capacity']);

  it('tells of enterprise falling while the total rises', () => {
    const quarters = ['2024-Q3', '2024-Q4', '2025-Q1', '2025-Q2'];
    const enterprise = quarters.map((quarter) => valueIn(series, 'nps', quarter, 'company_size.enterprise'));
    const total = quarters.map((quarter) => valueIn(series, 'nps', quarter));
    assert.deepEqual(
      enterprise,
      [...enterprise].sort((a, b) => b - a),
    );
    assert.deepEqual(
      total,
      [...total].sort((a, b) => a - b),
    );
    assert.ok(
      enterprise[0] !== undefined && enterprise[3] !== undefined && enterprise[0] - enterprise[3] > 20,
    );
  });

  it('tells of a price that small accounts paid in October and left over in December', () => {
    const small = (metric: string, month: string) => valueIn(series, metric, month, 'company_size.small');
    assert.ok(small('mrr_per_account', '2024-10') > small('mrr_per_account', '2024-09') * 1.15);
    assert.ok(small('cancellation_rate', '2024-12') > small('cancellation_rate', '2024-11') * 3);
    assert.ok(small('cancellation_rate', '2024-11') < 0.03);
  });

  it('tells of a February without enough people at the help desk', () => {
    assert.ok(valueIn(series, 'first_reply_hours', '2025-02') > 10);
    assert.ok(valueIn(series, 'first_reply_hours', '2025-01') < 5);
    assert.ok(valueIn(series, 'first_reply_hours', '2025-03') < 5);
    assert.ok(valueIn(series, 'csat_support', '2025-02') < 0.65);
    assert.ok(valueIn(series, 'csat_support', '2025-01') > 0.75);
  });

  it('tells of a feature that came in September 2024 and was taken up', () => {
    assert.equal(valueIn(series, 'auto_rota_adoption', '2024-08'), 0);
    assert.ok(valueIn(series, 'auto_rota_adoption', '2024-09') < 0.1);
    assert.ok(valueIn(series, 'auto_rota_adoption', '2025-06') > 0.3);
  });

  it('holds the odd rows that its README lists, and no others', () => {
    const lines = (name: string) =>
      readFileSync(join(folder, 'data', name), 'utf8')
        .trimEnd()
        .split('\n')
        .slice(1);
    const repeated = readdirSync(join(folder, 'data')).filter(
      (name) => new Set(lines(name)).size < lines(name).length,
    );
    assert.deepEqual(repeated, ['invoices.csv']);
    assert.equal(lines('invoices.csv').length - new Set(lines('invoices.csv')).size, 1);
    const answers = lines('survey_answers.csv').map((line) => line.split(','));
    assert.equal(answers.filter((cells) => cells[4] === '').length, 1);
    assert.deepEqual(
      answers.filter((cells) => Number(cells[3]) > 10).map((cells) => [cells[2], cells[3]]),
      [['nps', '11']],
    );
    const backward = lines('subscriptions.csv')
      .map((line) => line.split(','))
      .filter(([, , , , , start = '', end = '']) => end !== '' && end <= start);
    assert.equal(backward.length, 1);
    assert.equal(lines('tickets.csv').filter((line) => line.includes(',A9999,')).length, 1);
  });
});
