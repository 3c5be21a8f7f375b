import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createProtocolConnection,
  ExitNotification,
  InitializeRequest,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { distFolder, folderOf } from './kit.ts';

describe('plumbline lsp', () => {
  const folder = folderOf({ 'plumbline.yaml': 'plumbline: 1\n' });

  it('is the language server, over stdio, also with the options that editors add', async () => {
    const args = [join(distFolder(), 'cli.js'), 'lsp', '--stdio', '--clientProcessId=1'];
    const child = spawn(process.execPath, args, { cwd: folder.path, stdio: ['pipe', 'pipe', 'inherit'] });
    const exited = once(child, 'exit');
    const connection = createProtocolConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    connection.listen();
    const { serverInfo } = await connection.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      rootUri: null,
      capabilities: {},
      workspaceFolders: null,
    });
    assert.equal(serverInfo?.name, 'plumbline');
    await connection.sendRequest(ShutdownRequest.type);
    await connection.sendNotification(ExitNotification.type);
    assert.deepEqual(await exited, [0, null]);
    connection.dispose();
  });

  it('says what to pass where nothing is said of the transport', async () => {
    const run = await folder.plumbline(['lsp']);
    assert.equal(run.code, 2);
    assert.match(run.stderr, /pass --stdio/);
    assert.equal(run.stdout, '', 'nothing is written where an editor would read');
  });

  it('is not part of the bundle of the other commands', () => {
    const bundle = readFileSync(join(distFolder(), 'cli.js'), 'utf8');
    assert.ok(!bundle.includes('textDocument/didOpen'));
  });
});
