import type { MetricExamples as CoreExamples } from '../core/ide/metric-examples.ts';
import type { CustomRequest, Location, ProjectParams, Unavailable } from './custom-request.ts';

/** A metric with examples, as a test view shows it. */
export type MetricExamples = CoreExamples<Location>;

/** The examples of a project. Null where the document is in no project. */
export const examplesRequest: CustomRequest<ProjectParams, readonly MetricExamples[] | null> = {
  method: 'plumbline/examples',
};

export interface RunExamplesParams extends ProjectParams {
  /** Which; all of the project where absent. Without an index all of the metric. */
  readonly examples?: readonly { readonly metric: string; readonly index?: number }[];
  readonly workDoneToken?: string | number;
  /** Under this token each outcome is sent as soon as it is there, as a list. */
  readonly partialResultToken?: string | number;
}

export interface ExampleOutcome {
  readonly metric: string;
  readonly index: number;
  readonly outcome: 'passed' | 'failed' | 'errored' | 'skipped';
  /** As people read them; null where there is none. */
  readonly expected: string | null;
  readonly actual: string | null;
  /** Why it failed or could not be computed; null where it passed. */
  readonly message: string | null;
  /** Where the message belongs. */
  readonly at: Location;
  readonly milliseconds: number;
}

/** Runs examples on the text as it is now, unsaved changes included. Null where the document is in no project, or it was cancelled. */
export const runExamplesRequest: CustomRequest<
  RunExamplesParams,
  readonly ExampleOutcome[] | Unavailable | null
> = { method: 'plumbline/runExamples' };
