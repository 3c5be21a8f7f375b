import type { Day, Grain } from '../base/period.ts';
import type { Checked } from '../check/checked.ts';
import { type Breakdown, breakdownOf, compareGroups } from '../plan/breakdown.ts';
import type { Dialect } from '../plan/dialects/dialect.ts';
import type { LinkUse } from '../plan/frame.ts';
import {
  type Estimate,
  type MeasurePlan,
  type MetricPlan,
  measuresOf,
  readSources,
  splitMeasures,
  splitting,
} from '../plan/metric-plan.ts';
import { refuseUnevenIntervals } from '../plan/plan-formula.ts';
import { type Extent, planScan, type Scan, scanKey } from '../plan/plan-scan.ts';
import { Refusal } from '../plan/refusal.ts';
import type { Select } from '../plan/relation.ts';
import { renderSelect } from '../plan/render-select.ts';
import type { Storage } from '../plan/storage.ts';
import type { Row } from './engine.ts';
import { failureText } from './engine-limits.ts';
import type { Run, SourceExtents } from './extents.ts';
import { formulaValues, type Wanted } from './formula-values.ts';
import { requireOneArrival } from './links.ts';
import { measureValues } from './measure-values.ts';
import { complete, type PendingScan } from './run-scan.ts';
import {
  type GroupLabels,
  groupKey,
  joinValues,
  labelsAt,
  periodsOf,
  type Series,
  seriesOf,
  type Values,
  wholeValues,
} from './series.ts';

/** One series that somebody wants: a planned metric at a grain, broken down by segments or paths. */
export interface Demand {
  readonly plan: MetricPlan;
  readonly grain: Grain;
  readonly by: readonly string[];
  /** Counts only up to this day, as if it were the data's `as_of`. */
  readonly until?: Day;
}

/** A demand's series, or why there is none. */
export type Answer =
  | { readonly series: Series; readonly refused?: never; readonly failed?: never }
  /** `failed` says that the engine could not compute it, within its limits or at all. */
  | { readonly series?: never; readonly refused: string; readonly failed: boolean };

/** What demands are run against. */
export interface RunContext {
  readonly checked: Checked;
  readonly storage: Storage;
  readonly dialect: Dialect;
  readonly run: Run;
  extents(source: string): Promise<SourceExtents>;
  /** Whether a link arrives at one row at most. */
  arrivesAtOne(link: LinkUse): Promise<boolean>;
  progress?(done: number, total: number): void;
}

/** Runs a planned select. */
export function runSelect(context: RunContext, select: Select): Promise<readonly Row[]> {
  return context.run(renderSelectIn(context, select));
}

/** A planned select in the engine's dialect. */
export function renderSelectIn({ checked, dialect }: RunContext, select: Select, notes = false): string {
  return renderSelect(select, dialect, checked.project.settings.timezone, notes);
}

/** More periods than this are refused: one mistyped year would otherwise make a million of them. */
const MAX_PERIODS_IN_DAYS: Record<Grain, number> = {
  day: 40_000,
  week: 200_000,
  month: 800_000,
  quarter: 2_000_000,
  year: 8_000_000,
  all: Number.POSITIVE_INFINITY,
};
const MAX_GROUPS = 5_000;

/** Runs demands. Those that agree in source, rows, periods and breakdown share one scan; answers come in the demands' order. */
export async function runDemands(
  context: RunContext,
  demands: readonly Demand[],
): Promise<readonly Answer[]> {
  const scans = new Map<string, PendingScan>();
  const drafts: (Draft | RefusedDraft)[] = [];
  for (const demand of demands) drafts.push(await draft(context, demand, scans));
  let done = 0;
  for (const pending of scans.values()) {
    await complete(context, pending);
    context.progress?.(++done, scans.size);
  }
  const answers: Answer[] = [];
  for (const item of drafts) answers.push('refused' in item ? item : await answerOrFailure(context, item));
  return answers;
}

/** Where a measure's values will be: in the results of a scan, at an index. */
interface Place {
  readonly pending: PendingScan;
  readonly index: number;
}

