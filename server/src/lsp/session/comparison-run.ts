import { type Cancel, Cancelled } from '../../core/base/cancel.ts';
import type { ReportedDiff } from '../../core/diff/reported-diff.ts';

/** A project compared with one of its versions. */
export interface ComparedVersions {
  readonly report: ReportedDiff;
  /** The commit that is the version before. */
  readonly commit: string;
}

/** What a comparison tells, and must listen to. */
export interface ComparisonWork {
  readonly signal: Cancel;
  /** Told what is being done, in words for users. */
  readonly tell: (text: string) => void;
}

/** One comparison, whoever waits for it. */
export class ComparisonRun {
  readonly commit: string;
  readonly state: object;
  readonly stop = new AbortController();
  readonly #listeners = new Set<(text: string) => void>();
  found: ComparedVersions | undefined;
  isDone = false;
  #result: Promise<ComparedVersions> | undefined;

  constructor(commit: string, state: object) {
    this.commit = commit;
    this.state = state;
  }

  readonly tell = (text: string): void => {
    for (const listener of this.#listeners) listener(text);
  };

  begin(result: Promise<ComparedVersions>): void {
    this.#result = result.then(
      (found) => {
        this.isDone = true;
        this.found = found;
        return found;
      },
      (error: unknown) => {
        this.isDone = true;
        throw error;
      },
    );
    this.#result.catch(() => {});
  }

  /** Waits for it, unless the signal says stop before. Where nobody waits any more, it is given up. */
  async wait({ signal, tell }: ComparisonWork): Promise<ComparedVersions> {
    if (this.#result === undefined) throw new Error('A comparison is begun before it is waited for.');
    this.#listeners.add(tell);
    try {
      return await orCancelled(this.#result, signal);
    } finally {
      this.#listeners.delete(tell);
      if (this.#listeners.size === 0 && !this.isDone) this.stop.abort();
    }
  }
}

/** What a promise brings, unless the signal says stop before. */
function orCancelled<T>(promise: Promise<T>, signal: Cancel): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(new Cancelled());
    signal.addEventListener('abort', stop);
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
