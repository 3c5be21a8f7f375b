import type { ProjectAnalysis } from '../../core/analyser.ts';
import { Cancelled } from '../../core/base/cancel.ts';
import { EngineFailure } from '../../core/evaluate/engine.ts';
import { type LoadOptions, loadData, type ProjectData } from '../../core/evaluate/load-data.ts';
import type { Shapes } from '../../core/model/shape.ts';
import type { QueryEngine } from '../../core/ports.ts';
import type { ShowLoad } from '../load-progress.ts';
import { type CachedEngine, cachedEngine } from './cached-engine.ts';

/** What loading asks of the project that the data belong to. */
export interface LoadedDataHost {
  createEngine(): QueryEngine;
  /** Resolves when the headers of the data are read that the project names now. */
  ready(): Promise<void>;
  /** The project as it is now. */
  analysis(): ProjectAnalysis;
  /** Takes the shapes of data that was loaded, with the type of every column. */
  adopt(shapes: Shapes): void;
  /** Shows a load of data that begins. */
  readonly showLoad: ShowLoad | undefined;
}

const STOPPED = 'Loading the data was stopped. It is loaded again when a source or a data file is saved.';

/** The data of one project, and the engine in which they lie. */
export class LoadedData {
  readonly #host: LoadedDataHost;
  readonly #wanted: () => string;
  #engine: CachedEngine | undefined;
  #data: ProjectData | undefined;
  /** What the data were loaded for; other text or files need another load. */
  #loadedFor = '';
  /** The version of the engine that holds them: a load that was given up, or for other text, has taken them out of it. */
  #loadedVersion = 0;
  /** What was not to be loaded: somebody has stopped it. */
  #stoppedFor: string | undefined;

  /** @param wanted stands for the definitions of sources and the state of their files, as they are now */
  constructor(host: LoadedDataHost, wanted: () => string) {
    this.#host = host;
    this.#wanted = wanted;
  }

  /** How many statements the engine has run. */
  get queries(): number {
    return this.#engine?.queries ?? 0;
  }

  /** Whether data were ever loaded. */
  get isThere(): boolean {
    return this.#loadedFor !== '';
  }

  /** Whether the data that the project wants now lie in the engine. */
  get isCurrent(): boolean {
    return this.isFor(this.#wanted()) && this.#loadedVersion === this.#engine?.version;
  }

  /** The engine, which is started when it is asked for something. */
  get engine(): CachedEngine {
    this.#engine ??= cachedEngine(this.#host.createEngine());
    return this.#engine;
  }

  /** Whether the data that were loaded are those of some state. */
  isFor(key: string): boolean {
    return this.#loadedFor === key;
  }

  /** Loads the data of every source, unless just they lie in the engine. Rejects with `EngineFailure` and `Cancelled`. */
  async load(signal: AbortSignal): Promise<ProjectData> {
    while (this.#data === undefined || !this.isCurrent) {
      await this.#host.ready();
      const key = this.#wanted();
      if (key === this.#stoppedFor) throw new EngineFailure('cancelled', STOPPED);
      const { loaded, checkedAround } = this.#host.analysis();
      const sources = [...loaded.project.sources.values()];
      const checked = checkedAround([...new Set(sources.map(({ file }) => file))].sort());
      const names = sources.map(({ name }) => name);
      const engine = this.engine;
      const data = await this.#loadShown(key, signal, (options) => loadData(checked, engine, names, options));
      if (signal.aborted) throw new Cancelled();
      if (key !== this.#wanted()) continue;
      this.#data = data;
      this.#loadedFor = key;
      this.#loadedVersion = engine.version;
      this.#host.adopt(data.shapes);
    }
    return this.#data;
  }

  /** Loads with progress that somebody may stop: then nothing is loaded before a source or a data file changes. */
  async #loadShown<T>(
    key: string,
    signal: AbortSignal,
    load: (options: LoadOptions) => Promise<T>,
  ): Promise<T> {
    const stop = new AbortController();
    const abort = (): void => stop.abort();
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort);
    const shown = this.#host.showLoad?.(() => {
      this.#stoppedFor = key;
      abort();
    });
    try {
      return await load({ signal: stop.signal, ...(shown && { progress: shown.progress }) });
    } catch (error) {
      throw this.#stoppedFor === key ? new EngineFailure('cancelled', STOPPED) : error;
    } finally {
      signal.removeEventListener('abort', abort);
      shown?.end();
    }
  }

  async dispose(): Promise<void> {
    const engine = this.#engine;
    this.#engine = undefined;
    await engine?.dispose();
  }
}
