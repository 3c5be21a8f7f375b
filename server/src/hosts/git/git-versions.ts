import {
  type Ref,
  type StoredVersion,
  VersionProblem,
  type VersionStore,
} from '../../core/diff-versions/version-store.ts';
import type { FileSystem } from '../../core/ports.ts';
import { relativeTo } from '../../core/workspace/paths.ts';
import { folderVersion } from '../folder-version.ts';
import { openGitVersion } from './git-version.ts';
import {
  commitOf,
  findRepository,
  mainBranch,
  mergeBase,
  openBranch,
  type Repository,
  refsOf,
} from './repository.ts';

/** The versions of projects that their git repositories hold. */
export function gitVersions(disk: FileSystem, env: Repository['env']): VersionStore {
  const repositoryOf = async (root: string): Promise<Repository> => {
    const found = await findRepository(root, env);
    if (found === undefined)
      throw new VersionProblem(
        'The project lies in no git repository, so that there is nothing to compare it with.',
      );
    return found;
  };
  return {
    async refs(root) {
      const repository = await repositoryOf(root);
      const refs: readonly Ref[] = await refsOf(repository);
      return { branch: await openBranch(repository), main: await mainBranch(repository, refs), refs };
    },
    async commit(root, { ref, mergeBase: isMergeBase }) {
      const repository = await repositoryOf(root);
      const named = await known(repository, ref);
      return isMergeBase ? mergeBase(repository, named, await known(repository, 'HEAD')) : named;
    },
    open: async (root, commit) => openProjectVersion(await repositoryOf(root), commit, root, disk),
    working: folderVersion,
  };
}

/** Opens a version of the project in a folder of the working tree. Rejects with `VersionProblem`. */
export async function openProjectVersion(
  repository: Repository,
  commit: string,
  folder: string,
  disk: FileSystem,
): Promise<StoredVersion> {
  const [root, top] = await Promise.all([disk.realPath(folder), disk.realPath(repository.top)]);
  const within = top === undefined || root === undefined ? undefined : relativeTo(top, root);
  if (within === undefined)
    throw new VersionProblem('The project does not lie in the working tree of the repository.');
  return openGitVersion(repository, commit, within, disk);
}

async function known(repository: Repository, ref: string): Promise<string> {
  const commit = await commitOf(repository, ref);
  if (commit !== undefined) return commit;
  throw new VersionProblem(
    ref === 'HEAD'
      ? 'The repository has no commit yet, so that there is nothing to compare with.'
      : `"${ref}" names no commit of this repository. Choose a branch, a tag or a commit that it has; what a remote has must be fetched first.`,
  );
}
