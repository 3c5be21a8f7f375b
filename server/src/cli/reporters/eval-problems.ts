import type { Problem } from '../../core/base/problem.ts';
import { evaluateProblems, nearlyFinished, rowsSetAside } from '../../core/evaluate/problems.ts';
import type { Look } from '../look.ts';
import { plural } from '../plural.ts';
import { problemText } from '../problem-text.ts';
import type { EvalReport } from './eval-report.ts';

/** What the rows show of the numbers is said below the table, and not again on the error output. */
export const IN_FOOTER: ReadonlySet<string> = new Set([rowsSetAside.id, nearlyFinished.id]);

const OF_DATA: ReadonlySet<string> = new Set(evaluateProblems.map(({ id }) => id));

/**
 * The errors and warnings that touch what `eval` shows, with their code frames and a blank line behind each; the others as one
 * line. The empty text where there are none. Notes are for `check`.
 */
export function evalProblems(report: EvalReport, table: boolean, cwd: string, look: Look): string {
  const { touching, texts } = report;
  const isGrave = ({ severity }: Problem): boolean => severity !== 'info';
  const blocks = touching
    .filter((problem) => isGrave(problem) && !(table && IN_FOOTER.has(problem.code)))
    .map((problem) => `${problemText({ cwd, look, texts }, problem)}\n\n`);
  const others = report.others.filter(isGrave);
  if (others.length === 0) return blocks.join('');
  // "check" reads no rows: what only they can show is printed by "eval" for all metrics.
  const places = [
    ...(others.some(({ code }) => !OF_DATA.has(code)) ? ['"plumbline check"'] : []),
    ...(others.some(({ code }) => OF_DATA.has(code)) ? ['"plumbline eval"'] : []),
  ];
  return `${blocks.join('')}${plural(others.length, 'other problem')} in this project; see ${places.join(' and ')}.\n`;
}
