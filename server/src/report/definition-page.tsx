import type { Preview, Scorecard } from '../core/preview/preview.ts';
import { PrintedContext } from '../views/host.ts';
import { subjectOf, View } from '../views/view.tsx';
import { pageKey } from './page-key.ts';
import { pagePath } from './page-path.ts';
import { renderDocument } from './render-document.tsx';
import type { DefinedAt, Report } from './report.ts';
import { reportHost } from './report-host.ts';

/** The page of one definition: all that its preview has, without what would need an editor. */
export function definitionPage(
  report: Report,
  preview: Exclude<Preview<DefinedAt>, Scorecard<DefinedAt>>,
): string {
  const path = pagePath(subjectOf(preview));
  return renderDocument({
    report,
    path,
    title: preview.about.label,
    footer: <p>Defined in {preview.about.at.text}</p>,
    children: (
      <PrintedContext.Provider value={true}>
        <View preview={preview} host={reportHost(path, new Set(report.subjects.map(pageKey)))} />
      </PrintedContext.Provider>
    ),
  });
}
