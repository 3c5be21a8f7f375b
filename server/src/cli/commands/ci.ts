import { type Command, InvalidArgumentError, Option } from 'commander';
import { FileProblem } from '../../core/ports.ts';
import { nameOf, parentOf } from '../../core/workspace/paths.ts';
import { againstBaseline, type Baseline, baselineText, type LookedAt, readBaseline } from '../ci/baseline.ts';
import { CI_PARTS, type CiPartName, type CiProject, type CiReport, hasFailed } from '../ci/ci-report.ts';
import { pathFrom } from '../ci/findings-of.ts';
import { repositoryTop } from '../ci/repository-top.ts';
import { runCiProject } from '../ci/run-ci-project.ts';
import { dayOfInstant } from '../ci/run-policy.ts';
import { withoutBroken } from '../ci/without-broken.ts';
import { EXIT, SetupError, UsageError } from '../exit-code.ts';
import { findScopes } from '../find-projects.ts';
import { type Host, lookAt } from '../host.ts';
import { absolutePath, shownPath } from '../paths.ts';
import { plural } from '../plural.ts';
import { type CiFormat, ciReporters, DOCUMENTS } from '../reporters/ci-reporters.ts';
import { withEngine } from '../session.ts';
import type { CommandEntry } from './command.ts';
import { asciiOption, noColorOption, positiveNumber, type TextOptions, wholeNumber } from './options.ts';

/** A report that was asked for: its format, and the file that it goes to; the standard output where there is none. */
interface ReportRequest {
  readonly format: CiFormat;
  readonly file: string | undefined;
}

interface CiOptions extends TextOptions {
  readonly report?: readonly ReportRequest[];
  readonly base?: string;
  readonly baseline?: string;
  readonly writeBaseline?: boolean;
  readonly maxWarnings?: number;
  readonly skip?: readonly CiPartName[];
  readonly timeout?: number;
  readonly memory?: number;
}

const FORMATS = Object.keys(ciReporters);

const EXAMPLES = `
Examples:
  plumbline ci                                       every project in this folder and beneath it
  plumbline ci --base origin/main                    hold what changed since main to the rules about changes
  plumbline ci --max-warnings 0                      let warnings fail too
  plumbline ci --report text --report github         annotations in GitHub Actions, beside the log
  plumbline ci --report sarif=plumbline.sarif        a file for code scanning, and the log
  plumbline ci --report gitlab=quality.json --report junit=tests.xml
  plumbline ci --baseline plumbline-baseline.json --write-baseline
                                                     take what is there now as known
  plumbline ci --baseline plumbline-baseline.json    fail only for what is new

Does in one run what "check --data", "test" and "fmt --check" do. With --base the working tree is compared with the last
commit that it has in common with BASE: changes of values need a higher version with an entry under "changes", and metrics
may not go before their time ("plumbline rules change-needs-version"). Nothing is changed or checked out.
Reports are: ${FORMATS.join(', ')}. Files of a report are relative to the top of the repository.
Ends with 0 where nothing fails; with 1 where there is an error that the baseline does not name, or there are more
warnings than --max-warnings; with 2 where it was called wrongly.`;

/** `plumbline ci [paths…]`: everything that a pipeline asks of projects, with one exit code. */
export const ci: CommandEntry = {
  register(program: Command, host, end) {
    program
      .command('ci')
      .summary('do all checks of a pipeline in one run')
      .description('Checks definitions, data, formatting and changes, and runs examples, in one run.')
      .argument('[paths...]', 'folders or project roots (default: this folder)')
      .addOption(
        new Option('--report <format[=file]>', 'a report, to a file or the standard output; may be repeated')
          .argParser(addReport)
          .default(undefined, ''),
      )
      .option('--base <commit>', 'a branch or commit, to hold what changed since then to the policy')
      .option('--baseline <file>', 'findings that are known, and fail nothing')
      .option('--write-baseline', 'write what is found now to the file of --baseline, and end with 0')
      .option(
        '--max-warnings <number>',
        'end with 1 where there are more new warnings than this',
        wholeNumber,
      )
      .addOption(new Option('--skip <parts...>', 'parts to leave out').choices(CI_PARTS.slice(1)))
      .option('--timeout <seconds>', 'the longest that one query may take (default: 60)', positiveNumber)
      .option('--memory <megabytes>', 'memory for the engine', positiveNumber)
      .addOption(noColorOption())
      .addOption(asciiOption())
      .addHelpText('after', EXAMPLES)
      .action(async (paths: string[], options: CiOptions) =>
        end(await runCi(host, paths, options, program.version() ?? '0.0.0')),
      );
  },
};

function addReport(text: string, before: readonly ReportRequest[] = []): readonly ReportRequest[] {
  const [name = '', ...rest] = text.split('=');
  const format = FORMATS.find((one): one is CiFormat => one === name);
  if (format === undefined) throw new InvalidArgumentError(`Reports are: ${FORMATS.join(', ')}.`);
  if (rest.length > 0 && rest.join('=') === '')
    throw new InvalidArgumentError('There is no name of a file behind "=".');
  return [...before, { format, file: rest.length === 0 ? undefined : rest.join('=') }];
}

