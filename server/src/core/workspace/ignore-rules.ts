import type { FileSystem } from '../ports.ts';
import { parentOf, relativeTo, under } from './paths.ts';
import { matchesParts, type Part, partsOf } from './wildcards.ts';

/** One line of a `.gitignore`. */
interface IgnoreRule {
  /** Matched against the path from the folder of the file. */
  readonly parts: readonly Part[];
  /** `!`: takes out again what lines above it name. */
  readonly unignores: boolean;
  /** `name/`: only folders. */
  readonly onlyFolders: boolean;
}

/** The `.gitignore` files that hold in a folder, the outermost first. */
export type IgnoreRules = readonly { readonly folder: string; readonly rules: readonly IgnoreRule[] }[];

/** The rules with those of a folder's own `.gitignore` added; a file that cannot be read, or is a link (as git does not follow those), adds none. */
export async function withRulesOf(fs: FileSystem, outer: IgnoreRules, folder: string): Promise<IgnoreRules> {
  const path = under(folder, '.gitignore');
  const real = await fs.realPath(path);
  if (real === undefined || real !== under((await fs.realPath(folder)) ?? folder, '.gitignore')) return outer;
  const text = await fs.readText(path).catch(() => '');
  const rules = readRules(text);
  return rules.length === 0 ? outer : [...outer, { folder, rules }];
}

/** Whether git would leave a path out: the innermost file that says something about it, or about a folder above it, decides. */
export function isIgnored(rules: IgnoreRules, path: string, kind: 'file' | 'folder'): boolean {
  for (const level of rules.toReversed()) {
    const relative = relativeTo(level.folder, path);
    if (relative === undefined || relative === '') continue;
    const said = verdict(level.rules, relative.split('/'), kind);
    if (said !== undefined) return said;
  }
  return false;
}

/** What the lines of one file say of a path: a folder that is ignored takes all that lies in it along. */
function verdict(
  rules: readonly IgnoreRule[],
  names: readonly string[],
  kind: 'file' | 'folder',
): boolean | undefined {
  let said: boolean | undefined;
  for (let depth = 1; depth <= names.length; depth++) {
    const isFolder = depth < names.length || kind === 'folder';
    const own = names.slice(0, depth);
    const last = rules.findLast(
      ({ parts, onlyFolders }) => (isFolder || !onlyFolders) && matchesParts(parts, own, { hidden: true }),
    );
    said = last === undefined ? undefined : !last.unignores;
    if (said === true) return true;
  }
  return said;
}

/** Lines beyond these are no ignore file that anybody wrote. */
const MAX_LINES = 10_000;
const MAX_LINE = 4096;

function readRules(text: string): readonly IgnoreRule[] {
  return text
    .split(/\r?\n/)
    .slice(0, MAX_LINES)
    .filter((line) => line.length <= MAX_LINE && !line.startsWith('#'))
    .flatMap((line) => readRule(withoutBlanks(line)));
}

/** Blanks at the end mean nothing, unless a `\` stands before them. */
function withoutBlanks(line: string): string {
  let end = line.length;
  while (end > 0 && line[end - 1] === ' ' && line[end - 2] !== '\\') end--;
  return line.slice(0, end);
}

function readRule(line: string): readonly IgnoreRule[] {
  const unignores = line.startsWith('!');
  const written = unignores ? line.slice(1) : line;
  const onlyFolders = written.endsWith('/');
  const path = onlyFolders ? written.slice(0, -1) : written;
  if (path === '') return [];
  // With a slash before its end a pattern is about paths from here on, else about names at any depth.
  const isPlaced = path.includes('/');
  const parts = partsOf(path.startsWith('/') ? path.slice(1) : path);
  const placed: readonly Part[] = isPlaced ? parts : ['any folders', ...parts];
  return [{ parts: endsInFolder(placed), unignores, onlyFolders }];
}

/** `folder/**` is all that lies in the folder, and not the folder itself. */
function endsInFolder(parts: readonly Part[]): readonly Part[] {
  return parts.length > 1 && parts.at(-1) === 'any folders' ? [...parts, [{ kind: 'some' }]] : parts;
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
