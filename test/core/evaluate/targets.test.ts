import assert from 'node:assert/strict';
import { formatPeriod } from '../../../server/src/core/base/period.ts';
import { type Evaluation, evaluate } from '../../../server/src/core/evaluate/evaluate.ts';
import type { TargetCheck, TargetResult } from '../../../server/src/core/evaluate/evaluate-targets.ts';
import {
  finishedStatus,
  type Goal,
  onPath,
  progressOf,
  runningStatus,
  type TargetStatus,
} from '../../../server/src/core/evaluate/target-status.ts';
import type { Estimate } from '../../../server/src/core/plan/metric-plan.ts';
import { testEngine } from '../../kit/engine.ts';
import { present } from '../../kit/present.ts';
import { near } from '../../kit/reference/compare.ts';
import { withProject } from '../../kit/reference/run.ts';

const atLeast = (value: number): Goal => ({ kind: 'at_least', value });
const atMost = (value: number): Goal => ({ kind: 'at_most', value });
const between = (low: number, high: number): Goal => ({ kind: 'between', low, high });

describe('the status of a target', () => {
  const sure = (value: number | null): Estimate => ({ value, n: 10, low: null, high: null });
  const unsure: Estimate = { value: 0.8, n: 100, low: 0.71, high: 0.87 };

  it('is met or missed by the value where there is no interval, the goal itself being good enough', () => {
    assert.equal(finishedStatus(atLeast(50), sure(50)), 'met');
    assert.equal(finishedStatus(atLeast(50), sure(49.9)), 'missed');
    assert.equal(finishedStatus(atMost(50), sure(50)), 'met');
    assert.equal(finishedStatus(atMost(50), sure(50.1)), 'missed');
    assert.equal(finishedStatus(between(40, 60), sure(40)), 'met');
    assert.equal(finishedStatus(between(40, 60), sure(60)), 'met');
    assert.equal(finishedStatus(between(40, 60), sure(61)), 'missed');
    assert.equal(finishedStatus(between(40, 60), sure(39)), 'missed');
  });

  it('does not hang on the last digit of a double, nor on the size of the value', () => {
    // 0.1 + 0.2 is a little more than 0.3, and 0.3 − 0.1 a little less than 0.2.
    assert.equal(finishedStatus(atMost(0.3), sure(0.1 + 0.2)), 'met');
    assert.equal(finishedStatus(atLeast(0.2), sure(0.3 - 0.1)), 'met');
    assert.equal(runningStatus(atMost(0.3), 0.1 + 0.2, 0), 'on_track');
    // The path from 0.1 to 0.4 stands at 0.3 after two thirds of the way, in doubles a little above it.
    assert.equal(runningStatus(onPath(atLeast(0.4), 0.1, 2 / 3), 0.3, 0), 'on_track');
    assert.equal(finishedStatus(atLeast(2e10), sure(2e10 - 1)), 'missed');
    assert.equal(runningStatus(atLeast(2e10), 2e10 - 3, 2), 'off_track');
  });

  it('is inconclusive where the interval contains the goal, on whichever side the value lies', () => {
    assert.equal(finishedStatus(atLeast(0.75), unsure), 'inconclusive');
    assert.equal(finishedStatus(atLeast(0.85), unsure), 'inconclusive');
    assert.equal(finishedStatus(atMost(0.71), unsure), 'inconclusive');
    assert.equal(finishedStatus(between(0.5, 0.85), unsure), 'inconclusive');
    assert.equal(finishedStatus(atLeast(0.7), unsure), 'met');
    assert.equal(finishedStatus(atLeast(0.9), unsure), 'missed');
    assert.equal(finishedStatus(atMost(0.9), unsure), 'met');
    assert.equal(finishedStatus(atMost(0.6), unsure), 'missed');
    assert.equal(finishedStatus(between(0.6, 0.95), unsure), 'met');
    assert.equal(finishedStatus(between(0.9, 0.95), unsure), 'missed');
  });

  it('of a running period is on track, at risk by at most the tolerance, or off track', () => {
    const cases: readonly (readonly [Goal, number, number, TargetStatus])[] = [
      [atLeast(50), 50, 0, 'on_track'],
      [atLeast(50), 49, 0, 'off_track'],
      [atLeast(50), 48, 2, 'at_risk'],
      [atLeast(50), 47.9, 2, 'off_track'],
      [atMost(0.05), 0.04, 0, 'on_track'],
      // 0.07 − 0.05 is a little more than 0.02 in doubles.
      [atMost(0.05), 0.07, 0.02, 'at_risk'],
      [atMost(0.05), 0.071, 0.02, 'off_track'],
      [between(40, 60), 41, 0, 'on_track'],
      [between(40, 60), 38, 2, 'at_risk'],
      [between(40, 60), 63, 2, 'off_track'],
    ];
    for (const [goal, value, tolerance, status] of cases) {
      assert.equal(runningStatus(goal, value, tolerance), status, `${JSON.stringify(goal)} ${value}`);
    }
  });

  it('says so where there is no value', () => {
    assert.equal(finishedStatus(atLeast(1), sure(null)), 'no_data');
    assert.equal(runningStatus(atLeast(1), null, 5), 'no_data');
  });

  it('has progress from the baseline, which need not be below the goal', () => {
    // 0.82 from 0.7 to 0.8 is 120 % of the way; 0.06 from 0.1 down to 0.05 is 80 % of it.
    near(progressOf(atLeast(0.8), 0.7, 0.82), 1.2);
    near(progressOf(atMost(0.05), 0.1, 0.06), 0.8);
    assert.equal(progressOf(atLeast(50), 50, 60), null);
  });

  it('has a straight path, flat before its beginning and behind its end', () => {
    assert.deepEqual(onPath(atLeast(60), 40, 0.25), atLeast(45));
    assert.deepEqual(onPath(atMost(4), 10, 0.5), atMost(7));
    assert.deepEqual(onPath(atLeast(60), 40, -1), atLeast(40));
    assert.deepEqual(onPath(atLeast(60), 40, 2), atLeast(60));
  });
});

