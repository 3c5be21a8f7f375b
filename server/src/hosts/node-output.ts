import { lstat, mkdir, readdir, readFile, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { FileProblem, type OutputFiles } from '../core/ports.ts';

/** Writes what a tool makes to the disk of this machine. */
export function createNodeOutput(): OutputFiles {
  return {
    kindOf: async (path) => {
      const stat = await lstat(path).catch(() => undefined);
      if (stat === undefined) return undefined;
      return stat.isFile() ? 'file' : stat.isDirectory() ? 'folder' : 'other';
    },
    list: (path) => told(path, () => readdir(path)),
    makeFolder: (path) => told(path, () => makeFolders(path)),
    write: (path, text) => told(path, () => writeNew(path, text)),
    remove: (path) => told(path, () => rm(path, { force: true })),
    // One that is not empty is somebody's: it stays.
    removeEmptyFolder: (path) => rmdir(path).catch(() => {}),
  };
}

/**
 * Makes a folder, and those above it. Level by level, since the recursive form of `mkdir` never ends in Node 20 where a folder that is
 * there says "no such file" of one within it, as `/proc` does.
 */
async function makeFolders(path: string): Promise<void> {
  if ((await stat(path).catch(() => undefined))?.isDirectory() === true) return;
  if (dirname(path) !== path) await makeFolders(dirname(path));
  await mkdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
}

/** Puts a whole file in its place at once. One that has the text already is not touched. */
async function writeNew(path: string, text: string): Promise<boolean> {
  const known = await readFile(path, 'utf8').catch(() => undefined);
  if (known === text) return false;
  const beside = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  try {
    await writeFile(beside, text, { flag: 'wx' });
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
  return true;
}

async function told<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new FileProblem(path, problemText(error));
  }
}

function problemText(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'There is no permission to write there.';
    case 'ENOSPC':
      return 'The disk is full.';
    case 'ENOENT':
      return 'Its folder does not exist.';
    case 'EEXIST':
    case 'ENOTDIR':
      return 'There is a file where a folder is needed.';
    case 'EISDIR':
      return 'There is a folder where a file is needed.';
    default:
      return `It cannot be written: ${error instanceof Error ? error.message : String(error)}`;
  }
}
