import type { ProjectAnalysis, Signatures } from '../../core/analyser.ts';
import { Cancelled } from '../../core/base/cancel.ts';
import { EngineFailure } from '../../core/evaluate/engine.ts';
import type { Evaluator } from '../../core/evaluate/evaluate.ts';
import { kinds } from '../../core/kinds/index.ts';
import type { Project } from '../../core/model/project.ts';
import type { Log } from '../../core/ports.ts';
import { computeNeeds, type Store } from './compute-needs.ts';
import { LoadedData, type LoadedDataHost } from './loaded-data.ts';
import { type BookNeed, keyOf, NumbersBook } from './numbers-book.ts';
import { NumbersQueue } from './numbers-queue.ts';

/** What evaluation asks of the project that it belongs to. */
export interface EvaluationHost extends LoadedDataHost {
  readonly log: Log;
  signatures(): Signatures;
  /** Numbers have become known, or stale. */
  changed(): void;
  /** What is wanted when nobody waits for anything. */
  background(): readonly BookNeed[];
}

/** The work of an evaluation so far, for tests and diagnostics. */
export interface EvaluationCounts {
  /** Metrics, targets and sets of examples that were planned. */
  readonly plans: number;
  /** Statements that the engine ran. */
  readonly queries: number;
  /** Rounds of computing. */
  readonly rounds: number;
}

/** Somebody who types faster than this is still typing: numbers wait until the text rests. */
export const QUIET_MS = 60;
/** Where a source is being written, its data are loaded again once the text rests for longer. */
const RELOAD_MS = 300;

/** Computes the numbers of one project, in the order of their urgency, for the text and the data as they are now. */
export class Evaluation {
  readonly book: NumbersBook;
  readonly #host: EvaluationHost;
  readonly #queue: NumbersQueue;
  readonly #waiting = new Set<() => void>();
  readonly #counts = { plans: 0, rounds: 0 };
  readonly #data: LoadedData;
  #base = '';
  #dataKey = '';
  #content = '';
  #running: { readonly abort: AbortController; readonly batch: ReadonlyMap<string, string> } | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastChange = 0;
  /** By number, the signature for which the engine was killed once: it may have been somebody else's doing. */
  readonly #killed = new Map<string, string>();
  #disposed = false;
  #warned = '';

  constructor(host: EvaluationHost) {
    this.#host = host;
    this.#data = new LoadedData(host, () => this.#dataKey);
    this.#queue = new NumbersQueue(() => host.background());
    this.book = new NumbersBook(
      () => host.signatures(),
      () => `${this.#base} ${this.#dataKey}`,
    );
  }

