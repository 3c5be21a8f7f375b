import type { Preview } from '../../server/src/core/preview/preview.ts';
import type { DefinedAt, Report } from '../../server/src/report/report.ts';
import { subjectOf } from '../../server/src/views/view.tsx';
import { EVERY } from '../views/fixtures.ts';

/** A preview of the views' tests with places as a report has them. */
export function placed(preview: Preview<string>): Preview<DefinedAt> {
  return JSON.parse(JSON.stringify(preview), (key, value: unknown) =>
    key === 'at' && typeof value === 'string' ? { text: value, subject: null } : value,
  );
}

/** A report in which everything that the fixtures are about has a page. */
export function reportOf(more: Partial<Report> = {}): Report {
  const subjects = EVERY.flatMap((preview) => {
    const subject = subjectOf(preview);
    return subject.kind === 'scorecard' || preview.kind === 'scorecard'
      ? []
      : [{ ...subject, label: preview.about.label }];
  });
  return { name: 'shop', subjects, problems: [], groupBy: 'nothing', ...more };
}
