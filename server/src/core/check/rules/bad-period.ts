import { type Period, parseDay, parsePeriod } from '../../base/period.ts';
import { timingOf } from '../../model/metric-defaults.ts';
import type { Metric, Target, Word } from '../../model/project.ts';
import { page } from '../page.ts';
import { type Report, type Rule, type RuleContext, spotOf } from '../report.ts';
import { targetsOf } from '../targets.ts';

/** Periods and dates that do not exist, or that a metric does not have. */
export const badPeriod: Rule = {
  id: 'bad-period',
  severity: 'error',
  summary: 'A period or date does not exist, or is none that the metric has.',
  documentation: page({
    why: `
      Periods are written \`2025\`, \`2025-Q4\`, \`2025-05\`, \`2025-W05\`, \`2025-05-31\` or \`all\`. A date such as 31 June does not
      exist. A metric on a source without time has the one period \`all\`, so that a goal for a quarter could never be
      reached; and a baseline lies before the goal.`,
    wrong: `
      targets:
        more_orders: { metric: orders, at_least: 500, due: 2025-06-31 }`,
    right: `
      targets:
        more_orders: { metric: orders, at_least: 500, due: 2025-06 }`,
    mend: 'Correct the period. For a metric on a snapshot write `all`, or give its source a `time`.',
  }),
  check(context, report) {
    const { project, metrics } = context;
    for (const source of project.sources.values()) {
      if (source.asOf === undefined || parseDay(source.asOf.text) !== undefined) continue;
      report(
        spotOf(source.file, source.asOf.node),
        `"${source.asOf.text}" is not a date: write it as 2025-06-30.`,
      );
    }
    for (const { metric } of metrics) {
      for (const { period, given } of metric.examples) {
        // Rows that are written out are put into a period even where the data has none.
        if (period !== undefined)
          checkPeriod(context, report, metric, metric.file, period, given !== undefined);
      }
    }
    for (const { target, metric } of targetsOf(project)) checkTarget(context, report, target, metric);
  },
};

function checkTarget(context: RuleContext, report: Report, target: Target, metric: Metric): void {
  const due = target.due && checkPeriod(context, report, metric, target.file, target.due, false);
  if (target.each !== undefined && isSnapshot(context, metric)) {
    report(spotOf(target.file, target.each.node), snapshotWords(metric));
  }
  if (target.baseline === undefined) return;
  const { period: word } = target.baseline;
  const baseline = checkPeriod(context, report, metric, target.file, word, false);
  if (due === undefined || baseline === undefined || due.grain === 'all' || baseline.grain === 'all') return;
  if (baseline.end <= due.start) return;
  report(
    spotOf(target.file, word.node),
    `The baseline "${word.text}" must lie before "${target.due?.text}", in which the goal is due.`,
  );
}

/** The period, where it exists and the metric has it. */
function checkPeriod(
  context: RuleContext,
  report: Report,
  metric: Metric,
  file: string,
  word: Word,
  anyGrain: boolean,
): Period | undefined {
  const period = parsePeriod(word.text);
  const spot = spotOf(file, word.node);
  if (period === undefined) {
    report(
      spot,
      `"${word.text}" is not a period. Write a year 2025, a quarter 2025-Q4, a month 2025-05, a week 2025-W05, a day 2025-05-31, or all.`,
    );
  } else if (period.grain !== 'all' && !anyGrain && isSnapshot(context, metric)) {
    report(spot, snapshotWords(metric));
    return undefined;
  }
  return period;
}

/** Whether every row that the metric is made of lies outside of time, so that `all` is its only period. */
function isSnapshot({ project, book }: RuleContext, metric: Metric): boolean {
  const sides = book.sides(metric);
  return sides.length > 0 && sides.every((side) => timingOf(project, side.metric)?.kind === 'snapshot');
}

function snapshotWords(metric: Metric): string {
  return `The source of "${metric.name}" has neither a time nor a lifespan, so that its only period is "all".`;
}
