import type { Checked } from '../check/checked.ts';
import { homesOf } from '../check/reach.ts';
import { sourceOf } from '../model/metric-defaults.ts';
import type { ExpressionWord, Metric, MetricReference, SegmentUse, Source } from '../model/project.ts';
import type { NameRef, Scalar } from '../syntax/expression/scalar.ts';
import { type GatherContext, gatherRows } from './entities/gather-rows.ts';
import {
  type Combination,
  type CombinedPlan,
  type Entity,
  type Measure,
  type MeasurePlan,
  type MetricPlan,
  measuresOf,
  type PlanContext,
  type PlanHook,
} from './metric-plan.ts';
import { planFollowing, withoutPeriod } from './plan-following.ts';
import { planFormula } from './plan-formula.ts';
import { withoutInterval, withUnits } from './plan-units.ts';
import { Refusal } from './refusal.ts';
import { entityOf, readWindow, selectRows, spellOf, timeAt, viewOf } from './select-rows.ts';

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
  try {
    return { plan: plan({ checked, kinds, parts: { count: 0 } }, metric, where) };
  } catch (error) {
    if (error instanceof Refusal) return { refused: error.message };
    throw error;
  }
}

/** A metric of more parts than this was multiplied by metrics that are put into one another, and could grow without end. */
const MAX_PARTS = 1000;

interface Planner {
  /** How many parts have been planned so far, of all that is planned together. */
  readonly parts: { count: number };
  readonly checked: Checked;
  readonly kinds: ReadonlyMap<string, PlanHook<unknown>>;
  /** The segments of the metrics around the one that is planned, outermost first. */
  readonly uses?: readonly SegmentUse[];
}

/** @param definition says what is computed, where `metric` is a filtered reuse of it */
function plan(
  around: Planner,
  metric: Metric,
  outer: readonly ExpressionWord[],
  definition: Metric = metric,
): MetricPlan {
  around.parts.count += 1;
  if (around.parts.count > MAX_PARTS)
    throw new Refusal(`It is made of more than ${MAX_PARTS} parts, as its metrics are put into one another.`);
  const segments = [...(around.uses ?? []), ...definition.segments];
  const planner = { ...around, uses: segments };
  const where = [...outer, ...definition.where];
  if (definition.reuse !== undefined) {
    return plan(planner, metric, where, referred(planner, { kind: 'name', word: definition.reuse }));
  }
  const hook = planner.kinds.get(definition.type ?? '');
  if (hook === undefined) throw new Refusal(`The type "${definition.type ?? ''}" is unknown.`);
  const source = sourceOf(planner.checked.project, metric);
  const planned = hook.plan(
    definition.spec,
    contextOf(planner, metric, stepSource(planner, definition) ?? source),
  );
  const part = (reference: MetricReference): MetricPlan => plan(planner, referred(planner, reference), where);
  const own = (measure: Measure): MeasurePlan =>
    measurePlan(planner, { metric, definition }, source, where, measure);
  if ('parts' in planned) return combined(planner, metric, definition, planned, planned.parts.map(part));
  if ('terms' in planned && 'entity' in planned) {
    const rows = { metric, source, where, window: readWindow(planner.checked.project, metric) };
    return sampled(planner, { ...planFollowing(planner.checked, rows, planned), segments }, source);
  }
  if ('lasts' in planned || 'brings' in planned || 'steps' in planned) {
    const gathered = gatherRows(gatherContext(planner, metric, source, where), planned);
    return sampled(planner, { ...gathered, segments }, planner.checked.project.sources.get(gathered.source));
  }
  if (!('formula' in planned)) return sampled(planner, own(planned), source);
  const value = planner.checked.resolve(planned.formula, source?.name ?? '', metric);
  if (value === undefined) throw new Refusal('Its `formula` has an error.');
  const whole = (each: MetricPlan): ReadonlySet<string> =>
    new Set(totalOver(definition).filter((key) => !isReached(planner.checked, key, each)));
  return planFormula(metric, value, planned.named, {
    window: readWindow(planner.checked.project, metric),
    metric: part,
    own: (measure, auxiliary) => ({ ...own(measure), ...(auxiliary ? { auxiliary: true } : {}) }),
    whole,
  });
}

function measurePlan(
  planner: Planner,
  { metric, definition }: { readonly metric: Metric; readonly definition: Metric },
  source: Source | undefined,
  where: readonly ExpressionWord[],
  measure: Measure,
): MeasurePlan {
  if (source === undefined) throw new Refusal('It names no source.');
  return {
    kind: 'measure',
    metric,
    source: source.name,
    rows: selectRows(planner.checked, metric, source),
    view: viewOf(planner.checked, metric, definition, source),
    where: where.map((word) => resolve(planner, metric, source, word)),
    clauses: where,
    segments: planner.uses ?? [],
    measure,
  };
}

