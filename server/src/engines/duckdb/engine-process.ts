import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Socket } from 'node:net';
import { EngineFailure } from '../../core/ports.ts';
import { engineEnvironment } from './engine-environment.ts';
import type { EngineRequest, FromChild, ToChild } from './protocol.ts';

/** How long an interrupted statement may take to stop before its process is killed. */
const GRACE_MS = 500;
/** What the process needs beside DuckDB's own memory limit: its code, and buffers that the limit does not cover. */
const HEADROOM_MB = 1024;
/** Characters of the process's error output that are kept to explain its end. */
const STDERR_KEPT = 2000;

export interface EngineProcessOptions {
  /** The bundled `child.ts`. */
  readonly childPath: string;
  readonly memoryLimitMb: number;
}

/** What the process says between a question and its answer. */
export type Interim = Extract<FromChild, { kind: 'progress' | 'part' }>;
export type Answer = Extract<FromChild, { kind: 'done' }>;

/** A running engine process. It keeps its parent alive only while it is asked something. */
export interface EngineProcess {
  readonly pid: number | undefined;
  readonly alive: () => boolean;
  /** One question at a time. Rejects with `EngineFailure`: what the engine says, or that its process ended. */
  ask(request: EngineRequest, onInterim: (message: Interim) => void): Promise<Answer>;
  /** Stops what is being asked: by an interrupt, and after a grace time by a kill. */
  stop(): void;
  /** Ends the process at once; resolves when it has ended. */
  kill(): Promise<void>;
}

interface Question {
  readonly id: number;
  readonly onInterim: (message: Interim) => void;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (failure: EngineFailure) => void;
}

interface State {
  readonly child: ChildProcess;
  readonly exited: Promise<void>;
  ready: boolean;
  alive: boolean;
  /** It has been killed, and is about to end. */
  dying: boolean;
  lastId: number;
  question: Question | undefined;
  grace: NodeJS.Timeout | undefined;
  stderr: string;
}

export function startEngineProcess(options: EngineProcessOptions): EngineProcess {
  if (!existsSync(options.childPath)) {
    throw new EngineFailure('unavailable', `The engine is not built: ${options.childPath} does not exist.`);
  }
  const child = spawnChild(options);
  const state: State = {
    child,
    exited: new Promise((resolve) => {
      child.once('exit', () => resolve());
      child.once('error', () => resolve());
    }),
    ready: false,
    alive: true,
    dying: false,
    lastId: 0,
    question: undefined,
    grace: undefined,
    stderr: '',
  };
  listen(state, options);
  hold(state, false);
  return {
    pid: child.pid,
    alive: () => state.alive && !state.dying,
    ask: (request, onInterim) => ask(state, request, onInterim),
    stop: () => stop(state),
    kill: () => kill(state),
  };
}

/**
 * On Linux a shell sets a limit to the data of the process before it becomes Node: DuckDB's own limit does not cover what
 * single values and lists take. Secrets of the surroundings are not handed on.
 */
function spawnChild({ childPath, memoryLimitMb }: EngineProcessOptions): ChildProcess {
  const env = engineEnvironment(process.env, process.versions.electron !== undefined);
  const limit = `ulimit -d ${(memoryLimitMb + HEADROOM_MB) * 1024} 2>/dev/null; exec "$@"`;
  const node = [process.execPath, childPath];
  const command = process.platform === 'linux' ? ['/bin/sh', '-c', limit, 'sh', ...node] : node;
  try {
    return spawn(command[0] ?? process.execPath, command.slice(1), {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      serialization: 'advanced',
      env,
      windowsHide: true,
    });
  } catch (error) {
    // Some systems refuse at once, and not by an event.
    const cause = error instanceof Error ? error.message : String(error);
    throw new EngineFailure('unavailable', `The engine could not be started: ${cause}`);
  }
}

