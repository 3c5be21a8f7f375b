import type { ProjectDiff } from '../../../server/src/core/diff/project-diff.ts';
import { type OpenVersion, openVersion } from '../../../server/src/core/diff-versions/version.ts';
import { diffVersions } from '../../../server/src/core/diff-versions.ts';
import { kinds } from '../../../server/src/core/kinds/index.ts';
import type { QueryEngine } from '../../../server/src/core/ports.ts';
import { folderVersion } from '../../../server/src/hosts/folder-version.ts';
import { createNodeFileSystem } from '../../../server/src/hosts/node-file-system.ts';
import { withFolder } from '../reference/run.ts';

type Files = Readonly<Record<string, string | Uint8Array>>;

/** Writes the files of two versions to folders, compares them, and removes them behind the use. */
export async function compareFiles<T>(
  engine: QueryEngine,
  before: Files,
  after: Files,
  use: (diff: ProjectDiff, before: OpenVersion, after: OpenVersion) => T | Promise<T>,
): Promise<T> {
  return withFolder(before, (old) =>
    withFolder(after, async (now) => {
      const [one, other] = [await openFolderVersion(old), await openFolderVersion(now)];
      return use(await diffVersions(one, other, { kinds, engine }), one, other);
    }),
  );
}

/** Opens a folder as a version. */
export async function openFolderVersion(folder: string): Promise<OpenVersion> {
  return openVersion(folderVersion(createNodeFileSystem(), folder), kinds);
}
