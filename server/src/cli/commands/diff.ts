import type { Command } from 'commander';
import type { ReportedDiff } from '../../core/diff/reported-diff.ts';
import { type OpenVersion, openVersion, reportedSide } from '../../core/diff-versions/version.ts';
import { diffVersions } from '../../core/diff-versions.ts';
import { kinds } from '../../core/kinds/index.ts';
import { type NamedVersion, withVersions } from '../diff-versions.ts';
import { EXIT, SetupError, UsageError } from '../exit-code.ts';
import { type Host, lookAt } from '../host.ts';
import { absolutePath, shownPath } from '../paths.ts';
import { diffHtml } from '../reporters/diff-html.ts';
import { diffJson } from '../reporters/diff-json.ts';
import { diffMarkdown } from '../reporters/diff-markdown.ts';
import { diffText } from '../reporters/diff-text.ts';
import { withEngine } from '../session.ts';
import { toldWhere } from '../told-where.ts';
import type { CommandEntry } from './command.ts';
import { asciiOption, formatOption, noColorOption, positiveNumber, type TextOptions } from './options.ts';

interface Options extends TextOptions {
  readonly project: string;
  readonly mergeBase?: boolean;
  readonly format: 'text' | 'json' | 'markdown' | 'html';
  readonly out?: string;
  readonly timeout?: number;
  readonly memory?: number;
}

const EXAMPLES = `
Examples:
  plumbline diff                               the last commit and the working tree
  plumbline diff main                          main and the working tree
  plumbline diff main HEAD --merge-base        what this branch changed since it left main
  plumbline diff ../before ../after            two folders; one that is called like a branch: ./main
  plumbline diff main --format markdown        a comment for a pull request
  plumbline diff main --format html --out changes.html

What changed is told by meaning: spelling, order and formatting are no change. Metrics that a change reaches are evaluated on
both sides, others are not. Where definitions and data changed, what each of them does alone is told, and what only both do.
Nothing is checked out, and no hook or filter of the repository runs. Data that git does not hold, or holds as a pointer, are
taken from the working tree, and the report says so.
Ends with 0; with 1 where a metric or breakdown has no values any more, an example now fails, or the definitions after the change have errors;
with 2 where it was called wrongly.`;

/** `plumbline diff [base] [head]`: what changed between two versions of a project, and what that does to the numbers. */
export const diff: CommandEntry = {
  register(program: Command, host, end) {
    program
      .command('diff')
      .summary('compare two versions, with the effect on the numbers')
      .description('Says what changed between two versions of a project, and what it does to the numbers.')
      .argument('[base]', 'commit or folder of the version before (default: HEAD)')
      .argument('[head]', 'commit or folder of the version after (default: the working tree)')
      .option('--project <folder>', 'folder of the project', '.')
      .option('--merge-base', 'compare with the last commit that both have in common')
      .addOption(formatOption(['text', 'json', 'markdown', 'html']))
      .option('--out <file>', 'file to write to (default: the output)')
      .option('--timeout <seconds>', 'the longest that one query may take (default: 60)', positiveNumber)
      .option('--memory <megabytes>', 'memory for the engine', positiveNumber)
      .addOption(noColorOption())
      .addOption(asciiOption())
      .addHelpText('after', EXAMPLES)
      .action(async (base: string | undefined, head: string | undefined, options: Options) =>
        end(
          await withVersions(host, [base, head], options, (before, after) =>
            runDiff(host, before, after, options),
          ),
        ),
      );
  },
};

async function runDiff(
  host: Host,
  before: NamedVersion,
  after: NamedVersion,
  options: Options,
): Promise<number> {
  const out = await outputPath(host, options.out);
  const limits = { timeoutSeconds: options.timeout, memoryMb: options.memory };
  // Within the session, so that what git had to write is removed where somebody stops this.
  const { found, old, now } = await withEngine(host, limits, async ({ engine, signal, progress }) => {
    progress.show('Comparing the definitions');
    const [old, now] = [
      await openVersion(before.version, kinds, signal),
      await openVersion(after.version, kinds, signal),
    ];
    if (isNothing(old) && isNothing(now))
      throw new SetupError(`There is no project in ${before.name}, and none in ${after.name}.`);
    const told = (text: string): void => progress.show(text);
    return { old, now, found: await diffVersions(old, now, { kinds, engine, signal, progress: told }) };
  });
  const report: ReportedDiff = {
    diff: found,
    before: reportedSide(before.name, old, before.borrowed),
    after: reportedSide(after.name, now, after.borrowed),
  };
  await write(host, print(host, report, options), out);
  const lost = found.metrics.some(
    (metric) => metric.lost.length > 0 || (metric.refused.after !== null && metric.refused.before === null),
  );
  return lost || report.after.errors > 0 || found.failures.length > 0 ? EXIT.problems : EXIT.clean;
}

function isNothing({ loaded: { project } }: OpenVersion): boolean {
  return project.settings.path === undefined && project.files.length === 0;
}

/** The file to write to; nothing for the output. It is looked at before all work, so that nobody waits for a refusal. */
async function outputPath(host: Host, out: string | undefined): Promise<string | undefined> {
  if (out === undefined) return undefined;
  const path = absolutePath(host.cwd, out);
  if ((await host.fs.stat(path))?.kind === 'folder')
    throw new UsageError(`--out: ${shownPath(host.cwd, path)} is a folder. Name a file.`);
  return path;
}

async function write(host: Host, text: string, path: string | undefined): Promise<void> {
  if (path === undefined) return host.stdout.write(text);
  await toldWhere(host, () => host.output.write(path, text));
  host.stdout.write(`Wrote ${shownPath(host.cwd, path)}.\n`);
}

function print(host: Host, report: ReportedDiff, options: Options): string {
  switch (options.format) {
    case 'json':
      return diffJson(report);
    case 'markdown':
      return diffMarkdown(report);
    case 'html':
      return diffHtml(report, host.loadReportWriter());
    case 'text':
      return diffText(report, lookAt(host, 'stdout', options));
  }
}
