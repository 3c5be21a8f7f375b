import { throwIfCancelled } from '../core/base/cancel.ts';
import { makePreview } from '../core/preview/make-preview.ts';
import type { DefinitionPreview, Scorecard } from '../core/preview/preview.ts';
import { pagePath } from '../report/page-path.ts';
import type { DefinedAt, PageSubject } from '../report/report.ts';
import type { Host } from './host.ts';
import type { MadeReport } from './make-report.ts';
import { openReportFolder } from './report-folder.ts';
import type { Session } from './session.ts';
import { toldWhere } from './told-where.ts';

export interface SiteOptions {
  readonly folder: string;
  /** Whether it may have other files in it. */
  readonly isForced: boolean;
  /** Whether single rows and texts of the data are shown. */
  readonly withRows: boolean;
}

/** Writes the pages of a report, one after the other, so that no more than one is held. Says how many, and how many old ones went. */
export async function writeSite(
  host: Host,
  { signal, progress }: Session,
  made: MadeReport,
  { folder, isForced, withRows }: SiteOptions,
): Promise<{ readonly pages: number; readonly removed: number }> {
  const subjects: readonly ReportSubject[] = [{ kind: 'scorecard' }, ...made.report.subjects];
  return toldWhere(host, async () => {
    const paths = subjects.map(pagePath);
    const site = await openReportFolder(host, folder, paths, isForced);
    const writer = host.loadReportWriter();
    for (const [done, subject] of subjects.entries()) {
      progress.show(`Writing pages (${done} of ${subjects.length})`);
      const preview = await previewOf(made, subject, withRows);
      throwIfCancelled(signal);
      await site.write(pagePath(subject), writer.page(made.report, preview));
    }
    return { pages: subjects.length, removed: await site.finish() };
  });
}

/** The scorecard as Markdown; written to a file where there is a path. */
export async function writeMarkdown(host: Host, made: MadeReport, path: string | undefined): Promise<string> {
  const card = await previewOf(made, { kind: 'scorecard' }, false);
  if (card.kind !== 'scorecard') throw new Error('A scorecard was asked for.');
  const text = host.loadReportWriter().markdown(made.report, card);
  if (path !== undefined) await toldWhere(host, () => host.output.write(path, text));
  return text;
}

/** What has a page. */
type ReportSubject = PageSubject | { readonly kind: 'scorecard' };

async function previewOf(
  { work, evaluated, metrics }: MadeReport,
  subject: ReportSubject,
  withRows: boolean,
): Promise<DefinitionPreview<DefinedAt> | Scorecard<DefinedAt>> {
  const choice = { withoutRows: !withRows, ...(subject.kind === 'metric' ? { evaluated } : {}) };
  const preview = await makePreview(work, subject, choice);
  if (preview === undefined || preview.kind === 'comparison')
    throw new Error('What has a page is not there.');
  return preview.kind === 'scorecard' ? limited(preview, metrics) : preview;
}

/** A scorecard of the metrics that were named; of their journeys only parts would be there. */
function limited(card: Scorecard<DefinedAt>, names: ReadonlySet<string>): Scorecard<DefinedAt> {
  const metrics = card.metrics.filter(({ name }) => names.has(name));
  return metrics.length === card.metrics.length ? card : { ...card, metrics, journeys: [] };
}
