import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Folder, folderOf } from '../cli/kit.ts';
import { type Block, blocksOf } from './blocks.ts';
import { argumentsOf, commandsOf, isAsShown, wordsOf } from './shown-output.ts';

/** So many columns do the shown tables have at most. */
const COLUMNS = '100';

/** Whether a page is a tutorial: its blocks are steps, which are taken one after the other in one folder. */
export function isTutorial(markdown: string): boolean {
  return /^<!-- tutorial -->$/m.test(markdown);
}

/** What a step does: `write` a file, `append` to one, `edit` one by changed lines, `run` commands, or none of these, with the reason. */
export type Step =
  | { readonly does: 'write' | 'append' | 'edit'; readonly file: string; readonly block: Block }
  | { readonly does: 'run'; readonly block: Block }
  | { readonly does: 'nothing'; readonly why: string; readonly block: Block };

/** The steps of a tutorial, in order. Throws at a block that is none. */
export function stepsOf(markdown: string): readonly Step[] {
  return blocksOf(markdown).map((block): Step => {
    const { language, line, notes } = block;
    const [file] = block.words;
    const why = notes.get('not run');
    const end = notes.get('at the end of');
    if (why !== undefined) return { does: 'nothing', why, block };
    if (end !== undefined) return { does: 'append', file: end, block };
    if (language === 'console') return { does: 'run', block };
    if (file === undefined) throw new Error(`The block in line ${line} names no file.`);
    return { does: language === 'diff' ? 'edit' : 'write', file, block };
  });
}

/** Declares the tests of a tutorial: it is done as a reader would do it, and each output is compared with what is shown. */
export function followsTutorial(markdown: string): void {
  const folder = folderOf({});
  const shell = { code: 0 };
  for (const step of stepsOf(markdown)) {
    const { text, line } = step.block;
    if (step.does === 'nothing')
      it(`says why line ${line} is not done`, () => assert.match(step.why, /\w+ \w+/));
    else if (step.does !== 'run')
      it(`${step.does}s ${step.file} in line ${line}`, () => writeStep(folder, step));
    else {
      for (const { command, shown } of commandsOf(text)) {
        it(`shows in line ${line} what it says: ${command}`, async () => {
          const output = await outputOf(folder, shell, command);
          assert.ok(isAsShown(output, shown), `${command} says:\n${output}`);
          // What says nothing has done what it should.
          if (shown === '') assert.equal(shell.code, 0);
        });
      }
    }
  }
}

/** Writes what a step writes. */
export function writeStep(
  folder: Pick<Folder, 'path' | 'write'>,
  { does, file, block: { text } }: Exclude<Step, { readonly does: 'run' | 'nothing' }>,
): void {
  const now = (): string => readFileSync(join(folder.path, file), 'utf8');
  if (does === 'write') folder.write(file, text);
  else if (does === 'append') folder.write(file, now() + text);
  else folder.write(file, edited(now(), text));
}

/**
 * A text with some lines changed, as a reader does who is shown them: lines after `-` go, lines after `+` come, and those after a blank are there
 * to find the place. Throws where there is no such place, or more than one.
 */
export function edited(text: string, change: string): string {
  const changed = change.trimEnd().split('\n');
  const without = (sign: string): readonly string[] =>
    changed.flatMap((line) => (line.startsWith(sign) ? [] : [line.slice(1)]));
  const [old, now] = [without('+'), without('-')];
  const lines = text.split('\n');
  const places = lines.flatMap((_, at) =>
    old.every((line, index) => lines[at + index] === line) ? [at] : [],
  );
  const [place, more] = places;
  if (place === undefined || more !== undefined)
    throw new Error(`These lines do not stand there just once:\n${old.join('\n')}`);
  return lines.toSpliced(place, old.length, ...now).join('\n');
}

/** What a command prints. Besides ours and git, a file can be shown, and what the last command ended with. */
async function outputOf(folder: Folder, shell: { code: number }, command: string): Promise<string> {
  const args = argumentsOf(command);
  if (args !== undefined) {
    const { code, stdout, stderr } = await folder.plumbline(args, { env: { COLUMNS } });
    shell.code = code ?? Number.NaN;
    return `${stdout}${stderr}`;
  }
  const [program, ...words] = wordsOf(command);
  if (program === 'git') {
    const { status, stdout, stderr } = spawnSync('git', words, {
      cwd: folder.path,
      env: gitEnvironment(),
      encoding: 'utf8',
    });
    shell.code = status ?? Number.NaN;
    return `${stdout}${stderr}`;
  }
  const { code } = shell;
  shell.code = 0;
  if (command === 'echo $?') return `${code}\n`;
  if (program === 'cat' && words.length === 1) return readFileSync(join(folder.path, words[0] ?? ''), 'utf8');
  return assert.fail(`Nothing runs "${command}".`);
}

/** Git as it is on a machine that knows its user and nothing else. */
function gitEnvironment(): Readonly<Record<string, string | undefined>> {
  const names = { GIT_AUTHOR_NAME: 'a', GIT_COMMITTER_NAME: 'a' };
  const addresses = { GIT_AUTHOR_EMAIL: 'a@example.org', GIT_COMMITTER_EMAIL: 'a@example.org' };
  const settings = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  return { PATH: process.env.PATH, LANG: 'C.UTF-8', ...names, ...addresses, ...settings };
}
