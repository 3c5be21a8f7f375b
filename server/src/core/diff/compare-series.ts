import { formatPeriod, type Period } from '../base/period.ts';
import type { MetricResult } from '../evaluate/evaluate.ts';
import { headlinePeriod, isPartial, type Series } from '../evaluate/series.ts';
import type { Renames } from './renames.ts';

/** A place where two versions of a metric have a value, and what it is on both sides and between them. */
export interface ValueChange {
  readonly period: string;
  /** The labels by segment; empty for the total. */
  readonly group: Readonly<Record<string, string>>;
  readonly before: number | null;
  readonly after: number | null;
  /** After less before; null where one of them is no number. */
  readonly change: number | null;
  readonly parts: ChangeParts | null;
}

/** What a change is made of; the three add up to it. */
export interface ChangeParts {
  /** What the definitions alone do, on the data before. */
  readonly definition: number;
  /** What the data alone do, under the definitions before. */
  readonly data: number;
  /** What only both together do. */
  readonly interaction: number;
}

/** A metric under the four pairs of definitions and data; the middle two are there where both changed. */
export interface Corners {
  readonly before: MetricResult | undefined;
  /** The definitions after the change over the data before it. */
  readonly definition: MetricResult | undefined;
  /** The definitions before the change over the data after it. */
  readonly data: MetricResult | undefined;
  readonly after: MetricResult | undefined;
  /** What changed for the metric at all. */
  readonly moved: { readonly definition: boolean; readonly data: boolean };
}

/** How the series of a metric differ. */
export interface SeriesComparison {
  /** The last periods that are complete in both, oldest first, in total. */
  readonly last: readonly ValueChange[];
  /** All periods that are complete in both, oldest first, in total. */
  readonly totals: readonly ValueChange[];
  /** The greatest change of all complete periods and groups; `undefined` where no value moved. */
  readonly largest: ValueChange | undefined;
  /** Complete periods and groups that both have, and those of them whose value is another. */
  readonly compared: number;
  readonly moved: number;
  readonly headline: {
    readonly before: Headline | null;
    readonly after: Headline | null;
  };
}

/** A value of the last complete period. */
export interface Headline {
  readonly period: string;
  readonly value: number | null;
}

/** So many of the last periods are told. */
const LAST_PERIODS = 3;

/** Compares the values of a metric before and after a change, period by period and group by group. */
export function compareSeries(corners: Corners, renames: Renames): SeriesComparison {
  const [before, after] = [corners.before?.total, corners.after?.total];
  const empty = { last: [], totals: [], largest: undefined, compared: 0, moved: 0 };
  const headline = { before: headlineOf(before), after: headlineOf(after) };
  if (before === undefined || after === undefined) return { ...empty, headline };
  const totals = changesIn(corners, [], renames);
  const groups = breakdownsOf(corners, renames).flatMap((by) => changesIn(corners, by, renames));
  const all = [...totals, ...groups];
  const moved = all.filter(isMoved);
  return {
    last: totals.slice(-LAST_PERIODS),
    totals,
    largest: moved.reduce<ValueChange | undefined>(
      (most, one) => (most === undefined || sizeOf(one) > sizeOf(most) ? one : most),
      undefined,
    ),
    compared: all.length,
    moved: moved.length,
    headline,
  };
}

/** Whether two values are not the same but for the last digits, in which sums in another order differ. */
export function isMoved({ before, after }: Pick<ValueChange, 'before' | 'after'>): boolean {
  if (before === null || after === null) return before !== after;
  return Math.abs(after - before) > 1e-9 * Math.max(1, Math.abs(before), Math.abs(after));
}

/** Whether the value that everybody sees first is of another period than before, as where the data count until another day. */
export function isOtherHeadline({ before, after }: SeriesComparison['headline']): boolean {
  return before !== null && after !== null && before.period !== after.period;
}

/** A value that comes or goes is a greater change than one that moves. */
function sizeOf({ change }: ValueChange): number {
  return change === null ? Number.POSITIVE_INFINITY : Math.abs(change);
}

