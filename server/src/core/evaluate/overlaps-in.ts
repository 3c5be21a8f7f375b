import { homesOf } from '../check/reach.ts';
import type { Segment } from '../model/project.ts';
import { breakdownOf } from '../plan/breakdown.ts';
import { Frame } from '../plan/frame.ts';
import { holds, test } from '../plan/scalars.ts';
import { requireOneArrival } from './links.ts';
import { type RunContext, runSelect } from './run-demands.ts';

/** Rows that are in both of two groups. */
export interface Overlap {
  readonly first: string;
  readonly second: string;
  readonly rows: number;
}

/** So many pairs are counted in one statement: their number grows with the square of that of groups. */
const PAIRS = 200;

/**
 * The pairs of a segment's groups that share rows, in the order of the groups; none for a segment whose groups cannot overlap. Rejects
 * with `Refusal` where the segment has an error or a link arrives at several rows, with `EngineFailure` and `Cancelled`.
 */
export async function overlapsIn(context: RunContext, segment: Segment): Promise<readonly Overlap[]> {
  const { checked } = context;
  const [home] = homesOf(segment);
  if (segment.form.kind !== 'groups' || home === undefined) return [];
  const { form } = breakdownOf(checked, segment.name, home, { segments: [] });
  if (form.kind !== 'groups') return [];
  const frame = new Frame(checked, context.storage, home);
  const groups = form.groups.map(({ name, condition }) => ({ name, met: holds(frame.lower(condition)) }));
  await requireOneArrival(context, frame.links);
  const pairs = groups.flatMap((first, index) =>
    groups.slice(index + 1).map((second) => [first, second] as const),
  );
  const found: Overlap[] = [];
  for (let start = 0; start < pairs.length; start += PAIRS) {
    const some = pairs.slice(start, start + PAIRS);
    const [row] = await runSelect(context, {
      from: frame.from,
      joins: frame.joins,
      where: [],
      keys: [],
      aggregates: some.map(([first, second], index) => ({
        name: `both_${index}`,
        value: { fn: 'count_if', args: [test('and', first.met, second.met)] },
      })),
    });
    some.forEach(([first, second], index) => {
      const rows = Number(row?.[`both_${index}`] ?? 0);
      if (rows > 0) found.push({ first: first.name, second: second.name, rows });
    });
  }
  return found;
}
