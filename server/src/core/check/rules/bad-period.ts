import { type Period, parsePeriod } from '../../base/period.ts';
import { grainOf, timingOf } from '../../model/metric-defaults.ts';
import type { Metric, Target, Word } from '../../model/project.ts';
import { page } from '../page.ts';
import { type Report, type Rule, type RuleContext, spotOf } from '../report.ts';
import { targetsOf } from '../targets.ts';

/** Periods that a metric does not have. Text that is no period at all is the schema's to report. */
export const badPeriod: Rule = {
  id: 'bad-period',
  severity: 'error',
  summary: 'A period is none that the metric has, or a baseline does not lie before its goal.',
  documentation: page({
    why: `
      A metric on a source without time has the one period \`all\`, so that a goal for a quarter could never be reached. A
      \`baseline\` is where the way to the goal begins, and so it lies before the period in which the goal is due.`,
    wrong: `
      sources:
        accounts: { data: accounts.csv }
      metrics:
        accounts_now: { type: count, source: accounts }
      targets:
        more_accounts: { metric: accounts_now, at_least: 500, due: 2025-Q4 }`,
    right: `
      targets:
        more_accounts: { metric: accounts_now, at_least: 500, due: all }`,
    mend: 'Write `all`, or give the source a `time`. A baseline takes an earlier period.',
  }),
  check(context, report) {
    for (const { metric } of context.metrics) {
      for (const { period, given } of metric.examples) {
        // Rows that are written out are put into a period even where the data has none.
        if (period !== undefined && given === undefined)
          checkPeriod(context, report, metric, metric.file, period);
      }
    }
    for (const { target, metric } of targetsOf(context.project)) checkTarget(context, report, target, metric);
  },
};

function checkTarget(context: RuleContext, report: Report, target: Target, metric: Metric): void {
  const due = target.due && checkPeriod(context, report, metric, target.file, target.due);
  const timeless = timelessOf(context, metric);
  if (target.each !== undefined && timeless !== undefined) {
    report(spotOf(target.file, target.each.node), timeless);
  }
  if (target.baseline === undefined) return;
  const { period: word } = target.baseline;
  const baseline = checkPeriod(context, report, metric, target.file, word);
  if (due === undefined || baseline === undefined || due.grain === 'all' || baseline.grain === 'all') return;
  if (baseline.end <= due.start) return;
  report(
    spotOf(target.file, word.node),
    `The baseline "${word.text}" must lie before "${target.due?.text}", in which the goal is due.`,
  );
}

/** The period, where the metric has it. */
function checkPeriod(
  context: RuleContext,
  report: Report,
  metric: Metric,
  file: string,
  word: Word,
): Period | undefined {
  const period = parsePeriod(word.text);
  const timeless = timelessOf(context, metric);
  if (period === undefined || period.grain === 'all' || timeless === undefined) return period;
  report(spotOf(file, word.node), timeless);
  return undefined;
}

/**
 * Why `all` is the only period of a metric, as rows that it is made of lie outside of time; `undefined` where it has others, and where
 * it has a grain with which it has no value at all, as `mixed-times` says.
 */
function timelessOf({ project, kinds, book }: RuleContext, metric: Metric): string | undefined {
  const sides = book.sides(metric);
  const timeless = sides.filter((side) => timingOf(project, side.metric)?.kind === 'snapshot');
  const [first] = timeless;
  if (first === undefined || grainOf(project, kinds, metric) !== 'all') return undefined;
  const source = timeless.length === sides.length ? '' : `, "${first.source}",`;
  return `${source === '' ? 'The' : 'A'} source of "${metric.name}"${source} has neither a time nor a lifespan, so that its only period is "all".`;
}
