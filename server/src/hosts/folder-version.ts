import type { Version } from '../core/diff-versions/version.ts';
import type { FileSystem } from '../core/ports.ts';
import { blobId, lineId } from './git/blob-id.ts';

/** The version of a project that lies in a folder of this machine, such as the working tree of a repository. */
export function folderVersion(fs: FileSystem, root: string): Version {
  return { fs, root, fingerprint: (file) => blobId(file), linePrint: (file) => lineId(file) };
}
