import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { Repository } from './repository.ts';
import { GitProblem, startGit, startProblem } from './run-git.ts';

/** Reads blobs one after the other through one process, as they are stored: no filter, no conversion of line ends, no `textconv`. */
export interface BlobReader {
  /** Writes the bytes of a blob to a stream, which is left open. Rejects with `GitProblem`. */
  copy(id: string, to: Writable): Promise<void>;
  /** The bytes of a small blob. */
  read(id: string): Promise<Buffer>;
  close(): void;
}

/** Starts `git cat-file --batch`. It has to be closed. */
export function blobReader({ top, env }: Repository): BlobReader {
  const child = startGit(top, ['cat-file', '--batch'], env);
  let broken: Error | undefined;
  child.once('error', (error) => {
    broken = startProblem(error);
  });
  child.stdin.on('error', () => {});
  child.stderr.resume();
  const chunks = child.stdout[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);
  let queue: Promise<unknown> = Promise.resolve();

  const more = async (): Promise<void> => {
    const { value, done } = await chunks.next();
    if (broken !== undefined) throw broken;
    if (done === true) throw new GitProblem('Git ended while it was read from.');
    const chunk: Buffer = value;
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
  };

  const header = async (): Promise<string> => {
    let end = rest.indexOf(10);
    while (end < 0) {
      await more();
      end = rest.indexOf(10);
    }
    const line = rest.subarray(0, end).toString('utf8');
    rest = rest.subarray(end + 1);
    return line;
  };

  const copyNow = async (id: string, take: (chunk: Buffer) => Promise<void>): Promise<void> => {
    child.stdin.write(`${id}\n`);
    const match = /^[0-9a-f]+ blob (\d+)$/.exec(await header());
    if (match === null) throw new GitProblem(`Git does not hold the object ${id}.`);
    let left = Number(match[1]);
    while (left > 0) {
      if (rest.length === 0) await more();
      const part = rest.subarray(0, left);
      rest = rest.subarray(part.length);
      left -= part.length;
      await take(part);
    }
    // The line break behind the object.
    if (rest.length === 0) await more();
    rest = rest.subarray(1);
  };

  const copyInTurn = (id: string, take: (chunk: Buffer) => Promise<void>): Promise<void> => {
    const turn = queue.then(() => copyNow(id, take));
    queue = turn.catch(() => {});
    return turn;
  };

  return {
    copy: (id, to) =>
      copyInTurn(id, async (chunk) => {
        if (!to.write(chunk)) await once(to, 'drain');
      }),
    async read(id) {
      const parts: Buffer[] = [];
      await copyInTurn(id, async (chunk) => void parts.push(chunk));
      return Buffer.concat(parts);
    },
    close: () => void child.kill(),
  };
}
