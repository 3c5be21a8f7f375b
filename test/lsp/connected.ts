import { PassThrough } from 'node:stream';
import {
  type Connection,
  createConnection,
  createProtocolConnection,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';

/** Both ends of a connection in this process, for tests of what stands on one without a whole server. */
export interface Connected {
  readonly server: Connection;
  readonly client: ProtocolConnection;
  /** Starts both ends: what they answer has to be registered before. */
  listen(): void;
  end(): void;
}

/** Connects a server's end with a client's. */
export function connected(): Connected {
  const [up, down] = [new PassThrough(), new PassThrough()];
  const server = createConnection(new StreamMessageReader(up), new StreamMessageWriter(down));
  const client = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
  return {
    server,
    client,
    listen() {
      server.listen();
      client.listen();
    },
    end() {
      client.dispose();
      server.dispose();
    },
  };
}
