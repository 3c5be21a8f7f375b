import type { ColumnProfile } from '../../evaluate/numbers.ts';
import type { IdeContext } from '../ide-context.ts';
import { type Block, paragraph } from '../prose/prose.ts';
import { countOf, countText, shareText } from './counts.ts';
import { drawing, INK, rounded } from './svg.ts';
import { notEvaluated, staleBlocks } from './unknown.ts';

/** What the data hold in a column: nulls, range, the most frequent values or a histogram. */
export function columnValues(context: IdeContext, source: string, column: string): readonly Block[] {
  const known = context.numbers?.column(source, column);
  if (known === undefined) return [notEvaluated(context)];
  const profile = known.value;
  const { rows, nulls, distinct, low, high } = profile;
  const blank = nulls === 0 ? 'none null' : `${shareText(nulls, rows)} null`;
  const range =
    low === null || high === null || isListed(profile)
      ? []
      : [', from ', { code: low }, ' to ', { code: high }];
  const counts =
    rows === 0 ? 'No rows' : `${countOf(rows, 'row')}, ${blank}, ${countText(distinct)} distinct`;
  return [paragraph(counts, ...range, '.'), ...staleBlocks(known), ...distribution(profile)];
}

/** Values of a kind that has no distances are listed; a number of few values too. */
function isListed({ type, bins }: ColumnProfile): boolean {
  return bins.length === 0 || type === 'text' || type === 'boolean';
}

function distribution(profile: ColumnProfile): readonly Block[] {
  if (!isListed(profile)) return histogram(profile);
  const text = topValues(profile);
  return text === '' ? [] : [{ kind: 'code', language: 'text', text }];
}

/** Values listed at most, characters of one, and blocks of the longest bar. */
const [MOST, WIDEST, LONGEST] = [8, 28, 16];

/** The most frequent values with bars: one line each. */
function topValues({ top, rows, distinct }: ColumnProfile): string {
  const shown = top.slice(0, MOST).map((each) => ({ ...each, label: shortened(each.value) }));
  const width = Math.max(0, ...shown.map(({ label }) => [...label].length));
  const most = Math.max(1, ...shown.map((each) => each.rows));
  const lines = shown.map((each) => {
    const pad = ' '.repeat(width - [...each.label].length);
    const bar = '█'.repeat(Math.max(1, Math.round((each.rows / most) * LONGEST))).padEnd(LONGEST);
    return `${each.label}${pad}  ${bar}  ${countText(each.rows)} (${shareText(each.rows, rows)})`;
  });
  const more = distinct - shown.length;
  return [...lines, ...(more > 0 && lines.length > 0 ? [`and ${countText(more)} more`] : [])].join('\n');
}

function shortened(value: string): string {
  const letters = [...value.replace(/\s+/g, ' ')];
  return letters.length <= WIDEST ? letters.join('') : `${letters.slice(0, WIDEST - 1).join('')}…`;
}

const [WIDTH, HEIGHT] = [240, 48];

/** The bins as bars, and as words for those who do not see them. */
function histogram({ bins, low, high }: ColumnProfile): readonly Block[] {
  const most = bins.reduce((greatest, { rows }) => Math.max(greatest, rows), 0);
  if (most === 0 || low === null || high === null) return [];
  const step = WIDTH / bins.length;
  const bars = bins.map(({ rows }, index) => {
    // What is not empty is seen, however small it is beside the others.
    const height = rows === 0 ? 0 : Math.max(1, (rows / most) * HEIGHT);
    const place = `x="${rounded(index * step)}" y="${rounded(HEIGHT - height)}"`;
    return `<rect ${place} width="${rounded(Math.max(1, step - 1))}" height="${rounded(height)}" fill="${INK}"/>`;
  });
  const counts = bins.map(({ rows }) => countText(rows)).join(', ');
  const alt = `Histogram: rows in ${bins.length} equal parts from ${low} to ${high}: ${counts}.`;
  return [{ kind: 'image', svg: drawing(WIDTH, HEIGHT, bars.join('')), alt }];
}
