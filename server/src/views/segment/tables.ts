import type { SegmentPreview } from '../../core/preview/preview.ts';
import { countText, shareText } from '../parts/numbers.ts';
import { numberCell, type Table } from '../parts/table.ts';

/** How large the groups are. */
export function sizesTable(sizes: NonNullable<SegmentPreview['sizes']>): Table {
  return {
    title: 'Rows by group',
    columns: [
      { label: 'Group' },
      { label: 'Rows', numeric: true, strong: true },
      { label: 'Share', numeric: true },
    ],
    rows: sizes.groups.map(({ label, rows }) => [
      { text: label },
      numberCell(rows, countText(rows)),
      { text: shareText(rows, sizes.rows) },
    ]),
  };
}

/** Groups that have rows in common. */
export function overlapsTable(overlaps: NonNullable<SegmentPreview['overlaps']>): Table {
  return {
    title: 'Rows in two groups',
    columns: [{ label: 'Group' }, { label: 'And' }, { label: 'Rows in both', numeric: true }],
    rows: overlaps.map(({ first, second, rows }) => [
      { text: first },
      { text: second },
      numberCell(rows, countText(rows)),
    ]),
  };
}
