import { formatValue } from '../../core/evaluate/format-value.ts';
import { statusWords } from '../../core/evaluate/target-status.ts';
import type { GoalPoint, TargetPath, ValueShape } from '../../core/preview/preview.ts';
import { countText, formatOf, intervalText } from '../parts/numbers.ts';
import { numberCell, type Table, withoutEmptyColumns } from '../parts/table.ts';

/** How each period was judged, the newest first. */
export function pathTable({ points }: TargetPath, shape: ValueShape): Table {
  const format = formatOf(shape);
  return withoutEmptyColumns({
    title: 'Goal and value by period',
    columns: [
      { label: 'Period' },
      { label: 'Goal', numeric: true },
      { label: 'Value', numeric: true, strong: true },
      { label: '95 % interval', numeric: true },
      { label: 'n', numeric: true },
      { label: 'Status' },
    ],
    rows: [...points].reverse().map((point) => {
      const { period, status, value } = point;
      return [
        { text: period },
        { text: goalText(point, shape) },
        numberCell(value?.value ?? null, formatValue(value?.value ?? null, format)),
        { text: (value && intervalText(value, shape)) ?? '–' },
        numberCell(value?.n ?? null, countText(value?.n ?? 0)),
        { text: status === null ? 'still to come' : statusWords(status) },
      ];
    }),
  });
}

/** What a period should reach: `≥ 30`, `≤ 4 hours`, `0.25 to 0.45`. */
export function goalText({ low, high }: Pick<GoalPoint, 'low' | 'high'>, shape: ValueShape): string {
  const write = (value: number): string => formatValue(value, formatOf(shape));
  if (low !== null && high !== null) return `${write(low)} to ${write(high)}`;
  if (low !== null) return `≥ ${write(low)}`;
  return high === null ? '–' : `≤ ${write(high)}`;
}
