import type { Command } from 'commander';
import type { Problem } from '../../core/base/problem.ts';
import { MAX_PROBLEMS } from '../../core/base/problems-in-order.ts';
import { pathOf } from '../../core/syntax/units/unit-id.ts';
import { EXIT, UsageError } from '../exit-code.ts';
import { findScopes, openProject, type ProjectScope } from '../find-projects.ts';
import { type Host, lookAt } from '../host.ts';
import { shownPath } from '../paths.ts';
import { checkJson } from '../reporters/check-json.ts';
import type { ProjectReport } from '../reporters/check-report.ts';
import { checkText } from '../reporters/check-text.ts';
import { sourceTexts } from '../source-texts.ts';
import type { CommandEntry } from './command.ts';
import { asciiOption, formatOption, noColorOption, type TextOptions, wholeNumber } from './options.ts';

interface CheckOptions extends TextOptions {
  readonly format: 'text' | 'json';
  readonly maxWarnings?: number;
}

const EXAMPLES = `
Examples:
  plumbline check                       check every project in this folder and beneath it
  plumbline check samples/saas          check one project
  plumbline check nps.metrics.yaml      report the problems of one file; its whole project is read
  plumbline check --format json         print problems as JSON, for other tools
  plumbline check --max-warnings 0      let warnings fail too

Ends with 0 where there are no errors, 1 where there are, 2 where it was called wrongly.
No data is loaded: what only the rows can show is reported by "plumbline eval".`;

/** `plumbline check [paths…]`: the problems of the definitions, without an engine. */
export const check: CommandEntry = {
  register(program: Command, host, end) {
    program
      .command('check')
      .summary('find problems in metrics files')
      .description('Checks the definitions of projects: names, columns, expressions, types, links, targets.')
      .argument('[paths...]', 'folders, project roots or metrics files (default: this folder)')
      .addOption(formatOption(['text', 'json']))
      .option('--max-warnings <number>', 'end with 1 where there are more warnings than this', wholeNumber)
      .addOption(noColorOption())
      .addOption(asciiOption())
      .addHelpText('after', EXAMPLES)
      .action(async (paths: string[], options: CheckOptions) => end(await runCheck(host, paths, options)));
  },
};

async function runCheck(host: Host, paths: readonly string[], options: CheckOptions): Promise<number> {
  const scopes = await findScopes(host, paths.length === 0 ? ['.'] : paths);
  const report: ProjectReport[] = [];
  for (const scope of scopes) report.push(await checkProject(host, scope));
  const text =
    options.format === 'json'
      ? checkJson(report, host.cwd)
      : checkText(report, host.cwd, lookAt(host, 'stdout', options));
  host.stdout.write(text);
  const problems = report.flatMap((project) => project.problems);
  return exitCode(problems, options.maxWarnings ?? Number.POSITIVE_INFINITY);
}

function exitCode(problems: readonly Problem[], maxWarnings: number): number {
  const warnings = problems.filter(({ severity }) => severity === 'warning').length;
  const failed = problems.some(({ severity }) => severity === 'error') || warnings > maxWarnings;
  return failed ? EXIT.problems : EXIT.clean;
}

async function checkProject(host: Host, scope: ProjectScope): Promise<ProjectReport> {
  const { loaded, analysis } = await openProject(host, scope.root);
  const { project } = loaded;
  for (const file of scope.named) {
    if (
      !loaded.texts.has(file) &&
      file !== project.settings.path &&
      !analysis.problems.some((problem) => problem.file === file)
    ) {
      throw new UsageError(
        `${shownPath(host.cwd, file)} is not a metrics file of the project in ${shownPath(host.cwd, scope.root)}.`,
      );
    }
  }
  const problems = analysis.problems.filter(({ file }) => scope.includes(file));
  const files = [...loaded.texts.keys()].filter((path) => scope.includes(path));
  const metrics = project.files
    .filter(({ path }) => scope.includes(pathOf(path)))
    .flatMap(({ definitions }) => definitions.filter(({ definition }) => definition === 'metric'));
  return {
    folder: scope.root,
    files: files.length,
    metrics: metrics.length,
    problems,
    full: analysis.problems.length >= MAX_PROBLEMS,
    texts: await sourceTexts(host.fs, loaded.texts, problems),
  };
}
