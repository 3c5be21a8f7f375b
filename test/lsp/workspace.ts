import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A folder of files for a test, whose name has a space in it. */
export interface Workspace {
  readonly folder: string;
  /** The URI of a file by its path in the folder. */
  uri(file: string): string;
  write(file: string, text: string): Promise<void>;
  /** Removes a file, or a folder with all that is in it. */
  remove(file: string): Promise<void>;
  /** Removes the folder. */
  end(): Promise<void>;
}

/** Writes files by their path to a new folder. */
export async function createWorkspace(files: Readonly<Record<string, string>>): Promise<Workspace> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'plumbline lsp ')));
  const write = async (file: string, text: string): Promise<void> => {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), text);
  };
  for (const [file, text] of Object.entries(files)) await write(file, text);
  return {
    folder,
    uri: (file) => pathToFileURL(join(folder, file)).href,
    write,
    remove: (file) => rm(join(folder, file), { recursive: true }),
    end: () => rm(folder, { recursive: true, force: true }),
  };
}
