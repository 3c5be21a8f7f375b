import { type CiReport, findingsIn } from '../ci/ci-report.ts';
import { inertJson } from '../ci/inert-log.ts';
import { cleanLine } from '../clean-text.ts';
import { jsonText } from '../json-text.ts';

const SEVERITIES = { error: 'major', warning: 'minor', info: 'info' } as const;

/** The new findings in the form of GitLab's code quality reports, which a merge request shows. Fingerprints are unique, as GitLab asks. */
export function ciGitlab(report: CiReport): string {
  const issues = findingsIn(report)
    .filter(({ isKnown }) => !isKnown)
    .map(({ problem, path, start, fingerprint, nth }) => ({
      description: cleanLine(problem.message),
      check_name: problem.code,
      fingerprint: `${fingerprint}:${nth}`,
      severity: SEVERITIES[problem.severity],
      location: { path, lines: { begin: start.line } },
    }));
  return inertJson(jsonText(issues));
}
