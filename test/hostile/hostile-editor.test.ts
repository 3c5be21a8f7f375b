import assert from 'node:assert/strict';
import { lstatSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CompletionRequest, type Diagnostic, HoverRequest } from 'vscode-languageserver/node';
import { childrenOf, eventually } from '../cli/kit.ts';
import { type ServerProcess, startServerProcess } from '../lsp/server-process.ts';
import { SECRET, writeHostileFolder } from './hostile-folder.ts';
import { canWatch, type Watch, watch } from './watch.ts';

/** The most memory that the server has had, in MB. Linux only. */
function peakMemory(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024;
}

describe('a hostile folder in an editor', function () {
  // The watch slows the server, and other tests may run beside this one.
  this.timeout(60_000);
  const folder = writeHostileFolder();
  let watched: Watch | undefined;
  let server: ServerProcess;
  const uri = (name: string): string => pathToFileURL(join(folder.project, name)).href;
  /** Files that an editor would open: text of a size that it reads. What is behind a link the editor itself would read. */
  const opened = readdirSync(folder.project).filter((name) => {
    const found = lstatSync(join(folder.project, name));
    return name.endsWith('.yaml') && found.isFile() && found.size < 1_000_000;
  });

  before(async () => {
    watched = canWatch() ? watch(folder.project) : undefined;
    server = await startServerProcess(
      'stdio',
      {
        workspaceFolders: [{ uri: pathToFileURL(folder.project).href, name: 'hostile' }],
        initializationOptions: { evaluate: true },
      },
      watched?.command,
    );
  });
  after(() => {
    server.child.kill();
    watched?.dispose();
    rmSync(folder.top, { recursive: true, force: true });
  });

  /** The problems of a document once one of them has a code. */
  function problemsWith(name: string, code: string): Promise<readonly Diagnostic[]> {
    return eventually(() =>
      server.published
        .filter((each) => each.uri === uri(name))
        .map(({ diagnostics }) => diagnostics)
        .findLast((diagnostics) => diagnostics.some((one) => one.code === code)),
    );
  }

  it('is opened file by file, and every file has its problems', async () => {
    for (const name of opened) await server.open(uri(name), readFileSync(join(folder.project, name), 'utf8'));
    for (const { problems } of folder.planted) {
      for (const { file, code } of problems) {
        // Texts that are no UTF-8 reach a server as the editor has decoded them.
        if (!opened.includes(file) || file.startsWith('encoding-')) continue;
        await problemsWith(file, code);
      }
    }
  });

  it('says what cannot be read once its data are loaded, and computes what is sound', async () => {
    const text = readFileSync(join(folder.project, 'good.metrics.yaml'), 'utf8').split('\n');
    const line = text.findIndex((one) => one.includes('good_sum'));
    const position = { line, character: 4 };
    const document = { uri: uri('good.metrics.yaml') };
    for (;;) {
      const hover = await server.connection.sendRequest(HoverRequest.type, {
        textDocument: document,
        position,
      });
      if (JSON.stringify(hover).includes('7.00 (n = 3')) break;
    }
    await problemsWith('broken-ragged-short.metrics.yaml', 'data-unreadable');
  });

  it('offers no names from behind a link out of the project', async () => {
    const name = 'typed.metrics.yaml';
    const text = 'plumbline: 1\nsources:\n  typed: { data: planted/folder/ }\n';
    await server.open(uri(name), text);
    const completed = await server.connection.sendRequest(CompletionRequest.type, {
      textDocument: { uri: uri(name) },
      position: { line: 2, character: '  typed: { data: planted/folder/'.length },
    });
    assert.doesNotMatch(JSON.stringify(completed), /secret/);
  });

  it('takes a change of every file, and ends when it is asked to', async () => {
    for (const name of opened) {
      await server.change(uri(name), 2, [
        { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: '# typed\n' },
      ]);
    }
    await problemsWith('escapes.metrics.yaml', 'data-outside');
    if (process.platform === 'linux') {
      const parent = server.child.pid ?? 0;
      const pid = watched === undefined ? parent : (childrenOf(parent)[0]?.pid ?? parent);
      assert.ok(peakMemory(pid) < 1024, `${peakMemory(pid)} MB`);
    }
    assert.ok(!JSON.stringify(server.published).includes(SECRET));
    assert.equal(await server.stop(), 0);
  });

  it('was not left by any read or write', function () {
    if (watched === undefined) this.skip();
    assert.deepEqual(watched.violations(), []);
    assert.ok(watched.opened().has(join(folder.project, 'data/ragged-short.csv')));
  });
});
