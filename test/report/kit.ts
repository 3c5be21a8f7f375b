import type { DefinitionPreview, Scorecard } from '../../server/src/core/preview/preview.ts';
import type { DefinedAt, Report } from '../../server/src/report/report.ts';
import { EVERY } from '../views/fixtures.ts';

/** What a report has a page for. */
type Paged<At> = DefinitionPreview<At> | Scorecard<At>;

/** A preview of the views' tests with places as a report has them. */
export function placed(preview: Paged<string>): Paged<DefinedAt> {
  return JSON.parse(JSON.stringify(preview), (key, value: unknown) =>
    key === 'at' && typeof value === 'string' ? { text: value, subject: null } : value,
  );
}

/** The fixtures that a report has a page for. */
export const PAGED: readonly Paged<string>[] = EVERY.flatMap((preview) =>
  preview.kind === 'comparison' ? [] : [preview],
);

/** A report in which everything that the fixtures are about has a page. */
export function reportOf(more: Partial<Report> = {}): Report {
  const subjects = PAGED.flatMap((preview) =>
    preview.kind === 'scorecard'
      ? []
      : [{ kind: preview.kind, name: preview.about.name, label: preview.about.label }],
  );
  return { name: 'shop', subjects, problems: [], groupBy: 'nothing', ...more };
}
