import { formatDay, formatPeriod, GRAINS, type Grain, type Period } from '../base/period.ts';
import type { Checked } from '../check/checked.ts';
import { type EvaluationOptions, type Evaluator, runContext } from '../evaluate/evaluate.ts';
import { runDemands } from '../evaluate/run-demands.ts';
import { isPartial, type Series } from '../evaluate/series.ts';
import type { Metric, Segment, Source } from '../model/project.ts';
import { readFile } from '../model/read-file.ts';
import { measuresOf } from '../plan/metric-plan.ts';
import { planMetric } from '../plan/plan-metric.ts';
import type { Extent } from '../plan/plan-scan.ts';
import { Refusal } from '../plan/refusal.ts';
import { parseYaml } from '../syntax/yaml/parse.ts';
import type { GroupsOverTime } from './preview.ts';

/** More periods than this are not drawn: a coarser grain is taken. */
const MAX_PERIODS = 200;
/** Of a segment with more groups the largest are listed. */
const MAX_GROUPS = 100;

/**
 * The rows of a source by period and group of a segment, as a `count` metric broken down by it has them; of spells those that began in
 * the period. `undefined` for a snapshot, and where no row has a time. Rejects with `Refusal` where the rows cannot be counted,
 * with `EngineFailure` and `Cancelled`.
 */
export async function segmentOverTime(
  evaluator: Evaluator,
  segment: Segment,
  source: Source,
  options: EvaluationOptions = {},
): Promise<GroupsOverTime | undefined> {
  const { checked, kinds } = evaluator;
  const rows = rowsMetric(checked, source);
  const { plan, refused } = planMetric(checked, kinds, rows);
  if (plan === undefined) throw new Refusal(refused);
  const context = runContext(evaluator, options);
  const [measure] = measuresOf(plan);
  const extent = measure && (await context.extents(source.name)).extentOf(measure.rows);
  if (extent === undefined) return undefined;
  const grain = drawnGrain(checked.project.settings.grain, extent);
  const [answer] = await runDemands(context, [{ plan, grain, by: [segment.name] }]);
  if (answer?.series === undefined) throw new Refusal(answer?.refused ?? 'It could not be counted.');
  return { source: source.name, grain, ...groupsOf(answer.series) };
}

/** The metric that counts the rows of a source, as somebody would write it. */
function rowsMetric(checked: Checked, { name, time, lifespan }: Source): Metric {
  const when = time === undefined && lifespan !== undefined ? ', when: started' : '';
  const text = `plumbline: 1\nmetrics:\n  rows: { type: count, source: ${JSON.stringify(name)}${when} }\n`;
  const [metric] = readFile('', text, parseYaml(text), checked.kinds).definitions;
  if (metric?.definition !== 'metric') throw new Error('A metric that counts rows can be read.');
  return metric;
}

/** The project's grain, or the finest coarser one with few enough periods. */
function drawnGrain(grain: Grain, { first, asOf }: Extent): Grain {
  const coarser = GRAINS.slice(GRAINS.indexOf(grain === 'all' ? 'month' : grain));
  return coarser.find((each) => (asOf - first) / LEAST_DAYS[each] <= MAX_PERIODS) ?? 'all';
}

const LEAST_DAYS: Record<Grain, number> = {
  day: 1,
  week: 7,
  month: 28,
  quarter: 90,
  year: 365,
  all: Number.POSITIVE_INFINITY,
};

function groupsOf(series: Series): Pick<GroupsOverTime, 'periods' | 'groups' | 'omitted'> {
  const groups = series.groups.map((labels) => ({
    label: labels[0] ?? '',
    rows: series.periods.map((period) => series.at(period, labels).value ?? 0),
  }));
  const size = ({ rows }: { readonly rows: readonly number[] }): number => rows.reduce((a, b) => a + b, 0);
  const largest = new Set([...groups].sort((a, b) => size(b) - size(a)).slice(0, MAX_GROUPS));
  return {
    periods: series.periods.map((period) => ({ ...datesOf(period), partial: isPartial(series, period) })),
    groups: groups.filter((group) => largest.has(group)),
    ...(groups.length > MAX_GROUPS ? { omitted: groups.length - MAX_GROUPS } : {}),
  };
}

function datesOf(period: Period): { period: string; start: string; end: string } {
  return { period: formatPeriod(period), start: formatDay(period.start), end: formatDay(period.end) };
}
