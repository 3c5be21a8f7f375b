import Papa from 'papaparse';
import { cleanLine } from '../clean-text.ts';
import type { EvalReport } from './eval-report.ts';

/**
 * One row for each metric, period and group, quoted by RFC 4180. Numbers are not rounded; what is not there is blank. Texts that a
 * spreadsheet would run as a formula get an apostrophe in front.
 *
 * @param terminal whether people see it on a terminal, which must not obey control characters of the data; elsewhere data stay as they are
 */
export function evalCsv({ document, by }: Pick<EvalReport, 'document' | 'by'>, terminal: boolean): string {
  const values = document.metrics.flatMap(({ metric, values: own }) =>
    own.map((value) => ({ metric, ...value })),
  );
  const keys = [...new Set([...by, ...values.flatMap(({ group }) => Object.keys(group))])];
  const fields = [...LEADING, ...keys.map((key) => (isTaken(key) ? `group_${key}` : key)), ...TRAILING];
  const rows = values.map((value) => [
    value.metric,
    value.period,
    value.start,
    value.end,
    value.partial,
    ...keys.map((key) => value.group[key] ?? null),
    value.value,
    value.n,
    value.low,
    value.high,
    value.previous,
    value.change,
    value.verdict,
    value.small_sample,
  ]);
  const shown = terminal ? [fields, ...rows].map((row) => row.map(cleanCell)) : [fields, ...rows];
  return `${Papa.unparse(shown, { escapeFormulae: true, newline: '\r\n' })}\r\n`;
}

const LEADING: readonly string[] = ['metric', 'period', 'start', 'end', 'partial'];
const TRAILING: readonly string[] = [
  'value',
  'n',
  'low',
  'high',
  'previous',
  'change',
  'verdict',
  'small_sample',
];

function cleanCell<Cell>(cell: Cell): Cell | string {
  return typeof cell === 'string' ? cleanLine(cell) : cell;
}

/** A column path may be called as one of our own columns. */
function isTaken(key: string): boolean {
  return LEADING.includes(key) || TRAILING.includes(key);
}
