import assert from 'node:assert/strict';
import { join } from 'node:path';
import { readTables } from '../kit/csv-tables.ts';
import { educationOracle } from './education-oracle.ts';
import { itExplains, valueIn } from './written-examples.ts';

const folder = join('samples', 'education');

// What the README tells, in the order in which it asks.
describe('the education sample', () => {
  const series = educationOracle(readTables(folder));
  const value = (metric: string, period: string, group?: string): number =>
    valueIn(series, metric, period, group);
  const isAbout = (found: number, expected: number, within: number): boolean =>
    Math.abs(found - expected) <= within;

  itExplains(folder, series);

  it('tells of an enrolment rate that falls without any mode of study getting worse', () => {
    assert.ok(value('enrolment_rate', '2025-Q1') < value('enrolment_rate', '2023-Q3') - 0.1);
    for (const quarter of ['2023-Q3', '2024-Q2', '2025-Q1']) {
      assert.ok(isAbout(value('enrolment_rate', quarter, 'mode.on_site'), 0.67, 0.02), quarter);
      assert.ok(isAbout(value('enrolment_rate', quarter, 'mode.evening'), 0.62, 0.035), quarter);
      assert.ok(isAbout(value('enrolment_rate', quarter, 'mode.online'), 0.35, 0.02), quarter);
    }
  });

  it('tells of scores that rise while the gain stays', () => {
    assert.ok(value('mean_score', '2025-Q2') > value('mean_score', '2024-Q2') + 6);
    assert.ok(value('pass_rate', '2025-Q2') > value('pass_rate', '2024-Q2') + 0.1);
    for (const quarter of ['2023-Q4', '2024-Q2', '2024-Q4', '2025-Q2'])
      assert.ok(isAbout(value('learning_gain', quarter), 15, 1), quarter);
  });

  it('tells of mentors who closed the gap between languages', () => {
    const rate = (quarter: string, group: string) =>
      value('withdrawal_rate', quarter, `first_language.${group}`);
    for (const quarter of ['2023-Q3', '2023-Q4', '2024-Q1', '2024-Q2', '2024-Q3'])
      assert.ok(rate(quarter, 'another') > rate(quarter, 'english') + 0.05, quarter);
    for (const quarter of ['2024-Q4', '2025-Q1', '2025-Q2']) {
      assert.ok(isAbout(rate(quarter, 'another'), 0.1, 0.025), quarter);
      assert.ok(isAbout(rate(quarter, 'english'), 0.1, 0.025), quarter);
    }
  });

  it('tells of posts for a mark, and of no more answers to them', () => {
    assert.ok(value('posts_per_learner', '2025-Q1') > 2.5 * value('posts_per_learner', '2024-Q4'));
    assert.ok(value('interaction', '2025-Q1') < value('interaction', '2024-Q4'));
  });

  it('tells of a freeze of hiring, and of all that follows', () => {
    assert.deepEqual([value('educators', '2024-Q2'), value('educators', '2025-Q2')], [19, 15]);
    assert.ok(value('learners_per_educator', '2025-Q2') > 1.7 * value('learners_per_educator', '2024-Q2'));
    for (const metric of ['educator_satisfaction', 'training_participation', 'feedback_answered'])
      assert.ok(value(metric, '2025-Q2') < value(metric, '2024-Q2') - 0.3, metric);
    assert.ok(value('learner_nps', '2025-Q2') < value('learner_nps', '2024-Q2') - 20);
  });
});
