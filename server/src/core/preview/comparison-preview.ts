import { throwIfCancelled } from '../base/cancel.ts';
import { EngineFailure } from '../evaluate/engine.ts';
import { Refusal } from '../plan/refusal.ts';
import type { Comparison } from './comparison.ts';
import { comparisonOf, noComparison } from './comparison-of.ts';
import { NOT_EVALUATED, type PreviewWork } from './preview-work.ts';
import type { Subject } from './subject.ts';

/** What is other than in another version of the project. Rejects with `Cancelled`. */
export async function comparisonPreview<At>(
  work: Pick<PreviewWork<At>, 'compare' | 'signal'>,
  { base, metric }: Extract<Subject, { kind: 'comparison' }>,
): Promise<Comparison<At>> {
  if (work.compare === undefined) return noComparison(base, metric ?? null, NOT_EVALUATED);
  try {
    const { report, at } = await work.compare(base);
    return comparisonOf(report, at, { base, ...(metric !== undefined && { metric }) });
  } catch (error) {
    throwIfCancelled(work.signal);
    if (error instanceof Refusal || error instanceof EngineFailure)
      return noComparison(base, metric ?? null, error.message);
    throw error;
  }
}
