import type { Known } from '../../evaluate/numbers.ts';
import type { Metric } from '../../model/project.ts';
import type { IdeContext } from '../ide-context.ts';
import { type Block, paragraph } from '../prose/prose.ts';

/** Says that there is no number, and why: a metric with an error, or no data. */
export function notEvaluated({ checked, numbers }: IdeContext, metric?: Metric): Block {
  const error = metric && checked.blocking(metric);
  if (error !== undefined) return paragraph('Not evaluated: ', error.message);
  return paragraph(
    numbers === undefined ? 'Not evaluated: the data are not read here.' : 'Not evaluated yet.',
  );
}

/** What is said beside a number that was computed before the text or the data changed. */
export function staleBlocks({ stale }: Known<unknown>): readonly Block[] {
  return stale ? [paragraph({ strong: 'Stale' }, ': computed before the last change.')] : [];
}
