import { cleanLine } from '../clean-text.ts';
import type { Look } from '../look.ts';
import { shownPath } from '../paths.ts';
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
  const files = plural(sum(report.map((project) => project.files)), 'file');
  const metrics = plural(sum(report.map((project) => project.metrics)), 'metric');
  const [only] = report;
  const where =
    report.length === 1 && only !== undefined
      ? cleanLine(shownPath(cwd, only.folder))
      : `${report.length} projects`;
  if (problems.length === 0) {
    return `${color.green(glyphs.ok)} No problems in ${where}: ${files}, ${metrics}.`;
  }
  const broken = new Set(problems.map(({ file }) => file)).size;
  const paint = problems.some(({ severity }) => severity === 'error') ? color.red : color.yellow;
  return `${paint(color.bold(countText(problems)))} in ${plural(broken, 'file')} (${where}: ${files}, ${metrics}).`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
