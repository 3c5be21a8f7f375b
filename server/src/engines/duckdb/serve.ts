import { rm } from 'node:fs/promises';
import { EngineFailure } from '../../core/ports.ts';
import { failureOf } from './failure.ts';
import { type HeldTables, keepTables } from './keep-tables.ts';
import { loadTables } from './load-tables.ts';
import type { EngineLimits, EngineRequest, FromChild, ToChild } from './protocol.ts';
import { readResult } from './result.ts';
import {
  closeSession,
  execute,
  lockSession,
  openSession,
  type Session,
  throwIfInterrupted,
} from './session.ts';
import { STORED } from './stored-table.ts';

/** An interrupt that meets DuckDB between two statements is lost, so it is repeated until the request has ended. */
const INTERRUPT_AGAIN_MS = 20;

interface Server {
  readonly send: (message: FromChild) => void;
  session: Session | undefined;
  /** What lies in the session; or, where a load has failed, in `leftover`, which answers nothing. */
  held: HeldTables;
  leftover: Session | undefined;
  limits: EngineLimits | undefined;
  /** The request under way. */
  current: number | undefined;
}

/** Answers the host's messages, one request at a time, with the one session that this process has. */
export function createServer(send: (message: FromChild) => void): (message: ToChild) => void {
  const server: Server = {
    send,
    session: undefined,
    held: new Map(),
    leftover: undefined,
    limits: undefined,
    current: undefined,
  };
  return (message) => {
    if ('interrupt' in message) interrupt(server, server.current);
    else void answer(server, message.id, message.request);
  };
}

async function answer(server: Server, id: number, request: EngineRequest): Promise<void> {
  server.current = id;
  try {
    const tables =
      request.kind === 'load' ? await load(server, id, request) : await run(server, id, request.sql);
    server.send({ kind: 'done', id, tables });
  } catch (error) {
    server.send({ kind: 'failed', id, ...failureOf(error, server.limits) });
  } finally {
    server.current = undefined;
    if (server.session) server.session.interrupted = false;
  }
}

/** A locked database can load nothing more, so every load starts with a fresh one, and takes over what has not changed. */
async function load(server: Server, id: number, request: Extract<EngineRequest, { kind: 'load' }>) {
  const before = server.session ?? server.leftover;
  const { held } = server;
  server.limits = request.limits;
  server.leftover = undefined;
  server.held = new Map();
  const session = await openSession(request.limits, request.cacheFolder);
  // From here on an interrupt reaches the new one.
  server.session = session;
  try {
    if (before) server.held = await takeOver(before, held, session, request.stamps);
    const tables = await loadTables(session, request, server.held, (done, total, table, share) =>
      server.send({ kind: 'progress', id, done, total, table, share }),
    );
    await lockSession(session);
    return tables;
  } catch (error) {
    server.session = undefined;
    // What was loaded so far is not locked, so nothing may run on it; the next load may still take it over.
    if (failureOf(error, server.limits).reason === 'cancelled') {
      session.interrupted = false;
      server.leftover = session;
    } else {
      server.held = new Map();
      closeSession(session);
    }
    throw error;
  } finally {
    if (session.temporaryFolder !== undefined)
      await rm(session.temporaryFolder, { recursive: true, force: true });
  }
}

/** Reading the files again is always possible, so that a failure to copy is none. */
async function takeOver(
  before: Session,
  held: HeldTables,
  session: Session,
  stamps: readonly string[],
): Promise<HeldTables> {
  try {
    return await keepTables(before, held, session, stamps);
  } catch {
    throwIfInterrupted(session);
    await execute(session, `drop schema if exists ${STORED} cascade`);
    return new Map();
  } finally {
    closeSession(before);
  }
}

async function run(server: Server, id: number, sql: string): Promise<[]> {
  if (!server.session) throw new EngineFailure('query', 'No data has been loaded.');
  await readResult(server.session, sql, (part) => server.send({ kind: 'part', id, part }));
  return [];
}

function interrupt(server: Server, id: number | undefined): void {
  if (id === undefined || server.current !== id) return;
  if (server.session) {
    server.session.interrupted = true;
    server.session.connection.interrupt();
  }
  setTimeout(() => interrupt(server, id), INTERRUPT_AGAIN_MS);
}
