import type { ProjectDiff } from '../../../server/src/core/diff/project-diff.ts';
import type { ReportedDiff } from '../../../server/src/core/diff/reported-diff.ts';
import { type OpenVersion, reportedSide } from '../../../server/src/core/diff-versions/version.ts';

/** A comparison of two folders as a report tells it. */
export function reported(
  diff: ProjectDiff,
  before: OpenVersion,
  after: OpenVersion,
  [old, now]: readonly [string, string],
): ReportedDiff {
  return {
    diff,
    before: reportedSide(old, before, new Map()),
    after: reportedSide(now, after, new Map()),
  };
}
