import { type CiReport, type Finding, findingsIn } from '../ci/ci-report.ts';
import { cleanLine } from '../clean-text.ts';

const COMMANDS = { error: 'error', warning: 'warning', info: 'notice' } as const;

/**
 * The new findings as workflow commands of GitHub Actions, a line each, which it shows at the lines of a pull request. Everything that comes
 * from the project is escaped as the runner unescapes it, so that no second command begins.
 */
export function ciGithub(report: CiReport): string {
  return findingsIn(report)
    .filter(({ isKnown }) => !isKnown)
    .map(command)
    .join('');
}

function command({ problem, path, start, end }: Finding): string {
  // GitHub takes columns only where both stand on one line.
  const columns =
    start.line === end.line ? { col: start.column, endColumn: Math.max(start.column, end.column - 1) } : {};
  const properties = { file: path, line: start.line, endLine: end.line, ...columns, title: problem.code };
  const written = Object.entries(properties).map(
    ([name, value]) => `${name}=${escapeProperty(String(value))}`,
  );
  return `::${COMMANDS[problem.severity]} ${written.join(',')}::${escapeData(problem.message)}\n`;
}

/** As `escapeData` of `@actions/core`; control characters and those of writing direction go. `##[` would begin a command of the older kind. */
function escapeData(text: string): string {
  return cleanLine(text)
    .replaceAll('%', '%25')
    .replace(/#(?=#[A-Za-z]*\[)/g, '%23');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
