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
  const [then, now] = [printsIn(before), printsIn(after)];
  for (const name of before.checked.project.sources.keys()) {
    const newName = renames.of('source', name) ?? name;
    if (!after.checked.project.sources.has(newName)) continue;
    const [old, fresh] = [filesOf(before, name), filesOf(after, newName)];
    const pairs = old.map((file, index) => isSame(then, file, now, fresh[index] ?? ''));
    const same = await Promise.all(pairs);
    if (old.length !== fresh.length || same.includes(false)) changed.add(newName);
  }
  return changed;
}

function filesOf({ checked }: OpenVersion, source: string): readonly string[] {
  return checked.shapes.get(source)?.files ?? [];
}

type Print = (file: string) => Promise<string | undefined>;

/** What tells the files of a version apart. */
interface Prints {
  readonly bytes: Print;
  readonly lines: Print;
}

/** Where several sources read one file, it is looked at once: all of its bytes count. */
function printsIn({ version }: OpenVersion): Prints {
  const once = (print: Print): Print => {
    const known = new Map<string, Promise<string | undefined>>();
    return (file) => {
      const found = known.get(file) ?? print(file);
      known.set(file, found);
      return found;
    };
  };
  return {
    bytes: once((file) => version.fingerprint(file)),
    lines: once((file) => version.linePrint(file)),
  };
}

/** Texts of lines, in which no byte stands for anything but a character. */
const LINES = /\.(csv|tsv|txt|json|ndjson|jsonl)$/i;

async function isSame(before: Prints, old: string, after: Prints, now: string): Promise<boolean> {
  const [was, is] = [await before.bytes(old), await after.bytes(now)];
  if (was === is) return true;
  if (was === undefined || is === undefined || !LINES.test(old) || !LINES.test(now)) return false;
  return (await before.lines(old)) === (await after.lines(now));
}
