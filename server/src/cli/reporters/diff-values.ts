import { isMoved, type ValueChange } from '../../core/diff/compare-series.ts';
import type { MetricEffect } from '../../core/diff/project-diff.ts';
import { signedDifference } from '../../core/diff/value-words.ts';
import { formatValue } from '../../core/evaluate/format-value.ts';
import { toMarkdown } from '../../core/ide/prose/markdown.ts';
import { paragraph } from '../../core/ide/prose/prose.ts';
import { UNICODE } from '../look.ts';
import { sparkline } from '../sparkline.ts';

/** Of more periods than these, the last are drawn: a line in a comment has room for no more. */
const MOST_DRAWN = 24;

/** Of more periods than these, the last are listed. */
const MOST_LISTED = 12;

/**
 * The trend of a metric before and after as two lines of blocks on one scale, with the periods that they begin and end with; nothing where
 * its totals are as before, or are too few for a trend.
 */
export function trendMarkdown({ totals }: Pick<MetricEffect, 'totals'>): readonly string[] {
  const drawn = totals.slice(-MOST_DRAWN);
  const [first, last] = [drawn[0], drawn.at(-1)];
  if (first === undefined || last === undefined || first === last || !drawn.some(isMoved)) return [];
  const sides = [drawn.map(({ before }) => before), drawn.map(({ after }) => after)];
  const [before, after] = sides.map((values) => ({ code: sparkline(values, UNICODE, sides.flat()) }));
  if (before === undefined || after === undefined) return [];
  return [toMarkdown([paragraph(`${first.period} to ${last.period}: `, before, ' → ', after)])];
}

/** The totals of the last periods before and after as a table that is folded; nothing where none of all totals moved. */
export function valuesMarkdown({
  totals,
  format,
}: Pick<MetricEffect, 'totals' | 'format'>): readonly string[] {
  if (!totals.some(isMoved)) return [];
  const listed = totals.slice(-MOST_LISTED);
  const title =
    listed.length < totals.length
      ? `Values of the last ${listed.length} of ${totals.length} periods`
      : 'Values by period';
  const row = ({ period, before, after, change }: ValueChange): string =>
    tableRow([
      period,
      formatValue(before, format),
      formatValue(after, format),
      change === null ? '–' : signedDifference(change, format),
    ]);
  const table = [
    tableRow(['period', 'before', 'after', 'change']),
    '|---|---:|---:|---:|',
    ...listed.toReversed().map(row),
  ];
  // Only our own words stand in the summary of a fold, which is HTML.
  return [`<details>\n<summary>${title}</summary>\n\n${table.join('\n')}\n\n</details>`];
}

function tableRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => toMarkdown([paragraph(cell)])).join(' | ')} |`;
}
