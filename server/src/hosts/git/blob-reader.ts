import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
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

/** A definition or the like that a commit has and the repository does not. */
export function notHeld(id: string): GitProblem {
  return new GitProblem(
    `Git does not hold the object ${id}. A clone that was made with --filter lacks what was never checked out: run git fetch --refetch --no-filter, or clone without a filter.`,
  );
}

type Take = (chunk: Buffer) => Promise<void>;

/** Starts `git cat-file --batch`. It has to be closed. */
export function blobReader({ top, env }: Repository): BlobReader {
  const child = startGit(top, ['cat-file', '--batch'], env);
  let broken: Error | undefined;
  child.once('error', (error) => {
    broken = startProblem(error);
  });
  child.stdin.on('error', () => {});
  child.stderr.resume();
  const answers = new Answers(child.stdout, () => broken);
  let queue: Promise<unknown> = Promise.resolve();
  const inTurn = (id: string, take: Take): Promise<void> => {
    const turn = queue.then(async () => {
      child.stdin.write(`${id}\n`);
      await answers.blob(id, take);
    });
    queue = turn.catch(() => {});
    return turn;
  };
  return {
    copy: (id, to) =>
      inTurn(id, async (chunk) => {
        if (!to.write(chunk)) await once(to, 'drain');
      }),
    async read(id) {
      const parts: Buffer[] = [];
      await inTurn(id, async (chunk) => void parts.push(chunk));
      return Buffer.concat(parts);
    },
    close: () => void child.kill(),
  };
}

/** What `git cat-file --batch` answers: a line with the size of an object, its bytes, and a line break. */
class Answers {
  readonly #chunks: AsyncIterator<Buffer>;
  readonly #broken: () => Error | undefined;
  #rest: Buffer = Buffer.alloc(0);

  constructor(stream: Readable, broken: () => Error | undefined) {
    this.#chunks = stream[Symbol.asyncIterator]();
    this.#broken = broken;
  }

  async blob(id: string, take: Take): Promise<void> {
    const match = /^[0-9a-f]+ blob (\d+)$/.exec(await this.#line());
    if (match === null) throw notHeld(id);
    let left = Number(match[1]);
    while (left > 0) {
      if (this.#rest.length === 0) await this.#more();
      const part = this.#rest.subarray(0, left);
      this.#rest = this.#rest.subarray(part.length);
      left -= part.length;
      await take(part);
    }
    if (this.#rest.length === 0) await this.#more();
    this.#rest = this.#rest.subarray(1);
  }

  async #line(): Promise<string> {
    let end = this.#rest.indexOf(10);
    while (end < 0) {
      await this.#more();
      end = this.#rest.indexOf(10);
    }
    const line = this.#rest.subarray(0, end).toString('utf8');
    this.#rest = this.#rest.subarray(end + 1);
    return line;
  }

  async #more(): Promise<void> {
    const next = await this.#chunks.next();
    const broken = this.#broken();
    if (broken !== undefined) throw broken;
    if (next.done === true) throw new GitProblem('Git ended while it was read from.');
    this.#rest = this.#rest.length === 0 ? next.value : Buffer.concat([this.#rest, next.value]);
  }
}
