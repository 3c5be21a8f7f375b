// The entry of a bundle of its own: what it takes to write pages is most of what the command line would have to read.
import { comparisonPage } from './comparison-page.tsx';
import { definitionPage } from './definition-page.tsx';
import type { ReportWriter } from './report.ts';
import { scorecardMarkdown } from './scorecard-markdown.ts';
import { scorecardPage } from './scorecard-page.tsx';

/** Writes the pages of a report. */
export const writer: ReportWriter = {
  page: (report, preview) =>
    preview.kind === 'scorecard' ? scorecardPage(report, preview) : definitionPage(report, preview),
  markdown: scorecardMarkdown,
  comparison: comparisonPage,
};
