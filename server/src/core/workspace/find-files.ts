import type { Cancel } from '../base/cancel.ts';
import type { FileSystem } from '../ports.ts';
import { globMatcher } from './globs.ts';
import { nameOf, relativeTo } from './paths.ts';
import { SETTINGS_FILE, walk } from './walk.ts';

/**
 * The metrics files of the project whose root is `root`: those that match its globs, by path. Folders with a
 * `plumbline.yaml` of their own belong to another project and are passed over.
 */
export async function findMetricsFiles(
  fs: FileSystem,
  root: string,
  globs: readonly string[],
  signal?: Cancel,
): Promise<readonly string[]> {
  const isMatch = globMatcher(globs);
  const found: string[] = [];
  await walk(
    fs,
    root,
    (folder) => {
      if (folder.isRoot && folder.path !== root) return false;
      const files = folder.files.filter((path) => isMatch(relativeTo(root, path) ?? ''));
      found.push(...files.filter((path) => nameOf(path) !== SETTINGS_FILE));
      return true;
    },
    signal,
  );
  return found.sort();
}
