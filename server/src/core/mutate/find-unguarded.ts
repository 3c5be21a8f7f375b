import { type Cancel, throwIfCancelled } from '../base/cancel.ts';
import type { Problem } from '../base/problem.ts';
import type { CheckedKind } from '../check/checked.ts';
import { settle } from '../check/settle.ts';
import type { Evaluator } from '../evaluate/evaluate.ts';
import { type ExampleResult, runExamples } from '../evaluate/run-examples.ts';
import type { AnyDefinition, Metric } from '../model/project.ts';
import { changesOf, type DefinitionChange } from './changes-of.ts';
import { type ExampleAt, reachOf } from './reach-of.ts';
import { type ToTry, tryChange, type UnguardedClause } from './try-change.ts';

/** A change of a clause, and whether an example noticed it. */
export interface TriedChange {
  readonly definition: AnyDefinition;
  readonly change: DefinitionChange;
  /** `waived`: nothing notices it, and a comment or a setting says that this is as it should be. */
  readonly outcome: 'guarded' | 'unguarded' | 'waived';
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
    const outcome = await tryChange(evaluator, kinds, item, options.signal);
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

function keyOf({ file, span, message }: Problem): string {
  return JSON.stringify([file, span.start, span.end, message]);
}
