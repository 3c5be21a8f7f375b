import type { Command } from 'commander';
import type { Problem } from '../../core/base/problem.ts';
import { settle } from '../../core/check/settle.ts';
import { runContext } from '../../core/evaluate/evaluate.ts';
import { groupFindings } from '../../core/evaluate/group-findings.ts';
import { runExamples } from '../../core/evaluate/run-examples.ts';
import { kinds } from '../../core/kinds/index.ts';
import { unitOf } from '../../core/model/metric-unit.ts';
import type { Metric } from '../../core/model/project.ts';
import { openData } from '../../core/open-data.ts';
import type { LoadProgress } from '../../core/ports.ts';
import { inFiles } from '../../core/workspace.ts';
import { selectMetrics } from '../eval-request.ts';
import { EXIT } from '../exit-code.ts';
import { findProject, type OpenProject, openProject } from '../find-projects.ts';
import { type Host, lookAt } from '../host.ts';
import { loadText } from '../load-text.ts';
import { countText, problemText } from '../problem-text.ts';
import { testJson } from '../reporters/test-json.ts';
import { testJunit } from '../reporters/test-junit.ts';
import type { TestReport } from '../reporters/test-report.ts';
import { testText } from '../reporters/test-text.ts';
import { withEngine } from '../session.ts';
import { sourceTexts } from '../source-texts.ts';
import type { CommandEntry } from './command.ts';
import { asciiOption, formatOption, noColorOption, positiveNumber, type TextOptions } from './options.ts';

interface Options extends TextOptions {
  readonly project: string;
  readonly format: 'text' | 'json' | 'junit';
  readonly timeout?: number;
  readonly memory?: number;
}

const EXAMPLES = `
Examples:
  plumbline test                               run every example of the project in this folder
  plumbline test nps churn                     run the examples of two metrics
  plumbline test --project samples/saas
  plumbline test --format junit > report.xml   for CI servers

An example computes its metric on the rows it gives, or on the project's data for a period, and
passes where the value is the expected one to the decimals that are written.
Ends with 0 where all pass, 1 where one fails or cannot be computed, 2 where it was called wrongly.`;

/** `plumbline test [metrics…]`: the examples of metrics. */
export const test: CommandEntry = {
  register(program: Command, host, end) {
    program
      .command('test')
      .summary('run the examples of metrics')
      .description('Runs the examples that stand with metrics.')
      .argument('[metrics...]', 'names of metrics (default: all)')
      .option('--project <folder>', 'folder of the project', '.')
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

async function runOpen(
  host: Host,
  { loaded, analysis }: OpenProject,
  metrics: readonly Metric[],
  { timeout, memory }: Options,
): Promise<Pick<TestReport, 'results' | 'problems'>> {
  const limits = { timeoutSeconds: timeout, memoryMb: memory };
  return withEngine(host, limits, async ({ engine, signal, progress }) => {
    progress.show('Loading the data');
    const onLoad: LoadProgress = (...told) => progress.show(loadText(...told));
    const { evaluator } = await openData(
      loaded,
      kinds,
      engine,
      metrics,
      { signal, progress: onLoad },
      analysis,
    );
    const onExample = (done: number, total: number): void =>
      progress.show(`Running examples (${done} of ${total})`);
    const results = await runExamples(evaluator, metrics, { signal, progress: onExample });
    const missing = await groupFindings(runContext(evaluator, { signal }), metrics);
    return { results, problems: inFiles(loaded, settle(evaluator.checked.project, missing)) };
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
