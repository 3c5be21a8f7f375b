import { type Command, Option } from 'commander';
import { INDEX } from '../../report/page-path.ts';
import { GROUP_BY, type GroupBy } from '../../report/report.ts';
import { selectMetrics } from '../eval-request.ts';
import { EXIT, UsageError } from '../exit-code.ts';
import { findProject, openProject } from '../find-projects.ts';
import { type Host, lookAt } from '../host.ts';
import { type MadeReport, makeReport } from '../make-report.ts';
import { absolutePath, shownPath } from '../paths.ts';
import { plural } from '../plural.ts';
import { problemText } from '../problem-text.ts';
import { type Session, withEngine } from '../session.ts';
import { writeMarkdown, writeSite } from '../write-report.ts';
import type { CommandEntry } from './command.ts';
import { asciiOption, formatOption, noColorOption, positiveNumber, type TextOptions } from './options.ts';

interface Options extends TextOptions {
  readonly project: string;
  readonly out?: string;
  readonly format: 'html' | 'markdown';
  readonly groupBy: GroupBy;
  readonly rows?: boolean;
  readonly force?: boolean;
  readonly timeout?: number;
  readonly memory?: number;
}

const EXAMPLES = `
Examples:
  plumbline report --out site                        a page for the scorecard, and one for each definition
  plumbline report nps csat --out site               of two metrics, and of what they use
  plumbline report --out site --group-by stage       the scorecard by the stages of journeys
  plumbline report --format markdown                 the scorecard as Markdown, for a pull request
  plumbline report --format markdown --out card.md   the same, in a file

The pages need no server and load nothing: open index.html, or put the folder on any web server.
Single rows and texts of the data are shown with --rows only, as a report is made to be handed on.
A folder that is a report already is brought up to date, and pages of what is gone are removed; nothing else in it is touched.
Errors and warnings that touch what is shown are printed to the error output, and listed in the report.
Ends with 0; with 1 where there are errors; with 2 where it was called wrongly.`;

/** `plumbline report [metrics…]`: the metrics of a project as pages to read. */
export const report: CommandEntry = {
  register(program: Command, host, end) {
    program
      .command('report')
      .summary('write the metrics as pages to read')
      .description(
        'Writes a report of the metrics of a project: pages as HTML, or the scorecard as Markdown.',
      )
      .argument('[metrics...]', 'names of metrics (default: all)')
      .option('--project <folder>', 'folder of the project', '.')
      .option('--out <path>', 'folder of the pages; with --format markdown a file (default: the output)')
      .addOption(formatOption(['html', 'markdown']))
      .addOption(
        new Option('--group-by <what>', 'what the metrics of the scorecard are put together by')
          .choices(GROUP_BY)
          .default('nothing'),
      )
      .option('--rows', 'show single rows and texts of the data too')
      .option('--force', 'write to a folder that has other files in it; they stay')
      .option('--timeout <seconds>', 'the longest that one query may take (default: 60)', positiveNumber)
      .option('--memory <megabytes>', 'memory for the engine', positiveNumber)
      .addOption(noColorOption())
      .addOption(asciiOption())
      .addHelpText('after', EXAMPLES)
      .action(async (metrics: string[], options: Options) => end(await runReport(host, metrics, options)));
  },
};

async function runReport(host: Host, names: readonly string[], options: Options): Promise<number> {
  const { format, out, timeout, memory } = options;
  if (format === 'html' && (out === undefined || out === ''))
    throw new UsageError('The pages of a report need a folder: pass --out FOLDER.');
  const open = await openProject(host, await findProject(host, options.project));
  const metrics = selectMetrics(open.analysis.checked, names);
  const limits = { timeoutSeconds: timeout, memoryMb: memory };
  return withEngine(host, limits, async (session) => {
    const isNamed = names.length > 0;
    const made = await makeReport(host, session, open, { metrics, isNamed, groupBy: options.groupBy });
    const told = await write(host, session, made, options);
    session.progress.clear();
    tellProblems(host, made, options);
    host.stdout.write(told);
    return made.problems.some(({ severity }) => severity === 'error') ? EXIT.problems : EXIT.clean;
  });
}

/** Writes what was asked for, and gives what is to be said of it. */
async function write(
  host: Host,
  session: Session,
  made: MadeReport,
  { format, out, rows, force }: Options,
): Promise<string> {
  const path = out === undefined ? undefined : absolutePath(host.cwd, out);
  if (format === 'markdown' || path === undefined) {
    const text = await writeMarkdown(host, made, path);
    return path === undefined ? text : `Wrote ${shownPath(host.cwd, path)}.\n`;
  }
  const { pages, removed } = await writeSite(host, session, made, {
    folder: path,
    isForced: force === true,
    withRows: rows === true,
  });
  const gone = removed === 0 ? '' : `, and removed ${plural(removed, 'page')} of what is gone`;
  return `Wrote ${plural(pages, 'page')}${gone}. Open ${shownPath(host.cwd, `${path}/${INDEX}`)}.\n`;
}

function tellProblems(host: Host, { problems, texts }: MadeReport, options: Options): void {
  const look = lookAt(host, 'stderr', options);
  for (const problem of problems)
    host.stderr.write(`${problemText({ cwd: host.cwd, look, texts }, problem)}\n\n`);
}