  get counts(): EvaluationCounts {
    return { ...this.#counts, queries: this.#data.queries };
  }

  /** Whether there is nothing left to compute of what is wanted. */
  get idle(): boolean {
    return this.#running === undefined && this.#timer === undefined && this.#next().length === 0;
  }

  /**
   * The project or its data have changed.
   *
   * @param base stands for the settings that values rest on
   * @param dataKey stands for the definitions of sources and the state of their files
   * @param content stands for all that values rest on in definitions, and for which documents are open
   * @param now when, in milliseconds
   */
  change(base: string, dataKey: string, content: string, now: number): void {
    const isSame = this.#base === base && this.#dataKey === dataKey;
    // A description has changed, or something else on which no number rests.
    if (isSame && this.#content === content) return;
    this.#base = base;
    this.#dataKey = dataKey;
    this.#content = content;
    const isTyping = now - this.#lastChange < 4 * QUIET_MS;
    this.#lastChange = now;
    this.#queue.change();
    const running = this.#running;
    if (running !== undefined && (!isSame || this.#isOutdated(running.batch))) running.abort.abort();
    const reloads = this.#data.isThere && !this.#data.isFor(dataKey);
    this.#schedule(reloads ? RELOAD_MS : isTyping ? QUIET_MS : 0);
  }

  /** Keeps numbers up to date from now on. */
  want(needs: readonly BookNeed[]): void {
    this.#queue.want(needs);
    if (this.#timer === undefined && needs.some((need) => this.#isMissing(need))) this.#schedule(0);
  }

  /** Computes numbers before all others. Resolves when they are current or cannot be computed, or when `signal` aborts. */
  async ensure(needs: readonly BookNeed[], signal: AbortSignal): Promise<void> {
    this.#queue.hurry(needs);
    this.#schedule(0);
    while (!signal.aborted && !this.#disposed && needs.some((need) => this.#isMissing(need))) {
      await this.#nextWake(signal);
    }
  }

  /**
   * Computes many numbers once, behind those that somebody looks at, and does not keep them up to date from then on. Resolves as
   * `ensure`; what is not computed when `signal` aborts is given up.
   *
   * @param progress told how many of them are there, whenever more are
   */
  async compute(
    needs: readonly BookNeed[],
    signal: AbortSignal,
    progress: (done: number) => void = () => {},
  ): Promise<void> {
    this.#queue.addBulk(needs);
    this.#schedule(0);
    let left = needs.filter((need) => this.#isMissing(need)).length;
    while (!signal.aborted && !this.#disposed && left > 0) {
      await this.#nextWake(signal);
      const now = needs.filter((need) => this.#isMissing(need)).length;
      if (now < left) progress(needs.length - now);
      left = now;
    }
    this.#queue.removeBulk(needs);
  }

  /** Resolves when numbers were computed, or `signal` aborts. */
  #nextWake(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.#waiting.add(wake);
      signal.addEventListener('abort', wake);
    });
  }

  /**
   * The project on its data, loaded where they are not yet. Rejects with `EngineFailure` and `Cancelled`.
   *
   * @param files what is to be evaluated stands in them: knowing what these mean is quicker than knowing it of the whole project
   */
  async evaluator(signal: AbortSignal, files?: readonly string[]): Promise<Evaluator> {
    return this.#evaluator(signal, files === undefined ? undefined : () => files);
  }

  /** The latest state of the project on data that were loaded for it. */
  async #evaluator(
    signal: AbortSignal,
    files: ((analysis: ProjectAnalysis) => readonly string[]) | undefined,
  ): Promise<Evaluator> {
    for (;;) {
      // The headers are read again where a source was gone for a moment, though its data still lie in the engine.
      await this.#host.ready();
      if (this.#disposed) throw new Cancelled();
      const data = await this.#data.load(signal);
      const analysis = this.#host.analysis();
      // Taking in the latest text may have shown that other data are wanted.
      if (!this.#data.isCurrent) continue;
      const checked = files === undefined ? analysis.checked : analysis.checkedAround(files(analysis));
      return { checked, kinds, engine: this.#data.engine, data };
    }
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    clearTimeout(this.#timer);
    this.#running?.abort.abort();
    this.#wake();
    await this.#data.dispose();
  }

  #schedule(delay: number): void {
    if (this.#disposed || (this.#timer !== undefined && delay > 0 && this.#queue.hasUrgent)) return;
    clearTimeout(this.#timer);
    const timer = setTimeout(() => {
      // What was said meanwhile is sent first: messages are written when the loop comes around.
      setImmediate(() => {
        if (this.#timer !== timer) return;
        this.#timer = undefined;
        void this.#run();
      });
    }, delay);
    this.#timer = timer;
  }

  #isMissing(need: BookNeed): boolean {
    return !this.book.isCurrent(need);
  }

  #isOutdated(batch: ReadonlyMap<string, string>): boolean {
    for (const [key, signature] of batch) {
      const need = this.#queue.get(key);
      if (need !== undefined && this.book.signatureOf(need) !== signature) return true;
    }
    return false;
  }

  #next(): readonly BookNeed[] {
    return this.#queue.next((need) => this.#isMissing(need));
  }

  async #run(): Promise<void> {
    if (this.#running !== undefined || this.#disposed) return;
    for (let batch = this.#next(); batch.length > 0 && !this.#disposed; batch = this.#next()) {
      const signatures = new Map(
        batch.map((need) => [keyOf(need), this.book.signatureOf(need) ?? ''] as const),
      );
      const running = { abort: new AbortController(), batch: signatures };
      this.#running = running;
      try {
        await this.#compute(batch, running.abort.signal);
      } catch (error) {
        if (!running.abort.signal.aborted) this.#fail(batch, error);
      } finally {
        this.#running = undefined;
      }
      this.#queue.settle((need) => this.#isMissing(need));
      this.#wake();
      this.#host.changed();
      // Text that has changed while this was computed waits until it rests.
      if (running.abort.signal.aborted) {
        if (this.#timer === undefined) this.#schedule(QUIET_MS);
        return;
      }
    }
  }

  async #compute(batch: readonly BookNeed[], signal: AbortSignal): Promise<void> {
    const evaluator = await this.#evaluator(signal, ({ loaded }) => filesOf(loaded.project, batch));
    // Of the very state that is evaluated: nothing was waited for since.
    const signatures = new Map(
      batch
        .flatMap((need) => withSiblings(evaluator, need))
        .map((need) => [keyOf(need), this.book.signatureOf(need)]),
    );
    this.#counts.rounds += 1;
    const store: Store = {
      set: (need, value) => {
        const signature = signatures.get(keyOf(need));
        if (signature !== undefined && !signal.aborted) this.book.set(need, signature, value);
      },
      show: () => {
        if (signal.aborted) return;
        this.#wake();
        this.#host.changed();
      },
    };
    await computeNeeds(evaluator, batch, store, this.#counts, signal);
  }

  /** Numbers that an engine failed at are tried again when what they rest on changes; a killed engine comes back at once. */
  #fail(batch: readonly BookNeed[], error: unknown): void {
    if (error instanceof Cancelled) return;
    const isKilled = error instanceof EngineFailure && error.reason === 'killed';
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof EngineFailure) this.#warn(message);
    else this.#host.log.error(error instanceof Error ? (error.stack ?? message) : message);
    for (const need of batch) {
      const key = keyOf(need);
      const signature = this.book.signatureOf(need) ?? '';
      if (isKilled && this.#killed.get(key) !== signature) this.#killed.set(key, signature);
      else this.book.set(need, signature, undefined);
    }
  }

  /** An engine that is off fails for each number, and is told once. */
  #warn(message: string): void {
    if (message !== this.#warned) this.#host.log.warn(message);
    this.#warned = message;
  }

  #wake(): void {
    for (const wake of [...this.#waiting]) wake();
  }
}

/** The examples of a metric are run together, whichever of them was asked for. */
function withSiblings({ checked }: Evaluator, need: BookNeed): readonly BookNeed[] {
  if (need.kind !== 'example') return [need];
  const { metric } = need;
  const examples = checked.project.metrics.get(metric)?.examples ?? [];
  return [need, ...examples.map((_, index) => ({ kind: 'example' as const, metric, index }))];
}

/** The units of the definitions that numbers are about. */
function filesOf(project: Project, batch: readonly BookNeed[]): readonly string[] {
  const files = batch.map((need) => {
    switch (need.kind) {
      case 'example':
        return project.metrics.get(need.metric)?.file;
      case 'column':
        return project.sources.get(need.source)?.file;
      case 'source':
      case 'source-findings':
        return project.sources.get(need.name)?.file;
      case 'segment':
      case 'segment-findings':
        return project.segments.get(need.name)?.file;
      case 'journey-groups':
        return project.journeys.get(need.name)?.file;
      case 'target':
      case 'target-groups':
        return project.targets.get(need.name)?.file;
      default:
        return project.metrics.get(need.name)?.file;
    }
  });
  return [...new Set(files.filter((file) => file !== undefined))].sort();
}
