import type { Base, Comparison as CoreComparison } from '../core/preview/comparison.ts';
import type { CustomRequest, Location, ProjectParams, Unavailable } from './custom-request.ts';

export type {
  Base,
  ComparedDefinition,
  ComparedHeadline,
  ComparedMetric,
} from '../core/preview/comparison.ts';

/**
 * A project compared with another version of it. Places of the version before have URIs with the scheme of `VERSION_SCHEME`, whose text
 * `versionTextRequest` gives.
 */
export type Comparison = CoreComparison<Location>;

export interface ComparisonParams extends ProjectParams {
  readonly base: Base;
  /** Under this token the progress of long work is told, as the protocol has it. */
  readonly workDoneToken?: string | number;
}

/**
 * What is other than in another version of the project, with all that it does to the numbers. The version after is what is open and on disk
 * now. Null where the document is in no project, or the request was cancelled.
 */
export const comparisonRequest: CustomRequest<ComparisonParams, Comparison | null> = {
  method: 'plumbline/comparison',
};

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

export const refsRequest: CustomRequest<ProjectParams, Refs | Unavailable | null> = {
  method: 'plumbline/refs',
};

/** The scheme of URIs of files in another version than the one on disk. */
export const VERSION_SCHEME = 'plumbline-version';

export interface VersionTextParams {
  /** A URI with that scheme, as a `Comparison` has it. */
  readonly uri: string;
}

/** The text of a file in another version; null where it is not there. */
export const versionTextRequest: CustomRequest<VersionTextParams, string | null> = {
  method: 'plumbline/versionText',
};
