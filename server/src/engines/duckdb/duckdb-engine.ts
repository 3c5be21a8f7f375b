import { availableParallelism, totalmem } from 'node:os';
import {
  EngineFailure,
  type LoadedTable,
  type LoadTablesOptions,
  type Log,
  type QueryEngine,
  type Row,
  type TableSpec,
  type Value,
} from '../../core/ports.ts';
import { type Answer, type EngineProcess, type Interim, startEngineProcess } from './engine-process.ts';
import { createJobQueue, type Job, type JobQueue } from './job-queue.ts';
import type { EngineLimits, EngineRequest, ResultPart } from './protocol.ts';
import { stampFiles } from './stamp-files.ts';

const DEFAULT_TIMEOUT_MS = 60_000;
/** Loading reads whole files and is not under the control of a definition, so it may take longer than a query. */
const LOAD_TIMEOUT_FACTOR = 10;
const MAX_MEMORY_MB = 4096;
const MAX_THREADS = 4;

export interface DuckDbEngineOptions {
  /** The bundled entry of the engine's process, `dist/engine.js`. */
  readonly childPath: string;
  /** For DuckDB; the process may take somewhat more. Default: a quarter of the machine, at most 4096. */
  readonly memoryLimitMb?: number;
  /** Default: the machine's, at most 4. */
  readonly threads?: number;
  /** Wall clock of one statement; a load may take ten times as long. Default: 60 seconds. */
  readonly timeoutMs?: number;
  readonly log?: Log;
  /** Absolute path of the folder in which conversions of workbooks are kept, which need not exist. Default: they are not kept. */
  readonly cacheFolder?: string;
}

/** What is to be loaded: after a crash it is loaded again before anything else runs. */
interface Wanted {
  readonly specs: readonly TableSpec[];
  /** Of each spec and of the state of its files. */
  readonly stamps: readonly string[];
  readonly keepGoing: boolean;
  /** Of all of it. */
  readonly stamp: string;
  readonly tables: readonly LoadedTable[];
}

interface Engine {
  readonly options: DuckDbEngineOptions;
  readonly limits: EngineLimits;
  readonly timeoutMs: number;
  readonly queue: JobQueue;
  process: EngineProcess | undefined;
  wanted: Wanted | undefined;
  /** The process that holds the tables of `wanted`. */
  holder: EngineProcess | undefined;
}

/** The engine, and the process that it has now, for diagnostics. */
export interface DuckDbEngine extends QueryEngine {
  /** Undefined while there is none. */
  processId(): number | undefined;
}

/**
 * DuckDB in a process of its own, which is started by the first request, killed when it does not stop on request, and
 * started again, with the tables that it had, by the next request. Requests run one after another.
 */
export function createDuckDbEngine(options: DuckDbEngineOptions): DuckDbEngine {
  const engine: Engine = {
    options,
    limits: {
      memoryLimitMb: options.memoryLimitMb ?? Math.min(MAX_MEMORY_MB, Math.floor(totalmem() / 4 / 1024 ** 2)),
      threads: options.threads ?? Math.min(MAX_THREADS, availableParallelism()),
    },
    timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    queue: createJobQueue(),
    process: undefined,
    wanted: undefined,
    holder: undefined,
  };
  return {
    dialect: 'duckdb',
    load: (tables, options = {}) =>
      engine.queue.submit(options.signal, (job) => load(engine, job, tables, options)),
    run: (sql, options) => engine.queue.submit(options?.signal, (job) => run(engine, job, sql)),
    dispose: () => dispose(engine),
    processId: () => (engine.process?.alive() ? engine.process.pid : undefined),
  };
}

async function load(
  engine: Engine,
  job: Job,
  specs: readonly TableSpec[],
  options: LoadTablesOptions,
): Promise<readonly LoadedTable[]> {
  const keepGoing = options.keepGoing ?? false;
  const stamps = await stampFiles(specs);
  const stamp = `${keepGoing} ${stamps.join('\n')}`;
  if (engine.wanted?.stamp === stamp) return engine.wanted.tables;
  engine.wanted = undefined;
  engine.holder = undefined;
  const tables = await loadInto(engine, job, { specs, stamps, keepGoing }, options.progress);
  engine.wanted = { specs, stamps, keepGoing, stamp, tables };
  return tables;
}

async function loadInto(
  engine: Engine,
  job: Job,
  { specs, stamps, keepGoing }: Pick<Wanted, 'specs' | 'stamps' | 'keepGoing'>,
  progress: LoadTablesOptions['progress'],
): Promise<readonly LoadedTable[]> {
  const onInterim = (message: Interim): void => {
    if (message.kind === 'progress') progress?.(message.done, message.total, message.table, message.share);
  };
  const { cacheFolder } = engine.options;
  const request: EngineRequest = {
    kind: 'load',
    tables: specs,
    stamps,
    keepGoing,
    limits: engine.limits,
    ...(cacheFolder === undefined ? {} : { cacheFolder }),
  };
  const answer = await ask(engine, job, request, engine.timeoutMs * LOAD_TIMEOUT_FACTOR, onInterim);
  engine.holder = engine.process;
  return answer.tables;
}

async function run(engine: Engine, job: Job, sql: string): Promise<readonly Row[]> {
  if (engine.wanted && (engine.holder === undefined || !engine.holder.alive())) {
    engine.options.log?.info('The engine was restarted; its data is loaded again.');
    await loadInto(engine, job, engine.wanted, undefined);
  }
  const rows: Row[] = [];
  await ask(engine, job, { kind: 'run', sql }, engine.timeoutMs, (message) => {
    if (message.kind === 'part') appendRows(rows, message.part);
  });
  return rows;
}

/** Asks the process, which is started where there is none, and ends the job when its time is over. */
async function ask(
  engine: Engine,
  job: Job,
  request: EngineRequest,
  limitMs: number,
  onInterim: (message: Interim) => void,
): Promise<Answer> {
  job.throwIfEnded();
  const process = startedProcess(engine);
  const timer = setTimeout(() => job.end(timeoutFailure(request, limitMs)), limitMs);
  job.onEnd(() => process.stop());
  try {
    return await process.ask(request, onInterim);
  } finally {
    clearTimeout(timer);
    job.onEnd(undefined);
  }
}

function startedProcess(engine: Engine): EngineProcess {
  if (!engine.process?.alive()) {
    engine.process = startEngineProcess({
      childPath: engine.options.childPath,
      memoryLimitMb: engine.limits.memoryLimitMb,
    });
  }
  return engine.process;
}

function timeoutFailure(request: EngineRequest, limitMs: number): EngineFailure {
  const what = request.kind === 'load' ? 'Loading the data' : 'The query';
  return new EngineFailure('timeout', `${what} took longer than the limit of ${limitMs / 1000} seconds.`);
}

function appendRows(rows: Row[], { names, columns }: ResultPart): void {
  const count = columns[0]?.length ?? 0;
  for (let index = 0; index < count; index += 1) {
    const row: Record<string, Value> = {};
    for (let column = 0; column < names.length; column += 1) {
      row[names[column] ?? ''] = columns[column]?.[index] ?? null;
    }
    rows.push(row);
  }
}

async function dispose(engine: Engine): Promise<void> {
  engine.queue.close(new EngineFailure('unavailable', 'The engine has been closed.'));
  await engine.process?.kill();
}
