import { formatPeriod, type Period } from '../../base/period.ts';
import { formatValue, type ValueFormat } from '../../evaluate/format-value.ts';
import { isPartial, type Series } from '../../evaluate/series.ts';
import type { Block } from '../prose/prose.ts';
import { drawing, INK, rounded } from './svg.ts';

/** Periods of a trend at most. */
const MOST = 24;

const [WIDTH, HEIGHT, MARGIN] = [240, 48, 4];

/** The complete periods of a series as a line, with its words for those who do not see it; nothing for fewer than two values. */
export function sparkline(series: Series, format: ValueFormat): readonly Block[] {
  const shown = series.periods
    .filter((period) => !isPartial(series, period))
    .slice(-MOST)
    .map((period) => ({ period, value: series.at(period, []).value }));
  const known = shown.flatMap(({ period, value }) => (value === null ? [] : [{ period, value }]));
  if (known.length < 2) return [];
  const alt = trendWords(known, shown.length - known.length, format);
  return [{ kind: 'image', svg: lineOf(shown.map(({ value }) => value)), alt }];
}

interface Valued {
  readonly period: Period;
  readonly value: number;
}

function trendWords(known: readonly Valued[], gaps: number, format: ValueFormat): string {
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return '';
  const lowest = known.reduce((least, each) => (each.value < least.value ? each : least));
  const highest = known.reduce((most, each) => (each.value > most.value ? each : most));
  const at = ({ period, value }: Valued): string =>
    `${formatValue(value, format)} in ${formatPeriod(period)}`;
  const missing = gaps === 0 ? '' : ` ${gaps} of the periods ${gaps === 1 ? 'has' : 'have'} no data.`;
  return `Trend: from ${at(first)} to ${at(last)}; lowest ${at(lowest)}, highest ${at(highest)}.${missing}`;
}

/** One line through the values, interrupted where there is none; the last value has a dot. */
function lineOf(values: readonly (number | null)[]): string {
  const known = values.filter((value) => value !== null);
  const low = known.reduce((least, value) => Math.min(least, value));
  const range = known.reduce((most, value) => Math.max(most, value)) - low;
  const step = (WIDTH - 2 * MARGIN) / Math.max(1, values.length - 1);
  const y = (value: number): number =>
    range === 0 ? HEIGHT / 2 : HEIGHT - MARGIN - ((value - low) / range) * (HEIGHT - 2 * MARGIN);
  let path = '';
  let dots = '';
  values.forEach((value, index) => {
    if (value === null) return;
    const at = `${rounded(MARGIN + index * step)} ${rounded(y(value))}`;
    path += `${(values[index - 1] ?? null) === null ? 'M' : 'L'}${at}`;
    const isAlone = (values[index - 1] ?? null) === null && (values[index + 1] ?? null) === null;
    if (isAlone || !values.slice(index + 1).some((later) => later !== null)) {
      const [cx, cy] = at.split(' ');
      dots += `<circle cx="${cx}" cy="${cy}" r="3" fill="${INK}"/>`;
    }
  });
  const line = `<path d="${path}" fill="none" stroke="${INK}" stroke-width="2" stroke-linejoin="round"/>`;
  return drawing(WIDTH, HEIGHT, line + dots);
}
