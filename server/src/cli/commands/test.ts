import type { Command } from 'commander';
import type { Problem } from '../../core/base/problem.ts';
import { settle } from '../../core/check/settle.ts';
import { type Evaluator, runContext } from '../../core/evaluate/evaluate.ts';
import { groupFindings } from '../../core/evaluate/group-findings.ts';
import { runExamples } from '../../core/evaluate/run-examples.ts';
import { kinds } from '../../core/kinds/index.ts';
import { unitOf } from '../../core/model/metric-unit.ts';
import type { Metric } from '../../core/model/project.ts';
import { findUnguarded } from '../../core/mutate/find-unguarded.ts';
import { openData } from '../../core/open-data.ts';
import type { LoadProgress } from '../../core/ports.ts';
import { inFiles } from '../../core/workspace.ts';
import { selectMetrics } from '../eval-request.ts';
import { EXIT } from '../exit-code.ts';
import { findProject, type OpenProject, openProject } from '../find-projects.ts';
import { type Host, lookAt } from '../host.ts';
import { loadText } from '../load-text.ts';
import { countText, problemText } from '../problem-text.ts';
import { mutateJson } from '../reporters/mutate-json.ts';
import { mutateJunit } from '../reporters/mutate-junit.ts';
import type { MutateReport } from '../reporters/mutate-report.ts';
import { mutateText } from '../reporters/mutate-text.ts';
import { testJson } from '../reporters/test-json.ts';
import { testJunit } from '../reporters/test-junit.ts';
import type { TestReport } from '../reporters/test-report.ts';
import { testText } from '../reporters/test-text.ts';
import { type Session, withEngine } from '../session.ts';
import { sourceTexts } from '../source-texts.ts';
import type { CommandEntry } from './command.ts';
import { asciiOption, formatOption, noColorOption, positiveNumber, type TextOptions } from './options.ts';

interface Options extends TextOptions {
  readonly project: string;
  readonly format: 'text' | 'json' | 'junit';
  readonly mutate?: boolean;
  readonly timeout?: number;
  readonly memory?: number;
}

const EXAMPLES = `
Examples:
  plumbline test                               run every example of the project in this folder
  plumbline test nps churn                     run the examples of two metrics
  plumbline test --project samples/saas
  plumbline test --format junit > report.xml   for CI servers
  plumbline test --mutate                      list clauses that no example guards

An example computes its metric on the rows it gives, or on the project's data for a period, and
passes where the value is the expected one to the decimals that are written.
With --mutate, one clause after the other is taken away or weakened (a condition of where, a
threshold, when, window ...), in memory only; those whose loss no example notices are listed. A
comment above a clause waives it: # plumbline-ignore unguarded-clause: reason
Ends with 0 where all pass or all clauses are guarded, 1 where an example fails or a clause
is unguarded, 2 where it was called wrongly.`;

/** `plumbline test [metrics…]`: the examples of metrics. */
export const test: CommandEntry = {
  register(program: Command, host, end) {
    program
      .command('test')
      .summary('run the examples of metrics')
      .description('Runs the examples that stand with metrics.')
      .argument('[metrics...]', 'names of metrics (default: all)')
      .option('--project <folder>', 'folder of the project', '.')
      .option('--mutate', 'list the clauses whose loss no example notices')
      .addOption(formatOption(['text', 'json', 'junit']))
      .option('--timeout <seconds>', 'the longest that one query may take (default: 60)', positiveNumber)
      .option('--memory <megabytes>', 'memory for the engine', positiveNumber)
      .addOption(noColorOption())
      .addOption(asciiOption())
      .addHelpText('after', EXAMPLES)
      .action(async (metrics: string[], options: Options) => end(await runTest(host, metrics, options)));
  },
};

async function runTest(host: Host, names: readonly string[], options: Options): Promise<number> {
  const open = await openProject(host, await findProject(host, options.project));
  if (options.mutate === true) return runMutate(host, open, names, options);
  const { checked } = open.analysis;
  const metrics = selectMetrics(checked, names);
  const tested = metrics.filter(({ examples }) => examples.length > 0);
  const { results, problems } =
    tested.length === 0 ? { results: [], problems: [] } : await runOpen(host, open, tested, options);
  const report: TestReport = {
    folder: checked.project.folder,
    project: checked.project.settings.name,
    metrics,
    results,
    problems,
    units: new Map(metrics.map((metric) => [metric.name, unitOf(checked.project, checked.kinds, metric)])),
    files: open.loaded.texts,
    texts: await sourceTexts(host.fs, open.loaded.texts, problems),
  };
  host.stderr.write(hintToCheck(open));
  if (options.format !== 'json') host.stderr.write(problemsText(host, report, options));
  host.stdout.write(format(host, report, options));
  return results.every(({ passed }) => passed) ? EXIT.clean : EXIT.problems;
}

