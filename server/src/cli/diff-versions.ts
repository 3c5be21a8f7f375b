import type { Version } from '../core/diff-versions/version.ts';
import { type StoredVersion, VersionProblem } from '../core/diff-versions/version-store.ts';
import { findRoot } from '../core/workspace.ts';
import { folderVersion } from '../hosts/folder-version.ts';
import { openProjectVersion } from '../hosts/git/git-versions.ts';
import { commitOf, findRepository, mergeBase, type Repository } from '../hosts/git/repository.ts';
import { cleanLine } from './clean-text.ts';
import { SetupError, UsageError } from './exit-code.ts';
import { findProject } from './find-projects.ts';
import type { Host } from './host.ts';
import { absolutePath, shownPath } from './paths.ts';

/** One side of a comparison, with how people call it. */
export interface NamedVersion {
  readonly name: string;
  readonly version: Version;
  /** Data that a commit does not hold, and that come from the working tree. */
  readonly borrowed: StoredVersion['borrowed'];
}

export interface VersionsOptions {
  readonly project: string;
  /** Whether the side before is the last commit that both have in common. */
  readonly mergeBase?: boolean;
  /** Whether a project is looked for at another place in commits in which it did not lie here. */
  readonly isFollowed?: boolean;
}

const NOTHING: StoredVersion['borrowed'] = new Map();

/**
 * Finds the two versions that words of the command line name, opens them for some work, and closes them behind it. Without words these are the last
 * commit and the working tree; with one, what it names and the working tree.
 */
export async function withVersions<T>(
  host: Host,
  words: readonly [string | undefined, string | undefined],
  options: VersionsOptions,
  work: (before: NamedVersion, after: NamedVersion) => Promise<T>,
): Promise<T> {
  // Taken for the folder at hand, it would be compared with itself, and nothing would ever be another.
  if (words.includes(''))
    throw new UsageError(
      'A version is an empty word, as where a variable is not set. Name a commit or a folder, or leave it out.',
    );
  const finder = new Finder(host, options);
  try {
    const [base = 'HEAD', head] = words;
    const after = await finder.find(head);
    const before = await finder.find(
      options.mergeBase === true ? await finder.common(base, head) : base,
      base,
    );
    return await work(before, after);
  } catch (error) {
    if (error instanceof VersionProblem) throw new SetupError(error.message);
    throw error;
  } finally {
    await finder.close();
  }
}

class Finder {
  readonly #host: Host;
  readonly #options: VersionsOptions;
  readonly #opened: StoredVersion[] = [];
  #repository: { readonly found: Repository | undefined } | undefined;

  constructor(host: Host, options: VersionsOptions) {
    this.#host = host;
    this.#options = options;
  }

  /** The version that a word names: a commit, else a folder. Without a word, the working tree. */
  async find(word: string | undefined, name = word): Promise<NamedVersion> {
    const { fs, cwd } = this.#host;
    if (word === undefined) {
      const root = await findProject(this.#host, this.#options.project);
      return { name: 'the working tree', version: folderVersion(fs, root), borrowed: NOTHING };
    }
    const commit = isPath(word) ? undefined : await this.#commit(word);
    if (commit !== undefined) return this.#open(name ?? word, commit);
    const path = absolutePath(cwd, word);
    const stat = await fs.stat(path);
    if (stat?.kind === 'folder') {
      const root = await findRoot(fs, path);
      return { name: shownPath(cwd, root), version: folderVersion(fs, root), borrowed: NOTHING };
    }
    const repository = await this.#find();
    if (repository !== undefined && word === 'HEAD')
      throw new SetupError('The repository has no commit yet, so that there is nothing to compare with.');
    throw new UsageError(
      repository === undefined
        ? `There is no folder ${cleanLine(word)}, and no git repository here in which it could name a commit.`
        : `"${cleanLine(word)}" names neither a commit of this repository nor a folder.`,
    );
  }

  /** The last commit that two sides have in common. */
  async common(base: string, head: string | undefined): Promise<string> {
    const repository = await this.#find();
    if (repository === undefined)
      throw new UsageError('There is no git repository here, so that there is no commit in common.');
    const [one, other] = [await this.#commit(base), await this.#commit(head ?? 'HEAD')];
    if (one === undefined || other === undefined)
      throw new UsageError(
        `"${cleanLine(one === undefined ? base : (head ?? 'HEAD'))}" names no commit of this repository.`,
      );
    return mergeBase(repository, one, other);
  }

  async close(): Promise<void> {
    for (const version of this.#opened) await version.close();
  }

  async #open(name: string, commit: string): Promise<NamedVersion> {
    const repository = await this.#find();
    if (repository === undefined) throw new SetupError('There is no git repository here.');
    const root = await findProject(this.#host, this.#options.project);
    const { isFollowed } = this.#options;
    const version = await openProjectVersion(repository, commit, root, this.#host.fs, isFollowed);
    this.#opened.push(version);
    return { name, version, borrowed: version.borrowed };
  }

  async #commit(word: string): Promise<string | undefined> {
    const repository = await this.#find();
    return repository === undefined ? undefined : commitOf(repository, word);
  }

  async #find(): Promise<Repository | undefined> {
    if (this.#repository === undefined) {
      const { cwd, env } = this.#host;
      this.#repository = { found: await findRepository(absolutePath(cwd, this.#options.project), env) };
    }
    return this.#repository.found;
  }
}

/** What begins like a path is one, whatever branches there are. */
function isPath(word: string): boolean {
  return /^(\.\.?([/\\]|$)|[/\\]|[A-Za-z]:[/\\])/.test(word);
}