type RefusedDraft = Extract<Answer, { readonly refused: string }>;

/** A demand, and for each of its measures the scan and the place in it where the values will be. */
interface Draft {
  readonly demand: Demand;
  readonly breakdowns: readonly Breakdown[];
  readonly places: ReadonlyMap<MeasurePlan, Place>;
  /** The last day counted: the earliest among the metric's sources; `undefined` where none of them has a time. */
  readonly asOf: Day | undefined;
}

async function draft(
  context: RunContext,
  demand: Demand,
  scans: Map<string, PendingScan>,
): Promise<Draft | RefusedDraft> {
  try {
    refuseUnevenIntervals(demand.plan, demand.grain);
    const places = new Map<MeasurePlan, Place>();
    let breakdowns: readonly Breakdown[] | undefined;
    const asOf = await asOfOf(context, demand, measuresOf(demand.plan));
    for (const { measure, by } of splitMeasures(demand.plan, demand.by)) {
      const scan = await scanFor(context, { grain: demand.grain, by }, measure, asOf);
      if (by.length === demand.by.length) breakdowns = scan.breakdown;
      const key = scanKey(scan, measure);
      const pending = scans.get(key) ?? { scan, measures: [], outcomes: [] };
      scans.set(key, pending);
      places.set(measure, { pending, index: pending.measures.push(measure) - 1 });
    }
    if (breakdowns === undefined) {
      throw new Refusal(
        `No part of it is split by ${demand.by.join(' and ')} together: break it down by one at a time.`,
      );
    }
    return { demand, breakdowns, places, asOf };
  } catch (error) {
    if (error instanceof Refusal) return { refused: error.message, failed: false };
    return { refused: failureText(error), failed: true };
  }
}

/** A metric's `as_of` is the earliest among its sources, and what lies behind it counts on no side. */
export async function asOfOf(
  context: RunContext,
  demand: Pick<Demand, 'until'>,
  measures: readonly MeasurePlan[],
): Promise<Day | undefined> {
  const days = demand.until === undefined ? [] : [demand.until];
  for (const measure of measures) {
    const timed = measure.rows.mode === 'snapshot' ? [] : readSources(measure);
    for (const name of timed) {
      const { asOf } = await context.extents(name);
      if (asOf !== undefined) days.push(asOf);
    }
  }
  return days.length === 0 ? undefined : Math.min(...days);
}

/** The scan in which a measure of a demand is computed. Refuses where the demand cannot be answered. */
export async function scanFor(
  context: RunContext,
  demand: Pick<Demand, 'grain' | 'by'>,
  measure: MeasurePlan,
  asOf: Day | undefined,
): Promise<Scan> {
  const { source, rows } = measure;
  const snapshot = rows.mode === 'snapshot';
  if (snapshot && demand.grain !== 'all') {
    throw new Refusal(
      `${source} has no time, so that its rows fall in no ${demand.grain}: only the grain \`all\` is possible.`,
    );
  }
  const extent = limited((await context.extents(source)).extentOf(rows), asOf);
  if (extent !== undefined && !allowsGrain(demand.grain, extent)) {
    throw new Refusal(
      `The times of ${source} span more than ${MAX_PERIODS_IN_DAYS[demand.grain]} days, too many for the grain \`${demand.grain}\`: look for a mistyped year, or choose a coarser grain.`,
    );
  }
  const breakdown = demand.by.map((key) => breakdownOf(context.checked, key, source, measure));
  const scan = { source, rows, view: measure.view, grain: demand.grain, breakdown, extent };
  await requireOneArrival(context, planScan(context.checked, context.storage, scan, [measure]).links);
  return scan;
}

/** Whether the periods of a grain in an extent are not too many. */
export function allowsGrain(grain: Grain, { first, asOf }: Extent): boolean {
  return asOf - first <= MAX_PERIODS_IN_DAYS[grain];
}

function limited(extent: Extent | undefined, until: Day | undefined): Extent | undefined {
  if (extent === undefined || until === undefined) return extent;
  return until < extent.first ? undefined : { first: extent.first, asOf: Math.min(extent.asOf, until) };
}

