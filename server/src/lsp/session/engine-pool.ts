import type { LoadedTable, QueryEngine, TableSpec } from '../../core/ports.ts';

/** At most so many engines run at once, each a process of its own, however many projects a workspace has. */
const MAX_ENGINES = 3;

/**
 * Gives each project an engine of which only a few run at once: the one that was asked for the longest ago is ended when another
 * is needed, and started again, with its data, when its project asks again.
 */
export class EnginePool {
  readonly #create: () => QueryEngine;
  /** The running ones, the one that was asked last at the end. */
  readonly #running = new Map<Slot, QueryEngine>();

  constructor(create: () => QueryEngine) {
    this.#create = create;
  }

  engine(): QueryEngine {
    const slot: Slot = { specs: undefined, options: undefined, tables: undefined };
    const dialect = 'duckdb';
    return {
      dialect,
      load: async (specs, options) => {
        const { engine, isNew } = this.#started(slot);
        const loaded = await engine.load(specs, options);
        // The same data in a new process are no other data.
        const isSame =
          isNew && slot.tables !== undefined && JSON.stringify(slot.tables) === JSON.stringify(loaded);
        slot.specs = specs;
        slot.options = options?.keepGoing;
        if (!isSame) slot.tables = loaded;
        return slot.tables ?? loaded;
      },
      run: async (sql, options) => {
        const { engine, isNew } = this.#started(slot);
        if (isNew && slot.specs !== undefined) {
          await engine.load(slot.specs, slot.options === undefined ? {} : { keepGoing: slot.options });
        }
        return engine.run(sql, options);
      },
      dispose: async () => {
        const engine = this.#running.get(slot);
        this.#running.delete(slot);
        await engine?.dispose();
      },
    };
  }

  async dispose(): Promise<void> {
    const engines = [...this.#running.values()];
    this.#running.clear();
    await Promise.all(engines.map((engine) => engine.dispose()));
  }

  #started(slot: Slot): { readonly engine: QueryEngine; readonly isNew: boolean } {
    const known = this.#running.get(slot);
    const engine = known ?? this.#create();
    this.#running.delete(slot);
    this.#running.set(slot, engine);
    for (const [oldest, old] of this.#running) {
      if (this.#running.size <= MAX_ENGINES) break;
      this.#running.delete(oldest);
      void old.dispose();
    }
    return { engine, isNew: known === undefined };
  }
}

/** What lies in an engine, to put it back. */
interface Slot {
  specs: readonly TableSpec[] | undefined;
  options: boolean | undefined;
  tables: readonly LoadedTable[] | undefined;
}
