import type { BarSeriesOption, LineSeriesOption } from 'echarts/charts';
import type {
  GridComponentOption,
  LegendComponentOption,
  TitleComponentOption,
  TooltipComponentOption,
} from 'echarts/components';
import type { ComposeOption } from 'echarts/core';
import type { Verdict } from '../../core/evaluate/verdict.ts';
import { hasParts, isHatched, type Line, type LinesData, lookOf, periodLines } from './lines.ts';
import type { ChartTheme } from './theme.ts';

/** What the library draws. */
export type LinesOption = ComposeOption<
  | BarSeriesOption
  | LineSeriesOption
  | GridComponentOption
  | TooltipComponentOption
  | LegendComponentOption
  | TitleComponentOption
>;

/** With more periods the marks would touch each other. */
const MOST_MARKS = 40;

/**
 * Lines as an option of the library: the intervals as bands, what is not over yet as a dashed end with a hollow mark. Nothing
 * moves by itself.
 *
 * @param alone whether the picture stands without a page around it: then its title and legend are in it
 */
export function linesOption(data: LinesData, theme: ChartTheme, alone = false): LinesOption {
  // The library writes the names of fonts into attributes as they are.
  const fontFamily = theme.font.replaceAll('"', "'");
  const text = { color: theme.foreground, fontFamily };
  return {
    animation: false,
    backgroundColor: alone ? theme.background : 'transparent',
    textStyle: text,
    ...(alone ? framed(data, text) : {}),
    grid: { left: 4, right: 14, top: alone ? 48 : 12, bottom: alone ? 40 : 4, outerBoundsMode: 'same' },
    xAxis: {
      type: 'category',
      data: [...data.periods],
      boundaryGap: data.periods.length === 1 || hasParts(data.lines),
      axisLabel: { color: theme.quiet, fontFamily, hideOverlap: true },
      axisLine: { lineStyle: { color: theme.quiet } },
      axisTick: { lineStyle: { color: theme.quiet } },
    },
    yAxis: {
      type: 'value',
      // The length of a bar is its value only from zero on.
      scale: !hasParts(data.lines),
      splitNumber: 4,
      ...(data.most === undefined
        ? {}
        : { max: ({ max }: { readonly max: number }) => limitOf(max, data.most) }),
      axisLabel: {
        color: theme.quiet,
        fontFamily,
        formatter: (value: number) => data.writeTick(value),
      },
      // Lines of a theme of high contrast are as strong as what is drawn.
      splitLine: { lineStyle: { color: theme.grid, opacity: theme.highContrast ? 0.35 : 1 } },
    },
    tooltip: {
      trigger: 'axis',
      // Its other form sets styles as text, which a strict policy of the page forbids.
      renderMode: 'richText',
      confine: true,
      transitionDuration: 0,
      backgroundColor: theme.background,
      borderColor: theme.quiet,
      textStyle: { ...text, fontSize: 12 },
      axisPointer: { lineStyle: { color: theme.quiet }, animation: false },
      formatter: (params) =>
        tooltipText(data, Array.isArray(params) ? params[0]?.dataIndex : params.dataIndex),
    },
    series: data.lines.flatMap((line, index) => seriesOf(data, line, index, theme)),
  };
}

/** Where the axis ends: at the most that there can be, where the values come near it; null leaves it to the library. */
function limitOf(max: number, most: number | undefined): number | null {
  return most !== undefined && max <= most && max > most * 0.7 ? most : null;
}

function tooltipText(data: LinesData, index: number | undefined): string {
  // Braces mean formatting to the library: names from a project must not have any.
  return index === undefined ? '' : periodLines(data, index).join('\n').replaceAll(/[{}]/g, '');
}

function framed(data: LinesData, text: object): Pick<LinesOption, 'title' | 'legend'> {
  return {
    title: { text: data.title, left: 8, top: 8, textStyle: { ...text, fontSize: 15, fontWeight: 'bold' } },
    legend: { data: data.lines.map(({ name }) => name), bottom: 6, left: 8, textStyle: text, itemWidth: 34 },
  };
}

