import { MAX_PROBLEMS } from '../../core/base/problems-in-order.ts';
import { cleanLine } from '../clean-text.ts';
import type { Look } from '../look.ts';
import { shownPath } from '../paths.ts';
import { plural } from '../plural.ts';
import { countText, problemText } from '../problem-text.ts';
import type { CheckReport } from './check-report.ts';

/** Every problem with its code frame, then one line that sums up. */
export function checkText(report: CheckReport, cwd: string, look: Look): string {
  const blocks = report.flatMap(({ problems, texts }) =>
    problems.map((problem) => `${problemText({ cwd, look, texts }, problem)}\n`),
  );
  return [...blocks, `${summary(report, cwd, look)}\n`].join('\n');
}

function summary(report: CheckReport, cwd: string, { color, glyphs }: Look): string {
  const problems = report.flatMap((project) => project.problems);
  if (problems.length === 0) {
    const rest = 'rows of data are looked at by "plumbline eval" only';
    return `${color.green(glyphs.ok)} No problems in the definitions. ${checkedText(report, cwd)}; ${rest}.`;
  }
  const broken = new Set(problems.map(({ file }) => file)).size;
  const paint = problems.some(({ severity }) => severity === 'error') ? color.red : color.yellow;
  const counts = `${paint(color.bold(countText(problems)))} in ${plural(broken, 'file')}`;
  const most = MAX_PROBLEMS.toLocaleString('en');
  const more = report.some(({ full }) => full)
    ? ` or more: only the first ${most} problems of a project are listed`
    : '';
  return `${counts}${more}. ${checkedText(report, cwd)}.`;
}

/** What was looked at, and where that is not simply the working folder. */
function checkedText(report: CheckReport, cwd: string): string {
  const files = plural(sum(report.map((project) => project.files)), 'file');
  const metrics = plural(sum(report.map((project) => project.metrics)), 'metric');
  const folders = report.map(({ folder }) => cleanLine(shownPath(cwd, folder)));
  const [only] = folders;
  const where = folders.length > 1 ? ` in ${plural(folders.length, 'project')}` : ` in ${only ?? '.'}`;
  return `Checked ${files} with ${metrics}${only === '.' && folders.length === 1 ? '' : where}`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
