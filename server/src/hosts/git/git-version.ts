import { createWriteStream, rmSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { finished } from 'node:stream/promises';
import { type Cancel, throwIfCancelled } from '../../core/base/cancel.ts';
import type { StoredVersion } from '../../core/diff-versions/version-store.ts';
import { FileProblem, type FileSystem } from '../../core/ports.ts';
import { nameOf, relativeTo, under } from '../../core/workspace/paths.ts';
import { toCorePath } from '../node-file-system.ts';
import { blobId, lineId } from './blob-id.ts';
import { type BlobReader, blobReader } from './blob-reader.ts';
import { fileAt, filesOf, type Repository, type TreeEntry } from './repository.ts';

/**
 * Opens a version of a project as a commit has it, without checking anything out: its files are written to a folder of their own one
 * by one, as they are asked for, and closing it removes that folder. Nothing of
 * the repository or its working tree is written, and no hook or filter runs.
 *
 * @param folder the root of the project, relative to the top of the repository
 */
export async function openGitVersion(
  repository: Repository,
  commit: string,
  folder: string,
  disk: FileSystem,
): Promise<StoredVersion> {
  const entries = await filesOf(repository, commit, folder);
  const base = toCorePath(await realpath(await mkdtemp(join(tmpdir(), 'plumbline-diff-'))));
  const root = folder === '' ? base : under(base, folder);
  const reader = blobReader(repository);
  const store = new Store({
    base,
    root,
    above: await ignoredAbove(repository, commit, folder, base),
    working: folder === '' ? repository.top : under(repository.top, folder),
    top: repository.top,
    entries: new Map(
      entries.map((entry) => [folder === '' ? entry.path : entry.path.slice(folder.length + 1), entry]),
    ),
    reader,
    algorithm: commit.length > 40 ? 'sha256' : 'sha1',
    disk,
  });
  return {
    root,
    borrowed: store.borrowed,
    fs: fileSystemOf(store, disk),
    fingerprint: (file) => store.fingerprint(file),
    linePrint: async (file) => ((await store.ensure(file)) ? lineId(file) : undefined),
    async prepare(files, signal) {
      for (const file of files) await store.ensure(file, signal);
    },
    repository: {
      folder,
      async readText(path, most) {
        const entry = await fileAt(repository, commit, path);
        if (entry?.kind !== 'file' || entry.size < 0 || entry.size > most) return undefined;
        return textOf(await reader.read(entry.id));
      },
    },
    close: () => store.close(),
  };
}

function textOf(bytes: Buffer): string {
  return bytes.toString('utf8').replace(/^\ufeff/, '');
}

/** The `.gitignore` files of the folders above a project, by the place where they stand in the folder that a version is written to. */
async function ignoredAbove(
  repository: Repository,
  commit: string,
  folder: string,
  base: string,
): Promise<ReadonlyMap<string, TreeEntry>> {
  const above = new Map<string, TreeEntry>();
  if (folder === '') return above;
  const names = folder.split('/');
  for (let depth = 0; depth < names.length; depth++) {
    const path = [...names.slice(0, depth), '.gitignore'].join('/');
    const entry = await fileAt(repository, commit, path);
    if (entry?.kind === 'file' && entry.size >= 0) above.set(under(base, path), entry);
  }
  return above;
}

interface StoreParts {
  /** What stands for the top of the repository, and for the folder of the project in it. */
  readonly base: string;
  readonly root: string;
  readonly above: ReadonlyMap<string, TreeEntry>;
  /** The root of the project in the working tree. */
  readonly working: string;
  readonly top: string;
  readonly entries: ReadonlyMap<string, TreeEntry>;
  readonly reader: BlobReader;
  readonly algorithm: 'sha1' | 'sha256';
  readonly disk: FileSystem;
}

/** What is written in the working tree by people is never taken for what a commit says. */
const DEFINITIONS = /(^|\/)(plumbline\.yaml|\.gitignore|[^/]*\.metrics\.ya?ml)$/;

/** Pointers of Git LFS and git-annex stand for data that git does not hold. */
const POINTER = /^(version https:\/\/git-lfs\.github\.com\/spec\/|\/annex\/objects\/)/;
const LARGEST_POINTER = 1024;

class Store {
  readonly parts: StoreParts;
  readonly borrowed = new Map<string, 'absent' | 'pointer'>();
  readonly #written = new Map<string, Promise<boolean>>();
  readonly #folders = new Set<string>();
  readonly #pointers = new Map<string, Promise<boolean>>();
  /** Where the process is stopped on its way, nobody closes this. */
  readonly #onExit = (): void => rmSync(this.parts.base, { recursive: true, force: true });

  constructor(parts: StoreParts) {
    this.parts = parts;
    process.once('exit', this.#onExit);
    for (const path of parts.entries.keys()) {
      for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1))
        this.#folders.add(path.slice(0, at));
    }
  }

  /** The path from the root; `undefined` for what lies elsewhere. */
  within(path: string): string | undefined {
    return relativeTo(this.parts.root, path);
  }

  isFolder(within: string): boolean {
    return within === '' || this.#folders.has(within);
  }

  /** The entry of a file whose content git holds. */
  async held(within: string): Promise<TreeEntry | undefined> {
    const entry = this.parts.entries.get(within);
    return entry === undefined || (await this.#isPointer(within, entry)) ? undefined : entry;
  }

  #isPointer(within: string, entry: TreeEntry): Promise<boolean> {
    if (DEFINITIONS.test(within)) return Promise.resolve(entry.kind === 'link');
    if (entry.kind === 'link' || entry.size < 0) return Promise.resolve(true);
    if (entry.size > LARGEST_POINTER) return Promise.resolve(false);
    const known =
      this.#pointers.get(within) ??
      this.parts.reader.read(entry.id).then((bytes) => POINTER.test(bytes.toString('latin1')));
    this.#pointers.set(within, known);
    return known;
  }

  /** The file of the working tree that stands for data which the commit does not hold; `undefined` where there is none in the project. */
  async lent(within: string): Promise<string | undefined> {
    if (DEFINITIONS.test(within)) return undefined;
    const { working, top, disk } = this.parts;
    const real = await disk.realPath(under(working, within));
    if (real === undefined) return undefined;
    const [home, annex] = [
      await disk.realPath(working),
      await disk.realPath(under(top, '.git/annex/objects')),
    ];
    const isInside = (folder: string | undefined): boolean =>
      folder !== undefined && relativeTo(folder, real) !== undefined;
    return isInside(home) || isInside(annex) ? real : undefined;
  }

  async fingerprint(file: string): Promise<string | undefined> {
    const within = this.within(file);
    if (within === undefined) return undefined;
    const entry = await this.held(within);
    if (entry !== undefined) return this.parts.algorithm === 'sha1' ? entry.id : this.#hashOfWritten(file);
    const lent = await this.lent(within);
    return lent === undefined ? undefined : blobId(lent);
  }

  async #hashOfWritten(file: string): Promise<string | undefined> {
    return (await this.ensure(file)) ? blobId(file) : undefined;
  }

  /** Writes a file of the version to its place. False where there is none. */
  ensure(file: string, signal?: Cancel): Promise<boolean> {
    const known = this.#written.get(file) ?? this.#write(file, signal);
    this.#written.set(file, known);
    return known;
  }

  async #write(file: string, signal: Cancel | undefined): Promise<boolean> {
    throwIfCancelled(signal);
    const within = this.within(file);
    if (within === undefined || within.split(/[\\/]/).includes('..')) return false;
    const entry = await this.held(within);
    const lent = entry === undefined ? await this.lent(within) : undefined;
    if (entry === undefined && lent === undefined) return false;
    await mkdir(dirname(file), { recursive: true });
    if (entry !== undefined) {
      const stream = createWriteStream(file);
      await this.parts.reader.copy(entry.id, stream);
      stream.end();
      await finished(stream);
    } else if (lent !== undefined) {
      const { size = -1 } = this.parts.entries.get(within) ?? {};
      this.borrowed.set(within, size < 0 ? 'absent' : 'pointer');
      await copyFile(lent, file);
    }
    return true;
  }

  async close(): Promise<void> {
    this.parts.reader.close();
    process.off('exit', this.#onExit);
    await rm(this.parts.base, { recursive: true, force: true });
  }
}

