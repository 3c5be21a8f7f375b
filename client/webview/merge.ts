import type { Preview } from '../../server/src/protocol/index.ts';
import { subjectOf } from '../../server/src/views/view.tsx';

/**
 * What to show when a part of a newer preview has come: sections that it does not have yet stay as they were, so that nothing vanishes
 * to come back a moment later. Another subject starts afresh.
 */
export function mergePreview(old: Preview | null, part: Preview): Preview {
  if (old === null || subjectKey(old) !== subjectKey(part)) return part;
  if (
    old.kind === 'metric' &&
    part.kind === 'metric' &&
    part.result === undefined &&
    old.result !== undefined
  ) {
    // The values that are still shown are by the old breakdown and grain.
    return { ...old, ...part, by: old.by, grain: old.grain };
  }
  // They are of one kind, as their subjects are.
  return { ...old, ...part } as Preview;
}

/** Tells subjects apart. */
export function subjectKey(preview: Preview): string {
  return JSON.stringify(subjectOf(preview));
}
