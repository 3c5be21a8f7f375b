import type { MetricDocument, ValueDocument } from '../../core/evaluate/result.ts';

/** Values of the total or of one group, oldest first. */
export interface Series {
  /** The group; null for the total. */
  readonly label: string | null;
  readonly values: readonly ValueDocument[];
}

/** The values of the total. */
export function totalOf({ values }: MetricDocument): Series {
  return { label: null, values: values.filter(({ group }) => Object.keys(group).length === 0) };
}

/** The values of each group of a breakdown, in the order of the result. */
export function groupsOf({ values }: MetricDocument, by: string): readonly Series[] {
  const groups = new Map<string, ValueDocument[]>();
  for (const value of values) {
    const label = value.group[by];
    if (label === undefined) continue;
    const known = groups.get(label);
    if (known === undefined) groups.set(label, [value]);
    else known.push(value);
  }
  return [...groups].map(([label, own]) => ({ label, values: own }));
}

/** Periods that a chart has a place for. */
export interface Periods {
  readonly periods: readonly string[];
  /** First day of each, and the day behind its last one; null for all of a snapshot. */
  readonly starts: readonly (string | null)[];
  readonly ends: readonly (string | null)[];
  readonly partial: readonly boolean[];
}

/** The periods of several series together, oldest first: a group may lack some. */
export function periodsOf(series: readonly Series[]): Periods {
  const known = new Map<string, ValueDocument>();
  for (const { values } of series) for (const value of values) known.set(value.period, value);
  const all = [...known.values()].sort((a, b) => compare(a.start ?? '', b.start ?? ''));
  return {
    periods: all.map(({ period }) => period),
    starts: all.map(({ start }) => start),
    ends: all.map(({ end }) => end),
    partial: all.map(({ partial }) => partial),
  };
}

/** The values of a series in the order of periods. */
export function alignedTo(
  { periods }: Pick<Periods, 'periods'>,
  { values }: Series,
): (ValueDocument | undefined)[] {
  const known = new Map(values.map((value) => [value.period, value]));
  return periods.map((period) => known.get(period));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
