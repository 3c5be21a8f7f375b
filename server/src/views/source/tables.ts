import type { RowsPage, SourceColumn } from '../../core/preview/preview.ts';
import { cellOf, isNumeric, placeCell } from '../metric/rows.ts';
import { countText, shareText } from '../parts/numbers.ts';
import { numberCell, type Table } from '../parts/table.ts';

/** All columns with what they hold. */
export function columnsTable(columns: readonly SourceColumn[]): Table {
  return {
    title: 'Columns',
    columns: [
      { label: 'Column' },
      { label: 'Type' },
      { label: 'Blank', numeric: true },
      { label: 'Distinct', numeric: true },
      { label: 'Least' },
      { label: 'Greatest' },
    ],
    rows: columns.map(({ name, type, profile }) => [
      { text: name },
      { text: type },
      {
        text: profile === null ? '–' : shareText(profile.nulls, profile.rows),
        value: profile?.nulls ?? null,
      },
      numberCell(profile?.distinct ?? null, countText(profile?.distinct ?? 0)),
      { text: profile?.low ?? '–', value: profile?.low ?? null },
      { text: profile?.high ?? '–', value: profile?.high ?? null },
    ]),
  };
}

/** The most frequent values of a column. */
export function topTable({ name, profile }: SourceColumn, most: number): Table {
  const rows = profile?.rows ?? 0;
  return {
    title: `Most frequent values of ${name}`,
    columns: [{ label: 'Value' }, { label: 'Rows', numeric: true }, { label: 'Share', numeric: true }],
    rows: (profile?.top ?? [])
      .slice(0, most)
      .map((each) => [
        { text: each.value },
        numberCell(each.rows, countText(each.rows)),
        { text: shareText(each.rows, rows) },
      ]),
  };
}

/** A page of the rows of a source. */
export function pageTable({ columns, rows }: RowsPage, source: string): Table {
  return {
    title: `Rows of ${source}`,
    columns: [
      { label: 'Row' },
      ...columns.map(({ name, type }) => ({ label: name, numeric: isNumeric(type) })),
    ],
    rows: rows.map(({ cells, ...place }) => [
      placeCell(place),
      ...cells.map((text, at) => cellOf(text, columns[at]?.type ?? 'text')),
    ]),
  };
}
