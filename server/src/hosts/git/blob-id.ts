import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';

/** The id that git would give to a file's bytes as they are; `undefined` where there is no file. */
export async function blobId(
  path: string,
  algorithm: 'sha1' | 'sha256' = 'sha1',
): Promise<string | undefined> {
  try {
    const found = await stat(path);
    if (!found.isFile()) return undefined;
    const hash = createHash(algorithm);
    hash.update(`blob ${found.size}\u0000`);
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
    return hash.digest('hex');
  } catch {
    return undefined;
  }
}
