import { rm } from 'node:fs/promises';
import { EngineFailure } from '../../core/ports.ts';
import { failureOf } from './failure.ts';
import { loadTables } from './load-tables.ts';
import type { EngineLimits, EngineRequest, FromChild, ToChild } from './protocol.ts';
import { readResult } from './result.ts';
import { closeSession, lockSession, openSession, type Session } from './session.ts';

/** An interrupt that meets DuckDB between two statements is lost, so it is repeated until the request has ended. */
const INTERRUPT_AGAIN_MS = 20;

interface Server {
  readonly send: (message: FromChild) => void;
  session: Session | undefined;
  limits: EngineLimits | undefined;
  /** The request under way. */
  current: number | undefined;
}

/** Answers the host's messages, one request at a time, with the one session that this process has. */
export function createServer(send: (message: FromChild) => void): (message: ToChild) => void {
  const server: Server = { send, session: undefined, limits: undefined, current: undefined };
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

/** A locked database can load nothing more, so every load starts with a fresh one. */
async function load(server: Server, id: number, request: Extract<EngineRequest, { kind: 'load' }>) {
  if (server.session) closeSession(server.session);
  server.session = undefined;
  server.limits = request.limits;
  const session = await openSession(request.limits, request.cacheFolder);
  server.session = session;
  try {
    const tables = await loadTables(session, request, (done, total, table) =>
      server.send({ kind: 'progress', id, done, total, table }),
    );
    await lockSession(session);
    return tables;
  } catch (error) {
    // What was loaded so far is not locked, so nothing may run on it.
    closeSession(session);
    server.session = undefined;
    throw error;
  } finally {
    if (session.temporaryFolder !== undefined)
      await rm(session.temporaryFolder, { recursive: true, force: true });
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