async function runCi(
  host: Host,
  paths: readonly string[],
  options: CiOptions,
  version: string,
): Promise<number> {
  const requests = options.report ?? [];
  refuseMixed(requests);
  if (options.writeBaseline === true && options.baseline === undefined)
    throw new UsageError('--write-baseline needs the file that --baseline names.');
  const baseline = options.writeBaseline === true ? undefined : await baselineOf(host, options.baseline);
  const projects = await runProjects(host, paths, options);
  const top = await repositoryTop(host.fs, host.cwd);
  const looked = lookedAt(host, top, paths, projects, options);
  if (options.writeBaseline === true) return writeBaseline(host, options.baseline ?? '', projects, looked);
  const known = baseline && againstBaseline(projects, baseline, looked);
  const report: CiReport = {
    top,
    projects: (known?.projects ?? projects).map(withoutBroken),
    maxWarnings: options.maxWarnings,
    baseline: known && { path: options.baseline ?? '', mended: known.mended },
  };
  const timestamp = new Date().toISOString().slice(0, 19);
  const shown = requests.some(({ file }) => file === undefined)
    ? requests
    : [...requests, { format: 'text' as const, file: undefined }];
  for (const { format, file } of shown) {
    const look = lookAt(host, 'stdout', file === undefined ? options : { ...options, color: false });
    const text = ciReporters[format](report, { look, version, timestamp });
    if (file === undefined) host.stdout.write(text);
    else await writeFile(host, file, text);
  }
  return hasFailed(report) ? EXIT.problems : EXIT.clean;
}

/** A document among other lines could be read by nobody. */
function refuseMixed(requests: readonly ReportRequest[]): void {
  const printed = requests.filter(({ file }) => file === undefined);
  const document = printed.find(({ format }) => DOCUMENTS.has(format));
  if (document === undefined || printed.length === 1) return;
  throw new UsageError(
    `Several reports on the standard output would be mixed. Give the ${document.format} a file: --report ${document.format}=FILE.`,
  );
}

async function runProjects(
  host: Host,
  paths: readonly string[],
  options: CiOptions,
): Promise<readonly CiProject[]> {
  const scopes = await findScopes(host, paths.length === 0 ? ['.'] : paths);
  for (const { named } of scopes) {
    const [file] = named;
    if (file !== undefined)
      throw new UsageError(
        `"ci" looks at whole projects: name the folder of ${shownPath(host.cwd, file)}. "check" takes files.`,
      );
  }
  const top = await repositoryTop(host.fs, host.cwd);
  const skip = new Set(options.skip);
  const policy = { base: options.base, today: dayOfInstant(Date.now()) };
  const limits = { timeoutSeconds: options.timeout, memoryMb: options.memory };
  return withEngine(host, limits, async (session) => {
    const projects: CiProject[] = [];
    for (const scope of scopes) {
      const whole = { ...scope, includes: () => true };
      projects.push(await runCiProject(host, whole, { top, skip, session, policy }));
    }
    return projects;
  });
}

async function baselineOf(host: Host, file: string | undefined): Promise<Baseline | undefined> {
  if (file === undefined) return undefined;
  const path = absolutePath(host.cwd, file);
  const name = shownPath(host.cwd, path);
  if ((await host.fs.stat(path)) === undefined)
    throw new UsageError(`There is no file ${name}. --write-baseline makes it.`);
  const text = await host.fs.readText(path).catch((error: unknown) => {
    if (error instanceof FileProblem) throw new SetupError(`${name} cannot be read. ${error.message}`);
    throw error;
  });
  const baseline = readBaseline(text);
  if (baseline === undefined)
    throw new SetupError(`${name} is no baseline of this version. Write it again with --write-baseline.`);
  return baseline;
}

/** The folders that a run was given, and those of the projects that it found. */
function lookedAt(
  host: Host,
  top: string,
  paths: readonly string[],
  projects: readonly CiProject[],
  { skip = [] }: CiOptions,
): LookedAt {
  const given = (paths.length === 0 ? ['.'] : paths).map((path) =>
    pathFrom(top, absolutePath(host.cwd, path)),
  );
  return { folders: [...given, ...projects.map(({ path }) => path)], isWhole: skip.length === 0 };
}

async function writeBaseline(
  host: Host,
  file: string,
  projects: readonly CiProject[],
  looked: LookedAt,
): Promise<number> {
  const found = projects.flatMap(({ findings }) => findings);
  // What is no baseline, or none of this version, is written anew.
  const text = await host.fs.readText(absolutePath(host.cwd, file)).catch(() => '');
  const earlier = readBaseline(text) ?? [];
  await writeFile(host, file, baselineText(found, earlier, looked));
  const entries = found.filter(({ problem }) => problem.severity !== 'info').length;
  host.stdout.write(
    `Wrote ${plural(entries, 'finding')} to ${shownPath(host.cwd, absolutePath(host.cwd, file))}.\n`,
  );
  return EXIT.clean;
}

/** Writes a file that was named on the command line. A symbolic link in its place is replaced, never followed. */
async function writeFile(host: Host, file: string, text: string): Promise<void> {
  const path = absolutePath(host.cwd, file);
  try {
    if ((await host.output.kindOf(path)) === 'folder')
      throw new UsageError(
        `${shownPath(host.cwd, path)} is a folder. Name a file, such as ${nameOf(path)}/report.`,
      );
    await host.output.makeFolder(parentOf(path));
    await host.output.write(path, text);
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
    throw new SetupError(`${shownPath(host.cwd, path)} cannot be written. ${error.message}`);
  }
}
