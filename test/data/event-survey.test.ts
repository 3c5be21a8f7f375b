import assert from 'node:assert/strict';
import { dataProject, near } from './shared-data.ts';

// Expected values: the README beside the data; the score is the published one of prepbench, case 040.

describe('the survey of a conference', () => {
  const survey = dataProject('event-survey', 'event_survey/survey.csv');

  it('has no problems', () => {
    assert.deepEqual(survey.problems(), []);
  });

  it('has 8 promoters, 9 passives and 22 detractors', () => {
    assert.equal(survey.at('promoters').value, 8);
    assert.equal(survey.at('passives').value, 9);
    assert.equal(survey.at('detractors').value, 22);
  });

  it('has a score of −35.9 with its adjusted Wald interval', () => {
    const nps = survey.at('event_nps');
    near(nps.value, -35.8974359, 7);
    assert.equal(nps.n, 39);
    // Rocks (2016) by hand: (8.75 − 22.75) / 42 ± 1.96 × 12.3335478 points.
    near(nps.low, -57.506642885, 8);
    near(nps.high, -9.1600237816, 8);
  });

  it('has that score on the command line', async () => {
    const { metrics } = await survey.commandLine();
    const [nps] = metrics.find(({ metric }) => metric === 'event_nps')?.values ?? [];
    near(nps?.value ?? null, -35.8974359, 7);
    assert.equal(nps?.n, 39);
  });
});
