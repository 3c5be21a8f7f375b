import type { Checked } from '../check/checked.ts';
import { sourceOf, timingOf } from '../model/metric-defaults.ts';
import type { ExpressionWord, Metric, MetricReference, Source } from '../model/project.ts';
import type { NameRef, Scalar } from '../syntax/expression/scalar.ts';
import type { MetricPlan, PlanContext, PlanHook, RowSelection, Spell } from './metric-plan.ts';
import { Refusal } from './refusal.ts';
import { addUnits, cast, literal } from './scalars.ts';

/** The plan of a metric, or why there is none, in words for users. */
export type Planned =
  | { readonly plan: MetricPlan; readonly refused?: never }
  | { readonly plan?: never; readonly refused: string };

export interface PlanOptions {
  /** Conditions beside the metric's own. */
  readonly where?: readonly ExpressionWord[];
  /** The rows are written out, so that it does not matter whether the data can be read. */
  readonly rowsGiven?: boolean;
}

/** Plans a metric: which rows of which sources, which aggregates of them, and how these combine. */
export function planMetric(
  checked: Checked,
  kinds: ReadonlyMap<string, PlanHook<unknown>>,
  metric: Metric,
  { where = [], rowsGiven = false }: PlanOptions = {},
): Planned {
  const blocking = checked.blocking(metric);
  const isOfData = blocking?.code.startsWith('data-') ?? false;
  if (blocking !== undefined && !(rowsGiven && isOfData)) return { refused: blocking.message };
  const missing = checked.unevaluated(metric);
  if (missing !== undefined) return { refused: missing };
  try {
    return { plan: plan({ checked, kinds }, metric, where) };
  } catch (error) {
    if (error instanceof Refusal) return { refused: error.message };
    throw error;
  }
}

interface Planner {
  readonly checked: Checked;
  readonly kinds: ReadonlyMap<string, PlanHook<unknown>>;
}

function plan(planner: Planner, metric: Metric, outer: readonly ExpressionWord[]): MetricPlan {
  const hook = planner.kinds.get(metric.type ?? '');
  if (hook?.plan === undefined) throw new Refusal(`The type "${metric.type ?? ''}" is not evaluated yet.`);
  const where = [...outer, ...metric.where];
  const source = sourceOf(planner.checked.project, metric);
  const planned = hook.plan(metric.spec, contextOf(planner, metric, source));
  if ('parts' in planned) {
    const parts = planned.parts.map((part) => plan(planner, referred(planner, part), where));
    return { kind: 'combined', metric, parts, combine: planned.combine };
  }
  if (source === undefined) throw new Refusal('It names no source.');
  return {
    kind: 'measure',
    metric,
    source: source.name,
    rows: selectRows(planner.checked, metric, source),
    where: where.map((word) => resolve(planner, metric, source, word)),
    clauses: where,
    measure: planned,
  };
}

function contextOf(planner: Planner, metric: Metric, source: Source | undefined): PlanContext {
  return {
    metric,
    intervals: source?.coverage !== 'census',
    scalar(word) {
      if (word === undefined) throw new Refusal('A field that its type needs is missing.');
      if (source === undefined) throw new Refusal('It names no source.');
      return resolve(planner, metric, source, word);
    },
  };
}

function resolve(planner: Planner, metric: Metric, source: Source, word: ExpressionWord): Scalar<NameRef> {
  const scalar = planner.checked.resolve(word, source.name, metric);
  if (scalar === undefined) throw new Refusal(`Its \`${word.role}\` cannot be read on ${source.name}.`);
  return scalar;
}

function referred(planner: Planner, reference: MetricReference): Metric {
  if (reference.kind === 'inline') return reference.metric;
  const metric = planner.checked.project.metrics.get(reference.word.text);
  if (metric === undefined) throw new Refusal(`There is no metric "${reference.word.text}".`);
  return metric;
}

/** Section 5.1: `when` chooses the spell; else the metric's or the source's `time`; with neither it is a snapshot. */
function selectRows(checked: Checked, metric: Metric, source: Source): RowSelection {
  const timing = timingOf(checked.project, metric);
  switch (timing?.kind) {
    case 'time':
      return { mode: 'event', time: path(checked, source, timing.time.text) };
    case 'spells': {
      const mode = SPELL_MODES.find((known) => known === timing.when.text);
      if (mode !== undefined) return { mode, spell: spellOf(checked, source) };
      break;
    }
    case 'snapshot':
      return { mode: 'snapshot' };
  }
  throw new Refusal(
    `It does not say \`when\` a spell of ${source.name} counts: started, ended, active or during.`,
  );
}

const SPELL_MODES = ['started', 'ended', 'active', 'during'] as const;

/** The spell of a source's rows, its end made exclusive. */
export function spellOf(checked: Checked, source: Source): Spell {
  const { lifespan } = source;
  if (lifespan === undefined) throw new Refusal(`The source ${source.name} has no \`lifespan\`.`);
  const start = path(checked, source, lifespan.start.text);
  if (lifespan.end === undefined) return { start, end: literal(null) };
  const end = path(checked, source, lifespan.end.text);
  return { start, end: lifespan.endInclusive ? addUnits('day', 1, end) : end };
}

function path(checked: Checked, source: Source, text: string): Scalar<NameRef> {
  const scalar = checked.resolvePath(text, source.name);
  if (scalar === undefined) throw new Refusal(`The source ${source.name} has no column "${text}".`);
  // The type is not known of a column that is blank in every row, and of one whose data are not there.
  if (scalar.type === 'unknown') return cast(scalar, 'date');
  if (scalar.type !== 'date' && scalar.type !== 'timestamp') {
    throw new Refusal(`The column "${text}" of ${source.name} holds no dates, so that it cannot be a time.`);
  }
  return scalar;
}
