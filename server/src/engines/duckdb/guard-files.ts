import { realpath, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { EngineFailure, type TableSpec } from '../../core/ports.ts';

/**
 * Does work that reads the files of a table, and makes sure that these are files inside the project, the same before and after: a link may
 * have been put in the place of one since the definitions were read. Rejects with `data` where that is not so; what the work
 * has made must be dropped then, and never shown.
 */
export async function guarded<T>(spec: TableSpec, read: () => Promise<T>): Promise<T> {
  const before = await identities(spec);
  const result = await read();
  const after = await identities(spec);
  for (const [index, file] of spec.files.entries()) {
    if (before[index] !== after[index]) {
      throw new EngineFailure('data', `${basename(file)} was replaced while it was read. Load it again.`);
    }
  }
  return result;
}

function identities(spec: TableSpec): Promise<readonly string[]> {
  return Promise.all(spec.files.map((file) => identity(spec.root, file)));
}

/** What tells a file apart from others on this machine. Without a root any file may be read. */
async function identity(root: string | undefined, file: string): Promise<string> {
  const [real, found] = await Promise.all([realpath(file), stat(file, { bigint: true })]).catch(() => {
    throw new EngineFailure('data', `${basename(file)} does not exist.`);
  });
  if (!found.isFile()) throw new EngineFailure('data', `${basename(file)} is no file.`);
  const realRoot = root === undefined ? undefined : withSlashes(await realpath(root));
  if (
    realRoot !== undefined &&
    !withSlashes(real).startsWith(realRoot.endsWith('/') ? realRoot : `${realRoot}/`)
  ) {
    throw new EngineFailure(
      'data',
      `${basename(file)} is a symbolic link that leaves the project's folder. A source reads only files inside the folder of its project.`,
    );
  }
  return `${real} ${found.dev}:${found.ino}`;
}

function withSlashes(path: string): string {
  return process.platform === 'win32' ? path.replaceAll('\\', '/') : path;
}
