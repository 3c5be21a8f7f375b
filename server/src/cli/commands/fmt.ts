import type { Command } from 'commander';
import { FileProblem } from '../../core/ports.ts';
import { under } from '../../core/workspace/paths.ts';
import type { FileText } from '../../core/workspace/read-texts.ts';
import { SETTINGS_FILE } from '../../core/workspace/walk.ts';
import { EXIT, SetupError, UsageError } from '../exit-code.ts';
import { findScopes, type ProjectScope, projectTexts } from '../find-projects.ts';
import { formattedFile, unreadableFile } from '../format-file.ts';
import { type Host, lookAt } from '../host.ts';
import { absolutePath, shownPath } from '../paths.ts';
import { plural } from '../plural.ts';
import { diffText, type FormattedFile, fmtText, isChanged, problemBlocks } from '../reporters/fmt-text.ts';
import type { CommandEntry } from './command.ts';
import { asciiOption, noColorOption, type TextOptions } from './options.ts';

interface FmtOptions extends TextOptions {
  readonly check?: boolean;
  readonly diff?: boolean;
  readonly stdinPath?: string;
}

const EXAMPLES = `
Examples:
  plumbline fmt                         format the project of this folder
  plumbline fmt .                       format every project in this folder and beneath it
  plumbline fmt nps.metrics.yaml        format one file
  plumbline fmt --check                 in CI: change nothing, fail where a file is not formatted
  plumbline fmt --diff samples/saas     change nothing, show what would change
  plumbline fmt - < a.metrics.yaml      format the standard input, for other editors

Keys get the order of the format's reference, definitions keep theirs. Comments stay with what they stand
above or behind, and no value changes. A file with YAML errors is reported and left as it is.
Ends with 0; with 1 where a file has YAML errors, or would change under --check; with 2 where it was called wrongly.`;

/** `plumbline fmt [paths…]`: puts files into their canonical form. */
export const fmt: CommandEntry = {
  register(program: Command, host, end) {
    program
      .command('fmt')
      .summary('format metrics files')
      .description('Puts metrics files and plumbline.yaml into their canonical form.')
      .argument(
        '[paths...]',
        'folders, project roots or files, or - for the standard input (default: the project of this folder)',
      )
      .option('--check', 'write nothing; end with 1 where a file would change')
      .option('--diff', 'write nothing; show what would change')
      .option('--stdin-path <path>', 'the file that the standard input stands for (with -)')
      .addOption(noColorOption())
      .addOption(asciiOption())
      .addHelpText('after', EXAMPLES)
      .action(async (paths: string[], options: FmtOptions) => {
        const isInput = paths.includes('-');
        if (isInput && paths.length > 1)
          throw new UsageError('The standard input (-) cannot be combined with files.');
        end(isInput ? await formatInput(host, options) : await formatFiles(host, paths, options));
      });
  },
};

async function formatFiles(host: Host, paths: readonly string[], options: FmtOptions): Promise<number> {
  const dry = options.check === true || options.diff === true;
  const files: FormattedFile[] = [];
  const scopes = await findScopes(host, paths.length === 0 ? ['.'] : paths);
  if (paths.length === 0 && !dry) await refuseMany(host, scopes);
  for (const { path, text } of await textsOf(host, scopes)) {
    const file = typeof text === 'string' ? formattedFile(path, text) : unreadableFile(path, text);
    files.push(dry || !isChanged(file) ? file : await written(host, file));
  }
  const look = lookAt(host, 'stdout', options);
  host.stdout.write(fmtText(files, { cwd: host.cwd, look, dry, diff: options.diff === true }));
  return exitCode(files, options);
}

function exitCode(files: readonly FormattedFile[], { check }: FmtOptions): number {
  const failed = files.some((file) => file.problems.length > 0 || (check === true && isChanged(file)));
  return failed ? EXIT.problems : EXIT.clean;
}

/**
 * Files are written only where it is plain which are meant: without paths, in one project that has a plumbline.yaml. Started in the
 * wrong folder, the command would otherwise rewrite whatever lies beneath.
 */
async function refuseMany({ fs }: Host, scopes: readonly ProjectScope[]): Promise<void> {
  const [only, ...others] = scopes;
  if (others.length > 0) {
    throw new UsageError(
      `There are ${plural(scopes.length, 'project')} here. Name those to format, or "." for all of them.`,
    );
  }
  if (only !== undefined && (await fs.stat(under(only.root, SETTINGS_FILE))) === undefined) {
    throw new UsageError(
      'There is no plumbline.yaml in this folder or above it. Name what to format, such as ".".',
    );
  }
}

/** The texts of the files that were asked for, each once. All are read before any is written. */
async function textsOf(host: Host, scopes: readonly ProjectScope[]): Promise<readonly FileText[]> {
  const texts: FileText[] = [];
  for (const { root, includes, named } of scopes) {
    const known = await projectTexts(host, root);
    const stranger = named.find((file) => !known.some(({ path }) => path === file));
    if (stranger !== undefined) {
      throw new UsageError(
        `${shownPath(host.cwd, stranger)} is neither a metrics file nor the plumbline.yaml of the project in ${shownPath(host.cwd, root)}.`,
      );
    }
    texts.push(...known.filter(({ path }) => includes(path)));
  }
  return texts;
}

async function written({ fs, cwd }: Host, file: FormattedFile): Promise<FormattedFile> {
  try {
    await fs.writeText(file.path, file.after);
    return file;
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
    throw new SetupError(`${shownPath(cwd, file.path)} cannot be written. ${error.message}`);
  }
}

/** Prints the formatted input; the input as it is where it has errors, so that an editor loses nothing. */
async function formatInput(host: Host, options: FmtOptions): Promise<number> {
  const path = absolutePath(host.cwd, options.stdinPath ?? 'standard input');
  const file = formattedFile(path, await inputOf(host));
  const look = lookAt(host, 'stdout', options);
  const text = { cwd: host.cwd, look, dry: true, diff: options.diff === true };
  host.stderr.write(problemBlocks([file], host.cwd, lookAt(host, 'stderr', options)).join('\n'));
  if (options.diff === true) host.stdout.write(isChanged(file) ? diffText(file, text) : '');
  else if (options.check !== true) host.stdout.write(file.after);
  return exitCode([file], options);
}

async function inputOf(host: Host): Promise<string> {
  try {
    return await host.readInput();
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
    throw new SetupError(`The standard input cannot be read. ${error.message}`);
  }
}
