import type { Checked } from '../check/checked.ts';
import { unevaluatedMessage, unevaluatedRows } from '../check/unevaluated.ts';
import { Refusal } from '../plan/refusal.ts';

/** Refuses where a construct that is not evaluated yet decides which rows one of the sources has: a count would be wrong. */
export function requireKnownRows({ project }: Checked, sources: Iterable<string>): void {
  for (const source of sources) {
    const missing = unevaluatedRows(project, source);
    if (missing !== undefined) throw new Refusal(unevaluatedMessage(missing));
  }
}
