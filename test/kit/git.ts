import { execFileSync } from 'node:child_process';

/** The environment of git on a machine that knows its user, and has set nothing else. */
export function gitEnvironment(): Readonly<Record<string, string | undefined>> {
  return {
    PATH: process.env.PATH,
    LANG: 'C.UTF-8',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_SYSTEM: '/dev/null',
    GIT_AUTHOR_NAME: 'a',
    GIT_AUTHOR_EMAIL: 'a@example.org',
    GIT_COMMITTER_NAME: 'a',
    GIT_COMMITTER_EMAIL: 'a@example.org',
  };
}

/** Runs git in a folder, without what this machine has set. Throws where it fails. */
export function gitIn(folder: string): (...args: readonly string[]) => void {
  return (...args) => void execFileSync('git', [...args], { cwd: folder, env: gitEnvironment() });
}
