import { type Day, formatDay, type Grain } from '../base/period.ts';
import type { Window } from '../base/window.ts';
import type { Checked } from '../check/checked.ts';
import type { NameRef, Scalar } from '../syntax/expression/scalar.ts';
import { type Breakdown, lowerBreakdown } from './breakdown.ts';
import { planConversion } from './entities/plan-conversion.ts';
import { planLifetime } from './entities/plan-lifetime.ts';
import { planTenure } from './entities/plan-tenure.ts';
import { planCohorts } from './follow/plan-cohorts.ts';
import { planFollow } from './follow/plan-follow.ts';
import { Frame, type LinkUse } from './frame.ts';
import type { MeasurePlan, RowSelection, RowView, Spell } from './metric-plan.ts';
import { pickAt } from './pick-at.ts';
import { planTogether } from './plan-together.ts';
import type { Aggregate, Join, Named, PlanScalar, RelationColumn, Select } from './relation.ts';
import {
  addUnits,
  all,
  compareTimes,
  dateLiteral,
  isNotNull,
  isNull,
  literal,
  notAfter,
  test,
  truncate,
  when,
} from './scalars.ts';
import { groupColumn, PERIOD, ROWS } from './scan-columns.ts';
import { boundFor, spine, spineNames } from './spine.ts';
import type { Storage } from './storage.ts';

/** The days that a source's data cover, both included. */
export interface Extent {
  readonly first: Day;
  readonly asOf: Day;
}

/** One pass over a source: its rows by period and group. Measures that agree in all of it share the pass. */
export interface Scan {
  readonly source: string;
  readonly rows: RowSelection;
  readonly view: RowView;
  readonly grain: Grain;
  readonly breakdown: readonly Breakdown[];
  /** `undefined` for snapshots. */
  readonly extent: Extent | undefined;
}

/** What two scans must agree in to be one. Where rows are put together, they are those that meet `where`. */
export function scanKey(scan: Scan, { where }: MeasurePlan): string {
  const { source, rows, view, grain, breakdown, extent } = scan;
  const apart = view.together === undefined ? null : where;
  return JSON.stringify([source, rows, view, grain, breakdown, extent ?? null, apart]);
}

export interface PlannedScan {
  readonly select: Select;
  /** For each measure, the names of the columns with its aggregates, in their order. */
  readonly columns: readonly (readonly string[])[];
  /** The links that the select follows. */
  readonly links: readonly LinkUse[];
}

/** Plans one pass for several measures; equal aggregates are computed once. */
export function planScan(
  checked: Checked,
  storage: Storage,
  scan: Scan,
  measures: readonly MeasurePlan[],
): PlannedScan {
  const { together } = scan.view;
  if (together?.kind === 'follow') return planFollow(checked, storage, scan, together, measures);
  if (together?.kind === 'cohort') return planCohorts(checked, storage, scan, together, measures);
  if (together?.kind === 'tenure' || together?.kind === 'durations') {
    return planTenure(checked, storage, scan, together, measures);
  }
  if (together?.kind === 'lifetime') return planLifetime(checked, storage, scan, together, measures);
  if (together?.kind === 'conversion') return planConversion(checked, storage, scan, together, measures);
  if (together !== undefined) return planTogether(checked, storage, scan, together, measures);
  const { frame, select } = passOver(checked, storage, scan);
  const aggregates: Named<Aggregate<RelationColumn>>[] = [
    { name: ROWS, value: { fn: 'count', args: [] }, note: 'all rows, to know which groups there are' },
  ];
  const names = new Map<string, string>();
  const columns = measures.map((plan) => {
    const where = all(plan.where.map((condition) => frame.lower(condition)));
    return plan.measure.aggregates.map((aggregate) => {
      const lowered = lowerAggregate(frame, aggregate, where);
      const key = JSON.stringify(lowered);
      const name = names.get(key) ?? `value_${names.size + 1}`;
      if (!names.has(key)) aggregates.push({ name, value: lowered, note: measureNote(plan) });
      names.set(key, name);
      return name;
    });
  });
  return { select: { ...select(), aggregates }, columns, links: frame.links };
}

/** A pass over the rows of a scan by period and group, before anything is aggregated. */
export interface Pass {
  readonly frame: Frame;
  /** The select without aggregates, with every join that lowering into the frame has asked for by then. */
  select(): Select;
}

/** Begins a pass over the rows of a scan. */
export function passOver(checked: Checked, storage: Storage, scan: Scan): Pass {
  const frame = new Frame(checked, storage, scan.source);
  const rows = lowerRows(frame, scan);
  const groups = scan.breakdown.map((breakdown, index) =>
    lowerBreakdown(frame, breakdown, `_group_${index + 1}`),
  );
  const picked = pickAt(checked, storage, frame, scan, rows.period);
  const split = groups.flatMap(({ join }) => (join === undefined ? [] : [join]));
  return {
    frame,
    select: () => ({
      from: frame.from,
      joins: [...frame.joins, ...rows.joins, ...picked, ...split],
      where: rows.where,
      ...(rows.where.length === 0 ? {} : { whereNote: rowsNote(scan) }),
      keys: [
        { name: PERIOD, value: rows.period, note: periodNote(scan) },
        ...groups.map(({ key }, index) => ({
          name: groupColumn(index),
          value: key,
          note: `by ${scan.breakdown[index]?.key ?? ''}`,
        })),
      ],
      aggregates: [],
    }),
  };
}

/** The parts of a metric's definition that a value comes from. */
export function measureNote({ metric, clauses }: MeasurePlan): string {
  const where = clauses.length === 0 ? '' : `; where: ${clauses.map(({ text }) => text).join('; and ')}`;
  return `${metric.name}: type ${metric.type ?? metric.reuse?.text ?? ''}${where}`;
}

