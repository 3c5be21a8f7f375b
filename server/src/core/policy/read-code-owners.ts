import type { RepositoryFiles } from '../ports.ts';
import {
  CODE_OWNERS_PATHS,
  LARGEST_CODE_OWNERS,
  type ProjectCodeOwners,
  parseCodeOwners,
} from './code-owners.ts';

/** Finds and reads the `CODEOWNERS` of a repository; `undefined` where it has none. */
export async function readCodeOwners(repository: RepositoryFiles): Promise<ProjectCodeOwners | undefined> {
  for (const path of CODE_OWNERS_PATHS) {
    const text = await repository.readText(path, LARGEST_CODE_OWNERS);
    if (text !== undefined) return { owners: parseCodeOwners(text, path), folder: repository.folder };
  }
  return undefined;
}
