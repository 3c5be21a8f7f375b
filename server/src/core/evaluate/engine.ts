import type { Cancel } from '../base/cancel.ts';
import type { ColumnType } from '../base/value-type.ts';
import type { DataFormat } from '../model/data-format.ts';

/** A value in a result. Dates and timestamps come as ISO text (`2025-05-01`, `2025-05-01T13:00:00`), whole numbers beyond 2^53 as bigint. */
export type Value = string | number | bigint | boolean | null;
export type Row = Readonly<Record<string, Value>>;

/** How one column of a table is to be read from its file. */
export interface ColumnSpec {
  /** The header in the file, or the zero-based position where the header is blank or repeated. */
  readonly header: string | number;
  /** The name of the column in the loaded table: unique there when case is ignored. */
  readonly name: string;
  /** The declared type; absent: inferred from every cell of the file. */
  readonly type?: ColumnType;
  /** `strptime` patterns for dates and timestamps; absent: ISO. */
  readonly dateFormats?: readonly string[];
}

/** A table to be loaded, once, from files that the host has already resolved inside the project. */
export interface TableSpec {
  /** Name of the table to make. */
  readonly table: string;
  readonly files: readonly string[];
  readonly format: DataFormat;
  /** Absolute path of the project's folder: a file that a link takes out of it is not read, whatever the host has resolved before. */
  readonly root?: string;
  /** For `csv`. */
  readonly delimiter: string;
  /** For `csv` and `xlsx`: the row, from 1, that names the columns. Default: 1. */
  readonly headerRow?: number;
  /** For `csv` and `json`, by its name in the WHATWG standard. Default: `utf-8`. */
  readonly encoding?: string;
  /** For `xlsx`: the name of the sheet. Default: the first. */
  readonly sheet?: string;
  /** All columns to keep, in the file's order. */
  readonly columns: readonly ColumnSpec[];
  /** Of naive timestamps in the file (IANA). Timestamps are stored in UTC. */
  readonly timezone: string;
  /** Cells that mean null, beside blank ones. */
  readonly nulls: readonly string[];
  /** Exact duplicates are dropped and counted (sources that declare a `key`). */
  readonly distinct: boolean;
}

export interface LoadedColumn {
  readonly name: string;
  readonly type: ColumnType;
  /** No cell says anything, and no type is declared: the column may be of any type. */
  readonly empty?: boolean;
  /** Non-blank cells that are not of the declared type; they are null in the table. */
  readonly misfits: number;
  /** Up to three such cells: their 1-based row in the file (the header not counted) and text. */
  readonly examples: readonly { readonly row: number; readonly text: string }[];
}

/**
 * Cells that are not read as they stand: `nested` ones hold an object or a list, whose JSON is their text; `error` ones hold an error of
 * a spreadsheet, and are null; a `later` key of a JSON file is no column, as it stands behind the part that is read for the columns.
 */
export interface DataNotice {
  readonly kind: 'nested' | 'error' | 'later';
  /** As in the file. */
  readonly header: string;
  readonly count: number;
  /** Up to three of them: their 1-based row in the file and text. */
  readonly examples: LoadedColumn['examples'];
}

export interface LoadedTable {
  readonly table: string;
  /** Rows in the table. */
  readonly rows: number;
  /** Exact duplicates that were dropped. */
  readonly duplicates: number;
  /** The 1-based numbers of the first of them in the data, at most three. */
  readonly duplicateRows?: readonly number[];
  readonly columns: readonly LoadedColumn[];
  readonly notices?: readonly DataNotice[];
  /** Why the table is not there, when its files could not be read and the load was told to keep going. */
  readonly problem?: string;
}

/**
 * Why an engine could not answer: `cancelled` (the signal), `timeout` (our wall clock), `killed` (the process died or was
 * killed for memory), `data` (a file could not be read), `query` (the engine refused the SQL: a bug of ours).
 */
export class EngineFailure extends Error {
  readonly reason: 'cancelled' | 'timeout' | 'killed' | 'data' | 'query' | 'unavailable';
  /** The table that could not be loaded, where it was one table's fault: the others can be loaded without it. */
  readonly table: string | undefined;
  constructor(reason: EngineFailure['reason'], message: string, table?: string) {
    super(message);
    this.name = 'EngineFailure';
    this.reason = reason;
    this.table = table;
  }
}

/**
 * Told before each table, while a large one is read, and after the last one.
 *
 * @param done tables that are loaded
 * @param table the one that is being loaded
 * @param share of its files that is read, from 0 to 1, as far as it is known
 */
export type LoadProgress = (done: number, total: number, table: string, share?: number) => void;

export interface LoadTablesOptions {
  readonly signal?: Cancel;
  readonly progress?: LoadProgress;
  /** A table whose files cannot be read, or are too large, is left out and has a `problem`; otherwise the load is rejected. */
  readonly keepGoing?: boolean;
}

/** A SQL engine with its data. One project's data a time: `load` replaces what was there. */
export interface QueryEngine {
  /** The name of the dialect that `run` speaks: a key of `plan/dialects`. */
  readonly dialect: string;
  /** Loads the tables, then locks the engine: after it, no file, network or setting can be reached. */
  load(tables: readonly TableSpec[], options?: LoadTablesOptions): Promise<readonly LoadedTable[]>;
  /** Runs one statement. Rejects with `EngineFailure`. */
  run(sql: string, options?: { readonly signal?: Cancel }): Promise<readonly Row[]>;
  /** Ends the engine and its process. Safe to call twice. */
  dispose(): Promise<void>;
}
