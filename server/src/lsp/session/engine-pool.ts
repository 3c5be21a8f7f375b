import { type Cancel, throwIfCancelled } from '../../core/base/cancel.ts';
import { EngineFailure, type LoadTablesOptions, type QueryEngine, type TableSpec } from '../../core/ports.ts';

/** At most so many engines run at once, each a process of its own, however many projects a workspace has. */
const MAX_ENGINES = 3;
/** Between two statements of one computation less time passes: an engine that is asked for nothing for longer may be ended. */
const IDLE_MS = 100;
/** An engine that could not be started is not tried again for so long: a thousand numbers would start a thousand processes. */
const RETRY_MS = 30_000;

/** What a pool asks of the server. */
export interface EnginePoolHost {
  create(): QueryEngine;
  /** Milliseconds that only ever grow. */
  now(): number;
  /** After how long an engine that is asked for nothing is idle, in milliseconds; default 100. */
  readonly idleMs?: number;
}

/**
 * Gives each project an engine of which only a few run at once: where another is needed, the one that was idle for the longest is
 * ended, and started again, with its data, when its project asks again. While none is idle the others wait.
 */
export class EnginePool {
  readonly #host: EnginePoolHost;
  readonly #idleMs: number;
  /** The running ones, the one that was asked last at the end. */
  readonly #running = new Map<Slot, Running>();
  readonly #waiting = new Set<() => void>();

  #failed: { readonly failure: EngineFailure; readonly at: number } | undefined;

  constructor(host: EnginePoolHost) {
    this.#host = host;
    this.#idleMs = host.idleMs ?? IDLE_MS;
  }

  /** Why no engine could be started when it was last tried; `undefined` where one could, or none was needed yet. */
  get failure(): EngineFailure | undefined {
    return this.#failed?.failure;
  }

  engine(): QueryEngine {
    const slot: Slot = { loaded: undefined, isClosed: false };
    return {
      dialect: 'duckdb',
      load: (specs, options = {}) =>
        this.#use(slot, options.signal, async (running) => {
          const tables = await running.engine.load(specs, options);
          // Told apart by nothing but their identity: in a new process even tables of the same shape may hold other rows.
          slot.loaded = { specs, keepGoing: options.keepGoing };
          running.holdsData = true;
          return tables;
        }),
      run: (sql, options = {}) =>
        this.#use(slot, options.signal, async (running) => {
          if (slot.loaded !== undefined && !running.holdsData) await reload(running, slot.loaded);
          return running.engine.run(sql, options);
        }),
      dispose: async () => {
        slot.isClosed = true;
        await this.#end(slot);
      },
    };
  }

  async dispose(): Promise<void> {
    const slots = [...this.#running.keys()];
    for (const slot of slots) slot.isClosed = true;
    await Promise.all(slots.map((slot) => this.#end(slot)));
  }

  /** Asks something of a project's engine, which does not end before it has answered. */
  async #use<T>(slot: Slot, signal: Cancel | undefined, ask: (running: Running) => Promise<T>): Promise<T> {
    const failed = this.#failed;
    if (failed !== undefined && this.#host.now() - failed.at < RETRY_MS) throw failed.failure;
    const running = await this.#take(slot, signal);
    running.users += 1;
    clearTimeout(running.timer);
    running.isIdle = false;
    try {
      const answered = await ask(running);
      this.#failed = undefined;
      return answered;
    } catch (error) {
      const isOff = error instanceof EngineFailure && error.reason === 'unavailable' && !slot.isClosed;
      if (isOff) this.#failed = { failure: error, at: this.#host.now() };
      throw error;
    } finally {
      running.users -= 1;
      if (running.users === 0) this.#rest(running);
    }
  }

  async #take(slot: Slot, signal: Cancel | undefined): Promise<Running> {
    for (;;) {
      throwIfCancelled(signal);
      if (slot.isClosed) throw new EngineFailure('unavailable', 'The engine has been closed.');
      const known = this.#running.get(slot);
      if (known !== undefined || this.#running.size < MAX_ENGINES || this.#endIdle()) {
        const running = known ?? newlyRunning(this.#create());
        this.#running.delete(slot);
        this.#running.set(slot, running);
        return running;
      }
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  /** A host that cannot make an engine at all says so as one does that does not start. */
  #create(): QueryEngine {
    try {
      return this.#host.create();
    } catch (error) {
      const cause = error instanceof Error ? error.message : String(error);
      const failure = new EngineFailure('unavailable', `The engine could not be started: ${cause}`);
      this.#failed = { failure, at: this.#host.now() };
      throw failure;
    }
  }

  /** Notes that an engine is idle once nothing was asked of it for a while. */
  #rest(running: Running): void {
    running.timer = setTimeout(() => {
      running.isIdle = true;
      this.#wake();
    }, this.#idleMs);
  }

  #endIdle(): boolean {
    for (const [slot, { isIdle }] of this.#running) {
      if (!isIdle) continue;
      void this.#end(slot);
      return true;
    }
    return false;
  }

  async #end(slot: Slot): Promise<void> {
    const running = this.#running.get(slot);
    this.#running.delete(slot);
    this.#wake();
    clearTimeout(running?.timer);
    await running?.engine.dispose();
  }

  /** Whoever waits looks again, in the order in which they came. */
  #wake(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const wake of waiting) wake();
  }
}

/** What lies in an engine, to put it back. */
interface Loaded {
  readonly specs: readonly TableSpec[];
  readonly keepGoing: LoadTablesOptions['keepGoing'];
}

/** The place of one project. */
interface Slot {
  loaded: Loaded | undefined;
  isClosed: boolean;
}

/** An engine that runs, and who uses it. */
interface Running {
  readonly engine: QueryEngine;
  /** Whether the data of its project lie in it. */
  holdsData: boolean;
  users: number;
  isIdle: boolean;
  timer: ReturnType<typeof setTimeout> | undefined;
}

function newlyRunning(engine: QueryEngine): Running {
  return { engine, holdsData: false, users: 0, isIdle: false, timer: undefined };
}

async function reload(running: Running, loaded: Loaded): Promise<void> {
  const { specs, keepGoing } = loaded;
  await running.engine.load(specs, keepGoing === undefined ? {} : { keepGoing });
  running.holdsData = true;
}
