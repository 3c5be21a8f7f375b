import assert from 'node:assert/strict';
import fc from 'fast-check';
import { lifecycleProjects, MOVEMENTS } from '../../kit/reference/arbitrary-lifecycle.ts';
import { projects } from '../../kit/reference/arbitrary-project.ts';
import { metricJson, projectFiles } from '../../kit/reference/write.ts';

/** What a random project can hold, by how its definitions write it: the pairs that the issue of the constructs names, too. */
const CONSTRUCTS: Readonly<Record<string, RegExp>> = {
  formula: /"formula":/,
  'aggregate in a formula': /"formula":"[^"]*count_if/,
  'previous period': /previous\(\w+\)/,
  'previous interval': /previous\(\w+, '/,
  'previous × week': /previous\(\w+, '[^"]*"[^{}]*"grain":"week"/,
  parts: /"parts":/,
  'filtered reuse': /\{"metric":"\w+","where":/,
  'filtered reuse in a ratio': /"(numerator|denominator)":\{"metric":"\w+","where":/,
  'length of the period': /date_diff\('day', period_start, period_end\)/,
  total_over: /"total_over":/,
  'total_over × where': /"total_over":[^{}]*"where":/,
  'trailing window': /"window":"\d+ (day|week|month|quarter|year)s?"/,
  'window to date': /"window":"(month|quarter|year)_to_date"/,
  all_time: /"window":"all_time"/,
  'window × grain': /"window":"[^"]*"[^{}]*"grain":"(day|week|month|quarter|year)"/,
  'window of a formula': /"formula":"[^{}]*"window":/,
  at: /"at":"(last|first)"/,
  at_per: /"at_per":/,
  'at × link': /"at_per":(\[[^\]]*)?"account\.industry"/,
  per: /"per":/,
  'per × link': /"per":"account"/,
  'per × segment': /"per":[^{}]*"segments":/,
  'per × window': /"window":[^{}]*"per":/,
  once_per: /"once_per":/,
  'where of a source': /"as_of":[^\n]*"where":[^\n]*"columns":|"time":"[^"]*","where":/,
  one_per: /"one_per":/,
  'computed column': /"net":\{"value":/,
  facts: /"spend":\{"of":"orders"/,
  'segment on facts': /"spenders":\{"source":"accounts"/,
  'union × segment': /"source":"feedback"[^{}]*"segments":\[[^\]]*"(origin|activity)"/,
  sampled_by: /"sampled_by":/,
};

/** The same of projects whose metrics follow entities. */
const FOLLOWING: Readonly<Record<string, RegExp>> = {
  'retention by count': /"retention","entity":"[^"]*","source"/,
  'net retention': /"expansion":"include"/,
  'gross retention': /"expansion":"exclude"/,
  'churn on the average base': /"base":"average"/,
  ...Object.fromEntries(
    [...MOVEMENTS, 'expanded', 'contracted'].map((of) => [of, new RegExp(`"of":"${of}"`)]),
  ),
  'movement × value': /"movement","entity":"[^"]*","value"/,
  'cohorts by period': /"after":"\d+ years?"[^{}]*"grain":"(month|quarter|year)"/,
  'cohorts by day': /"after":"\d+ days?"[^{}]*"grain":"(month|quarter|year|all)"/,
  joined: /"joined":"account\.opened_on"/,
  'entity × link': /"entity":"account"/,
  'entity × path': /"entity":"account\.\w+"/,
  'window × spells': /"source":"subscriptions"[^{}]*"window":/,
  'window × events': /"source":"(orders|feedback)"[^{}]*"window":/,
  'window × all': /"window":[^{}]*"grain":"all"/,
  'segment × where': /"entity":[^{}]*"where":[^{}]*"segments":/,
  'two segments': /"entity":[^{}]*"segments":\["\w+","\w+"/,
  total_over: /"total_over":\["plan"\]/,
};

describe('random projects', () => {
  it('follow entities in every way', () => {
    const metrics = fc.sample(lifecycleProjects, { seed: 1, numRuns: 40 }).flatMap((one) => one.metrics);
    const text = metrics.map((metric) => JSON.stringify(metricJson(metric))).join('\n');
    const missing = Object.keys(FOLLOWING).filter((name) => FOLLOWING[name]?.test(text) !== true);
    assert.deepEqual(missing, []);
  });

  it('hold every construct, and the pairs in which they meet', () => {
    const texts = fc
      .sample(projects, { seed: 1, numRuns: 60 })
      .map((project) => {
        const { sources, segments, metrics } = JSON.parse(projectFiles(project)['all.metrics.yaml'] ?? '');
        return [sources, segments, metrics]
          .flatMap((section) => Object.entries(section))
          .map(([name, definition]) => `"${name}":${JSON.stringify(definition)}`)
          .join('\n');
      })
      .join('\n');
    const missing = Object.keys(CONSTRUCTS).filter((name) => CONSTRUCTS[name]?.test(texts) !== true);
    assert.deepEqual(missing, []);
  });
});
