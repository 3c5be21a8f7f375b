import type { Problem } from '../../core/base/problem.ts';
import type { SourceTexts } from '../source-texts.ts';

/** What `plumbline ci` looks at, in this order. */
export const CI_PARTS = ['definitions', 'data', 'tests', 'formatting', 'policy'] as const;
export type CiPartName = (typeof CI_PARTS)[number];

/** A line and a column as editors show them: both counted from 1, columns in UTF-16 code units. */
export interface FindingPosition {
  readonly line: number;
  readonly column: number;
}

/** Something wrong, as every report format states it. */
export interface Finding {
  readonly part: CiPartName;
  /** With the absolute path of its file. */
  readonly problem: Problem;
  /** Relative to the top of the repository, with `/`; absolute where it lies outside. */
  readonly path: string;
  readonly start: FindingPosition;
  readonly end: FindingPosition;
  /** The same for the same finding when lines around it come and go. Several findings of a file may share it. */
  readonly fingerprint: string;
  /** Which of those that share the fingerprint it is, from 1. */
  readonly nth: number;
  /** Whether a baseline names it, so that it fails nothing. */
  readonly isKnown: boolean;
}

/** What one part of the work came to. */
export interface CiPart {
  readonly part: CiPartName;
  /** Why it was not done, in words for users; absent where it was. */
  readonly skipped?: string;
  /** What was looked at: `12 examples`. */
  readonly looked: string;
}

/** An example that was run, for formats that list what passed too. */
export interface CiTest {
  readonly metric: string;
  /** Its place among the examples of the metric, from 1. */
  readonly number: number;
  /** Relative to the top of the repository. */
  readonly path: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
}

/** One project, and what was done with it. */
export interface CiProject {
  /** Absolute path of its root, and the path from the top of the repository; `.` where these are one. */
  readonly folder: string;
  readonly path: string;
  readonly name: string;
  readonly parts: readonly CiPart[];
  /** Its settings and metrics files, relative to the top of the repository. */
  readonly files: readonly string[];
  readonly tests: readonly CiTest[];
  readonly findings: readonly Finding[];
  readonly texts: SourceTexts;
  /** Whether it has as many problems as are kept of one, so that there may be more. */
  readonly full: boolean;
}

/** The baseline that was used, and how many of its entries nothing is found for any more. */
export interface BaselineUse {
  readonly path: string;
  readonly mended: number;
}

/** Everything that `plumbline ci` has to say. */
export interface CiReport {
  /** The top of the repository, which paths are relative to. */
  readonly top: string;
  readonly projects: readonly CiProject[];
  /** More new warnings than this fail; `undefined` where any number passes. */
  readonly maxWarnings: number | undefined;
  readonly baseline: BaselineUse | undefined;
}

/** What was found in all projects, in their order. */
export function findingsIn({ projects }: CiReport): readonly Finding[] {
  return projects.flatMap(({ findings }) => findings);
}

/** The findings of a severity that no baseline names. */
export function newOnes(findings: readonly Finding[], severity: Problem['severity']): readonly Finding[] {
  return findings.filter(({ isKnown, problem }) => !isKnown && problem.severity === severity);
}

/** Whether there are more new warnings than are let pass. */
export function hasTooManyWarnings(report: CiReport): boolean {
  return newOnes(findingsIn(report), 'warning').length > (report.maxWarnings ?? Number.POSITIVE_INFINITY);
}

/** Whether the run fails: by an error that no baseline names, or by too many warnings. */
export function hasFailed(report: CiReport): boolean {
  return newOnes(findingsIn(report), 'error').length > 0 || hasTooManyWarnings(report);
}

/** Whether a part of a project was done, and found no new error. */
export function stateOf(project: CiProject, { part, skipped }: CiPart): 'passed' | 'failed' | 'skipped' {
  if (skipped !== undefined) return 'skipped';
  const own = project.findings.filter((finding) => finding.part === part);
  return newOnes(own, 'error').length > 0 ? 'failed' : 'passed';
}
