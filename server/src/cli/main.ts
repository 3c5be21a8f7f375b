#!/usr/bin/env node
// The entry of the command line: hands the process over to the program, and its exit code back.
import { join } from 'node:path';
import { createNodeFileSystem, toCorePath } from '../hosts/node-file-system.ts';
import { createNodeOutput } from '../hosts/node-output.ts';
import { ownVersion } from '../hosts/node-versions.ts';
import { decodeUtf8 } from '../hosts/utf8-text.ts';
import type { ReportWriter } from '../report/report.ts';
import type { Host, Stream } from './host.ts';
import { runProgram } from './program.ts';

/** A reader such as `head` may close its end before everything is written: that is no error, and there is nobody to tell. */
function quietWhenClosed(stream: NodeJS.WriteStream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'EOF') throw error;
    process.exit();
  });
}

function streamOf(stream: NodeJS.WriteStream): Stream {
  return {
    write: (text) => void stream.write(text),
    isTTY: stream.isTTY === true,
    get columns() {
      return stream.isTTY === true ? stream.columns : undefined;
    },
  };
}

async function readInput(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  return decodeUtf8('standard input', Buffer.concat(chunks));
}

quietWhenClosed(process.stdout);
quietWhenClosed(process.stderr);
const host: Host = {
  fs: createNodeFileSystem(),
  output: createNodeOutput(),
  cwd: toCorePath(process.cwd()),
  env: process.env,
  platform: process.platform,
  readInput,
  stdout: streamOf(process.stdout),
  stderr: streamOf(process.stderr),
  enginePath: join(__dirname, 'engine.js'),
  // A bundle of its own, so that the other commands do not load it.
  startServer: () => void require(join(__dirname, 'server.js')),
  loadReportWriter() {
    const { writer }: { readonly writer: ReportWriter } = require(join(__dirname, 'report.js'));
    return writer;
  },
};
void runProgram(host, ownVersion(__dirname), process.argv.slice(2)).then((code) => {
  // The process ends by itself once all output is written: `process.exit` would cut off what a pipe has not taken yet.
  process.exitCode = code;
});