/** 80 of 100 answers of the first quarter are good, with a Wilson interval of 71.1 % to 86.7 %. */
const answers = Array.from(
  { length: 100 },
  (_, i) => `2025-02-0${(i % 9) + 1},${i < 80},${i < 50 ? 'pro' : 'free'},`,
);

/** Average minutes: 30 in January, 50 in April, 54 in May, 90 in the first days of June. Nobody of plan free in May. */
const visits = [
  '2025-01-10,,pro,20',
  '2025-01-20,,free,40',
  '2025-04-10,,pro,60',
  '2025-04-12,,free,40',
  '2025-05-02,,pro,54',
  '2025-05-30,,pro,54',
  '2025-06-03,,pro,90',
];

const definitions = `
plumbline: 1
sources:
  answers:
    data: answers.csv
    time: on
    as_of: 2025-06-10
    columns: { on: { type: date }, good: { type: boolean }, plan: { type: text }, minutes: { type: number } }
  lots: { data: lots.csv }
  accounts: { data: accounts.csv, lifespan: { start: from, end: to }, as_of: 2025-06-10 }
segments:
  plan: { source: answers, by: plan }
metrics:
  good: { type: share, source: answers, matching: good, better: higher }
  minutes: { type: average, source: answers, value: minutes }
  visits: { type: count, source: answers, value: minutes }
  all_minutes: { type: sum, source: answers, value: minutes, grain: quarter }
  accounts: { type: count, source: accounts, when: active }
  new_accounts: { type: count, source: accounts, when: started }
  gained: { type: movement, source: accounts, entity: from, of: new }
  lost: { type: movement, source: accounts, entity: from, of: lost, better: lower }
  there: { type: movement, source: accounts, entity: from, of: closing }
  cheap: { type: share, source: lots, matching: price < 5 }
targets:
`;

