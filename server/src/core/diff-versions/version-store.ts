import type { FileSystem } from '../ports.ts';
import type { Base } from '../preview/comparison.ts';
import type { Version } from './version.ts';

/** The versions of projects that are kept somewhere, such as in git. All of it rejects with `VersionProblem`. */
export interface VersionStore {
  /** What a project can be compared with. */
  refs(root: string): Promise<Refs>;
  /** The id of the commit that a base names for a project: another one when the branch moves. */
  commit(root: string, base: Base): Promise<string>;
  /** Opens a version of a project. It has to be closed. */
  open(root: string, commit: string): Promise<StoredVersion>;
  /** What lies in the folder of a project now, read through a file system that may know what is not saved yet. */
  working(fs: FileSystem, root: string): Version;
}

/** A version out of a store. */
export interface StoredVersion extends Version {
  /** Data that the store does not hold, or holds as a pointer only, and that were taken from the working tree: paths from the root. */
  readonly borrowed: ReadonlyMap<string, 'absent' | 'pointer'>;
  close(): Promise<void>;
}

/** Why a version cannot be had. The message is for users. */
export class VersionProblem extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'VersionProblem';
  }
}

/** A branch or tag with which a project can be compared. */
export interface Ref {
  /** As git reads it: `main`, `origin/main`, `v1`. */
  readonly name: string;
  readonly kind: 'branch' | 'remote' | 'tag';
}

/** The versions of the repository of a project. */
export interface Refs {
  /** The branch that is checked out; null where none is, as at a tag. */
  readonly branch: string | null;
  /** The branch that others are merged into, as the remote says it or by its usual name; null where that is not known. */
  readonly main: string | null;
  /** The latest first. */
  readonly refs: readonly Ref[];
}