function gatherContext(
  planner: Planner,
  metric: Metric,
  source: Source | undefined,
  where: readonly ExpressionWord[],
): GatherContext {
  const { checked } = planner;
  return {
    checked,
    metric,
    source,
    where,
    window: readWindow(checked.project, metric),
    scalar: (home, word) => withoutPeriod(word, resolve(planner, metric, home, word)),
    inPeriod: (home, word) => resolve(planner, metric, home, word),
    entity: (home, text) => entityOf(checked, home, text),
    time: (home, text) => timeAt(checked, home, text),
    rows: (home) => selectRows(checked, metric, home),
    spells: (home) => ({ mode: 'during', spell: spellOf(checked, home) }),
  };
}

/** Section 5.4: where rows come in units that were drawn, intervals rest on these. */
function sampled({ checked }: Planner, plan: MeasurePlan, source: Source | undefined): MetricPlan {
  const { sampledBy } = source ?? {};
  if (source === undefined || sampledBy === undefined || source.coverage === 'census') return plan;
  const unit = entityOf(checked, source, sampledBy.text);
  const { together } = plan.view;
  // What is said of the units themselves has the plain interval.
  if (together !== undefined && 'entity' in together && isUnit(checked, source, together.entity, unit))
    return plan;
  const { quotient } = plan.measure;
  return together === undefined && quotient !== undefined
    ? withUnits(plan, quotient, unit)
    : withoutInterval(plan);
}

/** Whether an entity is the unit: named alike, or the row that a link finds by the column of the unit and nothing else. */
function isUnit(checked: Checked, source: Source, entity: Entity, unit: Entity): boolean {
  if (JSON.stringify(entity) === JSON.stringify(unit)) return true;
  const [linked, value] = entity.kind === 'linked' ? [entity, unit] : [unit, entity];
  if (linked.kind !== 'linked' || value.kind !== 'value' || linked.links.length !== 1) return false;
  const pairs = source.links.get(linked.links[0] ?? '')?.using ?? [];
  const mine = pairs.map((pair) => checked.resolvePath(pair.mine.text, source.name));
  return mine.length === 1 && JSON.stringify(mine[0]) === JSON.stringify(value.scalar);
}

/** `total_over` splits the first part, the numerator, and leaves the rest whole. */
function combined(
  planner: Planner,
  metric: Metric,
  definition: Metric,
  { combine, share }: Combination,
  plans: readonly MetricPlan[],
): CombinedPlan {
  const whole = new Set(totalOver(definition));
  const parts = plans.map((each, index) => ({ plan: each, whole: index === 0 ? NOTHING : whole }));
  const intervals = plans.flatMap(measuresOf).every((each) => hasIntervals(planner, each));
  const isShare = share !== undefined && whole.size > 0 && areEqualCounts(planner, plans);
  return {
    kind: 'combined',
    metric,
    parts,
    combine,
    share: isShare ? (estimates) => share(estimates, intervals) : undefined,
  };
}

const NOTHING: ReadonlySet<string> = new Set();

function totalOver({ totalOver: listed }: Metric): readonly string[] {
  return listed?.items.map(({ text }) => text) ?? [];
}

/** Rows that come in units are not drawn one by one, so that the interval of a share of rows would be too narrow. */
function hasIntervals({ checked }: Planner, { source }: MeasurePlan): boolean {
  const { coverage, sampledBy } = checked.project.sources.get(source) ?? {};
  return coverage !== 'census' && sampledBy === undefined;
}

/** Whether all parts count the same things, whatever they are called. */
function areEqualCounts(planner: Planner, plans: readonly MetricPlan[]): boolean {
  const counts = plans.map((each) => {
    if (each.kind !== 'measure' || !COUNTS.has(typeOf(planner, each.metric) ?? '')) return undefined;
    return JSON.stringify([each.source, each.rows, each.view, each.where, each.measure.aggregates]);
  });
  return counts[0] !== undefined && counts.every((text) => text === counts[0]);
}

/** The type of a metric, of a filtered reuse that of what it reuses. */
function typeOf(planner: Planner, { type, reuse }: Metric): string | undefined {
  return reuse === undefined ? type : typeOf(planner, referred(planner, { kind: 'name', word: reuse }));
}

const COUNTS: ReadonlySet<string> = new Set(['count', 'count_distinct']);

/** Whether a breakdown can split every measure of a plan. */
function isReached(checked: Checked, key: string, each: MetricPlan): boolean {
  const segment = checked.project.segments.get(key);
  return measuresOf(each).every(({ source }) =>
    segment === undefined
      ? checked.resolvePath(key, source) !== undefined
      : homesOf(segment).some((home) => checked.paths(source, home).length > 0),
  );
}

/** The source of a metric's first step, where that says where its rows come from. */
function stepSource({ checked }: Planner, { type, spec }: Metric): Source | undefined {
  const word = checked.kinds.get(type ?? '')?.source?.(spec);
  return word === undefined ? undefined : checked.project.sources.get(word.text);
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