function seriesOf(
  data: LinesData,
  line: Line,
  index: number,
  theme: ChartTheme,
): readonly (BarSeriesOption | LineSeriesOption)[] {
  if (line.kind === 'part') return [barsOf(line, index, theme)];
  const { color: at, dash, symbol } = lookOf(line);
  const color = theme.palette[at] ?? theme.foreground;
  const ends = runningEnd(data, line);
  const isRunning = (period: number): boolean => data.partial[period] === true;
  const few = data.periods.length <= MOST_MARKS;
  const main: LineSeriesOption = {
    id: `line-${index}`,
    name: line.name,
    type: 'line',
    data: line.values.map((value, period) =>
      line.kind === 'value' && isRunning(period) ? null : markedBy(value, line.verdicts?.[period]),
    ),
    symbol: symbol === 'none' ? 'none' : symbol,
    symbolSize: symbol === 'triangle' ? 8 : 6,
    showSymbol: few,
    lineStyle: {
      color,
      width: line.kind === 'value' ? 2 : 1.5,
      type: dash.length === 0 ? 'solid' : [...dash],
    },
    itemStyle: { color },
    connectNulls: line.kind === 'goal',
    emphasis: { disabled: true },
    z: line.kind === 'value' ? 4 : 3,
  };
  const end: LineSeriesOption = {
    id: `end-${index}`,
    name: `${line.name} (not over yet)`,
    type: 'line',
    data: ends,
    symbol: symbol === 'none' ? 'circle' : symbol,
    symbolSize: 8,
    showSymbol: true,
    lineStyle: { color, width: 1.5, type: [3, 3] },
    itemStyle: { color: theme.background, borderColor: color, borderWidth: 2 },
    emphasis: { disabled: true },
    z: 3,
  };
  return [...bandOf(line, index, color, theme), ...(ends.length === 0 ? [] : [end]), main];
}

/** A value that differs from the one before by more than chance has a large mark that says which way. */
function markedBy(value: number | null, verdict: Verdict | null | undefined): DataPoint {
  if (value === null || (verdict !== 'up' && verdict !== 'down')) return value;
  return { value, symbol: 'triangle', symbolSize: 13, ...(verdict === 'down' ? { symbolRotate: 180 } : {}) };
}

type DataPoint =
  | number
  | null
  | {
      readonly value: number;
      readonly symbol: string;
      readonly symbolSize: number;
      readonly symbolRotate?: number;
    };

/** A part of a stack. Every second one is hatched, and all have an outline, so that none is told by its colour alone. */
function barsOf(line: Line, index: number, theme: ChartTheme): BarSeriesOption {
  const color = theme.palette[lookOf(line).color] ?? theme.foreground;
  return {
    id: `line-${index}`,
    name: line.name,
    type: 'bar',
    stack: 'parts',
    data: [...line.values],
    barMaxWidth: 28,
    barCategoryGap: '30%',
    itemStyle: {
      color,
      borderColor: theme.background,
      borderWidth: 0.5,
      ...(isHatched(line) ? { decal: { ...HATCH, color: theme.background } } : {}),
    },
    emphasis: { disabled: true },
    z: 2,
  };
}

const HATCH = {
  symbol: 'rect',
  dashArrayX: [1, 0],
  dashArrayY: [2, 3],
  rotation: -Math.PI / 4,
};

/** The last complete value, without a mark, and those of the periods that are not over, which a dashed line joins. */
function runningEnd({ partial }: LinesData, { kind, values }: Line): EndPoint[] {
  const first = partial.indexOf(true);
  if (kind !== 'value' || first < 0 || values.slice(first).every((value) => value === null)) return [];
  return values.map((value, index) => {
    if (value === null || index < first - 1) return null;
    return index < first ? { value, symbol: 'none' } : value;
  });
}

type EndPoint = number | null | { readonly value: number; readonly symbol: 'none' };

/** An interval is drawn as two lines on top of each other, of which only the area of the upper one is seen. */
function bandOf(line: Line, index: number, color: string, theme: ChartTheme): readonly LineSeriesOption[] {
  const { low, high } = line;
  if (low === undefined || high === undefined || high.every((value) => value === null)) return [];
  const edge = theme.highContrast ? { color, width: 1, type: [1, 3] } : { width: 0 };
  const shared: LineSeriesOption = {
    type: 'line',
    stack: `band-${index}`,
    // Intervals may lie on both sides of zero.
    stackStrategy: 'all',
    symbol: 'none',
    silent: true,
    lineStyle: edge,
    emphasis: { disabled: true },
    z: 1,
  };
  const height = high.map((value, at) => {
    const from = low[at] ?? null;
    return value === null || from === null ? null : value - from;
  });
  return [
    { ...shared, id: `low-${index}`, name: `${line.name}, low`, data: [...low] },
    {
      ...shared,
      id: `high-${index}`,
      name: `${line.name}, high`,
      data: height,
      areaStyle: { color, opacity: theme.highContrast ? 0.3 : 0.16 },
    },
  ];
}
