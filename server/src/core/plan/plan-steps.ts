import type { Period } from '../base/period.ts';
import type { Checked } from '../check/checked.ts';
import type { NameRef, Scalar } from '../syntax/expression/scalar.ts';
import { Frame, type LinkUse } from './frame.ts';
import type { MeasurePlan } from './metric-plan.ts';
import { pickedAt } from './pick-at.ts';
import { lowerCounted } from './plan-counted-rows.ts';
import type { Scan } from './plan-scan.ts';
import type { Aggregate, Join, Named, PlanScalar, RelationColumn, Select } from './relation.ts';
import { rowsAt } from './rows-at.ts';
import { all, dateLiteral, holds, literal, nameOf, test } from './scalars.ts';
import type { Storage } from './storage.ts';

/** A select with the links that it follows. */
export interface PlannedSteps {
  readonly select: Select;
  readonly links: readonly LinkUse[];
}

/** A measure's rows seen from one period of its scan; `undefined` where none is complete. */
export interface StepsAt {
  readonly scan: Scan;
  readonly plan: MeasurePlan;
  readonly period: Period | undefined;
}

/**
 * Plans how many rows are left after each step from the source to the value, in one row: `rows`, `timed`, `clause_1` and so on,
 * `in_period`, `counted`.
 */
export function planFunnel(checked: Checked, storage: Storage, at: StepsAt): PlannedSteps {
  const frame = new Frame(checked, storage, at.scan.source);
  const steps = lowerSteps(checked, storage, frame, at);
  const flags = [
    { name: 'timed', value: all(steps.timed) ?? literal(true) },
    ...steps.clauses.map((value, index) => ({ name: `clause_${index + 1}`, value })),
    { name: 'in_period', value: steps.inPeriod },
    { name: 'counted', value: steps.counted },
  ];
  const inner: Select = {
    from: frame.from,
    joins: [...frame.joins, ...steps.joins],
    where: [],
    keys: flags.map(({ name, value }) => ({ name, value: holds(value) })),
    aggregates: [],
  };
  const left = flags.map(({ name }, index): Named<Aggregate<RelationColumn>> => {
    const before = flags.slice(0, index + 1).map((flag) => stepOf(flag.name));
    return { name, value: { fn: 'count_if', args: [all(before) ?? literal(true)] } };
  });
  const select: Select = {
    from: { kind: 'select', select: inner, as: STEPS },
    joins: [],
    where: [],
    keys: [],
    aggregates: [{ name: 'rows', value: { fn: 'count', args: [] } }, ...left],
  };
  return { select, links: frame.links };
}

const STEPS = '_steps';

function stepOf(name: string): PlanScalar {
  return nameOf<RelationColumn>({ relation: STEPS, column: name }, 'boolean');
}

/** Which rows are shown: those that count, or those that might have, being in the period or in none. */
export type Shown = 'counting' | 'others';

/**
 * Plans the first rows that count in the period, or the first that do not though they lie in it or have no valid time. The
 * columns are `row`, `step` (the first that the row fails: a `TimeFault`, `clause_1` and so on, or `counted`) and `cell_1` and so on.
 */
export function planPreviewRows(
  checked: Checked,
  storage: Storage,
  at: StepsAt,
  shown: Shown,
  cells: readonly Scalar<NameRef>[],
  limit: number,
): PlannedSteps {
  const frame = new Frame(checked, storage, at.scan.source);
  const steps = lowerSteps(checked, storage, frame, at);
  const timed = all(steps.timed) ?? literal(true);
  const met = all([...steps.clauses, steps.counted].map(holds)) ?? literal(true);
  const where =
    shown === 'counting'
      ? [timed, steps.inPeriod, met]
      : [test('or', test('not', holds(timed)), test('and', timed, holds(steps.inPeriod), test('not', met)))];
  const keys = [
    { name: 'row', value: frame.rowNumber },
    { name: 'step', value: firstFailing(steps) },
    ...cells.map((cell, index) => ({ name: `cell_${index + 1}`, value: frame.lower(cell) })),
  ];
  const select: Select = {
    from: frame.from,
    joins: [...frame.joins, ...steps.joins],
    where,
    keys,
    aggregates: [],
    order: [{ by: 'row' }],
    limit,
  };
  return { select, links: frame.links };
}

function firstFailing({ timed, clauses }: Steps): PlanScalar {
  const named = [
    ...timed.map((condition, index) => ({ name: TIME_FAULTS[index] ?? 'no-time', condition })),
    ...clauses.map((condition, index) => ({ name: `clause_${index + 1}`, condition })),
  ];
  if (named.length === 0) return literal('counted');
  const branches = named.map(({ name, condition }) => ({
    when: test('not', holds(condition)),
    result: literal<RelationColumn>(name),
  }));
  return { kind: 'case', type: 'text', branches, otherwise: literal('counted') };
}

/** What may be wrong with the time of a row. */
export const TIME_FAULTS = ['no-time', 'after-as-of', 'ends-before-start'] as const;
export type TimeFault = (typeof TIME_FAULTS)[number];

interface Steps {
  /** What a row's time must meet, in the order of `TIME_FAULTS`; none for a snapshot. */
  readonly timed: readonly PlanScalar[];
  readonly clauses: readonly PlanScalar[];
  readonly inPeriod: PlanScalar;
  readonly counted: PlanScalar;
  /** What the conditions need beside the frame's own. */
  readonly joins: readonly Join[];
}

function lowerSteps(
  checked: Checked,
  storage: Storage,
  frame: Frame,
  { scan, plan, period }: StepsAt,
): Steps {
  // The rows come first, as they say what `period_start` is for the conditions.
  const { timed, inPeriod } = rowsAt(frame, scan, period);
  const at = period === undefined ? literal<RelationColumn>(null) : dateLiteral<RelationColumn>(period.start);
  const picked = pickedAt(checked, storage, frame, scan, at);
  const clauses = plan.where.map((condition) => frame.lower(condition));
  const isIn = picked.joins.length === 0 ? inPeriod : test('and', holds(inPeriod), picked.condition);
  return { timed, inPeriod: isIn, joins: picked.joins, clauses, counted: lowerCounted(frame, plan) };
}
