import { fileURLToPath, pathToFileURL } from 'node:url';

/** The path of a document on disk, with `/` separators; `undefined` for other schemes. */
export function pathOfUri(uri: string): string | undefined {
  return uri.startsWith('file:') ? fileURLToPath(uri).replaceAll('\\', '/') : undefined;
}

/** The URI of a path. */
export function uriOfPath(path: string): string {
  return pathToFileURL(path).href;
}
