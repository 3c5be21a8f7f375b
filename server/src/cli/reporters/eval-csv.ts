import Papa from 'papaparse';
import type { EvalReport } from './eval-report.ts';

/**
 * One row for each metric, period and group, quoted by RFC 4180. Numbers are not rounded; what is not there is blank. Texts that a
 * spreadsheet would run as a formula get an apostrophe in front.
 */
export function evalCsv({ document, by }: EvalReport): string {
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
  ]);
  return `${Papa.unparse({ fields, data: rows }, { escapeFormulae: true, newline: '\r\n' })}\r\n`;
}

const LEADING: readonly string[] = ['metric', 'period', 'start', 'end', 'partial'];
const TRAILING: readonly string[] = ['value', 'n', 'low', 'high', 'previous', 'change'];

/** A column path may be called as one of our own columns. */
function isTaken(key: string): boolean {
  return LEADING.includes(key) || TRAILING.includes(key);
}
