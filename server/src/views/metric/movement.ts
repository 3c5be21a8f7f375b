import type { MovementPeriod, MovementPicture } from '../../core/preview/pictures/picture.ts';
import type { ValueShape } from '../../core/preview/preview.ts';
import type { Line, LinesData } from '../charts/lines.ts';
import { numberCell, type Table } from '../parts/table.ts';
import { writersOf } from './trend.ts';

/** The terms of the account in its order: what is added stands above the axis, what is taken away below it. */
const TERMS: readonly {
  readonly name: string;
  readonly sign: 1 | -1;
  readonly of: (period: MovementPeriod) => number | null;
}[] = [
  { name: 'New', sign: 1, of: ({ gained }) => gained.new },
  { name: 'Returned', sign: 1, of: ({ gained }) => gained.returned },
  { name: 'Expanded', sign: 1, of: ({ expanded }) => expanded },
  { name: 'Lost', sign: -1, of: ({ lost }) => lost },
  { name: 'Contracted', sign: -1, of: ({ contracted }) => contracted },
];

/** A term with what it is in one period; terms that do not apply are left out. */
export function termsOf(period: MovementPeriod): readonly {
  readonly name: string;
  readonly sign: 1 | -1;
  readonly value: number;
}[] {
  return TERMS.flatMap(({ name, sign, of }) => {
    const value = of(period);
    return value === null ? [] : [{ name, sign, value }];
  });
}

/** How the numbers of an account are written: in the unit of the metric where they are of value, else as counts. */
export function movementShape({ ofValue }: MovementPicture, shape: ValueShape): ValueShape {
  return ofValue ? shape : { unit: 'count', decimals: 0, currency: null, better: 'neutral' };
}

/** What was gained and lost in each period as bars on top of each other, and as a line what both come to. */
export function movementLines(picture: MovementPicture, shape: ValueShape, label: string): LinesData {
  const { periods, grain } = picture;
  const known = TERMS.filter(({ of }) => periods.some((period) => of(period) !== null));
  return {
    title: `${label}: gained and lost by ${grain}`,
    periods: periods.map(({ period }) => period),
    partial: periods.map(() => false),
    lines: [
      ...known.map(
        ({ name, sign, of }): Line => ({
          name,
          kind: 'part',
          look: TERMS.findIndex((term) => term.name === name),
          values: periods.map((period) => sign * (of(period) ?? 0)),
        }),
      ),
      {
        name: 'Net',
        kind: 'value',
        look: 5,
        values: periods.map(({ opening, closing }) => closing - opening),
      },
    ],
    ...writersOf(movementShape(picture, shape)),
  };
}

/** The whole account, newest period first. */
export function movementTable(picture: MovementPicture, shape: ValueShape, label: string): Table {
  const { write } = writersOf(movementShape(picture, shape));
  const [first] = picture.periods;
  const names = first === undefined ? [] : termsOf(first).map(({ name }) => name);
  const number = (value: number) => numberCell(value, write(value));
  return {
    title: `${label}: growth accounting by ${picture.grain}`,
    columns: [
      { label: 'Period' },
      ...['Opening', ...names, 'Closing'].map((name) => ({
        label: name,
        numeric: true,
        ...(name === 'Closing' ? { strong: true } : {}),
      })),
    ],
    rows: picture.periods
      .map((period) => [
        { text: period.period },
        number(period.opening),
        ...termsOf(period).map(({ value }) => number(value)),
        number(period.closing),
      ])
      .reverse(),
  };
}
