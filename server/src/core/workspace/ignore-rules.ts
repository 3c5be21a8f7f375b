import ignore, { type Ignore } from 'ignore';
import type { FileSystem } from '../ports.ts';
import { parentOf, relativeTo, under } from './paths.ts';

/** The `.gitignore` files that hold in a folder, the outermost first. */
export type IgnoreRules = readonly { readonly folder: string; readonly rules: Ignore }[];

/** The rules with those of a folder's own `.gitignore` added; a file that cannot be read adds none. */
export async function withRulesOf(fs: FileSystem, outer: IgnoreRules, folder: string): Promise<IgnoreRules> {
  const text = await fs.readText(under(folder, '.gitignore')).catch(() => '');
  if (text.trim() === '') return outer;
  // As on the Linux machines that run CI, so that a project has the same files everywhere.
  return [...outer, { folder, rules: ignore({ ignorecase: false }).add(text) }];
}

/** Whether git would leave a path out: the innermost file that says something about it decides. */
export function isIgnored(rules: IgnoreRules, path: string, kind: 'file' | 'folder'): boolean {
  for (const level of rules.toReversed()) {
    const relative = relativeTo(level.folder, path);
    if (relative === undefined || relative === '') continue;
    const { ignored, unignored } = level.rules.test(kind === 'folder' ? `${relative}/` : relative);
    if (ignored || unignored) return ignored;
  }
  return false;
}

/**
 * The rules that hold in a folder from the `.gitignore` files above it, up to the root of its git repository; none
 * outside a repository. A folder that is itself ignored is looked at all the same, because somebody asked for it.
 */
export async function rulesAbove(fs: FileSystem, folder: string): Promise<IgnoreRules> {
  const above: string[] = [];
  let at = folder;
  while ((await fs.stat(under(at, '.git'))) === undefined) {
    const parent = parentOf(at);
    if (parent === at) return [];
    above.unshift(parent);
    at = parent;
  }
  let rules: IgnoreRules = [];
  for (const outer of above) rules = await withRulesOf(fs, rules, outer);
  return isIgnored(rules, folder, 'folder') ? [] : rules;
}
