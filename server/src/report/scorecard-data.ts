import type { Scorecard } from '../core/preview/preview.ts';
import type { DefinedAt, GroupBy } from './report.ts';

/** What the script of the scorecard's page works with. */
export interface ScorecardData {
  readonly scorecard: Scorecard<DefinedAt>;
  /** The keys of what has a page. */
  readonly pages: readonly string[];
  readonly groupBy: GroupBy;
}
