import { VERSION_SCHEME } from '../protocol/comparison.ts';

/** A file of a version of a project. */
export interface VersionFile {
  /** URI of a document of the project as it is now. */
  readonly project: string;
  readonly commit: string;
  /** Its path from the root of the project. */
  readonly path: string;
}

/** The URI of a file of a version. Its path is that of the file, so that an editor shows its name and knows its language. */
export function uriOfVersion({ project, commit, path }: VersionFile): string {
  const written = path.split('/').map(encodeURIComponent).join('/');
  return `${VERSION_SCHEME}:/${written}?${encodeURIComponent(JSON.stringify({ project, commit }))}`;
}

/** The file that such a URI names; `undefined` for any other: a client may send anything. */
export function versionOfUri(uri: string): VersionFile | undefined {
  const match = new RegExp(`^${VERSION_SCHEME}:/([^?#]+)\\?([^#]+)$`).exec(uri);
  if (match === null) return undefined;
  const [, written = '', query = ''] = match;
  try {
    const asked: unknown = JSON.parse(decodeURIComponent(query));
    if (typeof asked !== 'object' || asked === null || !('project' in asked) || !('commit' in asked))
      return undefined;
    const { project, commit } = asked;
    if (typeof project !== 'string' || typeof commit !== 'string' || !/^[0-9a-f]{40,64}$/.test(commit))
      return undefined;
    return { project, commit, path: written.split('/').map(decodeURIComponent).join('/') };
  } catch {
    return undefined;
  }
}
