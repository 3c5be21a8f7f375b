import { type Cancel, throwIfCancelled } from '../base/cancel.ts';
import type { Problem } from '../base/problem.ts';
import { check } from '../check/check.ts';
import type { CheckedKind } from '../check/checked.ts';
import { findIgnores } from '../check/ignores.ts';
import { settle } from '../check/settle.ts';
import type { Evaluator } from '../evaluate/evaluate.ts';
import { type ExampleResult, runExamples } from '../evaluate/run-examples.ts';
import type { AnyDefinition, Metric } from '../model/project.ts';
import { changedProject } from './changed-project.ts';
import { changesOf, type DefinitionChange } from './changes-of.ts';
import { type ProposedExample, proposeExample } from './propose-example.ts';
import { type ExampleAt, reachOf } from './reach-of.ts';
import { hasSamePlan } from './same-plan.ts';
import { unguardedProblem } from './unguarded-problem.ts';

/** A change of a clause, and whether an example noticed it. */
export interface TriedChange {
  readonly definition: AnyDefinition;
  readonly change: DefinitionChange;
  /** `waived`: nothing notices it, and a comment or a setting says that this is as it should be. */
  readonly outcome: 'guarded' | 'unguarded' | 'waived';
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

export interface MutationResult {
  /** In the order of the files, without those that are waived. */
  readonly unguarded: readonly UnguardedClause[];
  /** All that were tried, in the order of the files. What says the same with a clause as without it is not among them. */
  readonly changes: readonly TriedChange[];
  /** Metrics with examples, of which the clauses were looked at. */
  readonly metrics: readonly Metric[];
  /** Metrics without an example. */
  readonly bare: readonly Metric[];
  /** Examples that fail as the project is: they can guard nothing. */
  readonly failing: readonly ExampleResult[];
  /** Changes beyond the limit, which were not tried. */
  readonly left: number;
}

export interface MutationOptions {
  readonly signal?: Cancel;
  readonly progress?: (done: number, total: number) => void;
}

/** More changes than this are not tried. */
const MAX_CHANGES = 10_000;

/**
 * Takes away or weakens one clause after the other, runs the examples that rest on it, and lists the clauses whose loss none of them notices. With
 * a change that makes an example fail, or not to be computed, the clause is guarded. Rejects with `EngineFailure` and `Cancelled`.
 *
 * @param metrics whose clauses are looked at; all, and those of the sources and segments they use, where absent
 */
export async function findUnguarded(
  evaluator: Evaluator,
  kinds: ReadonlyMap<string, CheckedKind>,
  metrics: readonly Metric[] | undefined,
  options: MutationOptions = {},
): Promise<MutationResult> {
  const { project } = evaluator.checked;
  const asked = metrics ?? [...project.metrics.values()];
  const results = await runExamples(evaluator, [...project.metrics.values()], {
    ...options,
    progress: () => {},
    rows: false,
  });
  const passing = results.filter(({ passed }) => passed);
  const all = changesToTry(evaluator, passing, metrics);
  const tried = all.slice(0, MAX_CHANGES);
  const outcomes: { readonly item: ToTry; readonly clause: UnguardedClause | undefined }[] = [];
  for (const [index, item] of tried.entries()) {
    throwIfCancelled(options.signal);
    options.progress?.(index, tried.length);
    const outcome = await tryChange(evaluator, kinds, item, options);
    if (outcome !== 'same') outcomes.push({ item, clause: outcome === 'guarded' ? undefined : outcome });
  }
  const found = outcomes.flatMap(({ clause }) => clause ?? []);
  const problems = settle(
    project,
    found.map(({ problem }) => problem),
  );
  // A setting may make an error of it, or nothing.
  const settled = new Map(problems.map((problem) => [keyOf(problem), problem]));
  const unguarded = found.flatMap((clause) => {
    const problem = settled.get(keyOf(clause.problem));
    return problem === undefined ? [] : [{ ...clause, problem }];
  });
  const listed = new Set(unguarded.map(({ change }) => change));
  return {
    unguarded,
    changes: outcomes.map(({ item: { definition, change }, clause }) => ({
      definition,
      change,
      outcome: clause === undefined ? 'guarded' : listed.has(change) ? 'unguarded' : 'waived',
    })),
    metrics: asked.filter(({ examples }) => examples.length > 0),
    bare: asked.filter(({ examples }) => examples.length === 0),
    failing: results.filter(({ metric, passed }) => !passed && asked.includes(metric)),
    left: all.length - tried.length,
  };
}

interface ToTry {
  readonly definition: AnyDefinition;
  readonly change: DefinitionChange;
  /** The examples that could notice it. */
  readonly examples: readonly ExampleAt[];
}

/** The changes that some example which passes rests on. */
function changesToTry(
  { checked }: Evaluator,
  passing: readonly ExampleAt[],
  metrics: readonly Metric[] | undefined,
): readonly ToTry[] {
  const { project } = checked;
  const named = new Set<AnyDefinition>([
    ...project.sources.values(),
    ...project.segments.values(),
    ...project.metrics.values(),
  ]);
  const definitions: readonly AnyDefinition[] =
    metrics ??
    project.files.flatMap((file) => file.definitions.filter((definition) => named.has(definition)));
  const reach = reachOf(checked, passing);
  return definitions.flatMap((definition) => {
    // A metric's clauses are looked at where it has an example of its own.
    if (definition.definition === 'metric' && definition.examples.length === 0) return [];
    return changesOf(definition).flatMap((change) => {
      const examples = reach(definition, change.part);
      return examples.length === 0 ? [] : [{ definition, change, examples }];
    });
  });
}

/** @returns `same` where the change makes no difference to how the metric is computed */
async function tryChange(
  evaluator: Evaluator,
  kinds: ReadonlyMap<string, CheckedKind>,
  { definition, change, examples }: ToTry,
  { signal }: MutationOptions,
): Promise<UnguardedClause | 'guarded' | 'same'> {
  const { checked } = evaluator;
  const project = changedProject(checked.project, kinds, definition, change);
  // Whether the rules that comments name exist was said when the project was checked.
  const otherIds = findIgnores(project).map(({ id }) => id);
  const changed: Evaluator = {
    ...evaluator,
    checked: check({ project, shapes: checked.shapes }, kinds, { otherIds }),
  };
  if (definition.definition === 'metric' && hasSamePlan(evaluator, changed, definition.name)) return 'same';
  for (const { metric, index } of examples) {
    const other = project.metrics.get(metric.name);
    if (other === undefined) return 'guarded';
    const only = (_: Metric, at: number): boolean => at === index;
    const [result] = await runExamples(changed, [other], {
      only,
      rows: false,
      ...(signal === undefined ? {} : { signal }),
    });
    if (result?.passed !== true) return 'guarded';
  }
  const other = project.metrics.get(definition.name);
  const example =
    definition.definition !== 'metric' || other === undefined
      ? undefined
      : await proposeExample(
          {
            written: { evaluator, metric: definition },
            changed: { evaluator: changed, metric: other },
            signal,
          },
          change,
        );
  return { definition, change, example, problem: unguardedProblem(definition, change, example) };
}

function keyOf({ file, span, message }: Problem): string {
  return JSON.stringify([file, span.start, span.end, message]);
}
