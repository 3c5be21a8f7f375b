import {
  type Ref,
  type StoredVersion,
  VersionProblem,
  type VersionStore,
} from '../../core/diff-versions/version-store.ts';
import type { FileSystem } from '../../core/ports.ts';
import { nameOf, relativeTo, under } from '../../core/workspace/paths.ts';
import { folderVersion } from '../folder-version.ts';
import { openGitVersion } from './git-version.ts';
import {
  commitOf,
  filesOf,
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

/**
 * Opens a version of the project in a folder of the working tree. Rejects with `VersionProblem`.
 *
 * @param isFollowed whether a project that did not lie there then is looked for where another is gone from
 */
export async function openProjectVersion(
  repository: Repository,
  commit: string,
  folder: string,
  disk: FileSystem,
  isFollowed = false,
): Promise<StoredVersion> {
  const [root, top] = await Promise.all([disk.realPath(folder), disk.realPath(repository.top)]);
  const within = top === undefined || root === undefined ? undefined : relativeTo(top, root);
  if (within === undefined)
    throw new VersionProblem('The project does not lie in the working tree of the repository.');
  const then = isFollowed ? await folderThen(repository, commit, within, disk) : within;
  return openGitVersion(repository, commit, then, disk);
}

const SETTINGS = 'plumbline.yaml';

/**
 * Where a project lay in a commit: at the same place, or where it had no project there at the place of the one whose settings are gone
 * since. Of several of these it is the one whose folder is called the same; where that is none, the project is new.
 */
async function folderThen(
  repository: Repository,
  commit: string,
  within: string,
  disk: FileSystem,
): Promise<string> {
  const paths = (await filesOf(repository, commit, '')).map(({ path }) => path);
  const roots = paths.flatMap((path) =>
    nameOf(path) === SETTINGS ? [path.slice(0, -SETTINGS.length - 1)] : [],
  );
  const isIn = (folder: string, path: string): boolean => folder === '' || path.startsWith(`${folder}/`);
  const isThere = paths.some(
    (path) =>
      /\.metrics\.ya?ml$/.test(path) &&
      isIn(within, path) &&
      !roots.some((root) => isIn(within, root) && isIn(root, path)),
  );
  if (roots.includes(within) || isThere) return within;
  const gone: string[] = [];
  for (const root of roots) {
    const settings = under(repository.top, root === '' ? SETTINGS : `${root}/${SETTINGS}`);
    if ((await disk.stat(settings)) === undefined) gone.push(root);
  }
  const alike = gone.filter((root) => nameOf(root) === nameOf(within));
  const [only, ...others] = gone.length === 1 ? gone : alike;
  return only === undefined || others.length > 0 ? within : only;
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
