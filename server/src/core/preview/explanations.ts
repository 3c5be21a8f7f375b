import type { Cancel } from '../base/cancel.ts';
import type { Grain } from '../base/period.ts';
import type { Evaluator } from '../evaluate/evaluate.ts';
import { type Explanation, explain, hasExplanation } from '../evaluate/explain.ts';
import type { Metric } from '../model/project.ts';
import { Refusal } from '../plan/refusal.ts';

/** Why a metric moved from the period before, by one breakdown; or why that cannot be said. */
export interface ExplanationBy {
  readonly by: string;
  readonly explanation: Explanation | null;
  /** In words for users; null where there is an explanation. */
  readonly refused: string | null;
}

/**
 * Why the headline of a metric moved, by each breakdown; nothing for metrics whose total is neither sum nor mean of groups. Rejects with
 * `EngineFailure` and `Cancelled`.
 */
export async function explanationsOf(
  evaluator: Evaluator,
  metric: Metric,
  by: readonly string[],
  { signal, grain }: { readonly signal?: Cancel; readonly grain: Grain },
): Promise<readonly ExplanationBy[]> {
  const explanations: ExplanationBy[] = [];
  if (!hasExplanation(evaluator.checked.project, metric)) return explanations;
  for (const key of by) {
    try {
      const options = signal === undefined ? {} : { signal };
      const explanation = await explain(evaluator, metric, { by: key, grain }, options);
      explanations.push({ by: key, explanation, refused: null });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      explanations.push({ by: key, explanation: null, refused: error.message });
    }
  }
  return explanations;
}
