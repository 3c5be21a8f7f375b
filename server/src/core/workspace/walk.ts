import { type Cancel, throwIfCancelled } from '../base/cancel.ts';
import type { FileSystem } from '../ports.ts';
import { type IgnoreRules, isIgnored, rulesAbove, withRulesOf } from './ignore-rules.ts';
import { under } from './paths.ts';

/** What a walk finds in one folder. */
export interface Folder {
  readonly path: string;
  /** Absolute paths of its files that are not ignored. */
  readonly files: readonly string[];
  /** Whether it holds a `plumbline.yaml` and so is the root of a project. */
  readonly isRoot: boolean;
}

/** The file that marks the root of a project. */
export const SETTINGS_FILE = 'plumbline.yaml';

/**
 * Visits a folder and those beneath it. What `.gitignore` files name is left out, and so are `node_modules`, `.git` and
 * symbolic links to folders. A folder is entered where `visit` returns true for it. Folders come in no fixed order.
 */
export async function walk(
  fs: FileSystem,
  top: string,
  visit: (folder: Folder) => boolean,
  signal?: Cancel,
): Promise<void> {
  await walkInto(fs, top, await rulesAbove(fs, top), visit, signal);
}

async function walkInto(
  fs: FileSystem,
  path: string,
  outer: IgnoreRules,
  visit: (folder: Folder) => boolean,
  signal: Cancel | undefined,
): Promise<void> {
  throwIfCancelled(signal);
  const entries = await fs.list(path);
  const has = (name: string): boolean =>
    entries.some((entry) => entry.kind === 'file' && entry.name === name);
  const rules = has('.gitignore') ? await withRulesOf(fs, outer, path) : outer;
  const pathsOf = (kind: 'file' | 'folder'): string[] =>
    entries
      .filter((entry) => entry.kind === kind && !SKIPPED.has(entry.name))
      .map((entry) => under(path, entry.name))
      .filter((child) => !isIgnored(rules, child, kind));
  if (!visit({ path, files: pathsOf('file'), isRoot: has(SETTINGS_FILE) })) return;
  await Promise.all(pathsOf('folder').map((child) => walkInto(fs, child, rules, visit, signal)));
}

const SKIPPED: ReadonlySet<string> = new Set(['node_modules', '.git']);