/** What puts the rows of a scan into periods. */
function periodNote({ rows, grain, view, source }: Scan): string {
  if (rows.mode === 'snapshot') return `${source} has no time: one period`;
  const by = rows.mode === 'event' ? 'its time' : `when: ${rows.mode}`;
  return `the ${grain === 'all' ? 'period all' : grain} by ${by}${view.window === undefined ? '' : ', and its window'}`;
}

/** What must hold of the rows of a scan. */
function rowsNote({ extent }: Scan): string {
  return extent === undefined
    ? 'no row has a time'
    : `rows with a valid time, up to as_of ${formatDay(extent.asOf)}`;
}

/** An aggregate over the rows that meet the metric's `where` and its own. */
export function lowerAggregate(
  frame: Frame,
  aggregate: Aggregate<NameRef>,
  where: PlanScalar | undefined,
): Aggregate<RelationColumn> {
  const own = aggregate.where === undefined ? undefined : frame.lower(aggregate.where);
  const both = all([where, own].filter((condition) => condition !== undefined));
  return {
    fn: aggregate.fn,
    args: aggregate.args.map((arg) => frame.lower(arg)),
    ...(aggregate.p === undefined ? {} : { p: aggregate.p }),
    ...(both === undefined ? {} : { where: both }),
  };
}

/** Which rows of a frame count, and in which period. */
export interface LoweredRows {
  readonly period: PlanScalar;
  readonly joins: readonly Join[];
  readonly where: readonly PlanScalar[];
}

/** The period of each row, the conditions under which it counts, and what `period_start` and the like mean for it. */
export function lowerRows(frame: Frame, scan: Scan): LoweredRows {
  const { rows, extent } = scan;
  const { window } = scan.view;
  if (rows.mode === 'snapshot') return { period: nullDate(), joins: [], where: [] };
  // A source whose time is null in every row has no periods, so no row of it counts.
  if (extent === undefined) return { period: nullDate(), joins: [], where: [literal(false)] };
  if (rows.mode === 'event') {
    const time = frame.lower(rows.time);
    const valid = [isNotNull(time), notAfter(time, extent.asOf)];
    if (window !== undefined) return inWindow(frame, scan.grain, extent, window, time, valid);
    return bucket(frame, scan.grain, extent, time, valid);
  }
  const { start, end, valid } = lowerSpell(frame, rows.spell, extent.asOf);
  if (rows.mode === 'started' || rows.mode === 'ended') {
    const time = rows.mode === 'started' ? start : end;
    const counted = rows.mode === 'started' ? valid : [...valid, isNotNull(end)];
    if (window !== undefined) return inWindow(frame, scan.grain, extent, window, time, counted);
    return bucket(frame, scan.grain, extent, time, counted);
  }
  return alongSpine(frame, scan, extent, rows.mode, start, end, valid);
}

/** Rows by the period in which a time of theirs lies. */
export function bucket(
  frame: Frame,
  grain: Grain,
  extent: Extent,
  time: PlanScalar,
  where: readonly PlanScalar[],
): LoweredRows {
  if (grain === 'all') {
    frame.times = { start: dateLiteral(extent.first), end: dateLiteral(extent.asOf + 1), event: time };
    return { period: nullDate(), joins: [], where };
  }
  const period = truncate(grain, time);
  frame.times = { start: period, end: addUnits(grain, 1, period), event: time };
  return { period, joins: [], where };
}

/** Joins each row to every period in whose window a time of its lies. */
function inWindow(
  frame: Frame,
  grain: Grain,
  extent: Extent,
  window: Window,
  time: PlanScalar,
  where: readonly PlanScalar[],
): LoweredRows {
  const { opening, close, key } = spineNames(grain);
  const on = [
    compareTimes('>=', time, boundFor(time, opening)),
    compareTimes('<', time, boundFor(time, close)),
  ];
  frame.times = { start: opening.day, end: close.day, event: time };
  return { period: key, joins: [{ kind: 'inner', to: spine(grain, extent, window, [time]), on }], where };
}

/** Joins each spell to every period at whose close (`active`), or at any instant of which (`during`), it is alive. */
function alongSpine(
  frame: Frame,
  { grain, view }: Scan,
  extent: Extent,
  mode: 'active' | 'during',
  start: PlanScalar,
  end: PlanScalar,
  valid: readonly PlanScalar[],
): LoweredRows {
  const { opening, close, key } = spineNames(grain);
  const alive =
    mode === 'active'
      ? compareTimes('>=', end, boundFor(end, close))
      : compareTimes('>', end, boundFor(end, opening));
  const on = [compareTimes('<', start, boundFor(start, close)), test('or', isNull(end), alive)];
  frame.times = { start: opening.day, end: close.day, event: start };
  const to = spine(grain, extent, view.window, [start, end]);
  return { period: key, joins: [{ kind: 'inner', to, on }], where: valid };
}

/** A spell in a frame: an end after `asOf` is none; rows without a start, from after `asOf`, or that end before they start do not count. */
export function lowerSpell(
  frame: Frame,
  spell: Spell,
  asOf: Day,
): { readonly start: PlanScalar; readonly end: PlanScalar; readonly valid: readonly PlanScalar[] } {
  const start = frame.lower(spell.start);
  const raw = frame.lower(spell.end);
  if (raw.type === 'null') {
    return { start, end: nullDate(), valid: [isNotNull(start), notAfter(start, asOf)] };
  }
  const end = when(notAfter(raw, asOf), raw);
  return {
    start,
    end,
    valid: [isNotNull(start), notAfter(start, asOf), test('or', isNull(raw), compareTimes('>', raw, start))],
  };
}

function nullDate(): Scalar<RelationColumn> {
  return { kind: 'cast', type: 'date', arg: literal(null) };
}
