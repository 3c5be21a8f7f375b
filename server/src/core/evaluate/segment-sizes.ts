import { homesOf } from '../check/reach.ts';
import type { Segment } from '../model/project.ts';
import {
  type Breakdown,
  breakdownOf,
  compareGroups,
  IN,
  lowerBreakdown,
  OTHER,
  OUT,
} from '../plan/breakdown.ts';
import { Frame } from '../plan/frame.ts';
import type { PlanScalar, RelationColumn, Select } from '../plan/relation.ts';
import { holds, isNull, literal, test, when } from '../plan/scalars.ts';
import { type EvaluationOptions, type Evaluator, runContext } from './evaluate.ts';
import { requireOneArrival } from './links.ts';
import type { SegmentSizes } from './numbers.ts';
import { type RunContext, runSelect } from './run-demands.ts';
import { groupLabel } from './run-scan.ts';

/** Of a segment with more groups the largest are listed. */
const MAX_GROUPS = 1_000;

/**
 * The rows of a segment's own sources by group, whether or not they have a valid time. Rejects with `Refusal` where the segment has
 * an error or a source's rows are not known, with `EngineFailure` and `Cancelled`.
 */
export async function segmentSizes(
  evaluator: Evaluator,
  segment: Segment,
  options: EvaluationOptions = {},
): Promise<SegmentSizes> {
  const { checked } = evaluator;
  const homes = homesOf(segment);
  const context = runContext(evaluator, options);
  const breakdowns = homes.map((home) => breakdownOf(checked, segment.name, home, { segments: [] }));
  const parts: Counts[] = [];
  for (const [index, breakdown] of breakdowns.entries()) {
    parts.push(await countGroups(context, homes[index] ?? '', breakdown));
    options.progress?.(parts.length, homes.length);
  }
  const sizes = new Map<string, number>();
  for (const { groups } of parts) {
    for (const [label, rows] of groups) sizes.set(label, (sizes.get(label) ?? 0) + rows);
  }
  const [first] = breakdowns;
  const order = first === undefined ? () => 0 : compareGroups(first);
  const omitted = sum(parts.map((part) => part.omitted));
  return {
    rows: sum(parts.map(({ rows }) => rows)),
    groups: [...sizes].map(([label, rows]) => ({ label, rows })).sort((a, b) => order(a.label, b.label)),
    overlapping: sum(parts.map(({ overlapping }) => overlapping)),
    ...(omitted === 0 ? {} : { omitted }),
  };
}

/** The rows of one source by group. */
interface Counts {
  readonly rows: number;
  readonly groups: ReadonlyMap<string, number>;
  readonly overlapping: number;
  readonly omitted: number;
}

function countGroups(context: RunContext, source: string, breakdown: Breakdown): Promise<Counts> {
  const { form } = breakdown;
  if (form.kind === 'groups') return countConditions(context, source, form);
  return countLabels(context, source, breakdown, form.kind === 'in-out' ? [IN, OUT] : []);
}

/** Groups that may overlap: each is counted on its own, and rows in several of them too. */
async function countConditions(
  context: RunContext,
  source: string,
  { groups }: Extract<Breakdown['form'], { kind: 'groups' }>,
): Promise<Counts> {
  const frame = new Frame(context.checked, context.storage, source);
  const conditions = groups.map(({ condition }) => holds(frame.lower(condition)));
  const met = conditions.map((condition) => when(condition, literal<RelationColumn>(1), literal(0)));
  const number = met.reduce((a, b): PlanScalar => ({ kind: 'call', type: 'integer', fn: '+', args: [a, b] }));
  const counted = [...conditions, test('=', number, literal(0)), test('>', number, literal(1))];
  await requireOneArrival(context, frame.links);
  const [row] = await runSelect(context, {
    from: frame.from,
    joins: frame.joins,
    where: [],
    keys: [],
    aggregates: [
      { name: 'rows', value: { fn: 'count', args: [] } },
      ...counted.map((condition, index) => ({
        name: `group_${index + 1}`,
        value: { fn: 'count_if' as const, args: [condition] },
      })),
    ],
  });
  const count = (index: number): number => Number(row?.[`group_${index + 1}`] ?? 0);
  const sizes = new Map(groups.map(({ name }, index) => [name, count(index)]));
  const other = count(groups.length);
  if (other > 0) sizes.set(OTHER, other);
  return { rows: Number(row?.rows ?? 0), groups: sizes, overlapping: count(groups.length + 1), omitted: 0 };
}

/** Groups by the one label that each row has. Those that are `declared` are there with no rows too. */
async function countLabels(
  context: RunContext,
  source: string,
  breakdown: Breakdown,
  declared: readonly string[],
): Promise<Counts> {
  const frame = new Frame(context.checked, context.storage, source);
  const { key } = lowerBreakdown(frame, breakdown, '_group');
  await requireOneArrival(context, frame.links);
  const rows = { name: 'rows', value: { fn: 'count' as const, args: [] } };
  const from: Select = { from: frame.from, joins: frame.joins, where: [], keys: [], aggregates: [rows] };
  const found = await runSelect(context, {
    ...from,
    keys: [{ name: 'label', value: key }],
    order: [{ by: 'rows', descending: true }, { by: 'label' }],
    limit: MAX_GROUPS,
  });
  const sizes = new Map(declared.map((label) => [label, 0]));
  for (const row of found) sizes.set(groupLabel(row.label ?? null), Number(row.rows));
  if (found.length < MAX_GROUPS)
    return { rows: sum([...sizes.values()]), groups: sizes, overlapping: 0, omitted: 0 };
  const [whole] = await runSelect(context, {
    ...from,
    aggregates: [
      rows,
      { name: 'labels', value: { fn: 'count_distinct', args: [key] } },
      { name: 'nulls', value: { fn: 'count_if', args: [isNull(key)] } },
    ],
  });
  const labels = Number(whole?.labels ?? 0) + (Number(whole?.nulls ?? 0) > 0 ? 1 : 0);
  return {
    rows: Number(whole?.rows ?? 0),
    groups: sizes,
    overlapping: 0,
    omitted: Math.max(0, labels - found.length),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
