import type { EngineFailure, LoadedTable, TableSpec, Value } from '../../core/ports.ts';

/** What bounds the engine inside its process. */
export interface EngineLimits {
  readonly memoryLimitMb: number;
  readonly threads: number;
}

/** What the host asks of the engine's process. One request is under way at a time; the host queues the others. */
export type EngineRequest =
  | {
      readonly kind: 'load';
      readonly tables: readonly TableSpec[];
      /** For each table what stands for its spec and the state of its files: one that lies here already is not read again. */
      readonly stamps: readonly string[];
      readonly keepGoing: boolean;
      readonly limits: EngineLimits;
      /** Where conversions are kept from one process to the next. */
      readonly cacheFolder?: string;
    }
  | { readonly kind: 'run'; readonly sql: string };

export type ToChild =
  | { readonly id: number; readonly request: EngineRequest }
  /** Stops what is under way, if anything is. */
  | { readonly interrupt: true };

/** A part of a result: one array of values per column, all of one length. */
export interface ResultPart {
  readonly names: readonly string[];
  readonly columns: readonly (readonly Value[])[];
}

export type FailureReason = EngineFailure['reason'];

export type FromChild =
  /** DuckDB is loaded; sent once, before anything else. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'unavailable'; readonly message: string }
  | {
      readonly kind: 'progress';
      readonly id: number;
      readonly done: number;
      readonly total: number;
      readonly table: string;
      readonly share: number | undefined;
    }
  | { readonly kind: 'part'; readonly id: number; readonly part: ResultPart }
  | { readonly kind: 'done'; readonly id: number; readonly tables: readonly LoadedTable[] }
  | {
      readonly kind: 'failed';
      readonly id: number;
      readonly reason: FailureReason;
      readonly message: string;
      /** The table that could not be loaded. */
      readonly table: string | undefined;
      /** The engine is broken by the failure: its process must be replaced. */
      readonly broken: boolean;
    };
