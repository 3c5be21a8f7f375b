import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { EngineFailure } from '../../core/ports.ts';
import type { EngineLimits } from './protocol.ts';

/** One database in memory, with the one connection that everything runs on. */
export interface Session {
  readonly instance: DuckDBInstance;
  readonly connection: DuckDBConnection;
  readonly limits: EngineLimits;
  /** Set by an interrupt; the next statement is then not begun. */
  interrupted: boolean;
  /** What is read of the files of the table that is being loaded; undefined where DuckDB reads them, and knows how far it is. */
  reading: Reading | undefined;
  /** Where conversions are kept from one process to the next; undefined: nowhere. */
  readonly cacheFolder: string | undefined;
  /** Where conversions lie that are not kept; removed when the data are loaded. */
  temporaryFolder: string | undefined;
}

/** How far our own readers are with the files of a table, in bytes on the disk. */
export interface Reading {
  readonly total: number;
  /** Of each file. */
  readonly read: Map<string, number>;
}

/** Gives what notes how much of a file has been read. */
export function reportRead(session: Session, file: string): (bytes: number) => void {
  return (bytes) => session.reading?.read.set(file, bytes);
}

/**
 * An empty database in memory that cannot fetch extensions and writes no temporary file. Files can still be read:
 * `lockSession` ends that.
 */
export async function openSession(limits: EngineLimits, cacheFolder?: string): Promise<Session> {
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
    memory_limit: `${limits.memoryLimitMb}MB`,
    threads: String(limits.threads),
    temp_directory: '',
  });
  const connection = await instance.connect();
  const session: Session = {
    instance,
    connection,
    limits,
    interrupted: false,
    reading: undefined,
    cacheFolder,
    temporaryFolder: undefined,
  };
  await execute(session, "SET TimeZone = 'UTC'");
  // How far a statement is, for `connection.progress`; nothing is printed.
  await execute(session, 'SET enable_progress_bar = true');
  await execute(session, 'SET enable_progress_bar_print = false');
  return session;
}

/**
 * Ends every way out of the engine: files first, then all other access, then the settings themselves. The order matters,
 * as each step forbids undoing the one before. `allowed_paths` is never used, because it grants writing too.
 */
export async function lockSession(session: Session): Promise<void> {
  await execute(session, "SET disabled_filesystems = 'LocalFileSystem'");
  await execute(session, 'SET enable_external_access = false');
  await execute(session, 'SET lock_configuration = true');
}

export function closeSession(session: Session): void {
  session.connection.closeSync();
  session.instance.closeSync();
}

/** Runs one statement for its effect. */
export async function execute(session: Session, sql: string): Promise<void> {
  throwIfInterrupted(session);
  const statement = await session.connection.prepare(sql);
  try {
    await statement.run();
  } finally {
    statement.destroySync();
  }
}

/** Runs one statement and gives its rows as DuckDB's own values, in order of columns. For small results of our own. */
export async function query(session: Session, sql: string): Promise<unknown[][]> {
  throwIfInterrupted(session);
  const statement = await session.connection.prepare(sql);
  try {
    return (await statement.runAndReadAll()).getRows();
  } finally {
    statement.destroySync();
  }
}

/** Rejects with `cancelled` once an interrupt has come in. */
export function throwIfInterrupted(session: Session): void {
  if (session.interrupted) throw new EngineFailure('cancelled', 'The query was cancelled.');
}
