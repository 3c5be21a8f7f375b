import type { Renames } from '../diff/renames.ts';
import type { OpenVersion } from './version.ts';

/** The sources, by their names after the change, that both versions have and whose files hold other bytes. Names of files say nothing. */
export async function changedData(
  before: OpenVersion,
  after: OpenVersion,
  renames: Renames,
): Promise<ReadonlySet<string>> {
  const changed = new Set<string>();
  for (const name of before.checked.project.sources.keys()) {
    const now = renames.of('source', name) ?? name;
    if (!after.checked.project.sources.has(now)) continue;
    const [old, fresh] = [await printsOf(before, name), await printsOf(after, now)];
    if (old.join() !== fresh.join()) changed.add(now);
  }
  return changed;
}

async function printsOf({ version, checked }: OpenVersion, source: string): Promise<readonly string[]> {
  const files = checked.shapes.get(source)?.files ?? [];
  return Promise.all(files.map(async (file) => (await version.fingerprint(file)) ?? 'none'));
}
