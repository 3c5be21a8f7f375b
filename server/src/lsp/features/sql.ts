import { metricSql } from '../../core/evaluate/metric-sql.ts';
import { sqlRequest } from '../../protocol/sql.ts';
import { evaluated } from '../evaluated.ts';
import type { Feature } from '../feature.ts';
import { onCustomRequest } from '../on-custom-request.ts';

/** `plumbline/sql`: the statements that compute a metric. */
export const sql: Feature = {
  capabilities: {},
  register(context) {
    onCustomRequest(context, sqlRequest, (snapshot, params, token) =>
      evaluated(context, snapshot, params, token, async (evaluator, metric, { signal }) => ({
        statements: await metricSql(evaluator, metric, { signal, by: params.by ?? [] }),
      })),
    );
  },
};
