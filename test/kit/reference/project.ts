import type { RefGrain } from './calendar.ts';
import type { RefMetric, RefSegment } from './metric.ts';
import type { Tables } from './world.ts';

/** A whole project of the reference computation. */
export interface RefProject {
  readonly tables: Tables;
  /** The project's default grain. */
  readonly grain: RefGrain;
  readonly metrics: readonly RefMetric[];
  readonly segments: Readonly<Record<string, RefSegment>>;
}
