import { posix, resolve } from 'node:path';
import { toCorePath } from '../hosts/node-file-system.ts';

/** A path from the command line as the core writes paths: absolute, with `/`. */
export function absolutePath(cwd: string, path: string): string {
  return toCorePath(resolve(cwd, path));
}

/** A path as people write it in the working folder; absolute where it lies elsewhere. */
export function shownPath(cwd: string, path: string): string {
  const relative = posix.relative(cwd, path);
  if (relative === '') return '.';
  return relative === '..' || relative.startsWith('../') || /^[A-Za-z]:/.test(relative) ? path : relative;
}
