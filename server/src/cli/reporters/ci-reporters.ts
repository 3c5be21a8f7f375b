import type { CiReport } from '../ci/ci-report.ts';
import type { Look } from '../look.ts';
import { ciGithub } from './ci-github.ts';
import { ciGitlab } from './ci-gitlab.ts';
import { ciJson } from './ci-json.ts';
import { ciJunit } from './ci-junit.ts';
import { ciMarkdown } from './ci-markdown.ts';
import { ciSarif } from './ci-sarif.ts';
import { ciText } from './ci-text.ts';

/** What a reporter may know beside the report. */
export interface CiReporting {
  readonly look: Look;
  /** Of Plumbline. */
  readonly version: string;
  /** When it ran: `2025-06-30T12:00:00` */
  readonly timestamp: string;
}

/** Writes a report as text, with a line break at its end. */
export type CiReporter = (report: CiReport, reporting: CiReporting) => string;

/** The formats of `plumbline ci --report`. A new one is a file of this folder and a line here. */
export const ciReporters = {
  text: (report, { look }) => ciText(report, look),
  json: ciJson,
  sarif: (report, { version }) => ciSarif(report, version),
  junit: (report, { timestamp }) => ciJunit(report, timestamp),
  github: ciGithub,
  gitlab: ciGitlab,
  markdown: ciMarkdown,
} as const satisfies Readonly<Record<string, CiReporter>>;

export type CiFormat = keyof typeof ciReporters;

/** Formats that other lines would spoil, so that they share no output. */
export const DOCUMENTS: ReadonlySet<CiFormat> = new Set(['json', 'sarif', 'junit', 'gitlab']);
