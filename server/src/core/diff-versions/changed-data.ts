import type { Renames } from '../diff/renames.ts';
import type { OpenVersion } from './version.ts';

/** The sources, by their names after the change, that both versions have and whose files hold other bytes. Names of files say nothing. */
export async function changedData(
  before: OpenVersion,
  after: OpenVersion,
  renames: Renames,
): Promise<ReadonlySet<string>> {
  const changed = new Set<string>();
  const [printsBefore, printsAfter] = [printsIn(before), printsIn(after)];
  for (const name of before.checked.project.sources.keys()) {
    const now = renames.of('source', name) ?? name;
    if (!after.checked.project.sources.has(now)) continue;
    const [old, fresh] = [await printsBefore(name), await printsAfter(now)];
    if (old.join() !== fresh.join()) changed.add(now);
  }
  return changed;
}

/** The fingerprints of the files of a source. Where several sources read one file, it is looked at once: all of its bytes count. */
function printsIn({ version, checked }: OpenVersion): (source: string) => Promise<readonly string[]> {
  const known = new Map<string, Promise<string | undefined>>();
  const printOf = async (file: string): Promise<string> => {
    const print = known.get(file) ?? version.fingerprint(file);
    known.set(file, print);
    return (await print) ?? 'none';
  };
  return (source) => Promise.all((checked.shapes.get(source)?.files ?? []).map(printOf));
}
