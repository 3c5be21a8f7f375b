// The entry of the engine's own process. It is a process and not a worker thread because a running query cannot be taken out
// of a thread: neither `terminate` nor `exit` returns while it runs. A process can be killed.
import type { FromChild, ToChild } from './protocol.ts';

function send(message: FromChild): void {
  process.send?.(message);
}

// The parent is gone. `process.exit` would wait for the query under way, so the process ends itself as its parent would have.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));

// Messages that come in while DuckDB loads wait here.
const early: ToChild[] = [];
let receive = (message: ToChild): void => {
  early.push(message);
};
process.on('message', (message: ToChild) => receive(message));

import('./serve.ts').then(
  ({ createServer }) => {
    receive = createServer(send);
    send({ kind: 'ready' });
    for (const message of early.splice(0)) receive(message);
  },
  (error: unknown) => {
    send({ kind: 'unavailable', message: error instanceof Error ? error.message : String(error) });
  },
);
