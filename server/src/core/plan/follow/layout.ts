import type { Scan } from '../plan-scan.ts';
import type { StateName } from './terms.ts';

/** When a row begins to count for the close of a period, when for the opening of another, and when it ends to count for each. */
export type EdgeTime = 'enter_close' | 'enter_opening' | 'leave_close' | 'leave_opening';

/** Which of its edges a row is kept by, and what they add to the state of its entity. */
export interface Layout {
  /** The opening of a period is the close of the one before, so that the state at closes is all there is. */
  readonly paired: boolean;
  /** Each with what it adds to the columns of `starts`. */
  readonly edges: readonly { readonly time: EdgeTime; readonly adds: readonly number[] }[];
  /** The columns of rows that are alive. */
  readonly alive: readonly string[];
  /** Those, and the columns of rows that have begun. */
  readonly starts: readonly string[];
  /** The column in which each part of the state stands. */
  readonly columns: Readonly<Record<StateName, string>>;
}

/** The column of what an entity began with. */
export const FIRST = 'first_value';

const PAIRED: Layout = {
  paired: true,
  edges: [
    { time: 'enter_close', adds: [1, 1] },
    { time: 'leave_close', adds: [-1, 0] },
  ],
  alive: ['alive'],
  starts: ['alive', 'started'],
  columns: { opening: 'alive', closing: 'alive', before: 'started', started: 'started' },
};

const APART: Layout = {
  paired: false,
  edges: [
    { time: 'enter_close', adds: [0, 1, 0, 1] },
    { time: 'enter_opening', adds: [1, 0, 1, 0] },
    { time: 'leave_close', adds: [0, -1, 0, 0] },
    { time: 'leave_opening', adds: [-1, 0, 0, 0] },
  ],
  alive: ['opening', 'closing'],
  starts: ['opening', 'closing', 'before', 'started'],
  columns: { opening: 'opening', closing: 'closing', before: 'before', started: 'started' },
};

/** With a window, and over all time, openings are closes of no period. */
export function layoutOf({ grain, view, rows }: Scan): Layout {
  return grain === 'all' || view.window !== undefined || rows.mode === 'event' ? APART : PAIRED;
}
