import type { SegmentPreview } from '../../core/preview/preview.ts';
import { type LinesData, MOST_LINES } from '../charts/lines.ts';
import { countText } from '../parts/numbers.ts';

type OverTime = NonNullable<SegmentPreview['overTime']>[number];

/** The rows of each group by period: of the largest groups, as many as can be told apart. */
export function overTimeLines({ source, grain, periods, groups }: OverTime): LinesData {
  const rowsOf = ({ rows }: OverTime['groups'][number]): number =>
    rows.reduce((sum, count) => sum + count, 0);
  const kept = new Set([...groups].sort((a, b) => rowsOf(b) - rowsOf(a)).slice(0, MOST_LINES));
  return {
    title: `Rows of ${source} by ${grain}`,
    periods: periods.map(({ period }) => period),
    partial: periods.map(({ partial }) => partial),
    lines: groups
      .filter((group) => kept.has(group))
      .map(({ label, rows }, look) => ({ name: label, kind: 'value', values: rows, look })),
    write: countText,
    writeTick: countText,
  };
}
