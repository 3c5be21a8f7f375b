import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path/posix';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { EngineFailure } from '../../core/ports.ts';

/** Tables as text shrink to a tenth or so; what grows this much is made to fill memory, or holds next to nothing. */
const MAX_RATIO = 200;
/** Up to here a file may grow as much as it likes. */
const HARMLESS_BYTES = 256 * 1024 * 1024;

/** Told how many bytes of a file, as it lies on the disk, have been read. */
export type OnRead = (bytes: number) => void;

/**
 * The bytes of a file in parts, unpacked where its name ends in `.gz`. Rejects with `data` when it cannot be read, is cut short, or
 * unpacks to far more than a table would.
 */
export async function* readFileBytes(file: string, onRead: OnRead = () => {}): AsyncGenerator<Uint8Array> {
  const raw = createReadStream(file);
  let bytes: Readable = raw;
  const isPacked = isGzip(file);
  if (isPacked) {
    bytes = raw.pipe(createGunzip());
    // A pipe does not hand on errors.
    raw.on('error', (error) => bytes.destroy(error));
  }
  let unpacked = 0;
  try {
    for await (const part of bytes) {
      unpacked += part.length;
      if (isPacked && unpacked > HARMLESS_BYTES && unpacked > MAX_RATIO * Math.max(1, raw.bytesRead))
        throw new EngineFailure(
          'data',
          `${basename(file)} unpacks to more than ${MAX_RATIO} times its size, so it is not read. Give the data unpacked if that is right.`,
        );
      onRead(raw.bytesRead);
      yield part;
    }
  } catch (error) {
    throw error instanceof EngineFailure ? error : new EngineFailure('data', fileProblem(file, error));
  } finally {
    raw.destroy();
    bytes.destroy();
  }
}

export function isGzip(file: string): boolean {
  return /\.gz$/i.test(file);
}

/** The first bytes of a file as they lie on the disk. Rejects with `data`. */
export async function readFirstBytes(file: string, length: number): Promise<Uint8Array> {
  try {
    const handle = await open(file);
    try {
      const { bytesRead, buffer } = await handle.read(new Uint8Array(length), 0, length, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw new EngineFailure('data', fileProblem(file, error));
  }
}

/** Of files on the disk, in bytes; those that cannot be read count nothing. */
export async function sizeOf(files: readonly string[]): Promise<number> {
  const sizes = await Promise.all(
    files.map((file) =>
      stat(file).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Why a file cannot be read, in words for users. */
export function fileProblem(file: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const name = basename(file);
  if (code === 'ENOENT') return `${name} does not exist.`;
  if (code === 'EACCES' || code === 'EPERM') return `There is no permission to read ${name}.`;
  if (code === 'EISDIR') return `${name} is a folder.`;
  if (code === 'Z_BUF_ERROR')
    return `${name} is cut short: the end of the packed data is missing. Pack or copy it again.`;
  if (code.startsWith('Z_'))
    return `${name} cannot be unpacked: it is damaged, or not packed with gzip. Pack it again.`;
  return `${name} cannot be read: ${error instanceof Error ? error.message : String(error)}`;
}
