import { formatPeriod, type Period } from '../../base/period.ts';
import {
  formatDifference,
  formatNumber,
  formatValue,
  type ValueFormat,
} from '../../evaluate/format-value.ts';
import { metricFormat } from '../../evaluate/metric-format.ts';
import { type NumberDocument, numbersAt } from '../../evaluate/result.ts';
import { headlinePeriod, previousPeriod, type Series } from '../../evaluate/series.ts';
import { seriesTrend } from '../../evaluate/series-trend.ts';
import { isSmallSample } from '../../evaluate/small-sample.ts';
import { trendWords } from '../../evaluate/trend-words.ts';
import type { Metric } from '../../model/project.ts';
import type { IdeContext } from '../ide-context.ts';
import { type Block, paragraph, type Words } from '../prose/prose.ts';
import { countText } from './counts.ts';
import { sparkline } from './sparkline.ts';
import { notEvaluated, staleBlocks } from './unknown.ts';

/** The headline of a metric with all that belongs to it, and its trend; else why there is none. */
export function metricValue(context: IdeContext, metric: Metric): readonly Block[] {
  if (metric.parent !== undefined) return [];
  const known = context.numbers?.metric(metric.name);
  if (known === undefined) return [notEvaluated(context, metric)];
  const { total, refused } = known.value;
  if (total === undefined) {
    return [paragraph('Not evaluated: ', refused ?? 'it could not be computed.'), ...staleBlocks(known)];
  }
  const format = metricFormat(context.checked, metric);
  return [paragraph(...headlineWords(total, format)), ...staleBlocks(known), ...sparkline(total, format)];
}

function headlineWords(series: Series, format: ValueFormat): Words {
  const period = headlinePeriod(series);
  const last = series.periods.at(-1);
  if (last === undefined) return ['No data.'];
  const partial = last === period ? '' : ` ${formatPeriod(last)} so far: ${valueAt(series, last, format)}.`;
  if (period === undefined) return [`No complete period yet.${partial}`];
  const numbers = numbersAt(series, period, []);
  const { value, n, low, high } = numbers;
  const interval =
    low === null || high === null
      ? ''
      : `95 % interval ${formatNumber(low, format)} to ${formatNumber(high, format)}, `;
  const small = isSmallSample(numbers, format.unit) ? ', a small sample' : '';
  const when = period.grain === 'all' ? '' : ` in ${formatPeriod(period)}`;
  return [
    { strong: formatValue(value, format) },
    `${when} (${interval}n = ${countText(n)}${small})`,
    `${changeWords(series, period, numbers, format)}.${trendSentence(series, format)}${partial}`,
  ];
}

function trendSentence(series: Series, format: ValueFormat): string {
  const trend = seriesTrend(series, []);
  return trend === undefined ? '' : ` ${capital(trendWords(trend, series.grain, format))}.`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function valueAt(series: Series, period: Period, format: ValueFormat): string {
  return formatValue(series.at(period, []).value, format);
}

/** What a test of the difference says. */
const VERDICTS = {
  up: 'a clear change',
  down: 'a clear change',
  no_clear_change: 'no clear change: it may be chance',
  not_tested: 'not tested: it may be chance',
} as const;

/** `, up 3.2 from 38.8 in 2025-Q1 (a clear change)`; nothing where there is no period to compare with. */
function changeWords(
  series: Series,
  period: Period,
  { change, verdict }: NumberDocument,
  format: ValueFormat,
): string {
  const before = previousPeriod(series, period);
  if (change === null || before === undefined) return '';
  const size = formatDifference(change, format);
  const than = `${valueAt(series, before, format)} in ${formatPeriod(before)}`;
  if (!/[1-9]/.test(size)) return `, the same as ${than}`;
  const said = verdict === null ? '' : ` (${VERDICTS[verdict]})`;
  return `, ${change > 0 ? 'up' : 'down'} ${size} from ${than}${said}`;
}
