import type { ExplainedGroup, Explanation } from '../../core/evaluate/explain.ts';
import { formatValue } from '../../core/evaluate/format-value.ts';
import type { ValueShape } from '../../core/preview/preview.ts';
import { changeText, direction, formatOf } from '../parts/numbers.ts';
import { type Cell, numberCell, type Table, withoutEmptyColumns } from '../parts/table.ts';

/** The heading of what each group did to the change in all. */
export const EFFECT = 'Effect';

/** What each group of a breakdown did to a change, and what is left over, as a table. */
export function explanationTable(explanation: Explanation, shape: ValueShape, title: string): Table {
  const { before, period, split } = explanation;
  const isMixed = split === 'rate_and_mix';
  const mixed = ['Rate', 'Mix', `Weight ${before}`, `Weight ${period}`];
  const numbers = [before, period, ...(isMixed ? mixed : [])];
  return withoutEmptyColumns({
    title,
    columns: [
      { label: 'Group' },
      { label: EFFECT, numeric: true, strong: true },
      ...numbers.map((label) => ({ label, numeric: true })),
    ],
    rows: rowsOf(explanation, shape).map((row) => (isMixed ? row : row.slice(0, 4))),
  });
}

/** Each group, what they leave over where they do, and the total. */
function rowsOf({ groups, rest, total }: Explanation, shape: ValueShape): readonly (readonly Cell[])[] {
  const value = (number: number | null) => numberCell(number, formatValue(number, formatOf(shape)));
  const effect = (number: number | null) => numberCell(number, changeText(number, shape));
  const weight = (number: number | null) =>
    numberCell(number, formatValue(number, { unit: 'percent', decimals: 1 }));
  const none: Cell = { text: '' };
  const left: readonly Cell[] = [
    { text: 'Not explained by the groups' },
    effect(rest),
    ...Array.from({ length: 6 }, () => none),
  ];
  return [
    ...groups
      .filter(didSomething)
      .map((group): readonly Cell[] => [
        { text: group.group },
        effect(group.effect),
        value(group.previous),
        value(group.value),
        effect(group.rate),
        effect(group.mix),
        weight(group.previous_weight),
        weight(group.weight),
      ]),
    ...(direction(rest, shape) === 'none' ? [] : [left]),
    [
      { text: 'Total' },
      effect(total.change),
      value(total.previous),
      value(total.value),
      effect(sumOf(groups, 'rate')),
      effect(sumOf(groups, 'mix')),
      none,
      none,
    ],
  ];
}

/** A group that has no value but 0, and had none, says nothing of a change. */
export function didSomething({ value, previous, effect, weight, previous_weight }: ExplainedGroup): boolean {
  return [value, previous, effect, weight, previous_weight].some((number) => (number ?? 0) !== 0);
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
