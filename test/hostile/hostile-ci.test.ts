import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { writeHostileFolder } from './hostile-folder.ts';
import { runWatched } from './run-watched.ts';

/** What a runner takes for a command: GitHub's at the start of a line, and the older ones of it and of others anywhere in one. */
const COMMAND = /^\s*::|##[A-Za-z]*\[/;
/** An annotation as we write it. */
const OURS =
  /^::(error|warning|notice) file=[^,:]+,line=\d+,endLine=\d+,(col=\d+,endColumn=\d+,)?title=[a-z-]+::[^\n]+$/;

describe('a hostile folder in a pipeline', () => {
  const folder = writeHostileFolder();
  after(() => rmSync(folder.top, { recursive: true, force: true }));

  it('gets annotations of its problems, and no other command of a server', async () => {
    const { code, stdout } = await runWatched(folder.project, [
      'ci',
      '--report',
      'text',
      '--report',
      'github',
    ]);
    assert.equal(code, 1);
    const commands = stdout.split(/\r\n|\r|\n/).filter((line) => COMMAND.test(line));
    assert.ok(commands.length > 0);
    for (const command of commands) assert.match(command, OURS);
  });

  it('gets a log without any, where no annotations were asked for', async () => {
    const { stdout } = await runWatched(folder.project, ['ci', '--report', 'text', '--report', 'markdown']);
    assert.deepEqual(
      stdout.split(/\r\n|\r|\n/).filter((line) => COMMAND.test(line)),
      [],
    );
  });
});
