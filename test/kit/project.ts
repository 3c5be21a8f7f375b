import type { Kinds, ReadHook } from '../../server/src/core/model/kind.ts';
import { type LoadedProject, type LoadOptions, loadProject } from '../../server/src/core/workspace.ts';
import { createMemoryFileSystem } from '../../server/src/hosts/memory-file-system.ts';
import { readKinds } from './read-kinds.ts';

/** The root folder of projects made by `projectOf`. */
export const ROOT = '/project';

/**
 * Loads a project from texts by path relative to its root: `plumbline.yaml`, metrics files and data files alike. A
 * single text is the metrics file `a.metrics.yaml`.
 */
export async function projectOf(
  files: string | Readonly<Record<string, string | Uint8Array>>,
  kinds: Kinds<ReadHook<unknown>> = readKinds,
  options: Omit<LoadOptions, 'kinds'> = {},
): Promise<LoadedProject> {
  const texts = typeof files === 'string' ? { 'a.metrics.yaml': files } : files;
  const absolute = Object.entries(texts).map(([path, text]) => [`${ROOT}/${path}`, text] as const);
  const fs = createMemoryFileSystem({ [`${ROOT}/.keep`]: '', ...Object.fromEntries(absolute) });
  return loadProject(fs, ROOT, { kinds, ...options });
}

/** The value, or a failure that names what is missing: for tests that need a definition to be there. */
export function present<T>(value: T | undefined, what = 'value'): T {
  if (value === undefined) throw new Error(`There is no ${what}.`);
  return value;
}
