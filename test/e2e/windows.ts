import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { makeHistory } from './history.ts';

/** A window that the tests open, each with a profile of its own. Its suites lie in `suite/<name>`. */
export interface TestWindow {
  readonly name: string;
  /** Folders of this repository of which it shows copies. Several make a workspace with a root for each. */
  readonly folders: readonly [string, ...string[]];
  /** Whether its workspace is trusted. One that is not stays in restricted mode. */
  readonly isTrusted: boolean;
  /** Where its extension comes from: a folder that the editor is told to develop, or a package that was installed. */
  readonly extension: 'developed' | 'installed';
  /** Makes its folder a repository. */
  readonly history?: (folder: string) => void;
  /** Settings of its user, beside those that every run has. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

const SAAS = 'samples/saas';
const USUAL = { isTrusted: true, extension: 'developed' } as const;

/** Every window, in the order in which they are opened. */
export const WINDOWS: readonly TestWindow[] = [
  { name: 'plain', folders: [workspace('plain')], ...USUAL },
  { name: 'saas', folders: [SAAS], ...USUAL },
  { name: 'history', folders: [SAAS], ...USUAL, history: makeHistory },
  { name: 'empty', folders: [workspace('empty')], ...USUAL },
  { name: 'other', folders: [workspace('other')], ...USUAL },
  { name: 'constructs', folders: [workspace('constructs')], ...USUAL },
  { name: 'restricted', folders: [SAAS], ...USUAL, isTrusted: false },
  { name: 'two-roots', folders: [workspace('orders'), workspace('broken')], ...USUAL },
  { name: 'crash', folders: [SAAS], ...USUAL },
  { name: 'installed', folders: [workspace('orders')], ...USUAL, extension: 'installed' },
];

function workspace(name: string): string {
  return `test/e2e/workspaces/${name}`;
}

/**
 * Makes the workspace of a window, fresh.
 *
 * @param folder where to; its name tells the suite which window it is in
 * @returns what to open: the folder, or the workspace file in it
 */
export function createWorkspace({ name, folders, history }: TestWindow, folder: string): string {
  const [only, ...others] = folders;
  if (others.length === 0) {
    cpSync(only, folder, { recursive: true });
    history?.(folder);
    return folder;
  }
  mkdirSync(folder, { recursive: true });
  for (const each of folders) cpSync(each, join(folder, basename(each)), { recursive: true });
  const file = join(folder, `${name}.code-workspace`);
  writeFileSync(file, JSON.stringify({ folders: folders.map((each) => ({ path: basename(each) })) }));
  return file;
}
