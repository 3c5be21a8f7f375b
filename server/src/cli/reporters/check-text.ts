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
    const looked = report.some(({ data }) => data !== undefined);
    const what = looked ? 'the definitions and the data' : 'the definitions';
    const rest = looked ? '' : '; "plumbline check --data" looks at the rows too';
    return `${color.green(glyphs.ok)} No problems in ${what}. ${checkedText(report, cwd)}${rest}.`;
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
  const data = dataText(report);
  return `Checked ${files} with ${metrics}${data}${only === '.' && folders.length === 1 ? '' : where}`;
}

/** How much data was looked at; nothing where it was not asked for. */
function dataText(report: CheckReport): string {
  const counts = report.flatMap(({ data }) => data ?? []);
  if (counts.length === 0) return '';
  const sources = plural(sum(counts.map((one) => one.sources)), 'source');
  const rows = sum(counts.map((one) => one.rows));
  return ` and ${sources} with ${rows.toLocaleString('en')} ${rows === 1 ? 'row' : 'rows'}`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
