import type { FileStat, FileSystem } from '../ports.ts';
import { nameOf, parentOf } from './paths.ts';

type Listing = Awaited<ReturnType<FileSystem['list']>>;

/**
 * A file system on which some texts have not been saved yet: the open documents of an editor. Texts and listings
 * come from the overlay where it has them; bytes and symbolic links come from below, for data is never edited in place.
 */
export function overlaid(fs: FileSystem, overlay: ReadonlyMap<string, string> | undefined): FileSystem {
  if (overlay === undefined || overlay.size === 0) return fs;
  const added = listingsOf(overlay.keys());
  return {
    readText: async (path) => overlay.get(path) ?? fs.readText(path),
    readBytes: (path, start, length) => fs.readBytes(path, start, length),
    realPath: (path) => fs.realPath(path),
    unpack: (bytes, packing, length) => fs.unpack(bytes, packing, length),
    decode: (bytes, encoding) => fs.decode(bytes, encoding),
    stat: async (path) => statOf(overlay, added, path) ?? fs.stat(path),
    list: async (folder) => {
      const extra = added.get(folder);
      const below = await fs.list(folder);
      if (extra === undefined) return below;
      return [...below.filter((entry) => !extra.has(entry.name)), ...extra.values()];
    },
  };
}

function statOf(
  overlay: ReadonlyMap<string, string>,
  folders: ReadonlyMap<string, unknown>,
  path: string,
): FileStat | undefined {
  const text = overlay.get(path);
  // The text is its own stamp: it tells versions apart without a clock.
  if (text !== undefined) return { kind: 'file', size: text.length, stamp: text };
  return folders.has(path) ? { kind: 'folder', size: 0, stamp: '' } : undefined;
}

/** For every folder above some paths, the names that these put into it. */
function listingsOf(paths: Iterable<string>): Map<string, Map<string, Listing[number]>> {
  const folders = new Map<string, Map<string, Listing[number]>>();
  const add = (path: string, kind: 'file' | 'folder'): void => {
    const folder = parentOf(path);
    if (folder === path) return;
    const entries = folders.get(folder) ?? new Map<string, Listing[number]>();
    if (!folders.has(folder)) {
      folders.set(folder, entries);
      add(folder, 'folder');
    }
    entries.set(nameOf(path), { name: nameOf(path), kind });
  };
  for (const path of paths) add(path, 'file');
  return folders;
}
