import type { MetricSql } from '../core/evaluate/metric-sql.ts';
import type { CustomRequest, MetricParams, Unavailable } from './custom-request.ts';

export interface SqlParams extends MetricParams {
  /** Segments or column paths, all at once; the total where absent. */
  readonly by?: readonly string[];
}

/** One statement for each measure that a metric is made of. */
export interface SqlResult {
  readonly statements: readonly MetricSql[];
}

/** The SQL that computes a metric. Null where the document is in no project, or the request was cancelled. */
export const sqlRequest: CustomRequest<SqlParams, SqlResult | Unavailable | null> = {
  method: 'plumbline/sql',
};
