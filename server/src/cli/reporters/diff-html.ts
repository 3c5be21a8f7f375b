import { diffPlaces } from '../../core/diff/diff-places.ts';
import type { ReportedDiff } from '../../core/diff/reported-diff.ts';
import { comparisonOf, type PlaceWriter } from '../../core/preview/comparison-of.ts';
import { nameOf } from '../../core/workspace/paths.ts';
import type { ReportWriter } from '../../report/report.ts';

/** What is larger opens slowly, and fits no mail. */
const MOST_BYTES = 5_000_000;

/** How many metrics, and how many other definitions, are shown: as many as there is room for. */
const SHOWN = [50, 25, 12, 6, 3, 1, 0] as const;

/** Lines of one definition, and of targets and examples. */
const LINES = 20;

/** A comparison as one page of HTML that is whole in itself. It has at most 50 metrics and 5 MB; what is left out is counted in it. */
export function diffHtml(report: ReportedDiff, writer: Pick<ReportWriter, 'comparison'>): string {
  const { settings, folder } = report.after.checked.project;
  const name = settings.name ?? nameOf(folder);
  const at = placeText(report);
  let page = '';
  for (const shown of SHOWN) {
    const limits = { metrics: shown, others: shown, lines: LINES };
    page = writer.comparison(name, comparisonOf(report, at, { limits }));
    if (Buffer.byteLength(page) <= MOST_BYTES) break;
  }
  return page;
}

/** Places as people write them: `revenue.metrics.yaml:12`, from the root of their version. */
function placeText({ before, after }: ReportedDiff): PlaceWriter<string> {
  const places = diffPlaces(before, after);
  return (side, place) => {
    const found = places(side, place);
    return found === null ? '' : `${found.file}:${found.line}`;
  };
}
