import { type Cancel, throwIfCancelled } from './base/cancel.ts';
import type { Kinds, ReadHook } from './model/kind.ts';
import type { FileSystem } from './ports.ts';
import { assemble, type LoadedProject } from './workspace/assemble.ts';
import { overlaid } from './workspace/overlay.ts';
import { trimSlash } from './workspace/paths.ts';
import { readShapes } from './workspace/read-shapes.ts';
import { readTexts } from './workspace/read-texts.ts';

export { assemble, type LoadedProject } from './workspace/assemble.ts';
export { findRoot, findRoots } from './workspace/find-roots.ts';
export { inFiles, placeIn } from './workspace/in-files.ts';
export { readShapes, shapeProblems } from './workspace/read-shapes.ts';
export { type ProjectTexts, readTexts } from './workspace/read-texts.ts';
export { readUnit } from './workspace/read-unit.ts';

export interface LoadOptions {
  readonly kinds: Kinds<ReadHook<unknown>>;
  /** Unsaved texts by absolute path; they stand before the files on disk, and may be files that are not there yet. */
  readonly overlay?: ReadonlyMap<string, string>;
  /** An earlier load with the same kinds: definitions whose text has not changed are kept. */
  readonly previous?: LoadedProject;
  readonly signal?: Cancel;
}

/**
 * Loads the project whose root is `folder`: its settings, its metrics files and the shapes of its data. Rejects only
 * when cancelled (`Cancelled`); everything wrong with the files is among the problems.
 *
 * @param folder absolute path of the root; it need not hold a `plumbline.yaml`
 */
export async function loadProject(
  fs: FileSystem,
  folder: string,
  { kinds, overlay, previous, signal }: LoadOptions,
): Promise<LoadedProject> {
  const texts = await readTexts(overlaid(fs, overlay), trimSlash(folder), signal);
  const loaded = assemble(texts, new Map(), kinds, previous);
  const shapes = await readShapes(fs, loaded.project, signal);
  throwIfCancelled(signal);
  return assemble(texts, shapes, kinds, loaded);
}
