import type { Base, Refs } from '../../../../server/src/protocol/index.ts';
import { oneLine } from './plain-text.ts';

/** The last commit, as git calls it. */
const HEAD = 'HEAD';

/** What is not committed yet is compared with this. */
export const LAST_COMMIT: Base = { ref: HEAD, mergeBase: false };

export function isLastCommit({ ref, mergeBase }: Base): boolean {
  return ref === HEAD && !mergeBase;
}

/** What the current branch changed: since it left the main one; on that one, or where it is not known, since the last commit. */
export function mergeBaseOf({ branch, main }: Pick<Refs, 'branch' | 'main'>): Base {
  return main === null || main === branch ? LAST_COMMIT : { ref: main, mergeBase: true };
}

/** A commit is named by its first characters, as git does: all forty of them say no more. */
export function shortRef(ref: string): string {
  return /^[0-9a-f]{12,}$/.test(ref) ? ref.slice(0, 10) : oneLine(ref);
}
