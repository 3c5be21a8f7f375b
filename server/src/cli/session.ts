import type { QueryEngine } from '../core/ports.ts';
import { createDuckDbEngine } from '../engines/duckdb/duckdb-engine.ts';
import { cacheFolder } from '../hosts/cache-folder.ts';
import type { Host } from './host.ts';
import { createProgress, type Progress } from './progress.ts';

export interface EngineOptions {
  /** Wall clock of one query. */
  readonly timeoutSeconds: number | undefined;
  readonly memoryMb: number | undefined;
}

/** What work that queries data is given. */
export interface Session {
  readonly engine: QueryEngine;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/** Signals that ask a command to stop, with the code that it then ends with: 128 plus the signal's number. */
const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/**
 * Does work with an engine, whose process is started by the first request and has ended when this returns. While it runs,
 * Ctrl-C kills that process and ends the command; without an engine there is nothing to tidy up, and the signal's own effect is quicker.
 */
export async function withEngine<T>(
  host: Host,
  options: EngineOptions,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  const progress = createProgress(host);
  const { timeoutSeconds, memoryMb } = options;
  const folder = cacheFolder(host);
  const engine = createDuckDbEngine({
    childPath: host.enginePath,
    ...(folder === undefined ? {} : { cacheFolder: folder }),
    ...(timeoutSeconds === undefined ? {} : { timeoutMs: timeoutSeconds * 1000 }),
    ...(memoryMb === undefined ? {} : { memoryLimitMb: memoryMb }),
  });
  const forget = onSignals((code) => {
    progress.clear();
    stop.abort();
    void engine.dispose().finally(() => process.exit(code));
  });
  try {
    return await work({ engine, signal: stop.signal, progress });
  } catch (error) {
    // What failed because it was stopped has nothing to say: the process is about to end.
    if (stop.signal.aborted) await new Promise(() => {});
    throw error;
  } finally {
    progress.clear();
    await engine.dispose();
    forget();
  }
}

function onSignals(stop: (code: number) => void): () => void {
  const handlers = Object.entries(SIGNALS).map(([signal, code]) => {
    const handler = (): void => stop(code);
    process.on(signal, handler);
    return () => void process.off(signal, handler);
  });
  return () => {
    for (const remove of handlers) remove();
  };
}
