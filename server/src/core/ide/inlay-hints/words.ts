import { formatValue } from '../../evaluate/format-value.ts';
import type { TargetStatus } from '../../evaluate/target-status.ts';

/** Between the parts of a label. */
export const GAP = '  ';

/** The last line of a tooltip whose numbers are not those of the text as it stands. */
export const STALE_NOTE = '_From before the last change: the new value is not there yet._';

/** A sign and words, so that a status can be told apart without colours. */
export const STATUS_WORDS: Readonly<Record<TargetStatus, string>> = {
  met: '✓ met',
  on_track: '✓ on track',
  inconclusive: '? inconclusive',
  at_risk: '! at risk',
  missed: '✗ missed',
  off_track: '✗ off track',
  no_data: '· no data',
};

/** A whole number: `3,310`. */
export function countWords(count: number): string {
  return formatValue(count, { unit: 'count', decimals: 0 });
}

/** `1 row`, `3,310 rows`. */
export function rowWords(count: number): string {
  return `${countWords(count)} ${count === 1 ? 'row' : 'rows'}`;
}

/** The share of a count: `36.4 %`; the empty text where there is nothing to be a share of. */
export function shareWords(part: number, whole: number): string {
  return whole === 0 ? '' : formatValue(part / whole, { unit: 'percent', decimals: 1 });
}

const LONGEST = 32;

/** Text of the data as one short line: no line breaks and no characters that would turn the line around. */
export function shortLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').replace(/[\p{Cc}\p{Cf}]/gu, '');
  const characters = [...line];
  return characters.length <= LONGEST ? line : `${characters.slice(0, LONGEST - 1).join('')}…`;
}

/** Text that Markdown must not read as anything but text. */
export function plainMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]<>()#+\-!|~&]/g, '\\$&');
}

/** The lines of a tooltip, each a paragraph; those that say nothing are left out. */
export function tooltipOf(lines: readonly (string | undefined)[], stale: boolean): string {
  return [...lines, stale ? STALE_NOTE : undefined].filter((line) => line).join('\n\n');
}
