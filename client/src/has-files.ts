/** What of a window tells whether the language server has something to do. Schemes of URIs, such as `file`. */
export interface Opened {
  readonly folders: readonly string[];
  /** Of documents that are ours. */
  readonly documents: readonly string[];
}

/** The server reads files of the machine that it runs on, and no others. */
export const DISK = 'file';

/** Whether a window has files on disk that the language server could read: a folder, or in a window without folders a document. */
export function hasFiles({ folders, documents }: Opened): boolean {
  return (folders.length > 0 ? folders : documents).includes(DISK);
}
