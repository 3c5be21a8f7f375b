import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A text of a file of the project that occurs once, and what takes its place. */
type Edit = readonly [file: string, text: string, other: string];

/** On main: what `first_reply_p90` measures, after the branch has left. */
const ON_MAIN: Edit = ['support.metrics.yaml', '    p: 0.9\n', '    p: 0.95\n'];

/** On the branch: which tickets are about money. */
const ON_BRANCH: readonly Edit[] = [
  [
    'segments.metrics.yaml',
    "      money: category = 'billing'",
    "      money: category in ('billing', 'access')",
  ],
  [
    'segments.metrics.yaml',
    "      help: category in ('how_to', 'access')",
    "      help: category = 'how_to'",
  ],
];

/**
 * Makes a repository of a copy of the SaaS sample: `main` with a tag `v1` at its first commit and another commit after that, and the branch `topics`,
 * checked out, which left main at the first.
 */
export function makeHistory(folder: string): void {
  const git = (...args: readonly string[]): void => {
    const who = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', '-c', 'commit.gpgsign=false'];
    execFileSync('git', [...who, ...args], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  };
  const commit = (message: string): void => {
    git('add', '--all');
    git('commit', '--quiet', '--message', message);
  };
  git('init', '--quiet', '--initial-branch', 'main');
  commit('Start');
  git('tag', 'v1');
  edit(folder, ON_MAIN);
  commit('Look at the slowest replies only');
  git('checkout', '--quiet', '-b', 'topics', 'v1');
  for (const each of ON_BRANCH) edit(folder, each);
  commit('Count questions of access as questions of money');
}

function edit(folder: string, [file, text, other]: Edit): void {
  const path = join(folder, file);
  const parts = readFileSync(path, 'utf8').split(text);
  if (parts.length !== 2) throw new Error(`"${text}" does not occur once in ${file}.`);
  writeFileSync(path, parts.join(other));
}
