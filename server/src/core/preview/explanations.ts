import type { Cancel } from '../base/cancel.ts';
import type { Evaluator, MetricResult } from '../evaluate/evaluate.ts';
import { type Explanation, explain, hasExplanation } from '../evaluate/explain.ts';
import { Refusal } from '../plan/refusal.ts';

/** Why a metric moved from the period before, by one breakdown; or why that cannot be said. */
export interface ExplanationBy {
  readonly by: string;
  readonly explanation: Explanation | null;
  /** In words for users; null where there is an explanation. */
  readonly refused: string | null;
}

/**
 * Why the headline of a metric moved, by each breakdown that it has values by; nothing for metrics whose total is neither sum nor mean
 * of groups. Rejects with `EngineFailure` and `Cancelled`.
 */
export async function explanationsOf(
  evaluator: Evaluator,
  known: MetricResult,
  signal: Cancel | undefined,
): Promise<readonly ExplanationBy[]> {
  const explanations: ExplanationBy[] = [];
  const { metric, grain } = known;
  if (!hasExplanation(evaluator.checked.project, metric)) return explanations;
  for (const { by } of known.breakdowns) {
    const key = by.join();
    try {
      const options = signal === undefined ? {} : { signal };
      const explanation = await explain(evaluator, metric, { by: key, grain, known }, options);
      explanations.push({ by: key, explanation, refused: null });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      explanations.push({ by: key, explanation: null, refused: error.message });
    }
  }
  return explanations;
}