/** A formula takes a query of its own, which may fail as a scan may. */
async function answerOrFailure(context: RunContext, item: Draft): Promise<Answer> {
  try {
    return await answer(context, item);
  } catch (error) {
    return { refused: failureText(error), failed: true };
  }
}

async function answer(context: RunContext, item: Draft): Promise<Answer> {
  const { demand, breakdowns } = item;
  for (const { pending, index } of item.places.values()) {
    const failure = pending.outcomes[index]?.failure;
    if (failure !== undefined) return { refused: failure, failed: true };
  }
  const wanted = wantedOf(item);
  if (wanted.groups.length > MAX_GROUPS) {
    const names = demand.by.join(' and ');
    return {
      refused: `Broken down by ${names} there are ${wanted.groups.length} groups; at most ${MAX_GROUPS} can be shown.`,
      failed: false,
    };
  }
  const values = await valuesOf(context, item, wanted, demand.plan, demand.by);
  const orders = breakdowns.map(compareGroups);
  const compare = (a: GroupLabels, b: GroupLabels): number => {
    for (const [index, order] of orders.entries()) {
      const result = order(a[index] ?? '', b[index] ?? '');
      if (result !== 0) return result;
    }
    return 0;
  };
  const { sources } = context.checked.project;
  const isCensus = measuresOf(demand.plan).every(({ source }) => sources.get(source)?.coverage === 'census');
  return { series: seriesOf(values, demand.grain, compare, isCensus) };
}

/** The periods of all measures together, and the groups of those that every breakdown splits. */
function wantedOf(item: Draft): Wanted {
  const { plan, by, grain } = item.demand;
  const leaves = splitMeasures(plan, by).map((leaf) => ({
    ...leaf,
    values: scannedValues(leaf.measure, item),
  }));
  const split = leaves.filter((leaf) => leaf.by.length === by.length);
  const groups = new Set(split.flatMap(({ values }) => [...values.groups.keys()]));
  const joined = joinValues(
    leaves.map(({ values }) => values),
    (period, group) => leaves[0]?.values.at(period, group) ?? NO_VALUE,
  );
  return { periods: periodsOf(joined, grain), groups: [...groups] };
}

const NO_VALUE: Estimate = { value: null, n: 0, low: null, high: null };

/** The values of a plan whose scans have run, broken down by `by`. */
async function valuesOf(
  context: RunContext,
  item: Draft,
  wanted: Wanted,
  plan: MetricPlan,
  by: readonly string[],
): Promise<Values> {
  if (plan.kind === 'measure') return scannedValues(plan, item);
  const parts: Values[] = [];
  let isSplit = false;
  for (const part of plan.parts) {
    const own = splitting(part, by);
    isSplit ||= own.length < by.length;
    const values = await valuesOf(
      context,
      item,
      { ...wanted, groups: among(wanted.groups, by, own) },
      part.plan,
      own,
    );
    parts.push(wholeValues(values, by, own));
  }
  if (plan.kind === 'formula') {
    return formulaValues(plan, parts, wanted, (select) => runSelect(context, select));
  }
  const combine = (isSplit ? plan.share : undefined) ?? plan.combine;
  return joinValues(parts, (period, group) => combine(parts.map((part) => part.at(period, group))));
}

function scannedValues(plan: MeasurePlan, { places, asOf }: Draft): Values {
  const place = places.get(plan);
  if (place === undefined) throw new Error('A measure was not scanned.');
  return measureValues(plan, place.pending.scan, place.pending.outcomes[place.index], asOf);
}

/** The groups that some of the breakdowns make, of the groups that all of them make. */
function among(groups: readonly string[], by: readonly string[], own: readonly string[]): readonly string[] {
  if (own.length === by.length) return groups;
  const kept = by.flatMap((key, index) => (own.includes(key) ? [index] : []));
  return [...new Set(groups.map((group) => groupKey(labelsAt(group, kept))))];
}
