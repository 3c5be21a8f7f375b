import assert from 'node:assert/strict';
import fc from 'fast-check';
import { lifecycleProjects, MOVEMENTS } from '../../kit/reference/arbitrary-lifecycle.ts';
import { projects } from '../../kit/reference/arbitrary-project.ts';
import { constructsOf } from '../../kit/reference/constructs-of.ts';
import type { RefProject } from '../../kit/reference/project.ts';
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

const GRAINS = ['day', 'week', 'month', 'quarter', 'year', 'all'].map((grain) => `grain:${grain}`);
const SEGMENTS = ['by', 'groups', 'where', 'by-source'].map((kind) => `segment:${kind}`);

/** The pairs that have to meet often in the metric itself, and not only in what it is made of. */
const OFTEN: readonly (readonly [readonly string[], readonly string[]])[] = [
  [['window:trailing', 'window:to-date'], GRAINS],
  [['per'], SEGMENTS],
  [['total_over'], ['where']],
  [['at:link'], SEGMENTS],
  [['union'], SEGMENTS],
  [['previous:period', 'previous:interval'], ['grain:week']],
];

/** What cannot meet: a metric has one grain, and a calendar interval is no whole number of the one period of all time. */
function isImpossible(a: string, b: string): boolean {
  const grains = [a, b].filter((word) => word.startsWith('grain:')).length;
  return grains === 2 || (a === 'grain:all' && b === 'previous:interval');
}

/** How many projects have a metric in which two constructs meet, by the two in the order of letters. */
function meetings(drawn: readonly RefProject[], extent: 'own' | 'all'): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const project of drawn) {
    const pairs = new Set<string>();
    for (const metric of project.metrics) {
      const found = [...constructsOf(project, metric, extent)].toSorted();
      for (const [index, a] of found.entries()) for (const b of found.slice(index)) pairs.add(`${a} × ${b}`);
    }
    for (const pair of pairs) counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  return counts;
}

function met(counts: ReadonlyMap<string, number>, a: string, b: string): number {
  return counts.get([a, b].toSorted().join(' × ')) ?? 0;
}

describe('pairs of constructs in random projects', () => {
  let drawn: readonly RefProject[] = [];
  before(() => {
    drawn = fc.sample(projects, { seed: 1, numRuns: 150 });
  });

  it('that a period, an entity or a total can go wrong in meet in one of fifteen', () => {
    const counts = meetings(drawn, 'own');
    const pairs = OFTEN.flatMap(([left, right]) => left.flatMap((a) => right.map((b) => [a, b] as const)));
    const rare = pairs.filter(([a, b]) => met(counts, a, b) * 15 < drawn.length);
    assert.deepEqual(
      rare.map(([a, b]) => `${a} × ${b}: ${met(counts, a, b)}`),
      [],
    );
  });

  it('all meet, those of what a metric is made of too', () => {
    const counts = meetings(drawn, 'all');
    const words = [...new Set([...counts.keys()].flatMap((pair) => pair.split(' × ')))].toSorted();
    const missing = words.flatMap((a, index) =>
      words
        .slice(index + 1)
        .filter((b) => !isImpossible(a, b) && met(counts, a, b) === 0)
        .map((b) => `${a} × ${b}`),
    );
    assert.deepEqual(missing, []);
    // Every grain, form of a window, kind of a segment: the words themselves are all there.
    assert.ok(words.length >= 38, words.join());
  });
});
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
