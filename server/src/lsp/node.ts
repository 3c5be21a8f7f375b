import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { createDuckDbEngine } from '../engines/duckdb/duckdb-engine.ts';
import { cacheFolder } from '../hosts/cache-folder.ts';
import { gitVersions } from '../hosts/git/git-versions.ts';
import { createNodeFileSystem } from '../hosts/node-file-system.ts';
import { serverVersions } from '../hosts/node-versions.ts';
import { watchFolders } from '../hosts/node-watch.ts';
import { startServer } from './server.ts';

/** The pages of problems stand beside the bundles. */
function pageOf(code: string): string | undefined {
  const page = join(__dirname, '..', 'docs', 'rules', `${code}.md`);
  return existsSync(page) ? pathToFileURL(page).href : undefined;
}

/**
 * A promise that nobody awaits must not end the server, and the work that is open in it: it is told, as a client shows what a
 * server writes on its error output.
 */
process.on('unhandledRejection', (reason) => {
  console.error(`A defect of Plumbline: ${reason instanceof Error ? reason.stack : String(reason)}`);
});

const fs = createNodeFileSystem();

/** The server's process: over stdio with `--stdio`, over the IPC of the extension with `--node-ipc`. */
startServer(createConnection(ProposedFeatures.all), {
  fs,
  store: gitVersions(fs, process.env),
  createEngine: (log) => {
    const folder = cacheFolder(process);
    return createDuckDbEngine({
      childPath: join(__dirname, 'engine.js'),
      log,
      ...(folder === undefined ? {} : { cacheFolder: folder }),
    });
  },
  now: () => performance.now(),
  pageOf,
  versions: serverVersions(__dirname),
  watch: watchFolders,
});
