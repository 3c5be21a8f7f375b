import { INDEX } from './page-path.ts';
import type { Report } from './report.ts';
import { hrefFrom } from './report-host.ts';

/**
 * The way from a page of a report to its scorecard.
 *
 * @param path that of the page from the root of the report
 */
export function ReportTrail({ report, path }: { readonly report: Report; readonly path: string }) {
  return (
    <nav class="trail" aria-label="Report">
      {path === INDEX ? (
        <span class="quiet">Report</span>
      ) : (
        <a href={hrefFrom(path, INDEX)}>Scorecard of {report.name}</a>
      )}
    </nav>
  );
}
