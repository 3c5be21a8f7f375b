import { formatBand, formatValue, type ValueFormat } from '../../core/evaluate/format-value.ts';
import type { TargetDocument } from '../../core/evaluate/result.ts';
import { cleanLine } from '../clean-text.ts';
import type { Look } from '../look.ts';
import { statusCell } from '../status-text.ts';
import { type Cell, type Column, type Line, renderTable } from '../table.ts';
import type { EvalReport } from './eval-report.ts';
import { formatOf } from './scorecard.ts';

const COLUMNS: readonly Column[] = [
  { title: 'TARGET', align: 'left', shrink: { comfort: 22, least: 10 } },
  { title: 'FOR', align: 'left', shrink: { comfort: 20, least: 8 }, drop: 1 },
  { title: 'PERIOD', align: 'left' },
  { title: 'GOAL', align: 'right' },
  { title: 'BY NOW', align: 'right', drop: 2 },
  { title: 'VALUE', align: 'right' },
  { title: 'STATUS', align: 'left' },
  { title: 'PROGRESS', align: 'left', drop: 3 },
];

const BAR_LENGTH = 10;

/** Each target with its goal, its value and where it stands; no lines where there are none. */
export function targetLines({ document, currency }: EvalReport, look: Look): readonly string[] {
  if (document.targets.length === 0) return [];
  const lines = document.targets.flatMap((target): Line[] => {
    if (target.error !== null) {
      const text = `${look.glyphs.failed} ${cleanLine(target.label)}: ${cleanLine(target.error)}`;
      return [{ kind: 'text', text, indent: 2, paint: look.color.red }];
    }
    const metric = document.metrics.find((each) => each.metric === target.metric);
    const unit = metric ?? { unit: 'number', decimals: 2 };
    const format = formatOf(unit, currency, look.ascii, target.value);
    return [{ kind: 'cells', cells: cellsOf(target, format, look) }, ...missedLines(target, look)];
  });
  return renderTable(COLUMNS, lines, look);
}

/** What is to be done now, of a target that is missed or on its way there. */
function missedLines({ status, if_missed: text }: TargetDocument, { color }: Look): readonly Line[] {
  if (text === null || (status !== 'missed' && status !== 'off_track')) return [];
  return [{ kind: 'text', text: `if missed: ${cleanLine(text)}`, indent: 4, paint: color.dim }];
}

function cellsOf(target: TargetDocument, format: ValueFormat, look: Look): readonly Cell[] {
  const { metric, segment, period, value } = target;
  const status = statusCell(target.status, look);
  return [
    { text: `  ${cleanLine(target.label)}` },
    { text: cleanLine(segment === null ? metric : `${metric}, ${segment}`) },
    { text: period },
    { text: goalText(target, format, look) },
    { text: expectedText(target, format) },
    { text: formatValue(value, format), paint: value === null ? look.color.dim : look.color.bold },
    status,
    {
      text: progressText(target.progress, look),
      ...(status.paint === undefined ? {} : { paint: status.paint }),
    },
  ];
}

function goalText({ goal }: TargetDocument, format: ValueFormat, { glyphs }: Look): string {
  if ('at_least' in goal) return `${glyphs.atLeast} ${formatValue(goal.at_least, format)}`;
  if ('at_most' in goal) return `${glyphs.atMost} ${formatValue(goal.at_most, format)}`;
  if (!('between' in goal)) return '';
  const [low = Number.NaN, high = Number.NaN] = goal.between;
  return formatBand(low, high, glyphs.dash, format);
}

/** What the path expects by now, where that is not the goal itself. */
function expectedText({ goal, expected }: TargetDocument, format: ValueFormat): string {
  const bound = 'at_least' in goal ? goal.at_least : 'at_most' in goal ? goal.at_most : undefined;
  return expected === null || expected === bound ? '' : formatValue(expected, format);
}

function progressText(progress: number | null, { glyphs }: Look): string {
  if (progress === null) return '';
  // A share of a way that was walked backwards says nothing to people; the result document has it.
  if (progress < 0) return 'below baseline';
  const filled = Math.round(Math.min(1, Math.max(0, progress)) * BAR_LENGTH);
  const bar = `${glyphs.filled.repeat(filled)}${glyphs.empty.repeat(BAR_LENGTH - filled)}`;
  return `${bar} ${Math.round(progress * 100)} %`;
}
