import type { Cancel } from '../base/cancel.ts';
import type { Grain } from '../base/period.ts';
import type { Metric } from '../model/project.ts';
import { planScan } from '../plan/plan-scan.ts';
import { type Evaluator, runContext } from './evaluate.ts';
import { plannedScans } from './planned-scans.ts';
import { renderSelectIn } from './run-demands.ts';

/** What to compute a metric by. */
export interface MetricSqlOptions {
  readonly signal?: Cancel;
  /** Segments or column paths, all at once; none for the total. */
  readonly by?: readonly string[];
  /** In place of the metric's own grain. */
  readonly grain?: Grain;
  /** Whether comments say what each part comes from. */
  readonly notes?: boolean;
}

/** The statement that computes one measure of a metric, by period and group, in the engine's dialect. */
export interface MetricSql {
  /** The metric that measures: the one asked for, or a part of it by its name. */
  readonly metric: string;
  readonly source: string;
  readonly sql: string;
}

/**
 * The SQL that computes a metric, laid out to be read: one statement for each measure, as `evaluate` would run it if nothing
 * shared its scan. Rejects with `Refusal` where the metric has no value, with `EngineFailure` and `Cancelled`.
 */
export async function metricSql(
  evaluator: Evaluator,
  metric: Metric,
  { signal, notes = false, ...options }: MetricSqlOptions = {},
): Promise<readonly MetricSql[]> {
  const context = runContext(evaluator, signal === undefined ? {} : { signal });
  const { scans } = await plannedScans(evaluator, context, metric, options);
  return scans.map(({ measure, scan }) => {
    const { select } = planScan(context.checked, context.storage, scan, [measure]);
    return {
      metric: measure.metric.name,
      source: measure.source,
      sql: renderSelectIn(context, select, notes),
    };
  });
}
