import type { Renames } from '../diff/renames.ts';
import type { OpenVersion } from './version.ts';

/**
 * The sources, by their names after the change, that both versions have and whose files hold other data. Names of files say nothing, nor
 * does how the lines of a text end: git may have changed that on the way to a working tree.
 */
export async function changedData(
  before: OpenVersion,
  after: OpenVersion,
  renames: Renames,
): Promise<ReadonlySet<string>> {
  const changed = new Set<string>();
  for (const name of before.checked.project.sources.keys()) {
    const now = renames.of('source', name) ?? name;
    if (!after.checked.project.sources.has(now)) continue;
    const [old, fresh] = [filesOf(before, name), filesOf(after, now)];
    if (old.length !== fresh.length) changed.add(now);
    for (const [index, file] of old.entries()) {
      if (changed.has(now) || (await isSame(before, file, after, fresh[index] ?? ''))) continue;
      changed.add(now);
    }
  }
  return changed;
}

function filesOf({ checked }: OpenVersion, source: string): readonly string[] {
  return checked.shapes.get(source)?.files ?? [];
}

/** Texts of lines, in which no byte stands for anything but a character. */
const LINES = /\.(csv|tsv|txt|json|ndjson|jsonl)$/i;

async function isSame(before: OpenVersion, old: string, after: OpenVersion, now: string): Promise<boolean> {
  const [was, is] = [await before.version.fingerprint(old), await after.version.fingerprint(now)];
  if (was === is) return true;
  if (was === undefined || is === undefined || !LINES.test(old) || !LINES.test(now)) return false;
  return (await before.version.linePrint(old)) === (await after.version.linePrint(now));
}
