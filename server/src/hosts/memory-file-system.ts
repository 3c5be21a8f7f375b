import { FileProblem, type FileStat, type FileSystem, type FileWriter } from '../core/ports.ts';
import { decodeStart } from './decode-start.ts';
import { unpackStart } from './unpack-start.ts';
import { decodeUtf8 } from './utf8-text.ts';

/** Symbolic links that are followed before a path counts as one that leads in a circle, as Linux does it. */
const MAX_LINKS = 40;

/** Files held in memory. Folders exist where a file or a link is below them. */
export interface MemoryFileSystem extends FileSystem, FileWriter {
  /** Makes or replaces a file. */
  write(path: string, content: string | Uint8Array): void;
  /** Makes or replaces a symbolic link; a relative target is taken from the link's folder. */
  link(path: string, target: string): void;
  /** Removes a file, a link, or a folder with all that is below it. */
  remove(path: string): void;
}

type Entry =
  | { readonly kind: 'file'; readonly bytes: Uint8Array; readonly version: number }
  | { readonly kind: 'link'; readonly target: string };

interface Store {
  readonly entries: Map<string, Entry>;
  version: number;
}

/**
 * A file system in memory, of absolute paths with `/` to contents. It behaves as the one of a machine does where definitions can tell:
 * symbolic links, in folders too, missing files, and the same words for problems.
 */
export function createMemoryFileSystem(
  files: Readonly<Record<string, string | Uint8Array>> = {},
): MemoryFileSystem {
  const store: Store = { entries: new Map(), version: 0 };
  const write = (path: string, content: string | Uint8Array): void => {
    store.version += 1;
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    store.entries.set(normalize(path), { kind: 'file', bytes, version: store.version });
  };
  for (const [path, content] of Object.entries(files)) write(path, content);
  return {
    write,
    link: (path, target) => void store.entries.set(normalize(path), { kind: 'link', target }),
    remove: (path) => remove(store, normalize(path)),
    writeText: async (path, text) => {
      bytesOf(store, path);
      write(resolve(store, path) ?? path, text);
    },
    readText: async (path) => decodeUtf8(path, bytesOf(store, path)),
    readBytes: async (path, start, length) => bytesOf(store, path).slice(start, start + length),
    stat: async (path) => statOf(store, path),
    list: async (folder) => list(store, folder),
    realPath: async (path) => {
      const real = resolve(store, path);
      return real !== undefined && exists(store, real) ? real : undefined;
    },
    unpack: unpackStart,
    decode: decodeStart,
  };
}

function remove(store: Store, path: string): void {
  for (const known of [...store.entries.keys()]) {
    if (known === path || known.startsWith(`${path}/`)) store.entries.delete(known);
  }
}

function bytesOf(store: Store, path: string): Uint8Array {
  const real = resolve(store, path);
  const entry = real === undefined ? undefined : store.entries.get(real);
  if (entry?.kind === 'file') return entry.bytes;
  if (real !== undefined && isFolder(store, real)) {
    throw new FileProblem(path, 'This is a folder or a device, not a file.');
  }
  throw new FileProblem(path, 'The file does not exist.');
}

function statOf(store: Store, path: string): FileStat | undefined {
  const real = resolve(store, path);
  if (real === undefined) return undefined;
  const entry = store.entries.get(real);
  if (entry?.kind === 'file') return { kind: 'file', size: entry.bytes.length, stamp: String(entry.version) };
  return isFolder(store, real) ? { kind: 'folder', size: 0, stamp: '' } : undefined;
}

function list(store: Store, folder: string): Awaited<ReturnType<FileSystem['list']>> {
  const real = resolve(store, folder);
  if (real === undefined || !isFolder(store, real)) return [];
  const prefix = real === '/' ? '/' : `${real}/`;
  const kinds = new Map<string, 'file' | 'folder' | 'other'>();
  for (const [path, entry] of store.entries) {
    if (!path.startsWith(prefix)) continue;
    const [name = '', ...below] = path.slice(prefix.length).split('/');
    if (below.length > 0) kinds.set(name, 'folder');
    else if (entry.kind === 'file') kinds.set(name, 'file');
    else kinds.set(name, statOf(store, path)?.kind === 'file' ? 'file' : 'other');
  }
  return [...kinds].map(([name, kind]) => ({ name, kind }));
}

function exists(store: Store, real: string): boolean {
  return store.entries.has(real) || isFolder(store, real);
}

function isFolder(store: Store, real: string): boolean {
  if (real === '/') return true;
  for (const path of store.entries.keys()) if (path.startsWith(`${real}/`)) return true;
  return false;
}

/** The path with the links in it followed, whether or not it exists; undefined where links lead in a circle. */
function resolve(store: Store, path: string): string | undefined {
  let rest = normalize(path).split('/').slice(1);
  let done = '';
  for (let links = 0; rest.length > 0; ) {
    const [name = '', ...after] = rest;
    const next = `${done}/${name}`;
    const entry = store.entries.get(next);
    rest = after;
    if (entry?.kind !== 'link') {
      done = next;
      continue;
    }
    links += 1;
    if (links > MAX_LINKS) return undefined;
    const target = entry.target.startsWith('/') ? entry.target : `${done}/${entry.target}`;
    rest = [...normalize(target).split('/').slice(1), ...after];
    done = '';
  }
  return normalize(done);
}

/** Without `.`, `..` and empty parts, and with no `/` at the end. */
function normalize(path: string): string {
  const parts: string[] = [];
  for (const part of path.replaceAll('\\', '/').split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}
