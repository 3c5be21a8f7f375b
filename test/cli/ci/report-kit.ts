import type { CiReport } from '../../../server/src/cli/ci/ci-report.ts';
import { findingsOf } from '../../../server/src/cli/ci/findings-of.ts';
import { lookOf } from '../../../server/src/cli/look.ts';
import { type CiFormat, ciReporters } from '../../../server/src/cli/reporters/ci-reporters.ts';
import { LineIndex } from '../../../server/src/core/base/line-index.ts';
import type { Problem } from '../../../server/src/core/base/problem.ts';

/** The top of the repository of `reportOf`, and a file in it. */
export const TOP = '/repo';
export const FILE = `${TOP}/metrics/a.metrics.yaml`;

/** A file with two metrics whose sources are misspelt. */
export const TEXT = `plumbline: 1
metrics:
  revenue: { type: sum, source: ordres, value: amount }
  orders:
    type: count
    source: ordres
`;

/** A problem at the first place of some characters behind others. */
export function problemAtText(
  text: string,
  marked: string,
  behind = '',
  more: Partial<Problem> = {},
): Problem {
  const start = text.indexOf(marked, text.indexOf(behind));
  const span = { start, end: start + marked.length };
  return {
    code: 'missing-source',
    severity: 'error',
    message: 'There is no source "ordres".',
    file: FILE,
    span,
    ...more,
  };
}

/** A report with these problems, as those of definitions, in one file. */
export function reportOf(
  problems: readonly Problem[],
  more: Partial<CiReport> & { readonly text?: string; readonly name?: string; readonly metric?: string } = {},
): CiReport {
  const { text = TEXT, name = 'shop', metric = 'revenue', ...rest } = more;
  const texts = new Map(
    [...new Set([FILE, ...problems.map(({ file }) => file)])].map((file) => [
      file,
      { text, lines: new LineIndex(text) },
    ]),
  );
  const findings = findingsOf(
    TOP,
    texts,
    problems.map((problem) => ({ part: 'definitions' as const, problem })),
  );
  const project = {
    folder: `${TOP}/metrics`,
    path: 'metrics',
    name,
    parts: [
      { part: 'definitions' as const, looked: '2 metrics in 1 file' },
      { part: 'tests' as const, looked: '1 example of 1 metric' },
      { part: 'policy' as const, looked: '', skipped: 'left out by --skip' },
    ],
    files: ['metrics/plumbline.yaml', ...[...texts.keys()].map((file) => file.slice(TOP.length + 1))],
    tests: [{ metric, number: 1, path: 'metrics/a.metrics.yaml', outcome: 'passed' as const }],
    findings,
    texts,
    full: false,
  };
  return { top: TOP, projects: [project], maxWarnings: undefined, baseline: undefined, ...rest };
}

/** A report in a format, without colours. */
export function written(format: CiFormat, report: CiReport): string {
  const surroundings = { isTTY: false, columns: undefined, env: {}, platform: 'linux' };
  const look = lookOf(surroundings, { color: false });
  return ciReporters[format](report, { look, version: '1.2.3', timestamp: '2025-06-30T12:00:00' });
}
