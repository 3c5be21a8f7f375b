import { formatDifference, formatNumber, formatValue } from '../../core/evaluate/format-value.ts';
import { isClearChange } from '../../core/evaluate/verdict.ts';
import { cleanLine } from '../clean-text.ts';
import type { Look } from '../look.ts';
import { sparkline } from '../sparkline.ts';
import { statusCell } from '../status-text.ts';
import { type Cell, type Column, fitsWidth, type Line, renderTable } from '../table.ts';
import { type ScoreLine, type ScoreRow, type ScoreSection, SERIES_LENGTH } from './scorecard.ts';

const SHORTEST = 6;
const TRENDS: readonly number[] = [SERIES_LENGTH, 10, 8, SHORTEST];

/** The scorecard as lines of text. Periods have a column where there is room; else those that differ from `period` stand behind their label. */
export function scorecardLines(
  sections: readonly ScoreSection[],
  period: string | undefined,
  look: Look,
): readonly string[] {
  if (sections.length === 0) return ['No metrics.'];
  // People read labels before trends and periods: these give way while a label would be cut.
  for (const column of [true, false]) {
    for (const trend of TRENDS) {
      const lines = linesOf(sections, look, { period, column, trend });
      const columns = columnsOf(column);
      if (fitsWidth(columns, lines, look.width)) return renderTable(columns, lines, look);
    }
  }
  return renderTable(
    columnsOf(false),
    linesOf(sections, look, { period, column: false, trend: SHORTEST }),
    look,
  );
}

/** How periods are shown: in a column of their own, or behind labels. */
interface PeriodStyle {
  readonly period: string | undefined;
  readonly column: boolean;
  /** How many periods a trend shows. */
  readonly trend: number;
}

function columnsOf(period: boolean): readonly Column[] {
  return [
    { title: 'METRIC', align: 'left', shrink: { comfort: 22, least: 10 } },
    { title: 'TREND', align: 'left', drop: 3 },
    { title: 'VALUE ', align: 'right' },
    { title: 'INTERVAL', align: 'right', drop: 2 },
    { title: 'CHANGE', align: 'right', drop: 4 },
    { title: 'N', align: 'right', drop: 1 },
    ...(period ? [{ title: 'PERIOD', align: 'left' } as const] : []),
    { title: 'TARGET', align: 'left' },
  ];
}

function linesOf(sections: readonly ScoreSection[], look: Look, style: PeriodStyle): readonly Line[] {
  return sections.flatMap(({ title, lines }, index): Line[] => [
    ...(index === 0 ? [] : [{ kind: 'text' as const, text: '', indent: 0 }]),
    ...(title === ''
      ? []
      : [{ kind: 'text' as const, text: cleanLine(title), indent: 0, paint: look.color.bold }]),
    ...lines.map((line) => lineOf(line, look, style)),
  ]);
}

function lineOf(line: ScoreLine, look: Look, style: PeriodStyle): Line {
  const { color, glyphs } = look;
  switch (line.kind) {
    case 'row':
      return { kind: 'cells', cells: cellsOf(line.row, look, style) };
    case 'incomplete':
      return {
        kind: 'text',
        text: `${cleanLine(line.label)}: ${cleanLine(line.text)}`,
        indent: 2 * (line.depth + 1),
      };
    case 'heading':
    case 'benchmark':
      return { kind: 'text', text: cleanLine(line.text), indent: 4, paint: color.dim };
    case 'error':
      return {
        kind: 'text',
        text: `${glyphs.failed} ${cleanLine(line.label)}: ${cleanLine(line.text)}`,
        indent: 2,
        paint: color.red,
      };
    case 'note':
      return {
        kind: 'text',
        text: `${glyphs.warning} ${cleanLine(line.text)}`,
        indent: 4,
        paint: color.yellow,
      };
  }
}

function cellsOf(row: ScoreRow, look: Look, style: PeriodStyle): readonly Cell[] {
  const { value, format } = row;
  const { color } = look;
  const own = value?.period;
  const label = `${'  '.repeat(row.depth + 1)}${cleanLine(row.label)}`;
  const tail = row.depth === 0 && !style.column && own !== undefined && own !== style.period ? ` ${own}` : '';
  const missing = value === undefined || value.value === null;
  const number = formatValue(value?.value ?? null, format);
  return [
    { text: label, tail },
    {
      text: row.series.length > 1 ? sparkline(row.series.slice(-style.trend), look.glyphs) : '',
      paint: color.cyan,
    },
    // One place is kept for the mark, so that digits stand below digits.
    { text: `${cleanLine(number)}${row.small ? '*' : ' '}`, paint: missing ? color.dim : color.bold },
    { text: intervalText(row, look), paint: color.dim },
    changeCell(row, look),
    { text: value === undefined ? '' : formatValue(value.n, { unit: 'count', decimals: 0 }) },
    ...(style.column ? [{ text: own ?? '' }] : []),
    statusCell(row.target, look),
  ];
}

function intervalText({ value, format }: ScoreRow, { glyphs }: Look): string {
  if (value === undefined || value.low === null || value.high === null) return '';
  return `${formatNumber(value.low, format)}${glyphs.dash}${formatNumber(value.high, format)}`;
}

/** Which way is good is a matter of colour; the arrow only says up or down. What may be chance has neither, what was not tested no colour. */
function changeCell({ value, format, better }: ScoreRow, { color, glyphs }: Look): Cell {
  const change = value?.change ?? null;
  if (change === null) return { text: '' };
  const text = formatDifference(change, format);
  if (!/[1-9]/.test(text)) return { text: `${glyphs.same} ${text}`, paint: color.dim };
  const up = change > 0;
  if (value?.verdict === 'no_clear_change')
    return { text: `${glyphs.unclear} ${up ? '+' : '-'}${text}`, paint: color.dim };
  const arrow = up ? glyphs.up : glyphs.down;
  if (better === 'neutral' || !isClearChange(value?.verdict)) return { text: `${arrow} ${text}` };
  return { text: `${arrow} ${text}`, paint: up === (better === 'higher') ? color.green : color.red };
}
