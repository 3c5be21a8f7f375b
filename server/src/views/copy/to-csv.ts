import type { Preview } from '../../core/preview/preview.ts';
import type { Cell, Table } from '../parts/table.ts';
import { tablesOf } from './tables-of.ts';

/**
 * A preview as CSV (RFC 4180): its tables one below the other with a blank line between, each below a line with its title. Numbers are stored
 * values, percentages as fractions.
 */
export function previewCsv<At>(preview: Preview<At>): string {
  return tablesOf(preview)
    .filter(({ rows }) => rows.length > 0)
    .map(tableCsv)
    .join('\r\n');
}

/** One table as CSV, with its title above. */
export function tableCsv({ title, columns, rows }: Table): string {
  const lines = [
    [csvText(title)],
    columns.map(({ label }) => csvText(label)),
    ...rows.map((row) => row.map(csvCell)),
  ];
  return lines.map((line) => `${line.join(',')}\r\n`).join('');
}

function csvCell({ text, value }: Cell): string {
  if (typeof value === 'number') return String(value);
  if (value === null) return '';
  return csvText(value ?? text);
}

/**
 * A text as a field. One that a spreadsheet would take for a formula begins with an apostrophe, as OWASP has it ("CSV Injection"), which a
 * spreadsheet does not show.
 */
function csvText(text: string): string {
  const safe = /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text;
  return /[",\r\n;\t']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
