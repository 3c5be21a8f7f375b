import { formatValue } from '../../core/evaluate/format-value.ts';
import type { MetricDocument, ValueDocument } from '../../core/evaluate/result.ts';
import type { MetricPreview, ValueShape } from '../../core/preview/preview.ts';
import { type LinesData, MOST_LINES } from '../charts/lines.ts';
import { changeCellText, changeText, countText, formatOf, intervalText } from '../parts/numbers.ts';
import { numberCell, type Table, withoutEmptyColumns } from '../parts/table.ts';
import { alignedTo, groupsOf, periodsOf, type Series, totalOf } from './series.ts';
import { valueLine, writersOf } from './trend.ts';

/** The groups of a breakdown in the headline's period, in the order of the result. */
export interface GroupRow {
  readonly label: string;
  /** Absent where the group has no row in that period. */
  readonly now: ValueDocument | undefined;
  /** Of complete periods, oldest first. */
  readonly trend: readonly (number | null)[];
}

/** The groups of which something counts in some period. Others are there as rows of the segment's source, such as those that `where` leaves out. */
function countedGroups(result: MetricDocument, by: string): readonly Series[] {
  const empty = emptyGroups(result, by);
  return groupsOf(result, by).filter(({ label }) => !empty.has(label ?? ''));
}

/**
 * The groups of which nothing counts in any period: their values are 0 or missing, over no rows or, as parts of a whole that differ in their
 * numerators only, over the rows of the total.
 */
function emptyGroups(result: MetricDocument, by: string): ReadonlySet<string> {
  const total = new Map(totalOf(result).values.map((value) => [value.period, value]));
  const isNothing = ({ values }: Series): boolean =>
    values.every(({ period, value, n }) => (value ?? 0) === 0 && (n === 0 || n === total.get(period)?.n)) &&
    // What is nothing over all rows is no group of its own where the total is nothing too.
    (values.every(({ n }) => n === 0) || values.some(({ period }) => (total.get(period)?.value ?? 0) !== 0));
  return new Set(groupsOf(result, by).flatMap((group) => (isNothing(group) ? [group.label ?? ''] : [])));
}

/** Says which groups are not listed since nothing of them counts; null where all are. */
export function uncountedWords(result: MetricDocument, by: string): string | null {
  const names = [...emptyGroups(result, by)];
  return names.length === 0
    ? null
    : `Not listed, as nothing of them counts in any period: ${names.join(', ')}.`;
}

/** Where each group stands in the headline's period. */
export function groupRows(result: MetricDocument, by: string): readonly GroupRow[] {
  const period = result.headline?.period;
  return countedGroups(result, by).map(({ label, values }) => ({
    label: label ?? '',
    now: values.find((value) => value.period === period),
    trend: values.filter(({ partial }) => !partial).map(({ value }) => value),
  }));
}

/** The heading of the changes. */
export const CHANGE = 'Change';

/** Says which of very many groups are listed; null where all are. */
export function listedWords<At>(
  { omittedGroups, result }: Pick<MetricPreview<At>, 'omittedGroups' | 'result'>,
  listed: number,
): string | null {
  if (omittedGroups === undefined) return null;
  const period = result?.headline?.period;
  const when = period === undefined || period === 'all' ? '' : ` in ${period}`;
  return `Listed are the ${countText(listed)} groups with the most rows${when}, of ${countText(listed + omittedGroups)}.`;
}

/** The groups as a table, to be copied. */
export function groupsTable(title: string, shape: ValueShape, rows: readonly GroupRow[]): Table {
  return withoutEmptyColumns({
    title,
    columns: [
      { label: 'Group' },
      { label: 'Value', numeric: true, strong: true },
      { label: '95 % interval', numeric: true },
      { label: 'n', numeric: true },
      { label: CHANGE, numeric: true },
    ],
    rows: rows.map(({ label, now }) => [
      { text: label },
      numberCell(now?.value ?? null, formatValue(now?.value ?? null, formatOf(shape))),
      { text: (now && intervalText(now, shape)) ?? '–' },
      numberCell(now?.n ?? null, countText(now?.n ?? 0)),
      numberCell(now?.change ?? null, changeCellText(now, shape)),
    ]),
  });
}

/** The largest groups over time: as many as can be told apart. Without intervals, which would cover each other. */
export function groupLines(title: string, shape: ValueShape, result: MetricDocument, by: string): LinesData {
  const groups = countedGroups(result, by);
  const drawn = largest(groups);
  const periods = periodsOf(groups);
  return {
    title,
    periods: periods.periods,
    partial: periods.partial,
    lines: drawn.map((series, index) => {
      const { low: _, high: __, ...line } = valueLine(series.label ?? '', series, periods, index);
      return line;
    }),
    ...writersOf(shape),
  };
}

/**
 * In their own order, those that the most rows stand behind; where the same ones stand behind each, as behind the parts of a total, those with
 * the largest values.
 */
function largest(groups: readonly Series[]): readonly Series[] {
  const rowsOf = ({ values }: Series): number => values.reduce((sum, { n }) => sum + n, 0);
  const sizeOf = ({ values }: Series): number =>
    values.reduce((sum, { value }) => sum + Math.abs(value ?? 0), 0);
  const ordered = [...groups].sort((a, b) => rowsOf(b) - rowsOf(a) || sizeOf(b) - sizeOf(a));
  const kept = new Set(ordered.slice(0, MOST_LINES));
  return groups.filter((series) => kept.has(series));
}

/** Two groups side by side. */
export interface Comparison {
  readonly data: LinesData;
  readonly table: Table;
}

/** Two groups over time with their intervals, and how far the first is from the second in each period. Nothing where one is not there. */
export function compareGroups(
  shape: ValueShape,
  result: MetricDocument,
  by: string,
  [first, second]: readonly [string, string],
): Comparison | undefined {
  const groups = groupsOf(result, by);
  const find = (label: string): Series | undefined => groups.find((series) => series.label === label);
  const [a, b] = [find(first), find(second)];
  if (a === undefined || b === undefined || a === b) return undefined;
  const periods = periodsOf([a, b]);
  const title = `${first} and ${second}`;
  const writers = writersOf(shape);
  const [valuesA, valuesB] = [alignedTo(periods, a), alignedTo(periods, b)];
  const text = (value: number | null): string => (value === null ? '' : writers.write(value));
  const rows = periods.periods.map((period, index) => {
    const [one, other] = [valuesA[index]?.value ?? null, valuesB[index]?.value ?? null];
    const difference = one === null || other === null ? null : one - other;
    return [
      { text: `${period}${periods.partial[index] === true ? ' (not over yet)' : ''}`, value: period },
      numberCell(one, text(one)),
      numberCell(other, text(other)),
      numberCell(difference, changeText(difference, shape)),
    ];
  });
  return {
    data: {
      title,
      periods: periods.periods,
      partial: periods.partial,
      lines: [a, b].map((series, index) => valueLine(series.label ?? '', series, periods, index)),
      ...writers,
    },
    table: {
      title: `${title}, by period`,
      columns: [
        { label: 'Period' },
        { label: first, numeric: true },
        { label: second, numeric: true },
        { label: 'Difference', numeric: true, strong: true },
      ],
      rows: rows.reverse(),
    },
  };
}
