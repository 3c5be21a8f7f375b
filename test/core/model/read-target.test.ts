import assert from 'node:assert/strict';
import { readText } from '../../kit/metrics-file.ts';
import { present } from '../../kit/present.ts';

const { targets, journeys } = readText(`plumbline: 1
targets:
  nps_enterprise_2025:
    metric: nps
    segment: company_size.enterprise
    at_least: 50
    due: 2025-Q4
    baseline: { period: 2024-Q4, value: 38 }
    tolerance: 2
    owner: cx
    why: Enterprise renewals follow it.
    if_missed: Pause the onboarding redesign.
  churn_low: { metric: churn, segment: contract.One year, at_most: 2.5%, each: quarter }
  steady: { metric: nps, between: [40, 60], due: 2025 }
  dotted: { metric: nps, segment: contract.a.b, at_least: 1 }
  typing: { metric: nps, at_least: , segment: contract }
  lopsided: { metric: nps, between: [40] }
journeys:
  customer:
    label: Customer
    segment: champions
    stages:
      onboarding: { label: Onboarding, pains: [unclear first step], metrics: [activation_rate, onboarding_effort] }
      adoption: { metrics: [feature_adoption, weekly_active_users] }
      renewal:
`);

describe('readTarget', () => {
  it('reads a goal with its due period, baseline and consequences', () => {
    const target = present(targets.get('nps_enterprise_2025'));
    assert.equal(target.metric?.text, 'nps');
    assert.equal(target.goal?.kind, 'at_least');
    assert.equal(target.goal?.kind === 'at_least' && target.goal.value.value, 50);
    assert.equal(target.due?.text, '2025-Q4');
    assert.equal(target.each, undefined);
    assert.equal(target.baseline?.period.text, '2024-Q4');
    assert.equal(target.baseline?.value.value, 38);
    assert.equal(target.tolerance?.value, 2);
    assert.equal(target.owner, 'cx');
    assert.equal(target.why, 'Enterprise renewals follow it.');
    assert.equal(target.ifMissed, 'Pause the onboarding redesign.');
  });

  it('splits a group at the first dot and takes the rest literally', () => {
    const group = (name: string) => {
      const reference = targets.get(name)?.segment;
      return [reference?.segment, reference?.group];
    };
    assert.deepEqual(group('nps_enterprise_2025'), ['company_size', 'enterprise']);
    assert.deepEqual(group('churn_low'), ['contract', 'One year']);
    assert.deepEqual(group('dotted'), ['contract', 'a.b']);
    assert.deepEqual(group('typing'), ['contract', '']);
  });

  it('reads percentages, recurring periods and ranges', () => {
    const churn = present(targets.get('churn_low'));
    assert.equal(churn.goal?.kind === 'at_most' && churn.goal.value.value, 0.025);
    assert.equal(churn.each?.text, 'quarter');
    const { goal, due } = present(targets.get('steady'));
    assert.deepEqual(goal?.kind === 'between' && [goal.low.value, goal.high.value], [40, 60]);
    // The year stays text: it is a period, whatever YAML makes of it.
    assert.equal(due?.text, '2025');
  });

  it('keeps a target whose goal is half typed', () => {
    assert.equal(targets.get('typing')?.goal, undefined);
    assert.equal(targets.get('typing')?.metric?.text, 'nps');
    assert.equal(targets.get('lopsided')?.goal, undefined);
  });
});

describe('readJourney', () => {
  it('reads stages in their order', () => {
    const journey = present(journeys.get('customer'));
    assert.equal(journey.label, 'Customer');
    assert.equal(journey.segment?.text, 'champions');
    assert.deepEqual([...journey.stages.keys()], ['onboarding', 'adoption', 'renewal']);
    const onboarding = present(journey.stages.get('onboarding'));
    assert.equal(onboarding.label, 'Onboarding');
    assert.deepEqual(onboarding.pains, ['unclear first step']);
    assert.deepEqual(
      onboarding.metrics.map((word) => word.text),
      ['activation_rate', 'onboarding_effort'],
    );
    assert.deepEqual(journey.stages.get('renewal')?.metrics, []);
  });
});
