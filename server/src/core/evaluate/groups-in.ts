import { parseDay } from '../base/period.ts';
import { homesOf } from '../check/reach.ts';
import type { Segment } from '../model/project.ts';
import { breakdownOf, lowerBreakdown, NONE } from '../plan/breakdown.ts';
import { Frame } from '../plan/frame.ts';
import type { PlanScalar, Select } from '../plan/relation.ts';
import { dateLiteral, isNotNull, literal, test } from '../plan/scalars.ts';
import { requireOneArrival } from './links.ts';
import { type RunContext, runSelect } from './run-demands.ts';
import { groupLabel } from './run-scan.ts';

/** Of a segment with more groups those with the most rows are listed. */
const MAX_GROUPS = 1_000;

/** The groups that the rows of a segment are in. */
export interface GroupsIn {
  /** Those with the most rows first, at most a thousand of each of its sources; `(none)` is not among them. */
  readonly groups: readonly string[];
  /** Of the groups that were asked about, those that no row is in. */
  readonly missing: ReadonlySet<string>;
}

/**
 * Looks for groups among the rows of a segment with `by`: one statement for each of its sources, and one more where a source has more
 * groups than are listed. Rejects with `Refusal` where the segment has an error, a link arrives at several rows or the rows of a source are not
 * there, with `EngineFailure` and `Cancelled`.
 */
export async function groupsIn(
  context: RunContext,
  segment: Segment,
  asked: Iterable<string>,
): Promise<GroupsIn> {
  const groups = new Set<string>();
  const missing = new Set(asked);
  for (const home of homesOf(segment)) {
    const frame = new Frame(context.checked, context.storage, home);
    const breakdown = breakdownOf(context.checked, segment.name, home, { segments: [] });
    const { key } = lowerBreakdown(frame, breakdown, '_group');
    await requireOneArrival(context, frame.links);
    const from = { from: frame.from, joins: frame.joins };
    const listed = await runSelect(context, listOf(from, key));
    for (const row of listed) groups.add(groupLabel(row.label ?? null));
    for (const group of groups) missing.delete(group);
    if (listed.length < MAX_GROUPS) continue;
    for (const group of await foundAmong(context, from, key, missing)) missing.delete(group);
  }
  groups.delete(NONE);
  return { groups: [...groups], missing };
}

function listOf(from: Pick<Select, 'from' | 'joins'>, key: PlanScalar): Select {
  return {
    ...from,
    where: [isNotNull(key)],
    keys: [{ name: 'label', value: key }],
    aggregates: [{ name: 'rows', value: { fn: 'count', args: [] } }],
    order: [{ by: 'rows', descending: true }, { by: 'label' }],
    limit: MAX_GROUPS,
  };
}

/** Those of some groups that rows are in, whether or not they are listed; also those of which it cannot be told. */
async function foundAmong(
  context: RunContext,
  from: Pick<Select, 'from' | 'joins'>,
  key: PlanScalar,
  groups: ReadonlySet<string>,
): Promise<readonly string[]> {
  const conditions = [...groups].map((group) => ({ group, condition: isIn(key, group) }));
  const askable = conditions.filter(({ condition }) => typeof condition !== 'boolean');
  const [row] =
    askable.length === 0
      ? []
      : await runSelect(context, {
          ...from,
          where: [],
          keys: [],
          aggregates: askable.map(({ condition }, index) => ({
            name: `found_${index}`,
            value: { fn: 'count_if', args: typeof condition === 'boolean' ? [] : [condition] },
          })),
        });
  return [
    ...conditions.filter(({ condition }) => condition === true).map(({ group }) => group),
    ...askable.filter((_, index) => Number(row?.[`found_${index}`] ?? 0) > 0).map(({ group }) => group),
  ];
}

/** The condition that a row is in a group; `false` where no value is written like it, `true` where that cannot be told. */
function isIn(key: PlanScalar, group: string): PlanScalar | boolean {
  switch (key.type) {
    case 'text':
      return test('=', key, literal(group));
    case 'integer':
    case 'number': {
      const number = Number(group);
      if (Number.isInteger(number) && !Number.isSafeInteger(number)) return true;
      return String(number) === group && Number.isFinite(number) && test('=', key, literal(number));
    }
    case 'date': {
      const day = parseDay(group);
      return day !== undefined && test('=', key, dateLiteral(day));
    }
    default:
      return true;
  }
}
