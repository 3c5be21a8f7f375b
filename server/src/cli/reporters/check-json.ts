import { jsonText } from '../json-text.ts';
import { shownPath } from '../paths.ts';
import { problemDocument } from '../problem-json.ts';
import type { CheckReport } from './check-report.ts';

/** The document that `schemas/result.schema.json#/$defs/check` states; `root` says which project a file is relative to. */
export function checkJson(report: CheckReport, cwd: string): string {
  const problems = report.flatMap((project) =>
    project.problems.map((problem) => ({
      ...problemDocument(project.folder, project.texts, problem),
      root: shownPath(cwd, project.folder),
    })),
  );
  const count = (severity: string): number =>
    problems.filter((problem) => problem.severity === severity).length;
  const summary = {
    files: report.reduce((sum, { files }) => sum + files, 0),
    metrics: report.reduce((sum, { metrics }) => sum + metrics, 0),
    ...dataCounts(report),
    errors: count('error'),
    warnings: count('warning'),
    infos: count('info'),
    truncated: report.some(({ full }) => full),
  };
  return jsonText({ problems, summary });
}

/** How much data was looked at; nothing where it was not asked for. */
function dataCounts(report: CheckReport): object {
  const counts = report.flatMap(({ data }) => data ?? []);
  if (counts.length === 0) return {};
  return {
    sources: counts.reduce((sum, { sources }) => sum + sources, 0),
    rows: counts.reduce((sum, { rows }) => sum + rows, 0),
  };
}
