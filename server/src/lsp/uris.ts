import { fileURLToPath, pathToFileURL } from 'node:url';

/** The path of a document on disk, with `/` separators; `undefined` for other schemes and for what is no path here. */
export function pathOfUri(uri: string): string | undefined {
  if (!uri.startsWith('file:')) return undefined;
  try {
    return fileURLToPath(uri).replaceAll('\\', '/');
  } catch {
    // A host, or an escape that stands for no character: a client may send anything.
    return undefined;
  }
}

/** The URI of a path. */
export function uriOfPath(path: string): string {
  return pathToFileURL(path).href;
}
