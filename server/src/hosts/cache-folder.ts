import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** What a process is told of its user. */
export interface CachePlace {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  /** The user's own folder. */
  readonly home?: string;
}

/**
 * The folder in which this user's programs keep what they can make again, as each platform has it: `~/.cache` or `XDG_CACHE_HOME`,
 * `~/Library/Caches`, `%LOCALAPPDATA%`. It need not exist. `undefined` where the user has no folder.
 */
export function cacheFolder({ env, platform, home = homedir() }: CachePlace): string | undefined {
  const chosen = platform === 'win32' ? env.LOCALAPPDATA : env.XDG_CACHE_HOME;
  if (chosen !== undefined && isAbsolute(chosen)) return join(chosen, 'plumbline');
  if (!isAbsolute(home)) return undefined;
  if (platform === 'win32') return join(home, 'AppData', 'Local', 'plumbline');
  return join(home, platform === 'darwin' ? 'Library/Caches' : '.cache', 'plumbline');
}
