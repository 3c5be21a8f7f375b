import type { Explanation } from '../../core/evaluate/explain.ts';
import { formatValue } from '../../core/evaluate/format-value.ts';
import type { ValueShape } from '../../core/preview/preview.ts';
import { changeText, direction, formatOf } from '../parts/numbers.ts';
import { numberCell, type Table, withoutEmptyColumns } from '../parts/table.ts';

/** The heading of what each group did to the change in all. */
export const EFFECT = 'Effect';

/** What each group of a breakdown did to a change, and what is left over, as a table. */
export function explanationTable(explanation: Explanation, shape: ValueShape, title: string): Table {
  const { groups, rest, total, before, period } = explanation;
  const value = (number: number | null) => numberCell(number, formatValue(number, formatOf(shape)));
  const effect = (number: number | null) => numberCell(number, changeText(number, shape));
  const nothing = { text: '' };
  const weight = (number: number | null) =>
    numberCell(number, formatValue(number, { unit: 'percent', decimals: 1 }));
  const isMixed = explanation.split === 'rate_and_mix';
  const columns = [
    { label: 'Group' },
    { label: EFFECT, numeric: true, strong: true },
    { label: before, numeric: true },
    { label: period, numeric: true },
    ...(isMixed
      ? [
          { label: 'Rate', numeric: true },
          { label: 'Mix', numeric: true },
          { label: `Weight ${before}`, numeric: true },
          { label: `Weight ${period}`, numeric: true },
        ]
      : []),
  ];
  const mixed = <T>(cells: readonly T[]): readonly T[] => (isMixed ? cells : []);
  return withoutEmptyColumns({
    title,
    columns,
    rows: [
      ...groups.map((group) => [
        { text: group.group },
        effect(group.effect),
        value(group.previous),
        value(group.value),
        ...mixed([
          effect(group.rate),
          effect(group.mix),
          weight(group.previous_weight),
          weight(group.weight),
        ]),
      ]),
      ...(direction(rest, shape) === 'none'
        ? []
        : [
            [
              { text: 'Not explained by the groups' },
              effect(rest),
              nothing,
              nothing,
              ...mixed([nothing, nothing, nothing, nothing]),
            ],
          ]),
      [
        { text: 'Total' },
        effect(total.change),
        value(total.previous),
        value(total.value),
        ...mixed([effect(sumOf(groups, 'rate')), effect(sumOf(groups, 'mix')), nothing, nothing]),
      ],
    ],
  });
}

function sumOf(groups: Explanation['groups'], part: 'rate' | 'mix'): number {
  return groups.reduce((sum, group) => sum + (group[part] ?? 0), 0);
}

/** What did most of it, in a sentence. */
export function explanationWords(explanation: Explanation, shape: ValueShape): string {
  const { groups, total } = explanation;
  const change = total.change ?? 0;
  if (direction(change, shape) === 'none')
    return 'In all it did not change; what its groups did cancels out.';
  const most = groups.reduce<Explanation['groups'][number] | undefined>(
    (largest, group) => (group.effect * change > (largest?.effect ?? 0) * change ? group : largest),
    undefined,
  );
  const split =
    explanation.split === 'rate_and_mix'
      ? ` ${changeText(sumOf(groups, 'rate'), shape)} of it comes from other values within the groups (rate), ${changeText(sumOf(groups, 'mix'), shape)} from groups that weigh more or less (mix).`
      : '';
  const largest =
    most === undefined ? '' : ` Most is done by ${most.group}: ${changeText(most.effect, shape)}.`;
  return `The change is ${changeText(change, shape)}.${split}${largest}`;
}
