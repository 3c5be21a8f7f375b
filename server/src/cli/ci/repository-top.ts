import type { FileSystem } from '../../core/ports.ts';
import { parentOf, under } from '../../core/workspace/paths.ts';

/** The top of the repository in which a folder lies, which servers take paths of reports from; the folder itself where it lies in none. Only looks for `.git`: git is not run. */
export async function repositoryTop(fs: FileSystem, folder: string): Promise<string> {
  for (let at = folder; ; at = parentOf(at)) {
    if ((await fs.stat(under(at, '.git'))) !== undefined) return at;
    if (parentOf(at) === at) return folder;
  }
}
