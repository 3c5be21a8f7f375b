import type { ExplainedGroup, Explanation } from '../../core/evaluate/explain.ts';
import { formatDifference, formatValue, type ValueFormat } from '../../core/evaluate/format-value.ts';
import { countedStep } from '../../core/evaluate/funnel-words.ts';
import type { Funnel, FunnelPart } from '../../core/evaluate/numbers.ts';
import type { Verdict } from '../../core/evaluate/verdict.ts';
import { cleanLine } from '../clean-text.ts';
import type { Look } from '../look.ts';
import { type Cell, type Column, type Line, renderTable } from '../table.ts';

/** How the metric is called, and how its values are written. */
interface Shown {
  readonly label: string;
  readonly format: ValueFormat;
}

/** What is told of a change. */
export interface Explained {
  readonly explanations: readonly Explanation[];
  /** The way of the rows to the value before and to the value; none where it is not told. */
  readonly funnel: readonly Funnel[];
}

/** Explanations for people: what the metric was and is, for each segment what its groups did, and which rows it rests on. */
export function explainText({ explanations, funnel }: Explained, shown: Shown, look: Look): string {
  const [first] = explanations;
  if (first === undefined) return '';
  const parts = explanations.map((each) => [
    look.color.bold(cleanLine(`By ${each.by}`)),
    ...renderTable(columnsOf(each), linesOf(each, shown, look), look),
    ...restLines(each, shown),
  ]);
  return `${[[headline(first, shown)], ...parts, ...funnelTables(funnel, look)].map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** What a test of the difference says; that it is clear needs no word. */
const CHANCE: Readonly<Record<Verdict, string>> = {
  up: '',
  down: '',
  no_clear_change: ' (no clear change: it may be chance)',
  not_tested: ' (not tested: it may be chance)',
};

function headline({ period, before, total }: Explanation, { label, format }: Shown): string {
  const { value, previous, change, verdict } = total;
  const size = formatDifference(change ?? 0, format);
  const moved = !/[1-9]/.test(size) ? 'the same as' : `${(change ?? 0) > 0 ? 'up' : 'down'} ${size} from`;
  const chance = verdict === null ? '' : CHANCE[verdict];
  return cleanLine(
    `${label}: ${formatValue(value, format)} in ${period}, ${moved} ${formatValue(previous, format)} in ${before}${chance}`,
  );
}

function columnsOf({ split, before, period }: Explanation): readonly Column[] {
  const right = (title: string, drop?: number): Column => ({
    title,
    align: 'right',
    ...(drop === undefined ? {} : { drop }),
  });
  const group: Column = { title: '', align: 'left', shrink: { comfort: 22, least: 10 } };
  const values = [group, right(before), right(period)];
  return split === 'contributions'
    ? [...values, right('CHANGE')]
    : [...values, right('WEIGHT', 1), right('NOW', 2), right('RATE'), right('MIX'), right('TOGETHER')];
}

function linesOf({ split, groups, total }: Explanation, { format }: Shown, look: Look): readonly Line[] {
  const effect = (size: number | null): Cell => ({ text: effectText(size, format) });
  const cellsOf = (group: ExplainedGroup): readonly Cell[] => [
    { text: `  ${cleanLine(group.group)}` },
    { text: formatValue(group.previous, format) },
    { text: formatValue(group.value, format) },
    ...(split === 'contributions'
      ? [effect(group.effect)]
      : [
          { text: partText(group.previous_weight), paint: look.color.dim },
          { text: partText(group.weight), paint: look.color.dim },
          effect(group.rate),
          effect(group.mix),
          effect(group.effect),
        ]),
  ];
  const sum = (of: (group: ExplainedGroup) => number): number =>
    groups.reduce((all, each) => all + of(each), 0);
  const together = sum(({ effect: each }) => each);
  const totals: readonly Cell[] = [
    { text: '  together' },
    { text: formatValue(total.previous, format) },
    { text: formatValue(total.value, format) },
    ...(split === 'contributions'
      ? [effect(together)]
      : [
          { text: '' },
          { text: '' },
          effect(sum(({ rate }) => rate ?? 0)),
          effect(sum(({ mix }) => mix ?? 0)),
          effect(together),
        ]),
  ];
  // A group without a value in either period did nothing.
  const present = groups.filter(({ value, previous }) => value !== null || previous !== null);
  return [...present.map(cellsOf), totals.map((cell) => ({ ...cell, paint: look.color.bold }))].map(
    (cells) => ({
      kind: 'cells',
      cells,
    }),
  );
}

function partText(part: number | null): string {
  return part === null ? '' : formatValue(part, { unit: 'percent', decimals: 1 });
}

function effectText(effect: number | null, format: ValueFormat): string {
  if (effect === null) return '';
  const size = formatDifference(effect, format);
  if (!/[1-9]/.test(size)) return size;
  return `${effect > 0 ? '+' : '-'}${size}`;
}

/** The check: what the groups leave over. */
function restLines({ rest, total }: Explanation, { format }: Shown): readonly string[] {
  const size = formatDifference(rest, format);
  const of = effectText(total.change ?? 0, format);
  if (!/[1-9]/.test(size)) return [`Check: the parts add up to the change of ${of}.`];
  return [
    `Check: the parts leave over ${effectText(rest, format)} of the change of ${of}, as the groups overlap or leave rows out.`,
  ];
}

/** The rows left after each step, beside those of the period before; a table for each measure of the metric. */
function funnelTables([before, after]: readonly Funnel[], look: Look): readonly (readonly string[])[] {
  if (before === undefined || after === undefined) return [];
  return after.parts.map((part, index) => {
    const earlier = before.parts[index] ?? part;
    const columns: readonly Column[] = [
      { title: '', align: 'left', shrink: { comfort: 40, least: 16 } },
      { title: earlier.period ?? '', align: 'right' },
      { title: part.period ?? '', align: 'right' },
    ];
    const earlierRows = rowsLeft(earlier);
    const lines = rowsLeft(part).map(
      ({ step, rows }, at): Line => ({
        kind: 'cells',
        cells: [`  ${cleanLine(step)}`, countText(earlierRows[at]?.rows ?? 0), countText(rows)].map(
          (text) => ({ text }),
        ),
      }),
    );
    const title = look.color.bold(cleanLine(`Rows of ${part.source} behind ${part.metric}`));
    return [title, ...renderTable(columns, lines, look)];
  });
}

function rowsLeft({ rows, timed, clauses, inPeriod, counted, reach, horizon }: FunnelPart): readonly {
  readonly step: string;
  readonly rows: number;
}[] {
  return [
    { step: 'all', rows },
    ...(timed === null ? [] : [{ step: 'with a time that counts', rows: timed }]),
    ...clauses.map(({ word, kept }) => ({ step: `where ${word.text}`, rows: kept })),
    { step: reach === undefined ? 'in the period' : 'of days that tell of the period', rows: inPeriod },
    {
      step:
        reach === undefined
          ? 'that count'
          : countedStep({ reach, ...(horizon === undefined ? {} : { horizon }) }),
      rows: counted,
    },
  ];
}

function countText(count: number): string {
  return formatValue(count, { unit: 'count', decimals: 0 });
}
