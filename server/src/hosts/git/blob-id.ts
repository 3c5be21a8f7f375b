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

/**
 * A hash of a text file that is equal for two that differ in nothing but how their lines end, as git changes it on the way to a working
 * tree; `undefined` where there is no file. A line break within double quotes is part of a value, and counts as it is.
 */
export async function lineId(path: string): Promise<string | undefined> {
  try {
    const hash = createHash('sha1');
    const ends = new LineEnds();
    for await (const chunk of createReadStream(path)) hash.update(ends.normal(chunk as Buffer));
    hash.update(ends.rest());
    return hash.digest('hex');
  } catch {
    return undefined;
  }
}

const [QUOTE, RETURN, BREAK] = [0x22, 0x0d, 0x0a];

/** Takes carriage returns before line breaks out of bytes that come piece by piece. */
class LineEnds {
  #isQuoted = false;
  /** A carriage return of which it is not known yet what follows it. */
  #isHeld = false;

  normal(bytes: Buffer): Buffer {
    const out = Buffer.allocUnsafe(bytes.length + 1);
    let length = 0;
    for (const byte of bytes) {
      if (this.#isHeld && byte !== BREAK) out[length++] = RETURN;
      this.#isHeld = byte === RETURN && !this.#isQuoted;
      if (byte === QUOTE) this.#isQuoted = !this.#isQuoted;
      if (!this.#isHeld) out[length++] = byte;
    }
    return out.subarray(0, length);
  }

  rest(): Buffer {
    return Buffer.from(this.#isHeld ? [RETURN] : []);
  }
}
