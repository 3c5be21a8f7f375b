import { type Problem, problemOf } from '../base/problem.ts';
import { homesOf } from '../check/reach.ts';
import type { Segment } from '../model/project.ts';
import { orRefused } from './or-nothing.ts';
import { overlapsIn } from './overlaps-in.ts';
import { overlappingGroups } from './problems.ts';
import type { RunContext } from './run-demands.ts';

/** So many pairs of groups are named in a message. */
const SHOWN_PAIRS = 3;

/** The findings of the segments of some sources, by their names. */
export async function findingsOfSegments(
  context: RunContext,
  sources: ReadonlySet<string>,
): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  for (const segment of context.checked.project.segments.values()) {
    if (!homesOf(segment).some((home) => sources.has(home))) continue;
    problems.push(...((await orRefused(() => segmentFindings(context, segment))) ?? []));
  }
  return problems;
}

/**
 * Says at a segment how many rows two of its groups have in common: section 4. Such rows count in both, and the groups then add up
 * to more than the total. Nothing for a segment whose groups are apart. Rejects as `overlapsIn` does.
 */
export async function segmentFindings(context: RunContext, segment: Segment): Promise<readonly Problem[]> {
  const overlaps = await overlapsIn(context, segment);
  if (overlaps.length === 0) return [];
  const largest = [...overlaps].sort((a, b) => b.rows - a.rows);
  const shown = largest
    .slice(0, SHOWN_PAIRS)
    .map(
      ({ first, second, rows }) => `${rows === 1 ? '1 row' : `${rows} rows`} in both ${first} and ${second}`,
    );
  const more = overlaps.length > shown.length ? `, and ${overlaps.length - shown.length} more pairs` : '';
  const [home] = homesOf(segment);
  const message = `Groups of ${segment.name} overlap in ${home}: ${shown.join(', ')}${more}. Such rows count in each of their groups, so that the groups add up to more than the total.`;
  const place = { file: segment.file, span: segment.nameNode.span };
  return [problemOf(overlappingGroups, place, message)];
}
