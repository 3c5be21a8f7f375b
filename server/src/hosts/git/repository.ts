import type { Ref } from '../../core/diff-versions/version-store.ts';
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
  try {
    return (await runGit(top, ['merge-base', one, other], env)).toString('utf8').trim();
  } catch (error) {
    // Of commits that have none git says nothing.
    if (!(error instanceof GitProblem) || error.said.trim() !== '') throw error;
    throw new GitProblem(
      'The two have no commit in common, as far as this repository knows. Where it is a shallow clone, fetch the rest of its history.',
    );
  }
}

/** So many branches and tags are named. */
const MOST_REFS = 500;

/** Branches and tags, the latest first. */
export async function refsOf({ top, env }: Repository): Promise<readonly Ref[]> {
  const args = [
    'for-each-ref',
    '--sort=-creatordate',
    `--count=${MOST_REFS}`,
    '--format=%(refname)%00%(refname:short)%00%(symref)',
    'refs/heads',
    'refs/tags',
    'refs/remotes',
  ];
  const listed = (await runGit(top, args, env)).toString('utf8').split('\n');
  return listed.flatMap((line): readonly Ref[] => {
    const [full = '', name = '', symref = ''] = line.split('\u0000');
    if (name === '' || symref !== '') return [];
    if (full.startsWith('refs/heads/')) return [{ name, kind: 'branch' }];
    return [{ name, kind: full.startsWith('refs/tags/') ? 'tag' : 'remote' }];
  });
}

/** The branch that is checked out; null where none is. */
export async function openBranch({ top, env }: Repository): Promise<string | null> {
  return printed(top, ['symbolic-ref', '--quiet', '--short', 'HEAD'], env);
}

/** Names of the branch that others are merged into, where no remote says which it is. */
const USUAL_NAMES = ['main', 'master', 'trunk', 'develop'];

/** The branch that others are merged into: what the remote `origin` says, else one with a usual name. */
export async function mainBranch({ top, env }: Repository, refs: readonly Ref[]): Promise<string | null> {
  const said = await printed(top, ['symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD'], env);
  const names = new Set(refs.map(({ name }) => name));
  const usual = USUAL_NAMES.flatMap((name) => [`origin/${name}`, name]);
  return [...(said === null ? [] : [said]), ...usual].find((name) => names.has(name)) ?? null;
}

/** What git prints on one line; null where it fails, as it does where there is no such thing. */
async function printed(top: string, args: readonly string[], env: Repository['env']): Promise<string | null> {
  try {
    const line = (await runGit(top, args, env)).toString('utf8').trim();
    return line === '' ? null : line;
  } catch (error) {
    if (error instanceof GitProblem) return null;
    throw error;
  }
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
