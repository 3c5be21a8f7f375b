import type { StepPicture } from '../../core/preview/pictures/picture.ts';
import type { CountedNoun } from '../../core/preview/rests-on.ts';
import { countText, shareText } from '../parts/numbers.ts';
import { numberCell, type Table } from '../parts/table.ts';
import { capital } from './cohorts.ts';

/** How many come as far as each step: of the first, and of the step before. */
export function stepsTable({ steps, period }: StepPicture, { many }: CountedNoun, label: string): Table {
  const first = steps[0]?.entities ?? 0;
  return {
    title: `${label}: ${many} by step${whenWords(period)}`,
    columns: [
      { label: 'Step' },
      { label: capital(many), numeric: true, strong: true },
      { label: 'Of the step before', numeric: true },
      { label: 'Of the first', numeric: true },
    ],
    rows: steps.map(({ name, entities }, index) => {
      const before = steps[index - 1]?.entities;
      return [
        { text: name },
        numberCell(entities, countText(entities)),
        { text: before === undefined ? '–' : shareText(entities, before) },
        { text: index === 0 ? '–' : shareText(entities, first) },
      ];
    }),
  };
}

/** The step after which the most are lost, as a part of those who got there; `undefined` where none is. */
export function narrowestStep({
  steps,
}: StepPicture): { readonly from: string; readonly to: string } | undefined {
  let narrowest: { readonly from: string; readonly to: string; readonly share: number } | undefined;
  for (const [index, { name, entities }] of steps.entries()) {
    const before = steps[index - 1];
    if (before === undefined || before.entities === 0) continue;
    const share = entities / before.entities;
    if (share < (narrowest?.share ?? 1)) narrowest = { from: before.name, to: name, share };
  }
  return narrowest;
}

/** ` in 2025-06`; nothing over all time. */
export function whenWords(period: string): string {
  return period === 'all' ? '' : ` in ${period}`;
}
