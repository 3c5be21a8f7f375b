import { type FSWatcher, watch } from 'node:fs';
import { toCorePath } from './node-file-system.ts';

/** Changes that come so close together are told together. */
const TOGETHER_MS = 50;

/**
 * Watches folders with all that is below them, for an editor that does not do so itself. Calls back with the paths of what was
 * created, changed or deleted. A folder that cannot be watched is passed over. Gives what ends the watch.
 */
export function watchFolders(
  folders: readonly string[],
  changed: (paths: readonly string[]) => void,
): () => void {
  const waiting = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const tell = (): void => {
    const paths = [...waiting];
    waiting.clear();
    timer = undefined;
    changed(paths);
  };
  const watchers = folders.flatMap((folder): FSWatcher[] => {
    try {
      const watcher = watch(folder, { recursive: true, persistent: false }, (_, name) => {
        if (name === null) return;
        waiting.add(`${folder}/${toCorePath(name)}`);
        timer ??= setTimeout(tell, TOGETHER_MS).unref();
      });
      // A folder that is deleted, or holds more than the system can watch, is not watched any more.
      watcher.on('error', () => watcher.close());
      return [watcher];
    } catch {
      return [];
    }
  });
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}
