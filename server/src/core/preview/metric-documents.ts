import type { Place } from '../base/span.ts';
import type { Checked } from '../check/checked.ts';
import type { Funnel, FunnelPart } from '../evaluate/numbers.ts';
import type { PreviewRow, PreviewRows, Reason } from '../evaluate/preview-rows.ts';
import { dependenciesOf } from '../model/metric-references.ts';
import type { ExpressionWord, Metric } from '../model/project.ts';

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

/** Rows that count and rows that do not, as plain data. */
export function rowsDocument({ notCounting, ...rest }: PreviewRows): RowsDocument {
  return {
    ...rest,
    notCounting: notCounting.map(({ reason, ...row }) => ({
      ...row,
      reason: reason.kind,
      clause: reason.kind === 'clause' ? reason.word.text : null,
    })),
  };
}
