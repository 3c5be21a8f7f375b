import { toCorePath } from '../node-file-system.ts';
import { GitProblem, runGit } from './run-git.ts';

/** A git repository, as far as it is read. */
export interface Repository {
  /** Absolute path of the working tree. */
  readonly top: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The repository that holds a folder; `undefined` where none does. Rejects with `GitProblem` where git is missing or refuses. */
export async function findRepository(
  folder: string,
  env: Repository['env'],
): Promise<Repository | undefined> {
  try {
    const top = (await runGit(folder, ['rev-parse', '--show-toplevel'], env)).toString('utf8').trimEnd();
    return top === '' ? undefined : { top: toCorePath(top), env };
  } catch (error) {
    if (error instanceof GitProblem && /not a git repository|must be run in a work tree/.test(error.said))
      return undefined;
    throw error;
  }
}

/** The id of the commit that a word names; `undefined` where it names none. */
export async function commitOf({ top, env }: Repository, word: string): Promise<string | undefined> {
  if (word === '' || word.includes('\u0000')) return undefined;
  try {
    const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${word}^{commit}`];
    return (await runGit(top, args, env)).toString('utf8').trim();
  } catch (error) {
    if (error instanceof GitProblem) return undefined;
    throw error;
  }
}

/** The best common ancestor of two commits. Rejects with `GitProblem` where they have none, as in a shallow clone. */
export async function mergeBase({ top, env }: Repository, one: string, other: string): Promise<string> {
  return (await runGit(top, ['merge-base', one, other], env)).toString('utf8').trim();
}

/** The names of branches and tags, the latest first. */
export async function refsOf({ top, env }: Repository): Promise<readonly string[]> {
  const args = [
    'for-each-ref',
    '--sort=-creatordate',
    '--count=200',
    '--format=%(refname:short)',
    'refs/heads',
    'refs/tags',
    'refs/remotes',
  ];
  return (await runGit(top, args, env))
    .toString('utf8')
    .split('\n')
    .filter((name) => name !== '');
}

/** A file of a commit. */
export interface TreeEntry {
  /** Relative to the top of the repository. */
  readonly path: string;
  readonly kind: 'file' | 'link';
  readonly id: string;
  /** Negative where the repository lacks the object, as a partial clone does. */
  readonly size: number;
}

/** The files of a commit below a folder, which is relative to the top. Submodules are left out. */
export async function filesOf(
  { top, env }: Repository,
  commit: string,
  folder: string,
): Promise<readonly TreeEntry[]> {
  const args = [...LS_TREE, '-r', commit];
  return entriesIn(await runGit(top, folder === '' ? args : [...args, '--', `${folder}/`], env));
}

/** A file of a commit, by its path from the top; `undefined` where there is none. */
export async function fileAt(
  { top, env }: Repository,
  commit: string,
  path: string,
): Promise<TreeEntry | undefined> {
  const [entry] = entriesIn(await runGit(top, [...LS_TREE, commit, '--', path], env));
  return entry;
}

const LS_TREE = ['--literal-pathspecs', 'ls-tree', '-z', '-l', '--full-tree'];

/** What `git ls-tree` lists, but for folders and submodules. */
function entriesIn(listed: Buffer): readonly TreeEntry[] {
  return listed
    .toString('utf8')
    .split('\u0000')
    .flatMap((line): readonly TreeEntry[] => {
      const match = /^(\d+) blob ([0-9a-f]+) +(\S+)\t(.*)$/s.exec(line);
      if (match === null) return [];
      const [, mode, id = '', size, path = ''] = match;
      return [
        {
          path,
          kind: mode === '120000' ? 'link' : 'file',
          id,
          size: /^\d+$/.test(size ?? '') ? Number(size) : -1,
        },
      ];
    });
}