describe('targets', () => {
  const engine = testEngine();

  /** Evaluates targets given by name as the fields of their YAML. */
  async function judge(
    targets: Readonly<Record<string, string>>,
  ): Promise<ReadonlyMap<string, TargetResult>> {
    const { targets: results } = await evaluated(targets);
    return new Map(results.map((result) => [result.target.name, result]));
  }

  /** What is said of targets beside their status, with what it stands at and its fix. */
  async function told(targets: Readonly<Record<string, string>>): Promise<readonly string[]> {
    const { problems, texts } = await evaluated(targets);
    return problems
      .filter(({ code }) => code.startsWith('baseline'))
      .map(({ code, file, span, message, fixes }) => {
        const at = texts.get(file)?.slice(span.start, span.end);
        return `${code} at ${at}: ${message} (${fixes?.map(({ title }) => title).join()})`;
      });
  }

  async function evaluated(
    targets: Readonly<Record<string, string>>,
  ): Promise<Evaluation & { readonly texts: ReadonlyMap<string, string> }> {
    const lines = Object.entries(targets).map(([name, fields]) => `  ${name}: { ${fields} }\n`);
    const files = {
      'plumbline.yaml': 'plumbline: 1\n',
      'a.metrics.yaml': definitions + lines.join(''),
      'answers.csv': ['on,good,plan,minutes', ...answers, ...visits, ''].join('\n'),
      'accounts.csv': 'from,to\n2025-01-05,\n2025-01-09,2025-04-20\n2025-04-02,\n2025-05-07,\n',
      'lots.csv': 'price\n1\n2\n3\n4\n9\n',
    };
    return withProject(engine, files, async ({ evaluator, analysis }) => {
      const errors = analysis.problems.filter(({ severity }) => severity === 'error');
      assert.deepEqual(
        errors.map(({ message }) => message),
        [],
      );
      const texts = new Map(evaluator.checked.project.files.map(({ path, text }) => [path, text]));
      return { ...(await evaluate(evaluator)), texts };
    });
  }

  function current(results: ReadonlyMap<string, TargetResult>, name: string): TargetCheck {
    const result = present(results.get(name), name);
    return present(result.current, `status of ${name}: ${result.refused}`);
  }

  function statuses(results: ReadonlyMap<string, TargetResult>): Record<string, TargetStatus | undefined> {
    return Object.fromEntries([...results].map(([name, result]) => [name, result.current?.status]));
  }

  it('of a finished period are met, missed or inconclusive', async () => {
    const results = await judge({
      met: 'metric: good, at_least: 70%, due: 2025-Q1',
      open: 'metric: good, at_least: 75%, due: 2025-Q1',
      missed: 'metric: good, at_least: 90%, due: 2025-Q1',
      lower_met: 'metric: minutes, at_most: 30, due: 2025-Q1, segment: plan.pro',
      // One visit of plan free, 40 minutes: no interval.
      lower_missed: 'metric: minutes, at_most: 30, due: 2025-Q1, segment: plan.free',
      range_met: 'metric: good, between: [60%, 95%], due: 2025-Q1',
      range_open: 'metric: good, between: [60%, 85%], due: 2025-Q1',
      range_missed: 'metric: good, between: [20%, 60%], due: 2025-Q1',
    });
    assert.deepEqual(statuses(results), {
      met: 'met',
      open: 'inconclusive',
      missed: 'missed',
      lower_met: 'met',
      lower_missed: 'missed',
      range_met: 'met',
      range_open: 'inconclusive',
      range_missed: 'missed',
    });
    const met = current(results, 'met');
    assert.equal(formatPeriod(met.period), '2025-Q1');
    // The quarter's rows, although the metric is monthly: 80 of 100, with the Wilson interval of any table.
    assert.equal(met.estimate?.value, 0.8);
    near(met.estimate?.low ?? null, 0.7111708);
    near(met.estimate?.high ?? null, 0.8666331);
    assert.equal(met.progress, null);
  });

  it('are judged by the group they name', async () => {
    const results = await judge({
      // 50 of 50 and 30 of 50: Wilson 92.9 % to 100 % and 46.2 % to 72.4 %.
      pro: 'metric: good, segment: plan.pro, at_least: 90%, due: 2025-Q1',
      free: 'metric: good, segment: plan.free, at_least: 90%, due: 2025-Q1',
    });
    assert.deepEqual(statuses(results), { pro: 'met', free: 'missed' });
    assert.equal(current(results, 'free').estimate?.value, 0.6);
  });

  it('of a running period are held against the path from the baseline', async () => {
    // The average of April and May is (60 + 40 + 54 + 54) / 4 = 52. From 40 at the end of the first quarter to the goal at the
    // end of the second, 61 of 91 days have gone on 1 June: 40 + 20 × 61/91 = 53.407 for a goal of 60.
    const baseline = 'baseline: { period: 2025-Q1, value: 40 }';
    const results = await judge({
      on: `metric: minutes, at_least: 57, due: 2025-Q2, ${baseline}`,
      near: `metric: minutes, at_least: 60, tolerance: 1.5, due: 2025-Q2, ${baseline}`,
      off: `metric: minutes, at_least: 60, tolerance: 1, due: 2025-Q2, ${baseline}`,
      strict: `metric: minutes, at_least: 60, due: 2025-Q2, ${baseline}`,
      down: 'metric: minutes, at_most: 48, due: 2025-Q2, baseline: { period: 2025-Q1, value: 64 }',
      down_off: 'metric: minutes, at_most: 40, due: 2025-Q2, baseline: { period: 2025-Q1, value: 64 }',
      flat: 'metric: minutes, at_least: 52, due: 2025-Q2',
      flat_off: 'metric: minutes, at_least: 53, due: 2025-Q2',
    });
    assert.deepEqual(statuses(results), {
      on: 'on_track',
      near: 'at_risk',
      off: 'off_track',
      strict: 'off_track',
      // 64 − 16 × 61/91 = 53.27 and 64 − 24 × 61/91 = 47.91.
      down: 'on_track',
      down_off: 'off_track',
      flat: 'on_track',
      flat_off: 'off_track',
    });
    const check = current(results, 'near');
    assert.equal(formatPeriod(check.period), '2025-Q2');
    near(check.estimate?.value ?? null, 52);
    near(check.expected.kind === 'at_least' ? check.expected.value : null, 40 + (20 * 61) / 91);
    near(check.progress, 0.6);
    near(current(results, 'down').progress, 0.75);
  });

  it('are told where the metric was elsewhere than their baseline says, to the decimals written', async () => {
    // The average of the first quarter is 30; 80 of 100 answers were good; the data begin in 2025.
    const goal = 'metric: minutes, at_least: 57, due: 2025-Q2';
    const found = await told({
      right: `${goal}, baseline: { period: 2025-Q1, value: 30 }`,
      rounded: `${goal}, baseline: { period: 2025-Q1, value: 3e1 }`,
      wrong: `${goal}, baseline: { period: 2025-Q1, value: 31.50 }`,
      earlier: `${goal}, baseline: { period: 2024-Q1, value: 1 }`,
      shorter: `${goal}, baseline: { period: 2025-01, value: 1 }`,
      share: 'metric: good, at_least: 90%, due: 2025-Q2, baseline: { period: 2025-Q1, value: 80.4% }',
      group:
        'metric: good, segment: plan.free, at_least: 90%, due: 2025-Q2, baseline: { period: 2025-Q1, value: 60% }',
    });
    assert.deepEqual(found, [
      'baseline-differs at 31.50: The baseline says 31.50 for 2025-Q1, and by the data "minutes" is 30.00 there. The path to the goal begins at what is written. (Change to 30.00)',
      'baseline-differs at 80.4%: The baseline says 80.4% for 2025-Q1, and by the data "good" is 80.0% there. The path to the goal begins at what is written. (Change to 80.0%)',
    ]);
  });

  it('of a running period share the goal out over time for what adds up over time, and only for that', async () => {
    // At the end of May 61 of the 91 days of the quarter have passed. Two accounts are new, and three are alive.
    const results = await judge({
      new_on: 'metric: new_accounts, at_least: 2.9, due: 2025-Q2',
      new_off: 'metric: new_accounts, at_least: 3.1, due: 2025-Q2',
      alive_on: 'metric: accounts, at_least: 3, due: 2025-Q2',
      alive_off: 'metric: accounts, at_least: 4, due: 2025-Q2',
      // The same in growth accounting, and one who left in April.
      gained_on: 'metric: gained, at_least: 2.9, due: 2025-Q2',
      gained_off: 'metric: gained, at_least: 3.1, due: 2025-Q2',
      lost_on: 'metric: lost, at_most: 1.6, due: 2025-Q2',
      lost_off: 'metric: lost, at_most: 1.4, due: 2025-Q2',
      there_on: 'metric: there, at_least: 3, due: 2025-Q2',
      there_off: 'metric: there, at_least: 4, due: 2025-Q2',
    });
    assert.deepEqual(statuses(results), {
      // 2.9 × 61/91 = 1.94 and 3.1 × 61/91 = 2.08.
      new_on: 'on_track',
      new_off: 'off_track',
      alive_on: 'on_track',
      alive_off: 'off_track',
      gained_on: 'on_track',
      gained_off: 'off_track',
      // 1.6 × 61/91 = 1.07 and 1.4 × 61/91 = 0.94.
      lost_on: 'on_track',
      lost_off: 'off_track',
      there_on: 'on_track',
      there_off: 'off_track',
    });
  });

  it('that come again judge every period, and the running one counts', async () => {
    const results = await judge({
      each_quarter: 'metric: minutes, at_least: 40, each: quarter',
      each_month: 'metric: minutes, at_least: 52, each: month',
    });
    const quarters = present(results.get('each_quarter')).checks;
    assert.deepEqual(
      quarters.map(({ period, status }) => [formatPeriod(period), status]),
      [
        // 20 and 40: the mean 30 with t(1) × 10 = 127 minutes to either side.
        ['2025-Q1', 'inconclusive'],
        ['2025-Q2', 'on_track'],
      ],
    );
    assert.equal(formatPeriod(current(results, 'each_quarter').period), '2025-Q2');
    const months = present(results.get('each_month')).checks.filter(({ status }) => status !== 'no_data');
    assert.deepEqual(
      months.slice(0, 3).map(({ period, status }) => [formatPeriod(period), status]),
      [
        ['2025-01', 'inconclusive'],
        ['2025-04', 'inconclusive'],
        // 54 twice: no spread, and the interval is the point 54.
        ['2025-05', 'met'],
      ],
    );
  });

  it('whose range is the wrong way round have no status', async () => {
    const text = `${definitions}  turned: { metric: minutes, between: [60, 40], due: 2025-Q2 }\n`;
    const files = {
      'plumbline.yaml': 'plumbline: 1\n',
      'a.metrics.yaml': text,
      'answers.csv': ['on,good,plan,minutes', ...answers, ...visits, ''].join('\n'),
      'accounts.csv': 'from,to\n2025-01-05,\n',
      'lots.csv': 'price\n1\n',
    };
    await withProject(engine, files, async ({ evaluator, analysis }) => {
      const [problem] = analysis.problems.filter(({ severity }) => severity === 'error');
      assert.equal(text.slice(problem?.span.start, problem?.span.end), '[60, 40]');
      const [result] = (await evaluate(evaluator)).targets;
      assert.equal(result?.current, undefined);
      assert.match(result?.refused ?? '', /write the lower one first/);
    });
  });

  it('have no data where nothing happened', async () => {
    const results = await judge({
      empty: 'metric: minutes, at_least: 1, due: 2025-03',
      before: 'metric: minutes, at_least: 1, due: 2024-12',
      other: 'metric: minutes, segment: plan.free, at_least: 1, due: 2025-05',
      count: 'metric: visits, at_least: 1, due: 2025-03',
    });
    assert.deepEqual(statuses(results), {
      empty: 'no_data',
      before: 'no_data',
      other: 'no_data',
      // A count of nothing is 0.
      count: 'missed',
    });
  });

  it('of a snapshot are judged by all of it, which is always complete', async () => {
    const results = await judge({
      met: 'metric: cheap, at_least: 20%, due: all',
      open: 'metric: cheap, at_least: 50%, due: all',
    });
    // 4 of 5: Wilson 37.6 % to 96.4 %.
    assert.deepEqual(statuses(results), { met: 'met', open: 'inconclusive' });
  });
});
