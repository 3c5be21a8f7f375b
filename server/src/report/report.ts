import type { Comparison } from '../core/preview/comparison.ts';
import type { DefinitionPreview, Scorecard } from '../core/preview/preview.ts';
import type { Subject } from '../core/preview/subject.ts';

/** Where something is defined, for a reader who has only the report. */
export interface DefinedAt {
  /** `nps.metrics.yaml:12`, from the root of the project. */
  readonly text: string;
  /** What the definition there is; null where it has no page. */
  readonly subject: PageSubject | null;
}

/** What a page is about, beside the scorecard. */
export type PageSubject = Extract<Subject, { readonly name: string }>;

/** What is the same for every page of a report. */
export interface Report {
  /** The name of the project, or of its folder. */
  readonly name: string;
  /** What has a page, in order, with its label. */
  readonly subjects: readonly (PageSubject & { readonly label: string })[];
  /** Errors and warnings that touch what is shown. */
  readonly problems: readonly ReportProblem[];
  /** What the metrics of the scorecard are put together by at first. */
  readonly groupBy: GroupBy;
}

/** What metrics can be put together by. */
export const GROUP_BY = ['nothing', 'stage', 'owner', 'file', 'tag'] as const;
export type GroupBy = (typeof GROUP_BY)[number];

export interface ReportProblem {
  readonly severity: 'error' | 'warning' | 'info';
  /** `nps.metrics.yaml:12` */
  readonly at: string;
  readonly message: string;
}

/** Writes the pages of a report. It is a bundle of its own, which the command line loads when it writes one. */
export interface ReportWriter {
  /** A page as HTML: whole in itself, without anything that it would have to fetch. */
  page(report: Report, preview: DefinitionPreview<DefinedAt> | Scorecard<DefinedAt>): string;
  /** The scorecard as Markdown. */
  markdown(report: Report, scorecard: Scorecard<DefinedAt>): string;
  /**
   * A comparison of two versions as a page of HTML that stands alone.
   *
   * @param name that of the project
   */
  comparison(name: string, comparison: Comparison<string>): string;
}
