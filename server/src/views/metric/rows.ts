import type { ValueType } from '../../core/base/value-type.ts';
import { reachWords } from '../../core/evaluate/funnel-words.ts';
import type { RowPlace } from '../../core/evaluate/row-words.ts';
import type { RowsDocument } from '../../core/preview/metric-documents.ts';
import { BLANK } from '../parts/blank.tsx';
import type { Cell, Column, Table } from '../parts/table.ts';

type NotCounting = RowsDocument['notCounting'][number];

/** Of one measure: the rows that count, and those that do not. The columns that the metric uses come first. */
export function rowsTables(part: RowsDocument, isOneOfSeveral: boolean): readonly [Table, Table] {
  const { columns, counting, notCounting, period, reach, metric, source } = part;
  const when =
    period === null || period === 'all'
      ? ''
      : reach === undefined
        ? ` in ${period}`
        : ` towards ${period}, ${reachWords(reach)}`;
  const of = isOneOfSeveral ? ` of ${source} for ${metric}` : '';
  const shown: readonly Column[] = columns.map(({ name, type, used }) => ({
    label: name,
    numeric: isNumeric(type),
    strong: used,
  }));
  return [
    {
      title: `That count${when}${of}`,
      columns: [{ label: 'Row' }, ...shown],
      rows: counting.map(({ cells, ...place }) => [
        placeCell(place),
        ...cells.map((text, at) => cellOf(text, columns[at]?.type ?? 'text')),
      ]),
    },
    {
      title: `That do not count${when}${of}`,
      columns: [{ label: 'Row' }, { label: 'Why not' }, ...shown],
      rows: notCounting.map((other) => [
        placeCell(other),
        { text: reasonWords(other) },
        ...other.cells.map((text, at) => cellOf(text, columns[at]?.type ?? 'text')),
      ]),
    },
  ];
}

/** The number of a row, of a stack with the source in whose data it stands. */
export function placeCell({ row, member }: RowPlace): Cell {
  return member === undefined
    ? { text: String(row), value: row }
    : { text: `${row} of ${member}`, value: row };
}

/** Whether values of a type are compared as numbers. */
export function isNumeric(type: ValueType): boolean {
  return type === 'integer' || type === 'number';
}

/** A cell of data. One that is blank is told apart from one that holds nothing to see. */
export function cellOf(text: string | null, type: ValueType): Cell {
  return text === null ? { text: '', value: null, shown: BLANK } : { text, shown: shownText(text, type) };
}

/** On screen numbers have no more digits than can be compared, and times a blank in their middle. */
export function shownText(text: string, type: ValueType): string {
  if (type === 'timestamp') return text.replace('T', ' ');
  const number = Number(text);
  return type === 'number' && text.length > 9 && Number.isFinite(number)
    ? String(Number(number.toPrecision(7)))
    : text;
}

function reasonWords({ reason, clause }: NotCounting): string {
  switch (reason) {
    case 'clause':
      return clause === null ? 'a condition does not hold' : `not ${clause}`;
    case 'no-time':
      return 'it has no time';
    case 'after-as-of':
      return 'it is after the last day that counts';
    case 'ends-before-start':
      return 'it ends before it starts';
    case 'no-value':
      return 'its value is blank or off the scale';
  }
}
