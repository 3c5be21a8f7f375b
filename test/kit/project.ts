import { kinds as allKinds } from '../../server/src/core/kinds/index.ts';
import type { Kinds, ReadHook } from '../../server/src/core/model/kind.ts';
import { type LoadedProject, type LoadOptions, loadProject } from '../../server/src/core/workspace.ts';
import { createMemoryFileSystem } from '../../server/src/hosts/memory-file-system.ts';

/** The root folder of projects made by `projectOf`. */
export const ROOT = '/project';

/**
 * Loads a project from texts by path relative to its root: `plumbline.yaml`, metrics files and data files alike. A
 * single text is the metrics file `a.metrics.yaml`.
 */
export async function projectOf(
  files: string | Readonly<Record<string, string | Uint8Array>>,
  kinds: Kinds<ReadHook<unknown>> = allKinds,
  options: Omit<LoadOptions, 'kinds'> = {},
): Promise<LoadedProject> {
  const texts = typeof files === 'string' ? { 'a.metrics.yaml': files } : files;
  const absolute = Object.entries(texts).map(([path, text]) => [`${ROOT}/${path}`, text] as const);
  const fs = createMemoryFileSystem({ [`${ROOT}/.keep`]: '', ...Object.fromEntries(absolute) });
  return loadProject(fs, ROOT, { kinds, ...options });
}
