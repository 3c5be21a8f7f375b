import { formatPeriod } from '../base/period.ts';
import type { ValueType } from '../base/value-type.ts';
import type { ColumnInfo } from '../check/checked.ts';
import type { ExpressionWord, Metric } from '../model/project.ts';
import type { MeasurePlan } from '../plan/metric-plan.ts';
import {
  planPreviewRows,
  type Shown,
  type StepsAt,
  TIME_FAULTS,
  type TimeFault,
} from '../plan/plan-steps.ts';
import { nameOf } from '../plan/scalars.ts';
import type { NameRef, Scalar } from '../syntax/expression/scalar.ts';
import { cellText } from './cell-text.ts';
import type { Row, Value } from './engine.ts';
import { type Evaluator, runContext } from './evaluate.ts';
import { reachAt } from './funnel.ts';
import { requireOneArrival } from './links.ts';
import type { Reach } from './numbers.ts';
import { type AtGrain, headlineSteps, plannedScans } from './planned-scans.ts';
import { type RowPlace, rowPlaces } from './row-words.ts';
import { type RunContext, runSelect } from './run-demands.ts';

/** Rows of one source as a measure of a metric sees them in its headline period. */
export interface PreviewRows {
  /** The metric that measures: the one asked for, or a part of it by its name. */
  readonly metric: string;
  readonly source: string;
  /** The headline period, as it is written; null where there is none. */
  readonly period: string | null;
  /** The days whose rows tell of that period where entities are followed through it; absent where they are its own. */
  readonly reach?: Reach;
  /** The columns shown: those that the metric uses first, the rest in the data's order, at most 50. */
  readonly columns: readonly { readonly name: string; readonly type: ValueType; readonly used: boolean }[];
  readonly counting: readonly PreviewRow[];
  /** Of the rows that lie in the period, or have no valid time and so lie in none. */
  readonly notCounting: readonly (PreviewRow & { readonly reason: Reason })[];
}

export interface PreviewRow extends RowPlace {
  readonly cells: readonly (string | null)[];
}

/** Why a row does not count: the first of these that holds. */
export type Reason =
  /** It has no time (its spell no start), it lies after the last day counted, or its spell does not end after it starts. */
  | { readonly kind: TimeFault }
  /** A condition of `where` is false or null for it. */
  | { readonly kind: 'clause'; readonly word: ExpressionWord }
  /** What is counted is null, or off the scale. */
  | { readonly kind: 'no-value' };

const MAX_COLUMNS = 50;

/**
 * The first rows, in the data's order, that count in a metric's headline, and the first that might have but do not; for each
 * measure of the metric. Rejects with `Refusal` where the metric has no value, with `EngineFailure` and `Cancelled`.
 */
export async function countingRows(
  evaluator: Evaluator,
  metric: Metric,
  limit: number,
  options: AtGrain = {},
): Promise<readonly PreviewRows[]> {
  const context = runContext(evaluator, options);
  const parts: PreviewRows[] = [];
  for (const at of headlineSteps(await plannedScans(evaluator, context, metric, options))) {
    const columns = columnsOf(context, at.plan);
    const counting = await rowsOf(context, at, 'counting', columns, limit);
    const others = await rowsOf(context, at, 'others', columns, limit);
    parts.push({
      metric: at.plan.metric.name,
      source: at.plan.source,
      period: at.period === undefined ? null : formatPeriod(at.period),
      ...reachAt(at),
      columns: columns.map(({ info, used }) => ({ name: info.name, type: info.type, used })),
      counting: previewRows(context, at.plan.source, counting, columns),
      notCounting: previewRows(context, at.plan.source, others, columns).map((row, index) => ({
        ...row,
        reason: reasonOf(at.plan, others[index]?.step),
      })),
    });
  }
  return parts;
}

interface ShownColumn {
  readonly info: ColumnInfo;
  readonly used: boolean;
}

/** Columns that are computed are shown only where they are used: one that nobody asked for might follow a broken link. */
function columnsOf({ checked }: RunContext, { metric, source }: MeasurePlan): readonly ShownColumn[] {
  const needed = new Set(
    checked.needs.ofMetric(metric).columns.flatMap((need) => (need.source === source ? [need.column] : [])),
  );
  const columns = [...(checked.columns.get(source)?.columns.values() ?? [])].flatMap((info) => {
    const used = needed.has(info.name);
    return info.origin === 'file' || (used && info.origin === 'computed') ? [{ info, used }] : [];
  });
  return [...columns.filter(({ used }) => used), ...columns.filter(({ used }) => !used)].slice(
    0,
    MAX_COLUMNS,
  );
}

async function rowsOf(
  context: RunContext,
  at: StepsAt,
  shown: Shown,
  columns: readonly ShownColumn[],
  limit: number,
): Promise<readonly Row[]> {
  const cells = columns.map(
    ({ info }): Scalar<NameRef> => nameOf({ at: 'row', links: [], column: info.name }, info.type),
  );
  const { select, links } = planPreviewRows(context.checked, context.storage, at, shown, cells, limit);
  await requireOneArrival(context, links);
  return runSelect(context, select);
}

function previewRows(
  context: RunContext,
  source: string,
  rows: readonly Row[],
  columns: readonly ShownColumn[],
): readonly PreviewRow[] {
  const places = rowPlaces(
    context,
    source,
    rows.map(({ row }) => Number(row)),
  );
  return rows.map((row, at) => ({
    ...(places[at] ?? { row: Number(row.row) }),
    cells: columns.map(({ info }, index) => cellText(row[`cell_${index + 1}`] ?? null, info.type)),
  }));
}

function reasonOf({ clauses }: MeasurePlan, step: Value | undefined): Reason {
  const fault = TIME_FAULTS.find((known) => known === step);
  if (fault !== undefined) return { kind: fault };
  const word = clauses.find((_, index) => step === `clause_${index + 1}`);
  return word === undefined ? { kind: 'no-value' } : { kind: 'clause', word };
}
