import { EngineFailure } from '../../core/ports.ts';
import type { EngineLimits, FromChild } from './protocol.ts';

type Failure = Omit<Extract<FromChild, { kind: 'failed' }>, 'kind' | 'id'>;

/** A table that could not be loaded: which, and why. */
export class TableFailure extends Error {
  readonly table: string;
  readonly reason: unknown;
  constructor(table: string, reason: unknown) {
    super('A table could not be loaded.');
    this.name = 'TableFailure';
    this.table = table;
    this.reason = reason;
  }
}

/** What went wrong inside the engine's process, in the terms of `EngineFailure`. */
export function failureOf(error: unknown, limits: EngineLimits | undefined): Failure {
  if (error instanceof TableFailure) return tableFailure(error, limits);
  if (error instanceof EngineFailure) {
    return { reason: error.reason, message: error.message, table: undefined, broken: false };
  }
  return duckDbFailure(error instanceof Error ? error.message : String(error), limits);
}

/** What DuckDB refuses while it loads is the fault of a file, so its message is for users. */
function tableFailure({ table, reason: cause }: TableFailure, limits: EngineLimits | undefined): Failure {
  const failure = failureOf(cause, limits);
  if (failure.reason === 'killed') {
    return { ...failure, table, message: `The data of "${table}" is too large. ${failure.message}` };
  }
  if (failure.reason !== 'query') return { ...failure, table };
  return {
    ...failure,
    table,
    reason: 'data',
    message: failure.message.replace(/^[A-Z][A-Za-z ]* Error: /, ''),
  };
}

function duckDbFailure(message: string, limits: EngineLimits | undefined): Failure {
  // After a fatal or internal error DuckDB answers nothing more from that database.
  const broken = /^(FATAL|INTERNAL)|has been invalidated/.test(message);
  if (/^INTERRUPT/.test(message)) {
    return { reason: 'cancelled', message: 'The query was cancelled.', table: undefined, broken };
  }
  if (isOutOfMemory(message)) {
    const limit = limits ? ` of ${limits.memoryLimitMb} MB` : '';
    const text = `The engine ran out of its memory limit${limit}.`;
    return { reason: 'killed', message: text, table: undefined, broken };
  }
  return { reason: 'query', message: firstLines(message), table: undefined, broken };
}

/** Whether an error message of DuckDB's says that memory ran out. */
export function isOutOfMemory(message: string): boolean {
  return /^Out of Memory|bad_alloc|bad allocation|failed to (allocate|pin)/i.test(message);
}

/** DuckDB's advice and lists of options after the first paragraph are not for users. */
function firstLines(message: string): string {
  return message.split(/\n\s*\n/, 1)[0] ?? message;
}
