import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { VersionProblem } from '../../core/diff-versions/version-store.ts';

/** Git could not do what was asked. The message is for users. */
export class GitProblem extends VersionProblem {
  /** What git wrote to its standard error. */
  readonly said: string;
  constructor(message: string, said = '') {
    super(message);
    this.name = 'GitProblem';
    this.said = said;
  }
}

/** What a repository says of itself is text of a stranger: nothing that it configures may run a program here. */
const SETTINGS = [
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'core.pager=cat',
  'core.sshCommand=false',
  'diff.external=',
  'credential.helper=',
].flatMap((setting) => ['-c', setting]);

/**
 * The environment of git: that of the user, without the variables of git itself, which could name another repository, other settings or a program to
 * run. Git then asks nobody, writes nothing, and fetches nothing that a partial clone lacks. Whose repositories are trusted
 * (`safe.directory`) stays as the user has set it.
 */
export function gitEnvironment(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const own = Object.entries(env).flatMap(([name, value]) =>
    value === undefined || /^(GIT_|SSH_ASKPASS|PAGER$|EDITOR$|VISUAL$)/i.test(name)
      ? []
      : [[name, value] as const],
  );
  return {
    ...Object.fromEntries(own),
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_LAZY_FETCH: '1',
    // Unlike `protocol.allow`, nothing in the settings of a repository is stronger than this.
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_NO_REPLACE_OBJECTS: '1',
  };
}

/** Starts git on the repository that holds a folder. Only commands that read objects are meant to be given. */
export function startGit(
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): ChildProcessWithoutNullStreams {
  // Started elsewhere, so that a program called git in the repository is none.
  return spawn('git', ['--no-pager', ...SETTINGS, '-C', folder, ...args], {
    cwd: tmpdir(),
    env: gitEnvironment(env),
    stdio: 'pipe',
    windowsHide: true,
  });
}

/** What git prints. Rejects with `GitProblem` where git is not there or fails, and when the signal says stop. */
export async function runGit(
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  input = '',
): Promise<Buffer> {
  const child = startGit(folder, args, env);
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const out: Buffer[] = [];
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => void out.push(chunk));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = `${said}${text}`.slice(0, MOST_SAID);
  });
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(startProblem(error)));
    child.once('close', (code) => {
      if (code === 0) resolve(Buffer.concat(out));
      else reject(failure(folder, said));
    });
  });
}

const MOST_SAID = 10_000;

/** Why git did not start. */
export function startProblem(error: Error): GitProblem {
  const isMissing = 'code' in error && error.code === 'ENOENT';
  return new GitProblem(
    isMissing
      ? 'Git is not installed, or not on the PATH. Install it, or compare two folders.'
      : `Git cannot be started: ${error.message}`,
  );
}

function failure(folder: string, said: string): GitProblem {
  if (said.includes('dubious ownership'))
    return new GitProblem(
      `Git does not trust the repository that holds ${folder}, as another user owns it. If you do, tell git: git config --global --add safe.directory with the path of the repository.`,
      said,
    );
  const lines = said.split('\n').filter((text) => text.trim() !== '');
  const line = lines.find((text) => !text.startsWith('warning: ')) ?? lines[0] ?? 'git failed';
  const text = line.replace(/^(fatal|error): /, '');
  if (DAMAGED.test(text))
    return new GitProblem(
      `The repository that holds ${folder} is damaged: ${text}. Run "git fsck" there, which lists what it lacks.`,
      said,
    );
  return new GitProblem(text, said);
}

/** What git says of objects that should be there and are not, or are broken. */
const DAMAGED = /not a tree object|unable to read|bad object|is corrupt|object file .* is empty/;
