export type { Ref, Refs } from '../core/diff-versions/version-store.ts';

import type { Refs } from '../core/diff-versions/version-store.ts';
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

/** What the project can be compared with. */
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
