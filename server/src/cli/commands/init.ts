import { type Command, Option } from 'commander';
import { kinds } from '../../core/kinds/index.ts';
import { newProject, type ProjectFiles, type Refused } from '../../core/scaffold/new-project.ts';
import { TEMPLATES, type TemplateName, templateProject } from '../../core/scaffold/template-project.ts';
import { parentOf, relativeTo } from '../../core/workspace/paths.ts';
import { EXIT, SetupError, UsageError } from '../exit-code.ts';
import { openProject } from '../find-projects.ts';
import type { Host } from '../host.ts';
import { newProjectText } from '../new-project-text.ts';
import { absolutePath, shownPath } from '../paths.ts';
import { writeNewFiles } from '../write-new-files.ts';
import type { CommandEntry } from './command.ts';

interface Options {
  readonly template?: TemplateName;
  readonly data?: readonly string[];
}

const EXAMPLES = `
Examples:
  plumbline init                                    a small project in this folder, with a few answers to a survey
  plumbline init shop --template retail             a shop with customers and orders, in the folder shop
  plumbline init --data exports/*.csv               sources, links and first metrics for your own files
  plumbline init --data customers.csv orders.csv    the same for two files, which stay where they are

Templates: blank (the default), saas, retail and education. Each has invented data, metrics with examples, and a target;
put your own data in their place.
With --data, the types of columns, keys, times and links are proposed from the rows. CSV, TSV, JSON, NDJSON, Parquet and
XLSX are read, also packed with gzip. A project that is there already gets another metrics file.
No file that is there is changed. Ends with 0; with 1 where some of the data files could not be read; with 2 where nothing
was written.`;

/** `plumbline init [folder]`: a small project, from a template or for data that is there. */
export const init: CommandEntry = {
  register(program: Command, host, end) {
    program
      .command('init')
      .summary('start a project')
      .description('Writes a small project that works: from a template, or for your own data files.')
      .argument('[folder]', 'folder of the project; it is made where it is not there', '.')
      .addOption(new Option('--template <name>', 'what to begin with (default: blank)').choices(TEMPLATES))
      .option('--data <files...>', 'data files inside the folder to propose sources and metrics for')
      .addHelpText('after', EXAMPLES)
      .action(async (folder: string, options: Options) => end(await runInit(host, folder, options)));
  },
};

async function runInit(host: Host, written: string, { template, data }: Options): Promise<number> {
  const folder = absolutePath(host.cwd, written);
  if (template !== undefined && data !== undefined)
    throw new UsageError('A template has data of its own: pass either --template or --data.');
  const stat = await host.fs.stat(folder);
  if (stat !== undefined && stat.kind !== 'folder')
    throw new UsageError(`${shownPath(host.cwd, folder)} is a file. Name the folder of the project.`);
  const made =
    data === undefined
      ? await templateProject(host.fs, kinds, folder, template ?? 'blank')
      : await newProject(host.fs, kinds, folder, await dataFiles(host, folder, data));
  const project = accepted(made);
  await writeNewFiles(host, project.files);
  host.stdout.write(newProjectText(host.cwd, project, await openProject(host, folder)));
  for (const { path, reason } of project.unread)
    host.stderr.write(`Left out: ${shownPath(host.cwd, path)}. ${reason}\n`);
  return project.unread.length > 0 ? EXIT.problems : EXIT.clean;
}

/** What was made, or why nothing was. */
function accepted(made: ProjectFiles | Refused): ProjectFiles {
  if ('refused' in made) throw new SetupError(`Nothing was written. ${made.refused}`);
  return made;
}

/** The absolute paths of data files. Fails where one is not there, or lies where the project cannot read it. */
async function dataFiles(host: Host, folder: string, written: readonly string[]): Promise<readonly string[]> {
  const paths = written.map((path) => absolutePath(host.cwd, path));
  for (const path of paths) {
    const shown = shownPath(host.cwd, path);
    const stat = await host.fs.stat(path);
    if (stat === undefined) throw new UsageError(`--data: There is no file ${shown}.`);
    if (stat.kind === 'folder')
      throw new UsageError(`--data: ${shown} is a folder. Name the files in it, such as ${shown}/*.csv.`);
    if (relativeTo(folder, path) === undefined) {
      throw new UsageError(
        `--data: ${shown} lies outside of the project's folder, and a project reads only files inside it. Copy the file into ${folder === host.cwd ? 'this folder' : shownPath(host.cwd, folder)}, or make the project where the files are: plumbline init ${shownPath(host.cwd, commonFolder(paths))} --data …`,
      );
    }
  }
  return paths;
}

/** The deepest folder that holds all of some files. */
function commonFolder([first = '/', ...others]: readonly string[]): string {
  let folder = parentOf(first);
  while (others.some((path) => relativeTo(folder, path) === undefined) && parentOf(folder) !== folder)
    folder = parentOf(folder);
  return folder;
}
