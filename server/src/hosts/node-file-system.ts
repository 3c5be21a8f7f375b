import { constants } from 'node:fs';
import { open, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { FileProblem, type FileStat, type FileSystem, type FileWriter } from '../core/ports.ts';
import { decodeStart } from './decode-start.ts';
import { unpackStart } from './unpack-start.ts';
import { decodeUtf8 } from './utf8-text.ts';

/** A larger file is no definition: it is refused, as reading it would stop the editor. Data files are read by the engine. */
const MAX_TEXT_BYTES = 64 * 1024 * 1024;

/** The files of this machine. Paths are absolute; on Windows they are given out with `/`, and taken with either separator. */
export function createNodeFileSystem(): FileSystem & FileWriter {
  return {
    readText,
    readBytes,
    stat: statOf,
    list,
    realPath,
    writeText,
    unpack: unpackStart,
    decode: decodeStart,
  };
}

/** A path of this machine in the form that the core uses: with `/` between folders. */
export function toCorePath(path: string): string {
  return process.platform === 'win32' ? path.replaceAll('\\', '/') : path;
}

async function readText(path: string): Promise<string> {
  const bytes = await withFile(path, async (file) => {
    const { size } = await file.stat();
    if (size > MAX_TEXT_BYTES) {
      const limit = MAX_TEXT_BYTES / 1024 / 1024;
      throw new FileProblem(
        path,
        `The file is too large to be read as text: ${Math.ceil(size / 1024 / 1024)} MB, and the limit is ${limit} MB.`,
      );
    }
    return file.readFile();
  });
  return decodeUtf8(path, bytes);
}

async function readBytes(path: string, start: number, length: number): Promise<Uint8Array> {
  return withFile(path, async (file) => {
    const { size } = await file.stat();
    const wanted = Math.max(0, Math.min(length, size - start));
    const bytes = new Uint8Array(wanted);
    let done = 0;
    while (done < wanted) {
      const { bytesRead } = await file.read(bytes, done, wanted - done, start + done);
      // The file has become shorter since its size was asked for.
      if (bytesRead === 0) break;
      done += bytesRead;
    }
    return bytes.subarray(0, done);
  });
}

async function statOf(path: string): Promise<FileStat | undefined> {
  try {
    const found = await stat(path, { bigint: true });
    const kind = found.isDirectory() ? 'folder' : 'file';
    return { kind, size: Number(found.size), stamp: `${found.mtimeNs}:${found.ino}:${found.size}` };
  } catch {
    return undefined;
  }
}

async function list(folder: string): ReturnType<FileSystem['list']> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return await Promise.all(
      entries.map(async (entry) => {
        if (entry.isFile()) return { name: entry.name, kind: 'file' };
        if (entry.isDirectory()) return { name: entry.name, kind: 'folder' };
        // A link to a file is a file; one to a folder is not followed, as it may lead in a circle.
        const target = entry.isSymbolicLink() ? await statOf(`${folder}/${entry.name}`) : undefined;
        return { name: entry.name, kind: target?.kind === 'file' ? 'file' : 'other' };
      }),
    );
  } catch {
    return [];
  }
}

async function realPath(path: string): Promise<string | undefined> {
  try {
    return toCorePath(await realpath(path));
  } catch {
    return undefined;
  }
}

/** Writes a file beside the one to replace, and puts it in its place when everything is on the disk. */
async function writeText(path: string, text: string): Promise<void> {
  try {
    const real = await realpath(path);
    const { mode } = await stat(real);
    const beside = join(dirname(real), `.${basename(real)}.${process.pid}.tmp`);
    try {
      const file = await open(beside, 'wx', mode);
      try {
        await file.chmod(mode);
        await file.writeFile(text);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(beside, real);
    } catch (error) {
      await rm(beside, { force: true });
      throw error;
    }
  } catch (error) {
    throw new FileProblem(path, problemText(error, 'write'));
  }
}

type OpenFile = Awaited<ReturnType<typeof open>>;

/** Opens a file for reading. Without O_NONBLOCK a named pipe would hold a thread until somebody writes to it. */
async function withFile<T>(path: string, use: (file: OpenFile) => Promise<T>): Promise<T> {
  let file: OpenFile | undefined;
  try {
    file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    if (!(await file.stat()).isFile())
      throw new FileProblem(path, 'This is a folder or a device, not a file.');
    return await use(file);
  } catch (error) {
    throw error instanceof FileProblem ? error : new FileProblem(path, problemText(error));
  } finally {
    await file?.close();
  }
}

function problemText(error: unknown, doing: 'read' | 'write' = 'read'): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return 'The file does not exist.';
    case 'EISDIR':
      return 'This is a folder or a device, not a file.';
    case 'EACCES':
    case 'EPERM':
      return `There is no permission to ${doing} the file.`;
    case 'ELOOP':
      return 'The file is a symbolic link that leads in a circle.';
    default:
      return `The file cannot be ${doing === 'read' ? 'read' : 'written'}: ${error instanceof Error ? error.message : String(error)}`;
  }
}
