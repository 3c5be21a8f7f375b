import type { ProjectTree } from '../core/ide/project-tree.ts';
import type { CustomNotification, CustomRequest, Location, ProjectParams } from './custom-request.ts';

/** A project as an explorer shows it. */
export type ProjectTreeResult = ProjectTree<Location>;

/** The definitions of a project. Null where the document is in no project. */
export const projectTreeRequest: CustomRequest<ProjectParams, ProjectTreeResult | null> = {
  method: 'plumbline/projectTree',
};

export interface WantNumbersParams extends ProjectParams {
  /** Names. */
  readonly metrics: readonly string[];
  readonly targets: readonly string[];
}

/**
 * Sent by an explorer for what it shows: these metrics, with their targets, and these targets are computed when nothing more urgent
 * is, and kept up to date. `changedNotification` tells when they are known.
 */
export const wantNumbersNotification: CustomNotification<WantNumbersParams> = {
  method: 'plumbline/wantNumbers',
};

export interface DescribeParams extends ProjectParams {
  readonly definition: 'metric' | 'segment' | 'target' | 'source' | 'journey';
  readonly name: string;
}

/** A definition in words with what is known of its numbers, as a hover shows it: Markdown. Null where there is none. */
export const describeRequest: CustomRequest<DescribeParams, string | null> = { method: 'plumbline/describe' };
