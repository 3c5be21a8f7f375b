import { type Cancel, EngineFailure } from '../../core/ports.ts';

/** One request of a caller, while it runs. */
export interface Job {
  /** Rejects the caller at once. What runs for the job is told to stop, and the queue waits until it has. */
  end(failure: EngineFailure): void;
  /** Throws once the job has ended. */
  throwIfEnded(): void;
  /** What to do when the job ends early; one at a time. */
  onEnd(stop: (() => void) | undefined): void;
}

/** Runs jobs one after another, in the order of their submission. */
export interface JobQueue {
  /** Rejects with `cancelled` as soon as the signal is aborted, also before the job's turn. */
  submit<T>(signal: Cancel | undefined, work: (job: Job) => Promise<T>): Promise<T>;
  /** Ends all jobs with a failure, and every later one. */
  close(failure: EngineFailure): void;
}

interface Queue {
  tail: Promise<void>;
  readonly open: Set<Job>;
  closed: EngineFailure | undefined;
}

export function createJobQueue(): JobQueue {
  const queue: Queue = { tail: Promise.resolve(), open: new Set(), closed: undefined };
  return {
    submit: (signal, work) => submit(queue, signal, work),
    close: (failure) => {
      queue.closed ??= failure;
      for (const job of [...queue.open]) job.end(failure);
    },
  };
}

function submit<T>(queue: Queue, signal: Cancel | undefined, work: (job: Job) => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const job = createJob(reject);
    const cancel = (): void => job.end(new EngineFailure('cancelled', 'The query was cancelled.'));
    if (queue.closed) job.end(queue.closed);
    if (signal?.aborted) cancel();
    signal?.addEventListener('abort', cancel);
    queue.open.add(job);
    queue.tail = queue.tail
      .then(() => {
        job.throwIfEnded();
        return work(job);
      })
      // The first settlement counts: a job that was ended has already rejected.
      .then(resolve, reject)
      .finally(() => {
        queue.open.delete(job);
        signal?.removeEventListener('abort', cancel);
      });
  });
}

function createJob(reject: (failure: EngineFailure) => void): Job {
  let ended: EngineFailure | undefined;
  let stop: (() => void) | undefined;
  return {
    end(failure) {
      if (ended) return;
      ended = failure;
      reject(failure);
      stop?.();
    },
    throwIfEnded() {
      if (ended) throw ended;
    },
    onEnd(next) {
      stop = next;
    },
  };
}
