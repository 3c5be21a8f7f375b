import { homesOf } from '../check/reach.ts';
import type { EvaluationOptions, Evaluator } from '../evaluate/evaluate.ts';
import { segmentOverlaps } from '../evaluate/segment-overlaps.ts';
import { segmentSizes } from '../evaluate/segment-sizes.ts';
import { describeSegment } from '../ide/describe/segment.ts';
import { usersOfSegment } from '../ide/hover/lineage.ts';
import type { Segment } from '../model/project.ts';
import { Refusal } from '../plan/refusal.ts';
import { aboutOf, named } from './about.ts';
import type { GroupsOverTime, SegmentPreview } from './preview.ts';
import { inSections, orRefused, type PreviewWork } from './preview-work.ts';
import { segmentOverTime } from './segment-over-time.ts';

/**
 * Everything that a preview of a segment shows: how large its groups are, now and over time, which of them share rows, and who
 * uses it. Rejects with `Cancelled`.
 */
export async function segmentPreview<At>(
  work: PreviewWork<At>,
  segment: Segment,
): Promise<SegmentPreview<At>> {
  const { context, at, signal } = work;
  const { checked } = context;
  const users = usersOfSegment(checked, segment.name).filter(({ definition }) => definition === 'metric');
  const outline: SegmentPreview<At> = {
    kind: 'segment',
    about: aboutOf(segment, describeSegment(checked.project, segment), at),
    usedBy: users.map((user) => named(user, at)),
  };
  return inSections<At, SegmentPreview<At>>(work, outline, 3, async (evaluator, add) => {
    const options = signal === undefined ? {} : { signal };
    const now = evaluator.checked.project.segments.get(segment.name);
    if (now === undefined) throw new Refusal(`There is no segment "${segment.name}".`);
    const sizes = await segmentSizes(evaluator, now, options);
    add({ sizes });
    add({ overTime: await eachOverTime(evaluator, now, options) });
    add({ overlaps: sizes.overlapping === 0 ? [] : await segmentOverlaps(evaluator, now, options) });
  });
}

async function eachOverTime(
  evaluator: Evaluator,
  segment: Segment,
  options: EvaluationOptions,
): Promise<readonly GroupsOverTime[]> {
  const found: GroupsOverTime[] = [];
  for (const home of homesOf(segment)) {
    const source = evaluator.checked.project.sources.get(home);
    if (source === undefined) continue;
    // A source whose times cannot be read has sizes all the same.
    const counted = await orRefused(segmentOverTime(evaluator, segment, source, options));
    if (counted !== undefined) found.push(counted);
  }
  return found;
}
