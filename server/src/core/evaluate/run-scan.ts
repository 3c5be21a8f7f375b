import type { Period } from '../base/period.ts';
import { NONE } from '../plan/breakdown.ts';
import type { AggregateValue, MeasurePlan } from '../plan/metric-plan.ts';
import { planScan, type Scan } from '../plan/plan-scan.ts';
import { groupColumn, PERIOD } from '../plan/scan-columns.ts';
import type { Row, Value } from './engine.ts';
import { failureText } from './engine-limits.ts';
import { dayIn } from './extents.ts';
import { type RunContext, runSelect } from './run-demands.ts';
import { type GroupLabels, groupKey } from './series.ts';

/** Measures that are computed in one scan. */
export interface PendingScan {
  readonly scan: Scan;
  readonly measures: MeasurePlan[];
  /** For each measure, once the scan has run. */
  outcomes: readonly Outcome[];
}

/** The results of a scan with a measure's place in them, or why the engine could not compute it. */
export type Outcome =
  | { readonly results: ScanResults; readonly index: number; readonly failure?: never }
  | { readonly results?: never; readonly failure: string };

/**
 * Runs a scan. Where the engine refuses the statement, runs out of time or memory, or is killed, every measure is tried once more on
 * its own, so that the one that is too much for it costs no other its values.
 */
export async function complete(context: RunContext, pending: PendingScan): Promise<void> {
  const { scan, measures } = pending;
  try {
    const results = await runScan(context, scan, measures);
    pending.outcomes = measures.map((_, index) => ({ results, index }));
  } catch (error) {
    const failure = failureText(error);
    pending.outcomes = measures.length === 1 ? [{ failure }] : await completeApart(context, pending);
  }
}

async function completeApart(
  context: RunContext,
  { scan, measures }: PendingScan,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const measure of measures) {
    try {
      outcomes.push({ results: await runScan(context, scan, [measure]), index: 0 });
    } catch (error) {
      outcomes.push({ failure: failureText(error) });
    }
  }
  return outcomes;
}

/** The values of a scan. */
export interface ScanResults {
  readonly groups: ReadonlyMap<string, GroupLabels>;
  /** The aggregates of a measure in a period and group. */
  at(period: Period, group: string, measure: number): readonly AggregateValue[] | undefined;
  /** All the aggregates that a measure has at one index, in every period and group. */
  column(measure: number, aggregate: number): readonly AggregateValue[];
}

async function runScan(
  context: RunContext,
  scan: Scan,
  measures: readonly MeasurePlan[],
): Promise<ScanResults> {
  const { select, columns } = planScan(context.checked, context.storage, scan, measures);
  const rows = await runSelect(context, select);
  const groups = new Map<string, GroupLabels>();
  const cells = new Map<string, Row>();
  for (const row of rows) {
    const labels = scan.breakdown.map((_, index) => groupLabel(row[groupColumn(index)] ?? null));
    const key = groupKey(labels);
    groups.set(key, labels);
    cells.set(`${dayIn(row[PERIOD]) ?? 'all'} ${key}`, row);
  }
  if (scan.breakdown.length === 0) groups.set(groupKey([]), []);
  const valuesOf = (row: Row, measure: number): readonly AggregateValue[] =>
    (columns[measure] ?? []).map((name) => numberOf(row[name] ?? null));
  return {
    groups,
    at(period, group, measure) {
      const row = cells.get(`${period.grain === 'all' ? 'all' : period.start} ${group}`);
      return row === undefined ? undefined : valuesOf(row, measure);
    },
    column: (measure, aggregate) => rows.map((row) => valuesOf(row, measure)[aggregate] ?? null),
  };
}

/** Group labels: booleans `true` and `false`, dates ISO, numbers in their shortest form, nothing as `(none)`. */
export function groupLabel(value: Value): string {
  return value === null ? NONE : String(value);
}

function numberOf(value: Value): AggregateValue {
  if (value === null || typeof value === 'string') return null;
  return Number(value);
}
