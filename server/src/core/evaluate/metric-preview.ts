import type { Place } from '../base/span.ts';
import type { Checked } from '../check/checked.ts';
import { type Lineage, lineageOf, placeLineage } from '../check/lineage.ts';
import { dependenciesOf } from '../model/metric-references.ts';
import type { ExpressionWord, Metric } from '../model/project.ts';
import { Refusal } from '../plan/refusal.ts';
import { type EvaluationOptions, type Evaluator, evaluate } from './evaluate.ts';
import { metricFunnel } from './funnel.ts';
import { type MetricSql, metricSql } from './metric-sql.ts';
import type { Funnel, FunnelPart } from './numbers.ts';
import { countingRows, type PreviewRow, type PreviewRows, type Reason } from './preview-rows.ts';
import { type MetricDocument, resultDocument, type TargetDocument } from './result.ts';

/** All that a preview of a metric shows, as plain data. `At` is how places are written. */
export interface MetricPreview<At = Place> {
  /** What it rests on and what rests on it. */
  readonly lineage: Lineage<At>;
  /** Its values, the total first, then those by each of its segments. Its `error` says why there are none. */
  readonly result: MetricDocument;
  readonly targets: readonly TargetDocument[];
  /** Null where the metric has no value. */
  readonly funnel: FunnelDocument<At> | null;
  readonly rows: readonly RowsDocument[];
  readonly sql: readonly MetricSql[];
}

/** `Funnel` as plain data. */
export interface FunnelDocument<At = Place> {
  readonly parts: readonly (Omit<FunnelPart, 'clauses'> & {
    readonly clauses: readonly ClauseDocument<At>[];
  })[];
}

export interface ClauseDocument<At = Place> {
  /** The condition as it is written. */
  readonly text: string;
  readonly kept: number;
  readonly at: At;
}

/** `PreviewRows` as plain data. */
export interface RowsDocument extends Omit<PreviewRows, 'notCounting'> {
  readonly notCounting: readonly (PreviewRow & {
    readonly reason: Reason['kind'];
    /** The condition of `where` that fails, where that is the reason. */
    readonly clause: string | null;
  })[];
}

export interface PreviewOptions<At> extends EvaluationOptions {
  /** How many rows that count, and as many that do not; default 20. */
  readonly rows?: number;
  /** Writes a place as the face tells it to its client. */
  readonly at: (place: Place) => At;
  /** Told each section as soon as it is there, the quick ones first. */
  readonly section?: (section: Partial<MetricPreview<At>>) => void;
}

const SECTIONS = 5;

/**
 * Everything that a preview of a metric shows. A metric that cannot be evaluated has its lineage and the reason. Rejects
 * with `EngineFailure` and `Cancelled`.
 */
export async function metricPreview<At>(
  evaluator: Evaluator,
  metric: Metric,
  options: PreviewOptions<At>,
): Promise<MetricPreview<At>> {
  const { checked } = evaluator;
  const { signal, at } = options;
  const cancel = signal === undefined ? {} : { signal };
  let done = 0;
  const show = <Section extends Partial<MetricPreview<At>>>(section: Section): Section => {
    options.progress?.(++done, SECTIONS);
    options.section?.(section);
    return section;
  };
  const { lineage } = show({ lineage: placeLineage(lineageOf(checked, metric), at) });
  const request = { metrics: [metric], ownSegments: true, findings: false };
  const document = resultDocument(checked, await evaluate(evaluator, request, cancel));
  const [result] = document.metrics;
  if (result === undefined) throw new Error('A metric that was asked for has no result.');
  const { targets } = show({ result, targets: document.targets });
  const funnel = await orRefused(metricFunnel(evaluator, metric, cancel));
  const counts = show({ funnel: funnel === undefined ? null : funnelDocument(checked, metric, funnel, at) });
  const shown = await orRefused(countingRows(evaluator, metric, options.rows ?? 20, cancel));
  const { rows } = show({ rows: (shown ?? []).map(rowsDocument) });
  const { sql } = show({ sql: (await orRefused(metricSql(evaluator, metric, cancel))) ?? [] });
  return { lineage, result, targets, ...counts, rows, sql };
}

/** `undefined` for what is refused: the result says why. */
async function orRefused<T>(promise: Promise<T>): Promise<T | undefined> {
  try {
    return await promise;
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/** A funnel as plain data. */
export function funnelDocument<At>(
  checked: Checked,
  metric: Metric,
  funnel: Funnel,
  at: (place: Place) => At,
): FunnelDocument<At> {
  const metrics = [metric, ...dependenciesOf(checked.project, checked.kinds, metric)];
  const fileOf = (word: ExpressionWord): string =>
    metrics.find(({ where }) => where.includes(word))?.file ?? metric.file;
  return {
    parts: funnel.parts.map(({ clauses, ...part }) => ({
      ...part,
      clauses: clauses.map(({ word, kept }) => ({
        text: word.text,
        kept,
        at: at({ file: fileOf(word), span: word.node.span }),
      })),
    })),
  };
}

function rowsDocument({ notCounting, ...rest }: PreviewRows): RowsDocument {
  return {
    ...rest,
    notCounting: notCounting.map(({ reason, ...row }) => ({
      ...row,
      reason: reason.kind,
      clause: reason.kind === 'clause' ? reason.word.text : null,
    })),
  };
}
