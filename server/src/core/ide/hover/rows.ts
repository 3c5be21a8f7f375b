import type { FunnelPart } from '../../evaluate/numbers.ts';
import type { IdeContext } from '../ide-context.ts';
import { type Block, list, paragraph, type Words } from '../prose/prose.ts';
import { countOf, countText, shareText } from './counts.ts';
import type { Subject } from './subject.ts';
import { notEvaluated, staleBlocks } from './unknown.ts';

/** How many rows a source has, and from when to when. */
export function sourceRows(context: IdeContext, name: string): readonly Block[] {
  const known = context.numbers?.source(name);
  if (known === undefined) return [notEvaluated(context)];
  const { rows, duplicates, first, asOf } = known.value;
  const time = first === null || asOf === null ? '' : ` from ${first} to ${asOf}`;
  const dropped = duplicates === 0 ? '' : ` ${countOf(duplicates, 'exact duplicate')} set aside.`;
  return [paragraph({ strong: countOf(rows, 'row') }, `${time}.${dropped}`), ...staleBlocks(known)];
}

/** Groups listed at most. */
const MOST_GROUPS = 15;

/** How many rows each group of a segment has, or only one of them. */
export function segmentRows(context: IdeContext, name: string, group?: string): readonly Block[] {
  const known = context.numbers?.segment(name);
  if (known === undefined) return [notEvaluated(context)];
  const { rows, groups, overlapping } = known.value;
  const size = (count: number): string => `${countOf(count, 'row')} (${shareText(count, rows)})`;
  if (group !== undefined) {
    const own = groups.find(({ label }) => label === group);
    return [
      paragraph({ strong: own === undefined ? 'No rows' : size(own.rows) }, '.'),
      ...staleBlocks(known),
    ];
  }
  const items = groups
    .slice(0, MOST_GROUPS)
    .map((each): Words => [{ code: each.label }, `: ${size(each.rows)}`]);
  const more = groups.length - items.length;
  return [
    paragraph(
      { strong: countOf(rows, 'row') },
      overlapping === 0 ? '.' : `, ${countText(overlapping)} of them in several groups.`,
    ),
    ...list(more > 0 ? [...items, [`and ${countText(more)} more groups`]] : items),
    ...staleBlocks(known),
  ];
}

/** The rows that the conditions of a metric keep: of one condition those before and after it, else the whole way to the value. */
export function whereRows(
  context: IdeContext,
  { metric, text }: NonNullable<Subject['clause']>,
): readonly Block[] {
  const known = context.numbers?.funnel(metric.name);
  if (known === undefined) return [notEvaluated(context, metric)];
  const { parts } = known.value;
  const shown: readonly Block[] =
    text === undefined
      ? list(parts.flatMap(wayItems))
      : parts.flatMap((part) => clauseBlocks(part, text, parts.length === 1));
  return [...shown, ...staleBlocks(known)];
}

function clauseBlocks(part: FunnelPart, text: string, isOnly: boolean): readonly Block[] {
  const index = part.clauses.findIndex(({ word }) => word.text === text);
  const clause = part.clauses[index];
  if (clause === undefined) return [];
  const before = part.clauses[index - 1]?.kept ?? part.timed ?? part.rows;
  const of: Words = isOnly ? [] : [' for ', { code: part.metric }];
  const kept = { strong: `${countText(clause.kept)} of ${countOf(before, 'row')}` };
  return [paragraph('This condition keeps ', kept, shareIn(clause.kept, before), ...of, '.')];
}

function shareIn(part: number, whole: number): string {
  const share = shareText(part, whole);
  return share === '' ? '' : ` (${share})`;
}

function wayItems({
  metric,
  source,
  rows,
  timed,
  clauses,
  period,
  inPeriod,
  counted,
}: FunnelPart): readonly Words[] {
  return [
    [{ code: metric }, ': ', { strong: countOf(rows, 'row') }, ' of ', { code: source }],
    ...(timed === null || timed === rows ? [] : [[`${countText(timed)} with a valid time`]]),
    ...clauses.map(({ word, kept }): Words => [`${countText(kept)} after `, { code: word.text }]),
    ...(period === null ? [] : [[`${countText(inPeriod)} in ${period}`]]),
    [`${countText(counted)} counted`],
  ];
}
