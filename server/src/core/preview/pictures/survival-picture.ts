import { formatPeriod, type Grain } from '../../base/period.ts';
import { runContext } from '../../evaluate/evaluate.ts';
import { plannedScans } from '../../evaluate/planned-scans.ts';
import { runSelect } from '../../evaluate/run-demands.ts';
import { survivalInterval } from '../../evaluate/statistics/survival-interval.ts';
import type { Metric } from '../../model/project.ts';
import { at, columnsOf, selecting } from '../../plan/entities/parts.ts';
import { CURVE } from '../../plan/entities/product-limit.ts';
import type { MeasurePlan, Together } from '../../plan/metric-plan.ts';
import { planScan } from '../../plan/plan-scan.ts';
import { dateLiteral, isNull, test } from '../../plan/scalars.ts';
import { PERIOD } from '../../plan/scan-columns.ts';
import type { SurvivalPicture, SurvivalPoint } from './picture.ts';
import type { PictureWork } from './picture-of.ts';

type Lasting = Extract<Together, { kind: 'tenure' | 'durations' }>;

/** The mean length of a month in days, as the metric type has it. */
const MONTH = 30.4375;
/** Durations of more days than this are shown in months. */
const MOST_DAYS = 120;
/** So many ages are shown at most. */
const MOST_POINTS = 60;

/**
 * The curve that a tenure is read from, at whole ages. `undefined` where nothing has lasted any time. Rejects with `Refusal` where the
 * metric has no value.
 */
export async function survivalPicture(
  { evaluator, options }: PictureWork,
  metric: Metric,
  grain: Grain,
  plan: MeasurePlan,
  together: Lasting,
): Promise<SurvivalPicture | undefined> {
  const context = runContext(evaluator, options);
  const { scans, headline } = await plannedScans(evaluator, context, metric, options);
  const [only] = scans;
  if (only === undefined || (headline === undefined && grain !== 'all')) return undefined;
  const curve: MeasurePlan = {
    ...plan,
    view: { ...plan.view, together: { ...together, report: { kind: 'survival', at: 0 } } },
  };
  const scan = { ...only.scan, view: curve.view };
  const { select } = planScan(context.checked, context.storage, scan, [curve]);
  const period = at(CURVE, PERIOD, 'date');
  const isNow =
    headline === undefined || headline.grain === 'all'
      ? isNull(period)
      : test('=', period, dateLiteral(headline.start));
  const read = selecting(CURVE, columnsOf(CURVE, ['time', 'left', 'greenwood', 'rows']), {
    parts: select.parts ?? [],
    where: [isNow],
    order: [{ by: 'time' }],
  });
  const steps = (await runSelect(context, read)).map((row) => ({
    time: Number(row.time),
    left: Number(row.left),
    greenwood: Number(row.greenwood ?? 0),
    rows: Number(row.rows),
  }));
  const isInMonths = together.kind === 'durations' && /^months?$/.test(metric.unit?.text ?? '');
  const found = pointsOf(steps, isInMonths);
  return (
    found && { kind: 'survival', period: headline === undefined ? 'all' : formatPeriod(headline), ...found }
  );
}

interface Step {
  readonly time: number;
  readonly left: number;
  readonly greenwood: number;
  readonly rows: number;
}

/** The curve at whole ages up to the longest that was seen. */
function pointsOf(
  steps: readonly Step[],
  isInMonths: boolean,
): Pick<SurvivalPicture, 'unit' | 'points'> | undefined {
  const longest = steps.filter(({ rows }) => rows > 0).at(-1)?.time ?? 0;
  const unit = isInMonths || longest > MOST_DAYS ? 'month' : 'day';
  const length = unit === 'month' && !isInMonths ? MONTH : 1;
  const last = Math.floor(longest / length);
  if (last < 1) return undefined;
  const stride = Math.ceil(last / MOST_POINTS);
  const points: SurvivalPoint[] = [];
  for (let age = 0; age <= last; age += stride) points.push(pointAt(steps, age, age * length));
  return { unit, points };
}

function pointAt(steps: readonly Step[], age: number, time: number): SurvivalPoint {
  const reached = steps.filter((step) => step.time <= time);
  // A curve never rises, but in the last digits of sums of logarithms.
  const left = Math.min(1, ...reached.map((step) => step.left));
  const interval = survivalInterval(left, reached.at(-1)?.greenwood ?? 0);
  return {
    age,
    left,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    observed: steps.reduce((sum, step) => sum + (step.time >= time ? step.rows : 0), 0),
  };
}
