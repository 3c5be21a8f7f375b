import { formatValue } from '../../core/evaluate/format-value.ts';
import type { SurvivalPicture } from '../../core/preview/pictures/picture.ts';
import type { CountedNoun } from '../../core/preview/rests-on.ts';
import type { LinesData } from '../charts/lines.ts';
import { countText } from '../parts/numbers.ts';
import { numberCell, type Table } from '../parts/table.ts';
import { capital } from './cohorts.ts';
import { whenWords } from './steps.ts';

function percent(share: number): string {
  return formatValue(share, { unit: 'percent', decimals: 1 });
}

/** The share that is still there at each age, as a line. */
export function survivalLines({ period, unit, points }: SurvivalPicture, label: string): LinesData {
  return {
    title: `${label}: still there by age in ${unit}s, as known${whenWords(period)}`,
    periods: points.map(({ age }) => ageText(age, unit)),
    partial: points.map(() => false),
    lines: [
      {
        name: 'Still there',
        kind: 'value',
        look: 0,
        values: points.map(({ left }) => left),
        low: points.map(({ low }) => low),
        high: points.map(({ high }) => high),
      },
    ],
    when: 'after',
    write: percent,
    writeTick: (value) => formatValue(value, { unit: 'percent' }),
    most: 1,
  };
}

/** The curve as a table: with how many were observed so long, since its end rests on few. */
export function survivalTable(picture: SurvivalPicture, { many }: CountedNoun, label: string): Table {
  const { unit, points } = picture;
  return {
    title: survivalLines(picture, label).title,
    columns: [
      { label: 'Age' },
      { label: 'Still there', numeric: true, strong: true },
      { label: 'from', numeric: true },
      { label: 'to', numeric: true },
      { label: `${capital(many)} observed so long`, numeric: true },
    ],
    rows: points.map(({ age, left, low, high, observed }) => [
      { text: ageText(age, unit), value: age },
      numberCell(left, percent(left)),
      numberCell(low, percent(low ?? 0)),
      numberCell(high, percent(high ?? 0)),
      numberCell(observed, countText(observed)),
    ]),
  };
}

function ageText(age: number, unit: SurvivalPicture['unit']): string {
  return `${age} ${unit}${age === 1 ? '' : 's'}`;
}
