import type { TargetStatus } from '../core/evaluate/target-status.ts';
import type { CustomRequest, ProjectParams } from './custom-request.ts';

/** A metric of a document with its trend, to be drawn at the end of the line that names it. */
export interface Trend {
  /** From 0. */
  readonly line: number;
  readonly metric: string;
  /** Values of the latest complete periods, oldest first, at most 24. */
  readonly points: readonly (number | null)[];
  readonly status: TargetStatus | null;
  /** What it shows, for who cannot see it: `12 periods from 31.2 to 42.0`. */
  readonly words: string;
  /** Whether the text or the data have changed since in a way that may change it. */
  readonly stale: boolean;
}

/** The trends of a document whose values are known. Null where the document is in no project. */
export const trendsRequest: CustomRequest<ProjectParams, readonly Trend[] | null> = {
  method: 'plumbline/trends',
};
