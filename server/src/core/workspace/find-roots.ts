import type { Cancel } from '../base/cancel.ts';
import { DEFAULT_FILES } from '../model/read-settings.ts';
import type { FileSystem } from '../ports.ts';
import { globMatcher } from './globs.ts';
import { nameOf, parentOf, relativeTo, trimSlash, under } from './paths.ts';
import { SETTINGS_FILE, walk } from './walk.ts';

/**
 * The root folder of the project in which a file or folder lies: the nearest folder upwards with a `plumbline.yaml`.
 * Without one, the outermost of the opened folders that hold it; outside of these the folder itself, or the folder of the file.
 *
 * @param opened the folders that an editor has opened
 */
export async function findRoot(
  fs: FileSystem,
  path: string,
  opened: readonly string[] = [],
): Promise<string> {
  const enclosing = await enclosingRoot(fs, path);
  if (enclosing !== undefined) return enclosing;
  const holding = opened.map(trimSlash).filter((folder) => relativeTo(folder, path) !== undefined);
  const [outermost] = holding.sort((one, other) => one.length - other.length);
  return outermost ?? folderOf(fs, path);
}

/**
 * The roots of all projects that a file or folder belongs to or holds, the outermost first and then by path. A
 * folder without a `plumbline.yaml` in or above it is a root too where metrics files lie in it outside all other
 * roots, or where it holds no root.
 */
export async function findRoots(fs: FileSystem, path: string, signal?: Cancel): Promise<readonly string[]> {
  const folder = await folderOf(fs, path);
  const enclosing = await enclosingRoot(fs, path);
  if (folder !== trimSlash(path)) return [enclosing ?? folder];
  const isMetricsFile = globMatcher(DEFAULT_FILES);
  const rooted: string[] = [];
  let loose = false;
  const inRoot = (at: string): boolean => rooted.some((root) => at === root || at.startsWith(`${root}/`));
  await walk(
    fs,
    folder,
    (found) => {
      if (found.isRoot) rooted.push(found.path);
      loose ||= !inRoot(found.path) && found.files.some((file) => isMetricsFile(nameOf(file)));
      return true;
    },
    signal,
  );
  const nested = rooted.filter((root) => root !== folder).sort();
  if (enclosing !== undefined) return [enclosing, ...nested];
  return loose || nested.length === 0 ? [folder, ...nested] : nested;
}

async function folderOf(fs: FileSystem, path: string): Promise<string> {
  const trimmed = trimSlash(path);
  const stat = await fs.stat(trimmed);
  return stat?.kind === 'file' ? parentOf(trimmed) : trimmed;
}

async function enclosingRoot(fs: FileSystem, path: string): Promise<string | undefined> {
  for (let at = await folderOf(fs, path); ; at = parentOf(at)) {
    const settings = await fs.stat(under(at, SETTINGS_FILE));
    if (settings?.kind === 'file') return at;
    if (parentOf(at) === at) return undefined;
  }
}
