import { type Day, formatDay, type Period } from '../base/period.ts';
import { periodBefore } from '../base/period-before.ts';
import { type Window, windowStart } from '../base/window.ts';
import type { AggregateValue, Estimate, FormulaName, FormulaPlan } from '../plan/metric-plan.ts';
import type { Input, PlanScalar, RelationColumn, Select } from '../plan/relation.ts';
import { cast, nameOf } from '../plan/scalars.ts';
import { mapNames } from '../syntax/expression/scalar.ts';
import type { Value } from './engine.ts';
import { joinValues, type Values } from './series.ts';

const ROWS = '_values';
/** One statement computes at most so many values, as each is written out in it. */
const MAX_ROWS = 5_000;

/** The periods and groups for which somebody may ask. */
export interface Wanted {
  readonly periods: readonly Period[];
  readonly groups: readonly string[];
}

/**
 * The values of a formula, computed by the engine, so that arithmetic and functions mean the same as everywhere. `n` is the least of
 * those of its parts: a formula rests on no more than the weakest of them.
 *
 * @param run runs a select and gives its rows
 */
export async function formulaValues(
  plan: FormulaPlan,
  parts: readonly Values[],
  { periods, groups }: Wanted,
  run: (select: Select) => Promise<readonly Readonly<Record<string, Value>>[]>,
): Promise<Values> {
  const names = namesOf(plan);
  const joined = joinValues(parts, () => NO_VALUE);
  const first = joined.first;
  const asked = periods.flatMap((period) => groups.map((group) => ({ period, group })));
  const found = new Map<string, Estimate>();
  for (let start = 0; start < asked.length; start += MAX_ROWS) {
    const some = asked.slice(start, start + MAX_ROWS);
    const rows = some.map(({ period, group }, index) => [
      String(index),
      ...boundsOf(plan.window, period, first),
      ...names.map(({ part, back }) => {
        const at = back === null ? period : periodBefore(period, back);
        // There is nothing before the series starts, not even a count of 0.
        if (at === undefined || (back !== null && (first === undefined || at.end <= first))) return null;
        return text(parts[part]?.at(at, group).value ?? null);
      }),
    ]);
    for (const row of await run(selectOf(plan, names, rows))) {
      const place = some[Number(row.row)];
      if (place === undefined) continue;
      const { period, group } = place;
      const sizes = parts.map((part) => part.at(period, group).n);
      const n = sizes.length === 0 ? 0 : Math.min(...sizes);
      found.set(keyOf(period, group), { value: numberOf(row.value ?? null), n, low: null, high: null });
    }
  }
  return { ...joined, at: (period, group) => found.get(keyOf(period, group)) ?? NO_VALUE };
}

const NO_VALUE: Estimate = { value: null, n: 0, low: null, high: null };

type PartName = Extract<FormulaName, { at: 'part' }>;

/** The values that a formula reads, each once. */
function namesOf({ value }: FormulaPlan): readonly PartName[] {
  const names = new Map<string, PartName>();
  mapNames<FormulaName, FormulaName>(value, (name) => {
    if (name.ref.at === 'part') names.set(JSON.stringify(name.ref), name.ref);
    return { kind: 'name', ...name };
  });
  return [...names.values()];
}

/** One row for each value: its number, the bounds of its period, and what the formula reads. */
function selectOf(
  { value }: FormulaPlan,
  names: readonly PartName[],
  rows: readonly (readonly (string | null)[])[],
): Select {
  const keys = names.map((name) => JSON.stringify(name));
  const lowered = mapNames<FormulaName, RelationColumn>(value, ({ ref, type }) =>
    ref.at === 'part'
      ? column(`value_${keys.indexOf(JSON.stringify(ref)) + 1}`, 'number')
      : cast(column(`period_${ref.bound}`, 'date'), type),
  );
  const from: Input = {
    kind: 'values',
    as: ROWS,
    columns: [
      { name: 'row', type: 'integer' },
      { name: 'period_start', type: 'date' },
      { name: 'period_end', type: 'date' },
      ...names.map((_, index) => ({ name: `value_${index + 1}`, type: 'number' as const })),
    ],
    rows,
  };
  const shown = [
    { name: 'row', value: column('row', 'integer') },
    { name: 'value', value: cast(lowered, 'number') },
  ];
  return { from, joins: [], where: [], keys: shown, aggregates: [] };
}

function column(name: string, type: PlanScalar['type']): PlanScalar {
  return nameOf<RelationColumn>({ relation: ROWS, column: name }, type);
}

/** The bounds of a period, or of the window in its place; none of a snapshot, whose rows have no time. */
function boundsOf(
  window: Window | undefined,
  period: Period,
  first: Day | undefined,
): readonly (string | null)[] {
  if (period.start === period.end) return [null, null];
  const start = window === undefined ? period.start : windowStart(window, period, first ?? period.start);
  return [formatDay(start), formatDay(period.end)];
}

function text(value: AggregateValue): string | null {
  return value === null || !Number.isFinite(value) ? null : String(value);
}

function numberOf(value: Value): number | null {
  const number = value === null ? Number.NaN : Number(value);
  return Number.isFinite(number) ? number : null;
}

function keyOf({ start, grain }: Period, group: string): string {
  return `${grain === 'all' ? 'all' : start} ${group}`;
}
