/** What the core asks of the world. Hosts and engines implement these; the core imports none of them. */

export type { Cancel } from './base/cancel.ts';
export type {
  DataNotice,
  LoadedColumn,
  LoadedTable,
  LoadProgress,
  LoadTablesOptions,
  QueryEngine,
  Row,
  TableSpec,
  Value,
} from './evaluate/engine.ts';
export { EngineFailure } from './evaluate/engine.ts';

/** A file or folder. Paths are absolute, with `/` separators, in whatever scheme the host uses. */
export interface FileStat {
  readonly kind: 'file' | 'folder';
  readonly size: number;
  /** Changes whenever the content may have changed. */
  readonly stamp: string;
}

export interface FileSystem {
  /** The whole text of a file, decoded as UTF-8 (a byte-order mark is dropped). Rejects with `FileProblem`. */
  readText(path: string): Promise<string>;
  /** Up to `length` bytes from `start`. Rejects with `FileProblem`. */
  readBytes(path: string, start: number, length: number): Promise<Uint8Array>;
  /** `undefined` where there is nothing. Follows symbolic links. */
  stat(path: string): Promise<FileStat | undefined>;
  /** Names in a folder; an empty list where it cannot be read. Symbolic links to folders are listed as `other`. */
  list(
    folder: string,
  ): Promise<readonly { readonly name: string; readonly kind: 'file' | 'folder' | 'other' }[]>;
  /** The path with every symbolic link resolved; `undefined` where there is nothing. */
  realPath(path: string): Promise<string | undefined>;
  /**
   * The first `length` bytes that packed bytes unpack to; fewer where these end, or are broken. Platforms bring this with them; the core
   * would have to do it by hand.
   */
  unpack(bytes: Uint8Array, packing: Packing, length: number): Promise<Uint8Array>;
  /** Text in an encoding of the WHATWG standard, by its name there; a character that is cut off by the end is left out. Undefined where it is not known. */
  decode(bytes: Uint8Array, encoding: string): string | undefined;
}

/** The repository in which a version of a project lies, as that version has it: what stands around the project. */
export interface RepositoryFiles {
  /** The folder of the project, from the top of the repository; empty where it is the top. */
  readonly folder: string;
  /**
   * The text of a file, by its path from the top. `undefined` where there is none, where it is a link, and where it has more than so many bytes.
   */
  readText(path: string, most: number): Promise<string | undefined>;
}

/** `deflate` is that of zip archives: without a header of its own. */
export type Packing = 'gzip' | 'deflate';

/** What is asked only by tools that change files. The language server never does: its edits go through the editor. */
export interface FileWriter {
  /**
   * Replaces the whole text of a file at once: who reads it meanwhile sees the old text or the new one, and a failure leaves the old
   * one. Symbolic links are followed, and permissions stay. Rejects with `FileProblem`.
   */
  writeText(path: string, text: string): Promise<void>;
}

/** What is asked only by tools that make files of their own. Symbolic links are never followed. Everything rejects with `FileProblem`. */
export interface OutputFiles {
  /** What is there: a symbolic link is `other`, wherever it leads; `undefined` where there is nothing. */
  kindOf(path: string): Promise<'file' | 'folder' | 'other' | undefined>;
  /** The names in a folder. */
  list(folder: string): Promise<readonly string[]>;
  /** Makes a folder with those above it, where it is not there yet. */
  makeFolder(path: string): Promise<void>;
  /** Puts a whole file in its place at once. False where it has the text already: then it is not touched. */
  write(path: string, text: string): Promise<boolean>;
  remove(path: string): Promise<void>;
  /** Removes a folder that has nothing in it; any other stays. */
  removeEmptyFolder(path: string): Promise<void>;
}

/** A file that could not be read or written, in words for users. */
export class FileProblem extends Error {
  readonly path: string;
  constructor(path: string, message: string) {
    super(message);
    this.name = 'FileProblem';
    this.path = path;
  }
}

export interface Log {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}
