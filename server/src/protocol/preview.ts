import type { Grain } from '../core/base/period.ts';
import type { Preview as CorePreview } from '../core/preview/preview.ts';
import type { Subject } from '../core/preview/subject.ts';
import type {
  CustomNotification,
  CustomRequest,
  Location,
  ProjectParams,
  Unavailable,
} from './custom-request.ts';

export type { Subject } from '../core/preview/subject.ts';

/** What a preview shows. */
export type Preview = CorePreview<Location>;

export interface SubjectAtParams extends ProjectParams {
  /** Lines and UTF-16 characters from 0. */
  readonly position: { readonly line: number; readonly character: number };
}

/**
 * What a preview shows that follows the cursor: the definition around a position, else the scorecard of the file. Null where the document
 * is in no project.
 */
export const subjectAtRequest: CustomRequest<SubjectAtParams, Subject | null> = {
  method: 'plumbline/subjectAt',
};

export interface PreviewParams extends ProjectParams {
  readonly subject: Subject;
  /** Of a metric: a segment or column path to break down by; null for none, its first own segment where absent. */
  readonly by?: string | null;
  /** Of a metric: in place of its own. */
  readonly grain?: Grain;
  /** Of a metric: how many rows that count, and as many that do not; of a source: the length of a page. Default 20. */
  readonly rows?: number;
  /** Under this token the progress of long work is told, as the protocol has it. */
  readonly workDoneToken?: string | number;
  /**
   * Under this token the preview is sent as soon as something of it is there, and again with each section: every message is a whole
   * `Preview` as far as it is known. The response is the last of them.
   */
  readonly partialResultToken?: string | number;
}

/** Everything that a preview shows. Null where the document is in no project, or the request was cancelled. */
export const previewRequest: CustomRequest<PreviewParams, Preview | Unavailable | null> = {
  method: 'plumbline/preview',
};

export interface ChangedParams {
  /** URI of the root folder of the project. */
  readonly project: string;
  readonly what: 'problems' | 'numbers';
}

/** Sent by the server when something of a project may be other than before; at most a few times a second. */
export const changedNotification: CustomNotification<ChangedParams> = { method: 'plumbline/changed' };
