import { statusWords } from '../core/evaluate/target-status.ts';
import { toMarkdown } from '../core/ide/prose/markdown.ts';
import { paragraph } from '../core/ide/prose/prose.ts';
import type { Scorecard } from '../core/preview/preview.ts';
import { tableMarkdown } from '../views/copy/to-markdown.ts';
import { counted } from '../views/parts/numbers.ts';
import { groupedRows, orderedRows, scorecardTable, statusCounts } from '../views/scorecard/rows.ts';
import type { DefinedAt, Report, ReportProblem } from './report.ts';

/** The scorecard as Markdown, for a pull request or a wiki. Whatever comes from the project stays text. */
export function scorecardMarkdown(
  report: Report,
  { metrics, asOf, unavailable }: Scorecard<DefinedAt>,
): string {
  const text = (words: string): string => toMarkdown([paragraph(words)]);
  const counts = statusCounts(metrics).map(({ status, count }) => `${count} ${statusWords(status)}`);
  const groups = groupedRows(orderedRows(metrics, 'status', false), report.groupBy);
  const parts = [
    `# ${text(report.name)}`,
    text(`${counted(metrics.length, 'metric')}${asOf === null ? '' : `, as of ${asOf}`}.`),
    unavailable === null ? '' : text(unavailable),
    counts.length === 0 ? '' : text(`Targets: ${counts.join(', ')}.`),
    ...groups.map(({ label, rows }) => tableMarkdown(scorecardTable(label ?? 'Metrics', rows))),
    problemsMarkdown(report.problems, text),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** A comment on a pull request is no place for more. */
const MOST_PROBLEMS = 20;

function problemsMarkdown(problems: readonly ReportProblem[], text: (words: string) => string): string {
  if (problems.length === 0) return '';
  const more = problems.length - MOST_PROBLEMS;
  return [
    '## Problems',
    '',
    ...problems
      .slice(0, MOST_PROBLEMS)
      .map(({ severity, at, message }) => `- ${text(`${severity}: ${message} (${at})`)}`),
    ...(more > 0 ? ['', text(`${counted(more, 'more problem')}; "plumbline check" lists all.`)] : []),
  ].join('\n');
}
