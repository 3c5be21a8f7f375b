import { periodBefore, periodsFrom, type RefPeriod, windowOf } from './calendar.ts';
import type { RefEstimate } from './finish.ts';
import type { RefCommon, RefFormula, RefRatio } from './metric.ts';
import { type Cut, earliest, type Part, type Split } from './part.ts';
import type { RefProject } from './project.ts';
import { NO_INTERVAL, wilsonBounds } from './statistics.ts';

/** What ratios and formulas make of their parts: section 5.2. */

/** The value of a whole in a period and group, from its parts, split. */
type Combine = (parts: readonly Split[], first: number | undefined, by: readonly string[]) => Split['at'];

interface Joined {
  readonly parts: readonly Part[];
  /** The breakdowns, of those asked for, that split a part. */
  splits(index: number, by: readonly string[]): readonly string[];
  readonly combine: Combine;
}

/** Periods run over the union of the sides, up to the earliest `as_of`; groups are the union over the sides. */
function joined({ parts, splits, combine }: Joined): Part {
  const cutAt = (asOf: number | undefined): Cut => {
    const cuts = parts.map((part) => part.until(asOf));
    const first = earliest(cuts.map((cut) => cut.first));
    return {
      first,
      split(by, periods) {
        const narrowed = cuts.map((cut, index) => {
          const own = splits(index, by);
          return { own, split: widened(cut.split(own, periods), by, own) };
        });
        // Where only some breakdowns split a part, it has no whole combination to add.
        const whole = narrowed.filter(({ own }) => own.length === by.length);
        return {
          groups: new Map(whole.flatMap(({ split }) => [...split.groups])),
          at: combine(
            narrowed.map(({ split }) => split),
            first,
            by,
          ),
          rowsAt: () => [],
          partial: (period) => narrowed.some(({ split }) => split.partial(period)),
          period: (period) => period,
        };
      },
    };
  };
  return {
    asOf: earliest(parts.map((part) => part.asOf)),
    snapshot: parts.every((part) => part.snapshot),
    reaches: (name) => parts.every((part) => part.reaches(name)),
    until: cutAt,
  };
}

/** A part that only some breakdowns split has in each group the value of the whole that it is in. */
function widened(split: Split, by: readonly string[], own: readonly string[]): Split {
  const kept = (group: readonly string[]): string[] =>
    group.filter((_, index) => own.includes(by[index] ?? ''));
  return {
    ...split,
    at: (period, group) => split.at(period, kept(group)),
    rowsAt: (period, group) => split.rowsAt(period, kept(group)),
  };
}

/** `equalCounts` says that both sides count the same rows. */
export function ratioPart(
  { totalOver = [] }: RefRatio,
  numerator: Part,
  denominator: Part,
  equalCounts: 'sample' | 'census' | undefined,
): Part {
  // Undivided the two counts are one: that their ratio is 1 is no finding, and has no interval.
  const isShare = (by: readonly string[]): boolean =>
    equalCounts === 'sample' && by.some((name) => totalOver.includes(name));
  return joined({
    parts: [numerator, denominator],
    splits: (index, by) => (index === 0 ? by : by.filter((name) => !totalOver.includes(name))),
    combine:
      ([above, below], _, by) =>
      (period, group) => {
        const [x, n] = [above?.at(period, group), below?.at(period, group)];
        const [hits, all] = [x?.value ?? null, n?.value ?? null];
        const value = hits === null || all === null || all === 0 ? null : hits / all;
        const bounds = isShare(by) && hits !== null && all !== null ? wilsonBounds(hits, all) : NO_INTERVAL;
        return { value, n: n?.n ?? 0, ...bounds };
      },
  });
}

/** `own` are the rows of the formula's source, where it has aggregates. */
export function formulaPart(
  project: RefProject,
  metric: RefFormula & RefCommon,
  named: readonly Part[],
  own: Part | undefined,
): Part {
  const { totalOver = [], names } = metric;
  const parts = own === undefined ? named : [...named, own];
  const snapshot = parts.every((part) => part.snapshot);
  return joined({
    parts,
    splits: (index, by) =>
      by.filter((name) => !totalOver.includes(name) || parts[index]?.reaches(name) === true),
    combine: (splits, first) => {
      const of = new Map(names.map((name, index) => [name, splits[index]]));
      const rows = own === undefined ? undefined : splits[splits.length - 1];
      return (period, group) => estimate(project, metric, { of, rows, first, snapshot }, period, group);
    },
  });
}

interface FormulaSplits {
  readonly of: ReadonlyMap<string, Split | undefined>;
  readonly rows: Split | undefined;
  readonly first: number | undefined;
  /** Whether there are no periods with bounds. */
  readonly snapshot: boolean;
}

function estimate(
  { tables }: RefProject,
  { formula, aggregates, window }: RefFormula & RefCommon,
  { of, rows, first, snapshot }: FormulaSplits,
  period: RefPeriod,
  group: readonly string[],
): RefEstimate {
  const own = rows?.rowsAt(period, group) ?? [];
  // The bounds are those of the formula's own window.
  const bounds = window === undefined ? period : windowOf(window, period, first ?? period.start);
  const value = formula.eval({
    tables,
    source: '',
    row: {},
    rows: own,
    ...(snapshot ? {} : { period: bounds }),
    metric(name, back) {
      const at = back === undefined ? period : periodBefore(period, back);
      if (at === undefined || (back !== undefined && !isFrom(at, first))) return null;
      return of.get(name)?.at(at, group).value ?? null;
    },
  });
  // The format leaves it open: the least of what it rests on, as a formula is as well founded as its weakest part. Of its
  // own source these are the rows and values that its aggregates are over.
  const ns = [
    ...[...of.values()].flatMap((split) => split?.at(period, group).n ?? []),
    ...aggregates.map((aggregate) => aggregate.over(own).n),
  ];
  return {
    value: typeof value === 'number' ? value : null,
    n: ns.length === 0 ? 0 : Math.min(...ns),
    ...NO_INTERVAL,
  };
}

/** Whether the series has begun in a period: null before it starts, and where it never does. */
function isFrom(period: RefPeriod, first: number | undefined): boolean {
  if (period.grain === 'all') return true;
  if (first === undefined) return false;
  const [start] = periodsFrom(period.grain, first, first);
  return start === undefined || period.start >= start.start;
}
