import { stat } from 'node:fs/promises';
import type { TableSpec } from '../../core/ports.ts';

/**
 * A text that changes whenever the specs do, or a file of theirs does: by path, size and time of change. A file that
 * cannot be read counts as such; loading it will say why.
 */
export async function stampFiles(specs: readonly TableSpec[]): Promise<string> {
  const files = specs.flatMap((spec) => spec.files);
  const states = await Promise.all(files.map(stampFile));
  return JSON.stringify([specs, states]);
}

async function stampFile(file: string): Promise<string> {
  try {
    const { size, mtimeNs, ino } = await stat(file, { bigint: true });
    return `${size}:${mtimeNs}:${ino}`;
  } catch {
    return 'unreadable';
  }
}
