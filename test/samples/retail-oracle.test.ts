import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cell, readTables } from '../kit/csv-tables.ts';
import { retailOracle } from './retail-oracle.ts';
import { itExplains, valueIn } from './written-examples.ts';

const folder = join('samples', 'retail');

describe('the retail sample', () => {
  const series = retailOracle(join(folder, 'data'));
  const value = (metric: string, period: string, group?: string): number =>
    valueIn(series, metric, period, group);

  itExplains(folder, series);

  it('tells of advertisements that bring customers who do not come back', () => {
    assert.ok(
      value('new_customers', '2025-06', 'channel.social_ads') > value('new_customers', '2025-06') / 2,
    );
    assert.ok(value('repeat_rate', '2025-06', 'channel.social_ads') < 0.35);
    assert.ok(value('repeat_rate', '2025-06') < value('repeat_rate', '2024-08') - 0.05);
    for (const channel of ['search', 'friend', 'market_stall', 'newsletter']) {
      assert.ok(value('repeat_rate', '2025-06', `channel.${channel}`) > 0.8);
    }
    assert.ok(
      value('half_year_value', '2025-06', 'channel.social_ads') <
        value('cost_per_new_customer', '2025-06', 'channel.social_ads') / 2,
    );
  });

  it('tells of a fee that the young did not pay', () => {
    for (const month of ['2025-01', '2025-02', '2025-03']) {
      assert.ok(value('member_churn', month) > 0.1);
      assert.ok(value('member_churn', month, 'age_band.18-29') > 0.2);
      assert.ok(value('leaving_rate', month, 'left_because.fee') > value('leaving_rate', month) * 0.6);
    }
    assert.ok(value('member_churn', '2024-12') < 0.05);
    assert.ok(value('member_churn', '2025-04') < 0.05);
    assert.ok(value('members', '2025-06') > value('members', '2024-12'));
  });

  it('tells of a carrier that is late in the north', () => {
    assert.ok(value('days_to_door', '2025-04', 'region.north') > 6);
    assert.ok(value('days_to_door', '2025-02', 'region.north') < 4);
    assert.ok(value('nps', '2025-Q2', 'region.north') < value('nps', '2024-Q4', 'region.north') - 50);
    assert.ok(value('contacts_per_resolved_issue', '2025-Q2', 'region.north') > 2);
    assert.ok(value('contacts_per_resolved_issue', '2025-Q2', 'region.south') < 2);
  });

  it('tells of a page for payment that does not work on phones', () => {
    assert.ok(value('checkout_completion', '2025-06', 'device.phone') < 0.45);
    assert.ok(value('checkout_completion', '2025-03', 'device.phone') > 0.6);
    assert.ok(value('checkout_completion', '2025-06', 'device.desktop') > 0.5);
  });

  it('tells of reviews that somebody answers since February 2025', () => {
    assert.ok(value('feedback_answered', '2025-01', 'said_in.reviews') < 0.3);
    assert.ok(value('feedback_answered', '2025-03', 'said_in.reviews') > 0.7);
    assert.ok(value('feedback_answered', '2025-03', 'said_in.survey_answers') < 0.3);
  });

  it('tells of cafés that earn the most, as far as their costs are known', () => {
    assert.ok(
      value('customer_profit', '2025-Q2', 'kind.cafe') >
        10 * value('customer_profit', '2025-Q2', 'kind.home'),
    );
    assert.equal(value('cost_known', '2025-Q2', 'kind.home'), 1);
    assert.ok(value('cost_known', '2025-Q2', 'kind.cafe') < 0.9);
  });

  it('gives its README the figures of the story', () => {
    const readme = readFileSync(join(folder, 'README.md'), 'utf8').replaceAll(/\s+/g, ' ');
    const percent = (digits: number, ...of: Parameters<typeof value>): string =>
      `${(value(...of) * 100).toFixed(digits)} %`;
    const pounds = (...of: Parameters<typeof value>): string => `£${value(...of).toFixed(0)}`;
    for (const words of [
      `costs ${pounds('cost_per_new_customer', '2025-06', 'channel.social_ads')} and brings ${pounds('half_year_value', '2025-06', 'channel.social_ads')} in the first half year`,
      `from ${percent(1, 'repeat_rate', '2024-08')} in August 2024 to ${percent(1, 'repeat_rate', '2025-06')}`,
      `in June, with ${value('members', '2025-06')} members`,
      `NPS went from ${value('nps', '2024-Q4', 'region.north').toFixed(1)} in 2024-Q4 to −${(-value('nps', '2025-Q2', 'region.north')).toFixed(1)} in 2025-Q2`,
      `takes ${value('contacts_per_resolved_issue', '2025-Q2', 'region.north').toFixed(1)} contacts`,
      `at ${value('nps', '2025-Q2').toFixed(1)}, only`,
      `On phones, ${percent(0, 'checkout_completion', '2025-06', 'device.phone')} of`,
      `in March it was ${percent(0, 'checkout_completion', '2025-03', 'device.phone')}`,
      `at ${percent(0, 'checkout_completion', '2025-06')}, would`,
      `a café left ${pounds('customer_profit', '2025-Q2', 'kind.cafe')} after`,
      `a household ${pounds('customer_profit', '2025-Q2', 'kind.home')}.`,
      `the costs of ${(100 * (1 - value('cost_known', '2025-Q2', 'kind.cafe'))).toFixed(0)} % of the cafés`,
    ])
      assert.ok(readme.includes(words), words);
  });

  it('holds the odd rows that its README lists, beside the order that was exported twice', () => {
    const table = readTables(join(folder, 'data'));
    const of = (name: string, column: string) => table(name).map((row) => cell(row, column));
    assert.equal(of('survey_answers', 'answered_at').filter((text) => text === '').length, 1);
    const high = table('survey_answers').filter((row) => Number(cell(row, 'score')) > 10);
    assert.deepEqual(
      high.map((row) => [cell(row, 'survey'), cell(row, 'score')]),
      [['nps', '11']],
    );
    assert.equal(of('reviews', 'stars').filter((stars) => stars === '0').length, 1);
    const backward = table('memberships').filter(
      (row) => cell(row, 'left_on') !== '' && cell(row, 'left_on') <= cell(row, 'joined_on'),
    );
    assert.equal(backward.length, 1);
    const customers = new Set(of('customers', 'customer_id'));
    assert.deepEqual(
      of('contacts', 'customer_id').filter((id) => !customers.has(id)),
      ['C9999'],
    );
  });
});
