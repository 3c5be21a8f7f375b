import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { createNodeFileSystem } from '../hosts/node-file-system.ts';
import { startServer } from './server.ts';

/** The server's process: over stdio with `--stdio`, over the IPC of the extension with `--node-ipc`. */
startServer(createConnection(ProposedFeatures.all), createNodeFileSystem());