async function runMutate(
  host: Host,
  open: OpenProject,
  names: readonly string[],
  options: Options,
): Promise<number> {
  const { checked } = open.analysis;
  const { metrics: all } = checked.project;
  const metrics = selectMetrics(checked, names);
  // What a metric's clause does may show in an example of another metric.
  const result = await withData(host, open, [...all.values()], options, (evaluator, { signal, progress }) =>
    findUnguarded(evaluator, kinds, names.length === 0 ? undefined : metrics, {
      signal,
      progress: (done, total) => progress.show(`Changing one clause after the other (${done} of ${total})`),
    }),
  );
  const unguarded = result.unguarded.map((clause) => ({
    ...clause,
    problem: inFiles(open.loaded, [clause.problem])[0] ?? clause.problem,
  }));
  const report: MutateReport = {
    folder: checked.project.folder,
    project: checked.project.settings.name,
    result: { ...result, unguarded },
    files: open.loaded.texts,
    texts: await sourceTexts(host.fs, open.loaded.texts, []),
  };
  host.stderr.write(hintToCheck(open));
  host.stdout.write(formatMutate(host, report, options));
  return unguarded.length + result.failing.length === 0 ? EXIT.clean : EXIT.problems;
}

function formatMutate(host: Host, report: MutateReport, options: Options): string {
  if (options.format === 'json') return mutateJson(report);
  if (options.format === 'junit') return mutateJunit(report, new Date().toISOString().slice(0, 19));
  return mutateText(report, host.cwd, lookAt(host, 'stdout', options));
}

async function runOpen(
  host: Host,
  open: OpenProject,
  metrics: readonly Metric[],
  options: Options,
): Promise<Pick<TestReport, 'results' | 'problems'>> {
  return withData(host, open, metrics, options, async (evaluator, { signal, progress }) => {
    const onExample = (done: number, total: number): void =>
      progress.show(`Running examples (${done} of ${total})`);
    const results = await runExamples(evaluator, metrics, { signal, progress: onExample });
    const missing = await groupFindings(runContext(evaluator, { signal }), metrics);
    return { results, problems: inFiles(open.loaded, settle(evaluator.checked.project, missing)) };
  });
}

/** Does work on the data that metrics need. */
async function withData<T>(
  host: Host,
  { loaded, analysis }: OpenProject,
  metrics: readonly Metric[],
  { timeout, memory }: Options,
  work: (evaluator: Evaluator, session: Session) => Promise<T>,
): Promise<T> {
  const limits = { timeoutSeconds: timeout, memoryMb: memory };
  return withEngine(host, limits, async (session) => {
    const { engine, signal, progress } = session;
    progress.show('Loading the data');
    const onLoad: LoadProgress = (...told) => progress.show(loadText(...told));
    const load = { signal, progress: onLoad };
    const { evaluator } = await openData(loaded, kinds, engine, metrics, load, analysis);
    return work(evaluator, session);
  });
}

/** What the data show of the examples themselves, each with its code frame and a blank line behind it. */
function problemsText(host: Host, { problems, texts }: TestReport, options: Options): string {
  const look = lookAt(host, 'stderr', options);
  return problems
    .map((problem: Problem) => `${problemText({ cwd: host.cwd, look, texts }, problem)}\n\n`)
    .join('');
}

function format(host: Host, report: TestReport, options: Options): string {
  if (options.format === 'json') return testJson(report);
  if (options.format === 'junit') return testJunit(report, new Date().toISOString().slice(0, 19));
  return testText(report, host.cwd, lookAt(host, 'stdout', options));
}

/** Errors in definitions are why examples cannot be computed; "check" shows where they stand. */
function hintToCheck({ analysis }: OpenProject): string {
  const errors = analysis.problems.filter(({ severity }) => severity === 'error');
  return errors.length === 0 ? '' : `The definitions have ${countText(errors)}: see "plumbline check".\n`;
}
