import type { Cancel } from '../base/cancel.ts';
import type { Problem } from '../base/problem.ts';
import { check } from '../check/check.ts';
import type { CheckedKind } from '../check/checked.ts';
import { findIgnores } from '../check/ignores.ts';
import type { Evaluator } from '../evaluate/evaluate.ts';
import { runExamples } from '../evaluate/run-examples.ts';
import type { AnyDefinition } from '../model/project.ts';
import { changedProject } from './changed-project.ts';
import type { DefinitionChange } from './changes-of.ts';
import { projectAround } from './project-around.ts';
import { type ProposedExample, proposeExample } from './propose-example.ts';
import type { ExampleAt } from './reach-of.ts';
import { hasSamePlan } from './same-plan.ts';
import { unguardedProblem } from './unguarded-problem.ts';

/** A change of a clause, and who could notice it. */
export interface ToTry {
  readonly definition: AnyDefinition;
  readonly change: DefinitionChange;
  readonly examples: readonly ExampleAt[];
}

/** A clause whose loss no example notices. */
export interface UnguardedClause {
  readonly definition: AnyDefinition;
  readonly change: DefinitionChange;
  /** In the unit of the definition. */
  readonly problem: Problem;
  /** An example that would notice it, where a row of the data tells the two apart. */
  readonly example: ProposedExample | undefined;
}

/**
 * Runs the examples that rest on a definition with one of its clauses changed, until one of them notices it. Rejects with
 * `EngineFailure` and `Cancelled`.
 *
 * @returns `same` where the change makes no difference to how the metric is computed
 */
export async function tryChange(
  evaluator: Evaluator,
  kinds: ReadonlyMap<string, CheckedKind>,
  { definition, change, examples }: ToTry,
  signal: Cancel | undefined,
): Promise<UnguardedClause | 'guarded' | 'same'> {
  const changed = changedEvaluator(evaluator, kinds, { definition, change, examples });
  const { metrics } = changed.checked.project;
  if (definition.definition === 'metric' && hasSamePlan(evaluator, changed, definition.name)) return 'same';
  const options = signal === undefined ? {} : { signal };
  for (const { metric, index } of examples) {
    const other = metrics.get(metric.name);
    if (other === undefined) return 'guarded';
    const only = (_: unknown, at: number): boolean => at === index;
    const [result] = await runExamples(changed, [other], { only, rows: false, ...options });
    if (result?.passed !== true) return 'guarded';
  }
  const other = metrics.get(definition.name);
  const example =
    definition.definition === 'metric' && other !== undefined
      ? await proposeExample(
          {
            written: { evaluator, metric: definition },
            changed: { evaluator: changed, metric: other },
            signal,
          },
          change,
        )
      : undefined;
  return { definition, change, example, problem: unguardedProblem(definition, change, example) };
}

/** The same data under the changed definitions, of which only those are there that the examples rest on. */
function changedEvaluator(
  evaluator: Evaluator,
  kinds: ReadonlyMap<string, CheckedKind>,
  { definition, change, examples }: ToTry,
): Evaluator {
  const { checked } = evaluator;
  const around = projectAround(
    checked,
    examples.map(({ metric }) => metric),
  );
  const project = changedProject(around, kinds, definition, change);
  // Whether the rules that comments name exist was said when the project was checked.
  const otherIds = findIgnores(project).map(({ id }) => id);
  return { ...evaluator, checked: check({ project, shapes: checked.shapes }, kinds, { otherIds }) };
}
