import type { Problem } from '../base/problem.ts';
import { byFile, type Damage, isYaml } from './damage.ts';
import { insideAny } from './inside.ts';

/** Problems that say that something is not there, which is no wonder where a part of the definition could not be read. */
const ABSENCES: ReadonlySet<string> = new Set([
  'missing-source',
  'missing-when',
  'missing-key',
  'target-needs-why',
  'metric-needs-owner',
  'metric-needs-description',
]);

/** Problems that explain others themselves. */
const CAUSES: ReadonlySet<string> = new Set(['expression-cut', 'unknown-version']);

/**
 * A test for problems that `known` ones do not explain. Explained are those on characters that are known to be wrong; those in
 * a definition with broken YAML; and those about something missing where a part is known to be wrong.
 */
export function unexplainedBy(known: readonly Problem[], damage: Damage): (problem: Problem) => boolean {
  const errors = byFile(known.filter(({ severity }) => severity === 'error'));
  const isTorn = insideAny(damage.torn);
  const isIncomplete = insideAny(damage.incomplete);
  return (problem) => {
    if (CAUSES.has(problem.code) || isYaml(problem)) return true;
    if (errors.get(problem.file)?.some((error) => contains(error, problem)) === true || isTorn(problem)) {
      return false;
    }
    if (!ABSENCES.has(problem.code)) return true;
    return !isIncomplete(problem) && !damage.withoutDefaults.has(problem.file);
  };
}

function contains(outer: Problem, inner: Problem): boolean {
  const empty = outer.span.start === outer.span.end;
  return !empty && outer.span.start <= inner.span.start && inner.span.end <= outer.span.end;
}
