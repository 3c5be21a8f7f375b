import type { FileSystem } from '../ports.ts';
import { parentOf, relativeTo } from './paths.ts';

/**
 * Whether a symbolic link on the way to a path leads out of a project's folder. Of a path that does not exist the part that exists counts,
 * so that nothing behind such a link is ever looked at, not even which names there are.
 *
 * @param root absolute path of the project's folder, which may itself be reached by links
 * @param path absolute path in it, as it is written
 */
export async function leadsOut(fs: FileSystem, root: string, path: string): Promise<boolean> {
  const realRoot = (await fs.realPath(root)) ?? root;
  for (let at = path; relativeTo(root, at) !== undefined; at = parentOf(at)) {
    const real = await fs.realPath(at);
    if (real !== undefined) return relativeTo(realRoot, real) === undefined;
    if (at === parentOf(at)) break;
  }
  return false;
}
