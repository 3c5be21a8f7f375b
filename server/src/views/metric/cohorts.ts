import type { CohortPicture } from '../../core/preview/pictures/picture.ts';
import type { CountedNoun } from '../../core/preview/rests-on.ts';
import { countText, shareText } from '../parts/numbers.ts';
import { type Cell, numberCell, type Table } from '../parts/table.ts';

/** One cell of a triangle of cohorts. */
export type CohortCell =
  /** The time has not come, or is not over. */
  | { readonly kind: 'not-yet' }
  /** Nobody joined, so that there is no share. */
  | { readonly kind: 'nobody' }
  | {
      readonly kind: 'share';
      readonly there: number;
      /** From 0 to 1. */
      readonly share: number;
      /** How strong it is drawn: from 0 for the least share up to `STRONGEST`. */
      readonly heat: number;
    };

/** How many strengths there are above the weakest. */
export const STRONGEST = 8;

/** A triangle as rows that are equally long, with the strength of each cell. */
export interface CohortGrid {
  /** Numbers of periods since entities joined. */
  readonly columns: readonly number[];
  readonly rows: readonly {
    readonly period: string;
    readonly entities: number;
    readonly cells: readonly CohortCell[];
  }[];
  /** The share that is drawn weakest, a whole tenth at or below all, and the one from which on all are drawn strongest. */
  readonly least: number;
  readonly most: number;
}

/**
 * The cells of a triangle. Strengths run over the shares behind the first column, in which by their nature all are there: else that one
 * would leave the others pale.
 */
export function cohortGrid({ cohorts }: CohortPicture): CohortGrid {
  const length = Math.max(0, ...cohorts.map(({ there }) => there.length));
  const columns = Array.from({ length }, (_, index) => index);
  const later = cohorts.flatMap(({ entities, there }) =>
    entities === 0 ? [] : there.slice(1).flatMap((count) => (count === null ? [] : [count / entities])),
  );
  const most = later.length === 0 ? 1 : Math.max(0.1, Math.ceil(Math.max(...later) * 10 - 1e-9) / 10);
  const least = Math.min(most - 0.1, Math.floor(Math.min(1, ...later) * 10) / 10);
  const cellOf = (entities: number, there: number | null | undefined): CohortCell => {
    if (there === null || there === undefined) return { kind: 'not-yet' };
    if (entities === 0) return { kind: 'nobody' };
    const share = there / entities;
    const strength = Math.min(1, Math.max(0, (share - least) / (most - least)));
    return { kind: 'share', there, share, heat: Math.round(strength * STRONGEST) };
  };
  return {
    columns,
    rows: cohorts.map(({ period, entities, there }) => ({
      period,
      entities,
      cells: columns.map((column) => cellOf(entities, there[column])),
    })),
    least,
    most,
  };
}

/** `Joined in`, `Accounts` and the share after each number of periods, to be read out and copied. */
export function cohortTable(picture: CohortPicture, { many }: CountedNoun, label: string): Table {
  const { columns, rows } = cohortGrid(picture);
  const { grain } = picture;
  return {
    title: `${label} by cohort: share there so many ${grain}s after joining`,
    columns: [
      { label: 'Joined in' },
      { label: capital(many), numeric: true },
      ...columns.map((column) => ({ label: String(column), numeric: true })),
    ],
    rows: rows.map(({ period, entities, cells }) => [
      { text: period },
      numberCell(entities, countText(entities)),
      ...cells.map((cell): Cell => {
        if (cell.kind === 'share') return { text: shareText(cell.there, entities), value: cell.share };
        return { text: cell.kind === 'nobody' ? '–' : 'not yet', value: null };
      }),
    ]),
  };
}

export function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
