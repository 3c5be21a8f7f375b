import { type Problem, problemOf } from '../base/problem.ts';
import type { Target } from '../model/project.ts';
import { agrees, writtenLike } from './agrees.ts';
import type { TargetResult } from './evaluate-targets.ts';
import { baselineDiffers } from './problems.ts';

/**
 * Says at the value of a target's baseline that the metric has another one in that period, to the decimals written; nothing where they agree,
 * or where the data do not tell.
 *
 * @param target as it stands now
 * @param result what was computed for it
 */
export function baselineProblem(target: Target, { baseline: found }: TargetResult): readonly Problem[] {
  const { baseline } = target;
  const computed = found?.value ?? null;
  if (baseline === undefined || computed === null || agrees(computed, baseline.value)) return [];
  const text = writtenLike(computed, baseline.value);
  const place = { file: target.file, span: baseline.value.node.span };
  const message = `The baseline says ${baseline.value.text} for ${baseline.period.text}, and by the data "${target.metric?.text}" is ${text} there. The path to the goal begins at what is written.`;
  if (baseline.value.node.origin !== undefined) return [problemOf(baselineDiffers, place, message)];
  const fixes = [{ title: `Change to ${text}`, sure: false, edits: [{ ...place, text }] }];
  return [problemOf(baselineDiffers, place, message, { fixes })];
}
