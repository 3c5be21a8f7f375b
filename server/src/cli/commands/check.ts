import type { Command } from 'commander';
import type { Problem } from '../../core/base/problem.ts';
import { MAX_PROBLEMS } from '../../core/base/problems-in-order.ts';
import { pathOf } from '../../core/syntax/units/unit-id.ts';
import { inFiles } from '../../core/workspace.ts';
import { checkRows } from '../check-rows.ts';
import { EXIT, UsageError } from '../exit-code.ts';
import { findScopes, type OpenProject, openProject, type ProjectScope } from '../find-projects.ts';
import { type Host, lookAt } from '../host.ts';
import { shownPath } from '../paths.ts';
import { checkJson } from '../reporters/check-json.ts';
import type { ProjectReport } from '../reporters/check-report.ts';
import { checkText } from '../reporters/check-text.ts';
import { type Session, withEngine } from '../session.ts';
import { sourceTexts } from '../source-texts.ts';
import type { CommandEntry } from './command.ts';
import {
  asciiOption,
  formatOption,
  noColorOption,
  positiveNumber,
  type TextOptions,
  wholeNumber,
} from './options.ts';

interface CheckOptions extends TextOptions {
  readonly format: 'text' | 'json';
  readonly project?: string;
  readonly maxWarnings?: number;
  readonly data?: boolean;
  readonly timeout?: number;
  readonly memory?: number;
}

const EXAMPLES = `
Examples:
  plumbline check                       check every project in this folder and beneath it
  plumbline check samples/saas          check one project
  plumbline check nps.metrics.yaml      report the problems of one file; its whole project is read
  plumbline check --format json         print problems as JSON, for other tools
  plumbline check --max-warnings 0      let warnings fail too
  plumbline check --data                hold the rows of the data against what is declared of them

--data loads the data of the sources that are checked, and looks at every row: declared types, required cells,
values, min and max, keys, links, times and spells, and scores off their scale. Each finding stands at the
declaration that the rows break, with how many do and the numbers of the first of them in the file, counted
from 1 below the header. Without it no data is loaded. Nothing is ever changed.
Ends with 0 where there are no errors, 1 where there are, 2 where it was called wrongly.`;

/** `plumbline check [paths…]`: the problems of the definitions, and with `--data` those of the rows. */
export const check: CommandEntry = {
  register(program: Command, host, end) {
    program
      .command('check')
      .summary('find problems in metrics files, and in their data')
      .description('Checks the definitions of projects: names, columns, expressions, types, links, targets.')
      .argument('[paths...]', 'folders, project roots or metrics files (default: this folder)')
      .option('--project <folder>', 'the same as naming the folder, as other commands take it')
      .addOption(formatOption(['text', 'json']))
      .option('--max-warnings <number>', 'end with 1 where there are more warnings than this', wholeNumber)
      .option('--data', 'look at the rows of the data too')
      .option(
        '--timeout <seconds>',
        'with --data: the longest that one query may take (default: 60)',
        positiveNumber,
      )
      .option('--memory <megabytes>', 'with --data: memory for the engine', positiveNumber)
      .addOption(noColorOption())
      .addOption(asciiOption())
      .addHelpText('after', EXAMPLES)
      .action(async (paths: string[], options: CheckOptions) => end(await runCheck(host, paths, options)));
  },
};

async function runCheck(host: Host, paths: readonly string[], options: CheckOptions): Promise<number> {
  const { data, timeout, memory, project } = options;
  if (data !== true && (timeout !== undefined || memory !== undefined)) {
    throw new UsageError('--timeout and --memory limit the engine, which only --data uses.');
  }
  if (project !== undefined && paths.length > 0) {
    throw new UsageError('--project and paths both say what to check: write only the paths.');
  }
  const scopes = await findScopes(host, paths.length === 0 ? [project ?? '.'] : paths);
  const checkAll = async (session?: Session): Promise<readonly ProjectReport[]> => {
    const report: ProjectReport[] = [];
    for (const scope of scopes) report.push(await checkProject(host, scope, session));
    return report;
  };
  const limits = { timeoutSeconds: timeout, memoryMb: memory };
  const report = data === true ? await withEngine(host, limits, checkAll) : await checkAll();
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

async function checkProject(host: Host, scope: ProjectScope, session?: Session): Promise<ProjectReport> {
  const open = await openProject(host, scope.root);
  const { loaded, analysis } = open;
  for (const file of scope.named) requireFile(host, scope, open, file);
  const found = session === undefined ? undefined : await checkRows(session, scope, open);
  const all = found === undefined ? analysis.problems : inFiles(loaded, found.problems);
  const problems = all.filter(({ file }) => scope.includes(file));
  const files = [...loaded.texts.keys()].filter((path) => scope.includes(path));
  const metrics = [...loaded.project.metrics.values()].filter(({ file }) => scope.includes(pathOf(file)));
  return {
    folder: scope.root,
    files: files.length,
    metrics: metrics.length,
    data: found,
    problems,
    full: all.length >= MAX_PROBLEMS,
    texts: await sourceTexts(host.fs, loaded.texts, problems),
  };
}

/** Fails where a file that was named is none of the project. */
function requireFile(
  host: Host,
  { root }: ProjectScope,
  { loaded, analysis }: OpenProject,
  file: string,
): void {
  if (loaded.texts.has(file) || file === loaded.project.settings.path) return;
  if (analysis.problems.some((problem) => problem.file === file)) return;
  throw new UsageError(
    `${shownPath(host.cwd, file)} is not a metrics file of the project in ${shownPath(host.cwd, root)}.`,
  );
}
