import type { Problem } from '../../core/base/problem.ts';
import type { SourceTexts } from '../source-texts.ts';

/** How much data was looked at. */
export interface DataCounts {
  readonly sources: number;
  readonly rows: number;
}

/** What was checked of one project, and what was found. */
export interface ProjectReport {
  /** Absolute path of the root. */
  readonly folder: string;
  /** How many metrics files, and how many metrics in them, were asked for. */
  readonly files: number;
  readonly metrics: number;
  /** Where the data were asked for. */
  readonly data: DataCounts | undefined;
  /** In order. */
  readonly problems: readonly Problem[];
  /** Whether the project has as many problems as are kept of one, so that there may be more. */
  readonly full: boolean;
  readonly texts: SourceTexts;
}

/** What `check` found, project by project. */
export type CheckReport = readonly ProjectReport[];

/** Writes a report as text, with a line break at its end. */
export type CheckReporter = (report: CheckReport) => string;
