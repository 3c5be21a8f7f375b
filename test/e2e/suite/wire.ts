import { ChildProcess } from 'node:child_process';

/** A message between the editor and a language server. */
export interface Message {
  /** When, in milliseconds since 1970. */
  readonly at: number;
  readonly from: 'editor' | 'server';
  /** Of an answer that of the request. */
  readonly method: string;
  readonly isAnswer: boolean;
}

interface Rpc {
  readonly id?: number | string;
  readonly method?: string;
}

/**
 * Listens to what the editor and a language server tell each other from now on. A suite runs in the process that has started the server, so
 * that it can stand beside the channel.
 *
 * @param file what the server runs, such as `dist/server.js`
 * @param hear is told of each message
 * @returns stops listening
 */
export function followWire(file: string, hear: (message: Message) => void): () => void {
  const asked = new Map<number | string, string>();
  const followed = new Map<ChildProcess, ChildProcess['send']>();
  const note = (from: Message['from'], { id = '', method }: Rpc): void => {
    const name = method ?? (from === 'server' ? asked.get(id) : undefined);
    if (name === undefined) return;
    if (from === 'editor') asked.set(id, name);
    hear({
      at: performance.timeOrigin + performance.now(),
      from,
      method: name,
      isAnswer: method === undefined,
    });
  };
  const { emit } = ChildProcess.prototype;
  // What is sent is a function of each process, which is met when it first says something.
  const meet = (process: ChildProcess): void => {
    const { send } = process;
    followed.set(process, send);
    process.send = new Proxy(send, {
      apply: (target, self, [message, ...others]) => {
        note('editor', message);
        return Reflect.apply(target, self, [message, ...others]);
      },
    });
  };
  ChildProcess.prototype.emit = new Proxy(emit, {
    apply: (target, self: ChildProcess, [event, ...others]) => {
      if (event === 'message' && self.spawnargs.some((arg) => arg.endsWith(file))) {
        note('server', others[0]);
        if (!followed.has(self)) meet(self);
      }
      return Reflect.apply(target, self, [event, ...others]);
    },
  });
  return () => {
    ChildProcess.prototype.emit = emit;
    for (const [process, send] of followed) process.send = send;
  };
}