function headlineOf(series: Series | undefined): Headline | null {
  const period = series && headlinePeriod(series);
  return period === undefined
    ? null
    : { period: formatPeriod(period), value: series?.at(period, []).value ?? null };
}

/** The breakdowns of a metric that both versions have, by their names after the change. */
function breakdownsOf({ before, after }: Corners, renames: Renames): readonly (readonly string[])[] {
  const old = new Set((before?.breakdowns ?? []).map(({ by }) => newNames(by, renames).join('\u0000')));
  return (after?.breakdowns ?? []).flatMap(({ by }) => (old.has(by.join('\u0000')) ? [by] : []));
}

function newNames(by: readonly string[], renames: Renames): readonly string[] {
  return by.map((name) => renames.of('segment', name) ?? name);
}

function seriesOf(
  result: MetricResult | undefined,
  by: readonly string[],
  renames: Renames,
): Series | undefined {
  if (by.length === 0) return result?.total;
  const key = by.join('\u0000');
  const found = result?.breakdowns.find(
    (breakdown) =>
      breakdown.by.join('\u0000') === key || newNames(breakdown.by, renames).join('\u0000') === key,
  );
  return found?.series;
}

function changesIn(corners: Corners, by: readonly string[], renames: Renames): readonly ValueChange[] {
  const [before, after] = [seriesOf(corners.before, by, renames), seriesOf(corners.after, by, renames)];
  if (before === undefined || after === undefined || before.grain !== after.grain) return [];
  const [definition, data] = [seriesOf(corners.definition, by, renames), seriesOf(corners.data, by, renames)];
  const series = { before, after, definition, data, moved: corners.moved };
  const ours = new Map(before.periods.map((period) => [formatPeriod(period), period]));
  const groups = new Map([...before.groups, ...after.groups].map((group) => [JSON.stringify(group), group]));
  return after.periods.flatMap((period): readonly ValueChange[] => {
    const old = ours.get(formatPeriod(period));
    if (old === undefined || isPartial(after, period) || isPartial(before, old)) return [];
    return [...groups.values()].map((labels) => changeAt(series, old, period, labels, by));
  });
}

interface AllSeries {
  readonly before: Series;
  readonly after: Series;
  readonly definition: Series | undefined;
  readonly data: Series | undefined;
  readonly moved: Corners['moved'];
}

function changeAt(
  { before, after, definition, data, moved }: AllSeries,
  old: Period,
  period: Period,
  labels: readonly string[],
  by: readonly string[],
): ValueChange {
  const [was, is] = [valueAt(before, old, labels), valueAt(after, period, labels)];
  const at = (series: Series | undefined): number | null => {
    const own = series?.periods.find((one) => formatPeriod(one) === formatPeriod(period));
    return own === undefined || series === undefined ? null : valueAt(series, own, labels);
  };
  const between = { definition: at(definition), data: at(data) };
  return {
    period: formatPeriod(period),
    group: Object.fromEntries(by.map((name, index) => [name, labels[index] ?? ''])),
    before: was,
    after: is,
    change: was === null || is === null ? null : is - was,
    parts: was === null || is === null ? null : partsOf(was, is, between, moved),
  };
}

/** A group that a series does not have has no value in it, not even 0. */
function valueAt(series: Series, period: Period, labels: readonly string[]): number | null {
  const key = JSON.stringify(labels);
  const isThere = labels.length === 0 || series.groups.some((group) => JSON.stringify(group) === key);
  return isThere ? series.at(period, labels).value : null;
}

/** Where only one of the two changed, all of a change is its. */
function partsOf(
  before: number,
  after: number,
  between: { readonly definition: number | null; readonly data: number | null },
  moved: Corners['moved'],
): ChangeParts | null {
  const change = after - before;
  if (!moved.data) return { definition: change, data: 0, interaction: 0 };
  if (!moved.definition) return { definition: 0, data: change, interaction: 0 };
  if (between.definition === null || between.data === null) return null;
  const [definition, data] = [between.definition - before, between.data - before];
  return { definition, data, interaction: change - definition - data };
}
