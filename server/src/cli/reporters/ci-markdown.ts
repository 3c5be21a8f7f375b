import {
  type CiPart,
  type CiProject,
  type CiReport,
  type Finding,
  findingsIn,
  hasFailed,
  stateOf,
} from '../ci/ci-report.ts';
import { wellFormed } from '../clean-text.ts';
import { plural } from '../plural.ts';
import { partWords, verdictWords } from './ci-text.ts';
import { inertMarkdown } from './markdown-inert.ts';

/** Findings that a summary lists. GitHub cuts a job's summary at a megabyte and a comment at 65,536 characters. */
const MOST = 50;
/** Characters that are shown of one message or path. */
const LONGEST = 400;

/** A summary for a job's page or the comment of a pull request (GFM): the verdict, what was done, and the new findings, errors first. */
export function ciMarkdown(report: CiReport): string {
  const title = hasFailed(report) ? '❌ Plumbline: failed' : '✅ Plumbline: passed';
  const fresh = findingsIn(report).filter(({ isKnown }) => !isKnown);
  const blocks = [
    `## ${title}`,
    inertMarkdown(verdictWords(report)),
    ...report.projects.map((project) => projectTable(project, report.projects.length > 1)),
    ...findingsTable(fresh),
  ];
  return `${blocks.join('\n\n')}\n`;
}

const MARKS = { passed: '✅', failed: '❌', skipped: '➖' } as const;

function projectTable(project: CiProject, isNamed: boolean): string {
  const row = (part: CiPart): string =>
    `| ${MARKS[stateOf(project, part)]} ${part.part} | ${inertMarkdown(partWords(project, part))} |`;
  const head = isNamed ? [`### ${inertMarkdown(cut(project.path))}`, ''] : [];
  return [...head, '| part | result |', '|---|---|', ...project.parts.map(row)].join('\n');
}

function findingsTable(findings: readonly Finding[]): readonly string[] {
  if (findings.length === 0) return [];
  const rank = { error: 0, warning: 1, info: 2 } as const;
  const shown = findings
    .toSorted((a, b) => rank[a.problem.severity] - rank[b.problem.severity])
    .slice(0, MOST)
    .map(({ problem, path, start }) => {
      const place = `${inertMarkdown(cut(path))}:${start.line}:${start.column}`;
      return `| ${problem.severity} | ${problem.code} | ${place} | ${inertMarkdown(cut(problem.message))} |`;
    });
  const table = ['| severity | rule | place | what is wrong |', '|---|---|---|---|', ...shown].join('\n');
  const rest = findings.length - shown.length;
  return rest <= 0 ? [table] : [table, `${plural(rest, 'more finding')} in the log.`];
}

function cut(text: string): string {
  return text.length <= LONGEST ? text : `${wellFormed(text.slice(0, LONGEST))}…`;
}
