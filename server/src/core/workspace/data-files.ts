import { didYouMean, suggest } from '../base/suggest.ts';
import type { ShapeProblem } from '../model/shape.ts';
import type { FileSystem } from '../ports.ts';
import { globMatcher, isGlob } from './globs.ts';
import { leadsOut } from './inside-root.ts';
import { nameOf, parentOf, relativeTo, under } from './paths.ts';

/** Absolute paths of data files inside a project, in order, or why there are none. */
export type DataFiles = { readonly files: readonly string[] } | { readonly problem: ShapeProblem };

/**
 * The files that a source's `data` names: a path or a glob, relative to the file that declares the source. Nothing
 * outside the project's folder is ever named: no URL, no absolute path, no `..` beyond the root, and no symbolic
 * link that leaves it.
 *
 * @param root absolute path of the project's folder
 * @param declaring absolute path of the metrics file, inside `root`
 */
export async function findDataFiles(
  fs: FileSystem,
  root: string,
  declaring: string,
  written: string,
): Promise<DataFiles> {
  const relative = insideOf(root, declaring, written);
  if ('problem' in relative) return relative;
  // A name with the letters of a pattern may be that of a file.
  for (const part of [fixedPart(relative.path), relative.path]) {
    if (await leadsOut(fs, root, under(root, part))) return refusedLink(part);
  }
  const path = relative.path === '' ? root : under(root, relative.path);
  const stat = await fs.stat(path);
  const files =
    stat?.kind === 'file' ? [path] : isGlob(relative.path) ? await matching(fs, root, relative.path) : [];
  if (files.length === 0) return missing(fs, root, path, written, stat?.kind === 'folder');
  const outside = await firstOutside(fs, root, files);
  if (outside === undefined) return { files };
  return refusedLink(relativeTo(root, outside) ?? outside);
}

function refusedLink(path: string): ReturnType<typeof refused> {
  return refused(`"${path}" is a symbolic link that leaves the project's folder.`);
}

function refused(message: string): DataFiles & { readonly problem: ShapeProblem } {
  const rule = 'A source reads only files inside the folder of its project.';
  return { problem: { code: 'data-outside', message: `${message} ${rule}` } };
}

/** The part of a path before its first pattern. */
function fixedPart(path: string): string {
  const names = path.split('/');
  const pattern = names.findIndex(isGlob);
  return pattern < 0 ? path : names.slice(0, pattern).join('/');
}

/** The path relative to the root with its `.` and `..` resolved, or why it may not be followed. */
function insideOf(
  root: string,
  declaring: string,
  written: string,
): { readonly path: string } | ReturnType<typeof refused> {
  if (/^[a-z][a-z0-9+.-]+:/i.test(written)) return refused(`"${written}" is a URL.`);
  if (/^([\\/]|[a-z]:)/i.test(written)) return refused(`"${written}" is an absolute path.`);
  const names = (relativeTo(root, parentOf(declaring)) ?? '').split('/').filter((name) => name !== '');
  // A backslash separates names on some machines, so it does here on all of them: `..\` is no way out either.
  for (const name of written.split(/[\\/]/)) {
    if (name === '..' && names.pop() === undefined)
      return refused(`"${written}" leads out of the project's folder.`);
    if (name !== '' && name !== '.' && name !== '..') names.push(name);
  }
  return { path: names.join('/') };
}

/** The files that a glob matches, by path. Symbolic links to folders, hidden files and `node_modules` are passed over. */
async function matching(fs: FileSystem, root: string, glob: string): Promise<readonly string[]> {
  const names = glob.split('/');
  const firstPattern = names.findIndex(isGlob);
  const top = [root, ...names.slice(0, firstPattern)].reduce(under);
  const depth = glob.includes('**') ? DEEPEST : names.length - firstPattern - 1;
  const isMatch = globMatcher([glob]);
  const found: string[] = [];
  const visit = async (folder: string, deeper: number): Promise<void> => {
    for (const { name, kind } of await fs.list(folder)) {
      const path = under(folder, name);
      if (kind === 'file' && isMatch(relativeTo(root, path) ?? '')) found.push(path);
      if (kind === 'folder' && deeper > 0 && name !== 'node_modules' && name !== '.git')
        await visit(path, deeper - 1);
    }
  };
  await visit(top, depth);
  return found.sort();
}

/** How deep `**` looks for data. */
const DEEPEST = 16;

/** The first path that leads out of the root once symbolic links are followed. */
async function firstOutside(
  fs: FileSystem,
  root: string,
  files: readonly string[],
): Promise<string | undefined> {
  const realRoot = (await fs.realPath(root)) ?? root;
  for (const file of files) {
    const real = await fs.realPath(file);
    if (real === undefined || relativeTo(realRoot, real) === undefined) return file;
  }
  return undefined;
}

async function missing(
  fs: FileSystem,
  root: string,
  path: string,
  written: string,
  isFolder: boolean,
): Promise<DataFiles> {
  if (isFolder)
    return absent(
      `"${written}" is a folder. Name a file in it, or all of them: "${written.replace(/\/$/, '')}/*.csv".`,
    );
  if (isGlob(written)) return absent(`No file matches "${written}".`);
  const folder = parentOf(path);
  if ((await fs.stat(folder))?.kind !== 'folder') {
    return absent(`There is no file "${written}": the folder "${relativeTo(root, folder)}" does not exist.`);
  }
  const names = (await fs.list(folder)).filter((entry) => entry.kind === 'file').map((entry) => entry.name);
  const nearest = suggest(nameOf(path), names)[0];
  const suggestion =
    nearest === undefined ? {} : { suggestion: written.slice(0, written.search(/[^\\/]*$/)) + nearest };
  return absent(`There is no file "${written}".${didYouMean(nameOf(path), names)}`, suggestion);
}

function absent(message: string, more: Pick<ShapeProblem, 'suggestion'> = {}): DataFiles {
  return { problem: { code: 'data-missing', message, ...more } };
}
