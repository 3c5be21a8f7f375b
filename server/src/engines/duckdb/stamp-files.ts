import { stat } from 'node:fs/promises';
import type { TableSpec } from '../../core/ports.ts';

/**
 * For each spec a text that changes whenever it does, or a file of its does: by path, size and time of change. A file that cannot be read
 * counts as such; loading it will say why.
 */
export function stampFiles(specs: readonly TableSpec[]): Promise<readonly string[]> {
  return Promise.all(
    specs.map(async (spec) => JSON.stringify([spec, await Promise.all(spec.files.map(stampFile))])),
  );
}

async function stampFile(file: string): Promise<string> {
  try {
    const { size, mtimeNs, ino } = await stat(file, { bigint: true });
    return `${size}:${mtimeNs}:${ino}`;
  } catch {
    return 'unreadable';
  }
}
