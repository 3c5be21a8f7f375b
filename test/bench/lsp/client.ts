import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { resolve } from 'node:path';
import {
  type ClientCapabilities,
  ConfigurationRequest,
  createProtocolConnection,
  type Diagnostic,
  DiagnosticRefreshRequest,
  DidChangeConfigurationNotification,
  DidOpenTextDocumentNotification,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  InlayHintRefreshRequest,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { OpenDocument } from './open-document.ts';

/** Which server is spoken to, and what the client can do. */
export interface ClientOptions {
  /** The server's script; Node runs it. Default: our own bundle. */
  readonly server?: string;
  readonly folder: string;
  readonly capabilities?: ClientCapabilities;
  /** The settings that a client is asked for, by section. */
  readonly configuration?: Readonly<Record<string, unknown>>;
}

/** A moment at which the server told the problems of a document. */
export interface Told {
  readonly at: number;
  readonly diagnostics: readonly Diagnostic[];
}

const OWN = resolve('dist', 'server.js');

/** A client that measures: a server in a process of its own, spoken to over stdio. */
export class Client {
  readonly child: ChildProcess;
  readonly connection: ProtocolConnection;
  readonly #events = new EventEmitter();
  #lastHeard = performance.now();
  #refreshes = 0;

  private constructor(options: ClientOptions) {
    this.child = spawn(process.execPath, [...nodeArguments(), options.server ?? OWN, '--stdio'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const { stdout, stdin } = this.child;
    if (stdout === null || stdin === null) throw new Error('A process with pipes has both ends.');
    this.connection = createProtocolConnection(
      new StreamMessageReader(stdout),
      new StreamMessageWriter(stdin),
    );
    this.#listen(options.configuration ?? {});
  }

  /** Starts a server and initializes it. */
  static async start(options: ClientOptions): Promise<Client> {
    const client = new Client(options);
    const uri = uriOf(options.folder);
    await client.connection.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      rootUri: uri,
      workspaceFolders: [{ uri, name: 'bench' }],
      capabilities: options.capabilities ?? {},
    });
    await client.connection.sendNotification(InitializedNotification.type, {});
    if (options.configuration !== undefined) {
      await client.connection.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
    }
    return client;
  }

  /** How often the server has asked for hints to be asked for again. */
  get refreshes(): number {
    return this.#refreshes;
  }

  async open(uri: string, text: string, languageId = 'plumbline-metrics'): Promise<OpenDocument> {
    await this.connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri, languageId, version: 1, text },
    });
    return new OpenDocument(this.connection, uri, text);
  }

  /** When the problems of a document are told next, for a version of it where one is given. */
  told(uri: string, version?: number): Promise<Told> {
    return new Promise((done) => {
      const listen = (told: Told, of: string, ofVersion: number | undefined): void => {
        if (of !== uri || (version !== undefined && version !== ofVersion)) return;
        this.#events.off('told', listen);
        done(told);
      };
      this.#events.on('told', listen);
    });
  }

  /** Resolves at the next request to ask for hints again, or at once if one came since `seen`. */
  async refreshed(seen: number): Promise<void> {
    if (this.#refreshes === seen) await once(this.#events, 'refresh');
  }

  /** Resolves when the server has said nothing of its own accord for a while. */
  async quiet(ms: number): Promise<void> {
    for (;;) {
      const left = this.#lastHeard + ms - performance.now();
      if (left <= 0) return;
      await pause(left + 1);
    }
  }

  async stop(): Promise<void> {
    const exited = once(this.child, 'exit');
    await this.connection.sendRequest(ShutdownRequest.type);
    await this.connection.sendNotification(ExitNotification.type);
    await exited;
    this.connection.dispose();
  }

  #listen(configuration: Readonly<Record<string, unknown>>): void {
    const { connection } = this;
    connection.onNotification(PublishDiagnosticsNotification.type, ({ uri, version, diagnostics }) => {
      const at = this.#heard();
      this.#events.emit('told', { at, diagnostics }, uri, version);
    });
    connection.onRequest(InlayHintRefreshRequest.type, async () => {
      this.#heard();
      this.#refreshes++;
      this.#events.emit('refresh');
    });
    connection.onRequest(DiagnosticRefreshRequest.type, async () => void this.#heard());
    connection.onRequest(ConfigurationRequest.type, async ({ items }) =>
      items.map(({ section }) => configuration[section ?? ''] ?? null),
    );
    connection.onUnhandledNotification(() => {});
    connection.listen();
  }

  #heard(): number {
    this.#lastHeard = performance.now();
    return this.#lastHeard;
  }
}

/** `BENCH_NODE_ARGS="--cpu-prof --cpu-prof-dir=DIR"` profiles the servers. */
function nodeArguments(): readonly string[] {
  return (process.env.BENCH_NODE_ARGS ?? '').split(' ').filter((word) => word !== '');
}

export function uriOf(path: string): string {
  return `file://${path.split('/').map(encodeURIComponent).join('/')}`;
}

export function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
