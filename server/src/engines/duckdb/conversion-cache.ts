import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { DataNotice } from '../../core/ports.ts';

/** Raised when conversions give something else than before, so that older entries are not used. */
const VERSION = 1;
/** All entries together; the ones that were not used the longest go first. */
const MAX_BYTES = 512 * 1024 * 1024;
/** What was used so recently may be read by another process at this moment. */
const IN_USE_MS = 10 * 60_000;
/** Left by a process that was ended while it wrote. */
const ABANDONED_MS = 60 * 60_000;

/** A file that was converted to CSV. */
export interface Converted {
  /** Absolute path of the CSV file, in UTF-8 with a header. */
  readonly path: string;
  readonly notices: readonly DataNotice[];
}

/** What the entry of a conversion says beside its CSV file: it counts only where the file is just so. */
interface Entry {
  readonly version: number;
  readonly bytes: number;
  readonly sha256: string;
  readonly notices: readonly DataNotice[];
}

/** What is converted: the same file and options give the same key, wherever the file lies. Rejects when the file cannot be read. */
export async function conversionKey(file: string, options: readonly unknown[]): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify([VERSION, ...options]));
  for await (const part of createReadStream(file)) hash.update(part);
  return hash.digest('hex');
}

/** A conversion of an earlier time; `undefined` where there is none, or it is not whole. Never rejects. */
export async function findConverted(folder: string, key: string): Promise<Converted | undefined> {
  try {
    const entry: Entry = JSON.parse(await readFile(join(folder, `${key}.json`), 'utf8'));
    const path = join(folder, `${key}.csv`);
    const { size } = await stat(path);
    if (entry.version !== VERSION || entry.bytes !== size || !Array.isArray(entry.notices)) return undefined;
    if ((await hashOf(path)) !== entry.sha256) return undefined;
    const now = new Date();
    await Promise.all([utimes(path, now, now), utimes(join(folder, `${key}.json`), now, now)]);
    return { path, notices: entry.notices };
  } catch {
    return undefined;
  }
}

/**
 * Keeps a conversion in a folder, which is made where there is none, for this user only. Files are written beside their places and put there
 * when they are whole, the entry last: who reads meanwhile, or writes the same, never sees a part. Rejects when nothing can be written.
 */
export async function keepConverted(
  folder: string,
  key: string,
  csv: Iterable<string>,
  notices: readonly DataNotice[],
): Promise<Converted> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${key}.csv`);
  const beside = join(folder, `${key}.${randomUUID()}.tmp`);
  try {
    const hash = createHash('sha256');
    let bytes = 0;
    const counted = function* (): Generator<Buffer> {
      for (const text of csv) {
        const part = Buffer.from(text);
        hash.update(part);
        bytes += part.length;
        yield part;
      }
    };
    await pipeline(counted, createWriteStream(beside, { mode: 0o600 }));
    const entry: Entry = { version: VERSION, bytes, sha256: hash.digest('hex'), notices };
    await rename(beside, path);
    await writeFile(beside, JSON.stringify(entry), { mode: 0o600 });
    await rename(beside, join(folder, `${key}.json`));
  } finally {
    await rm(beside, { force: true });
  }
  await prune(folder).catch(() => {});
  return { path, notices };
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const part of createReadStream(path)) hash.update(part);
  return hash.digest('hex');
}

/** Removes what was not used for the longest, until the rest fits. */
async function prune(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => /^[0-9a-f]{64}\..*(?:csv|json|tmp)$/.test(name));
  const files = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      const { size, mtimeMs } = await stat(path);
      return { path, size, age: Date.now() - mtimeMs };
    }),
  );
  files.sort((one, other) => one.age - other.age);
  let kept = 0;
  for (const { path, size, age } of files) {
    kept += size;
    const isAbandoned = path.endsWith('.tmp') && age > ABANDONED_MS;
    if (isAbandoned || (kept > MAX_BYTES && age > IN_USE_MS)) await rm(path, { force: true });
  }
}
