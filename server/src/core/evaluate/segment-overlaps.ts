import type { Segment } from '../model/project.ts';
import { type EvaluationOptions, type Evaluator, runContext } from './evaluate.ts';
import { type Overlap, overlapsIn } from './overlaps-in.ts';

/**
 * The pairs of a segment's groups that share rows, in the order of the groups; none for a segment whose groups cannot overlap. Rejects
 * as `segmentSizes` does.
 */
export async function segmentOverlaps(
  evaluator: Evaluator,
  segment: Segment,
  options: EvaluationOptions = {},
): Promise<readonly Overlap[]> {
  return overlapsIn(runContext(evaluator, options), segment);
}
