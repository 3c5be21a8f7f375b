// Runs the bundled tests with mocha, in two processes at once. Folders or files under test/ limit the run, which is in one process then:
// `npm run test:unit -- core/syntax`; `--grep WORDS` runs the tests whose title has these words. Closes with a line that counts.
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import Mocha from 'mocha';

const PROCESSES = 2;

/** Takes an option and its value out of the arguments. */
function option(args, name) {
  const at = args.indexOf(name);
  return at < 0 ? undefined : args.splice(at, 2)[1];
}

/** The bundles of tests whose path begins so, all where nothing is named. */
function bundles(places) {
  const folder = join('dist', 'test');
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.test.mjs'))
    .filter((name) => places.length === 0 || places.some((place) => name.startsWith(place)))
    .sort()
    .map((name) => resolve(folder, name));
}

async function runHere(files, grep) {
  process.setSourceMapsEnabled(true);
  const mocha = new Mocha({ timeout: 120_000, forbidOnly: true, ...(grep === undefined ? {} : { grep }) });
  for (const file of files) mocha.addFile(file);
  await mocha.loadFilesAsync();
  return new Promise((done) => {
    const runner = mocha.run((failed) => {
      done({ passed: runner.stats.passes, failed, skipped: runner.stats.pending });
    });
  });
}

/** Runs every so many of the files in a process of its own. What it prints is shown at once, or where `later` when it has ended. */
function runShard(shard, later) {
  return new Promise((done) => {
    const child = spawn(process.execPath, [fileURLToPath(import.meta.url), '--shard', String(shard)], {
      stdio: ['inherit', later ? 'pipe' : 'inherit', later ? 'pipe' : 'inherit', 'ipc'],
    });
    const printed = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => printed.push(chunk));
    let counts = { passed: 0, failed: 1, skipped: 0 };
    child.on('message', (message) => {
      counts = message;
    });
    child.on('close', () => done({ counts, printed: Buffer.concat(printed) }));
  });
}

async function runAll() {
  const shards = await Promise.all(
    Array.from({ length: PROCESSES }, (_, shard) => runShard(shard, shard > 0)),
  );
  for (const { printed } of shards) process.stdout.write(printed);
  return shards
    .map(({ counts }) => counts)
    .reduce((sum, { passed, failed, skipped }) => ({
      passed: sum.passed + passed,
      failed: sum.failed + failed,
      skipped: sum.skipped + skipped,
    }));
}

const args = process.argv.slice(2);
const grep = option(args, '--grep');
const shard = option(args, '--shard');
if (shard !== undefined) {
  const files = bundles([]).filter((_, index) => index % PROCESSES === Number(shard));
  process.send(await runHere(files, grep), () => process.disconnect());
} else {
  const counts =
    args.length === 0 && grep === undefined ? await runAll() : await runHere(bundles(args), grep);
  console.log(`Tests: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  process.exitCode = counts.failed > 0 || counts.passed === 0 ? 1 : 0;
}