function listen(state: State, options: EngineProcessOptions): void {
  const { child } = state;
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    state.stderr = (state.stderr + text).slice(-STDERR_KEPT);
  });
  child.on('message', (message: FromChild) => receive(state, message));
  // Not once: a later error (of a kill, say) would have no listener, and end the parent.
  child.on('error', (error) =>
    end(state, new EngineFailure('unavailable', `The engine could not be started: ${error.message}`)),
  );
  child.once('exit', (code, signal) => end(state, endedFailure(state, options, code, signal)));
}

function ask(state: State, request: EngineRequest, onInterim: (message: Interim) => void): Promise<Answer> {
  return new Promise((resolve, reject) => {
    if (!state.alive) {
      reject(new EngineFailure('killed', 'The engine has ended.'));
      return;
    }
    state.lastId += 1;
    const id = state.lastId;
    state.question = { id, onInterim, resolve, reject };
    hold(state, true);
    const message: ToChild = { id, request };
    // A failure to send means that the process is ending; its exit says why.
    state.child.send(message, () => {});
  });
}

function receive(state: State, message: FromChild): void {
  if (message.kind === 'ready') {
    state.ready = true;
    return;
  }
  const { question } = state;
  if (message.kind === 'unavailable') {
    question?.reject(new EngineFailure('unavailable', unavailableText(message.message)));
    state.question = undefined;
    void kill(state);
    return;
  }
  if (!question || question.id !== message.id) return;
  if (message.kind === 'progress' || message.kind === 'part') {
    question.onInterim(message);
    return;
  }
  settle(state);
  if (message.kind === 'done') {
    question.resolve(message);
    return;
  }
  if (message.broken) void kill(state);
  question.reject(new EngineFailure(message.reason, message.message, message.table));
}

/** The question under way has its answer. */
function settle(state: State): void {
  state.question = undefined;
  clearTimeout(state.grace);
  state.grace = undefined;
  hold(state, false);
}

function stop(state: State): void {
  if (!state.question || state.grace) return;
  const message: ToChild = { interrupt: true };
  state.child.send(message, () => {});
  // An answer may still be on its way: nothing more is asked of a process that is about to end.
  state.grace = setTimeout(() => void kill(state), GRACE_MS);
}

function kill(state: State): Promise<void> {
  state.dying = true;
  if (state.alive) {
    // Held, so that the end of the process is still awaited when nothing else is left to do.
    hold(state, true);
    state.child.kill('SIGKILL');
  }
  return state.exited;
}

function end(state: State, failure: EngineFailure): void {
  if (!state.alive) return;
  state.alive = false;
  const { question } = state;
  settle(state);
  question?.reject(failure);
}

function hold(state: State, held: boolean): void {
  const { child } = state;
  // A pipe to a child is a socket, whatever its declared type; it would keep the parent alive too.
  const handles = [child, child.channel, child.stderr as Socket | null];
  for (const handle of handles) {
    if (held) handle?.ref();
    else handle?.unref();
  }
}

function endedFailure(
  state: State,
  options: EngineProcessOptions,
  code: number | null,
  signal: NodeJS.Signals | null,
): EngineFailure {
  if (!state.ready && signal === null) {
    return new EngineFailure('unavailable', unavailableText(lastLine(state.stderr) || `exit code ${code}`));
  }
  const how = signal === null ? `exit code ${code}` : signal;
  const limit = `${options.memoryLimitMb} MB`;
  const why = `This happens when a query needs more memory than it may take (${limit}), or when the process is killed.`;
  return new EngineFailure('killed', `The engine ended before it answered (${how}). ${why}`);
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}

function unavailableText(cause: string): string {
  const platform = `${process.platform}-${process.arch}`;
  const advice =
    'Install the package @duckdb/node-api for this platform, or in an editor the extension that is made for it.';
  return `DuckDB could not be loaded on ${platform}: ${cause.split('\n', 1)[0]}. ${advice}`;
}