/** The files of a version as the core asks for them. */
function fileSystemOf(store: Store, disk: FileSystem): FileSystem {
  const placed = async (path: string): Promise<string> => {
    if (await store.ensure(path)) return path;
    throw new FileProblem(path, 'The file does not exist.');
  };
  const { base, root, above, reader } = store.parts;
  /** A folder on the way from the top of the repository to the project, of which nothing is known but what git is told to leave out. */
  const isOnTheWay = (path: string): boolean =>
    relativeTo(base, path) !== undefined && relativeTo(path, root) !== undefined;
  return {
    async readText(path) {
      const rules = above.get(path);
      return rules === undefined ? disk.readText(await placed(path)) : textOf(await reader.read(rules.id));
    },
    readBytes: async (path, start, length) => disk.readBytes(await placed(path), start, length),
    async stat(path) {
      if (path === under(base, '.git')) return { kind: 'folder', size: 0, stamp: '' };
      const within = store.within(path);
      if (within === undefined) return undefined;
      const entry = await store.held(within);
      if (entry !== undefined) return { kind: 'file', size: entry.size, stamp: entry.id };
      if (store.isFolder(within)) return { kind: 'folder', size: 0, stamp: '' };
      const lent = await store.lent(within);
      return lent === undefined ? undefined : disk.stat(lent);
    },
    async list(folder) {
      const within = store.within(folder);
      if (within === undefined) return [];
      return store.isFolder(within) ? listed(store, within) : disk.list(under(store.parts.working, within));
    },
    async realPath(path) {
      const within = store.within(path);
      if (within === undefined) return above.has(path) || isOnTheWay(path) ? path : undefined;
      const isThere =
        store.isFolder(within) ||
        (await store.held(within)) !== undefined ||
        (await store.lent(within)) !== undefined;
      return isThere ? path : undefined;
    },
    unpack: (bytes, packing, length) => disk.unpack(bytes, packing, length),
    decode: (bytes, encoding) => disk.decode(bytes, encoding),
  };
}

function listed(store: Store, within: string): Awaited<ReturnType<FileSystem['list']>> {
  const names = new Map<string, 'file' | 'folder' | 'other'>();
  const prefix = within === '' ? '' : `${within}/`;
  for (const path of store.parts.entries.keys()) {
    if (!path.startsWith(prefix)) continue;
    const rest = path.slice(prefix.length);
    const slash = rest.indexOf('/');
    if (slash < 0) names.set(nameOf(path), 'file');
    else names.set(rest.slice(0, slash), 'folder');
  }
  return [...names].map(([name, kind]) => ({ name, kind }));
}
