import type { DefinitionPreview } from '../core/preview/preview.ts';
import { PrintedContext } from '../views/host.ts';
import { View } from '../views/view.tsx';
import { pageKey } from './page-key.ts';
import { pagePath } from './page-path.ts';
import { renderDocument } from './render-document.tsx';
import type { DefinedAt, Report } from './report.ts';
import { reportHost } from './report-host.ts';
import { ReportTrail } from './report-trail.tsx';

/** The page of one definition: all that its preview has, without what would need an editor. */
export function definitionPage(report: Report, preview: DefinitionPreview<DefinedAt>): string {
  const path = pagePath({ kind: preview.kind, name: preview.about.name });
  return renderDocument({
    name: report.name,
    trail: <ReportTrail report={report} path={path} />,
    title: preview.about.label,
    footer: <p>Defined in {preview.about.at.text}</p>,
    children: (
      <PrintedContext.Provider value={true}>
        <View preview={preview} host={reportHost(path, new Set(report.subjects.map(pageKey)))} />
      </PrintedContext.Provider>
    ),
  });
}
