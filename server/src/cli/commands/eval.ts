import { type Command, Option } from 'commander';
import type { Problem } from '../../core/base/problem.ts';
import { type Evaluation, evaluate as evaluateMetrics } from '../../core/evaluate/evaluate.ts';
import { resultDocument } from '../../core/evaluate/result.ts';
import { kinds } from '../../core/kinds/index.ts';
import { evaluatedProblems, type OpenedData, openData } from '../../core/open-data.ts';
import type { LoadProgress } from '../../core/ports.ts';
import { pathOf } from '../../core/syntax/units/unit-id.ts';
import { inFiles } from '../../core/workspace.ts';
import { cleanLine } from '../clean-text.ts';
import { type EvalOptions, type EvalRequest, GRAIN_WORDS, readRequest } from '../eval-request.ts';
import { EXIT } from '../exit-code.ts';
import { findProject, type OpenProject, openProject } from '../find-projects.ts';
import { type Host, lookAt } from '../host.ts';
import { loadText } from '../load-text.ts';
import { reachedSegments } from '../reached-segments.ts';
import { evalCsv } from '../reporters/eval-csv.ts';
import { evalJson } from '../reporters/eval-json.ts';
import { evalProblems } from '../reporters/eval-problems.ts';
import type { EvalReport } from '../reporters/eval-report.ts';
import { evalTable } from '../reporters/eval-table.ts';
import { withEngine } from '../session.ts';
import { touchesShown } from '../shown-problems.ts';
import { sourceTexts } from '../source-texts.ts';
import { checkWhere, undeclaredInWhere } from '../where-option.ts';
import type { CommandEntry } from './command.ts';
import { asciiOption, formatOption, noColorOption, positiveNumber, type TextOptions } from './options.ts';

interface Options extends TextOptions, EvalOptions {
  readonly project: string;
  readonly format: 'table' | 'json' | 'csv';
  readonly timeout?: number;
  readonly memory?: number;
}

const EXAMPLES = `
Examples:
  plumbline eval                                  a scorecard of all metrics and targets
  plumbline eval nps csat --by company_size       two metrics, for each group of a segment
  plumbline eval mrr --by plan,account.industry   for each plan and, by a link, industry
  plumbline eval mrr --where "plan = 'team'"      only rows that meet a condition
  plumbline eval nps --grain quarter --from 2024 --to 2025-Q2 --format csv

Metrics that are named without --by are broken down by their own segments.
--from and --to choose the periods that are shown; they never change a value.
With --where no targets are shown, since they are set for all rows.
Errors and warnings that touch what is shown are printed to the error output, the rest is counted;
with --format json all problems are in the result.
Ends with 0; with 1 where there are errors, or one keeps a named metric from its values;
with 2 where it was called wrongly.`;

/** `plumbline eval [metrics…]`: the values of metrics and targets. */
export const evaluate: CommandEntry = {
  register(program: Command, host, end) {
    program
      .command('eval')
      .summary('compute metrics and targets')
      .description('Computes metrics and targets from the data of a project.')
      .argument('[metrics...]', 'names of metrics (default: all)')
      .option('--project <folder>', 'folder of the project', '.')
      .option('--by <keys>', 'segments or column paths to break down by, with commas between')
      .option('--where <expression>', "a condition added to every metric, as in a metric's where")
      .addOption(new Option('--grain <grain>', "in place of the metrics' own").choices(GRAIN_WORDS))
      .option('--from <period>', 'first period to show: 2024, 2024-Q3, 2024-07, 2024-W05, 2024-07-31')
      .option('--to <period>', 'last period to show')
      .addOption(formatOption(['table', 'json', 'csv']))
      .option('--timeout <seconds>', 'the longest that one query may take (default: 60)', positiveNumber)
      .option('--memory <megabytes>', 'memory for the engine', positiveNumber)
      .addOption(noColorOption())
      .addOption(asciiOption())
      .addHelpText('after', EXAMPLES)
      .action(async (metrics: string[], options: Options) => end(await runEval(host, metrics, options)));
  },
};

async function runEval(host: Host, names: readonly string[], options: Options): Promise<number> {
  const open = await openProject(host, await findProject(host, options.project));
  const request = readRequest(open.analysis.checked, names, options);
  const { where, metrics } = request;
  const odd = where === undefined ? [] : undeclaredInWhere(open.analysis.checked, where, metrics);
  for (const message of odd) host.stderr.write(`warning: ${cleanLine(message)}\n`);
  const evaluated = await evaluateOpen(host, open, request, options);
  const problems = evaluatedProblems(evaluated.opened, evaluated.evaluation);
  const report = await reportOf(host, open, request, evaluated, problems);
  host.stdout.write(format(host, report, options));
  const failed = problems.some(({ severity }) => severity === 'error') || lacksNamed(report);
  return failed ? EXIT.problems : EXIT.clean;
}

interface Evaluated {
  readonly opened: OpenedData;
  readonly evaluation: Evaluation;
  /** The metrics on which `--where` means nothing. */
  readonly unfit: ReadonlySet<string>;
}

async function evaluateOpen(
  host: Host,
  { loaded, analysis }: OpenProject,
  request: EvalRequest,
  { timeout, memory }: Options,
): Promise<Evaluated> {
  const limits = { timeoutSeconds: timeout, memoryMb: memory };
  return withEngine(host, limits, async ({ engine, signal, progress }) => {
    progress.show('Loading the data');
    const onLoad: LoadProgress = (...told) => progress.show(loadText(...told));
    const opened = await openData(
      loaded,
      kinds,
      engine,
      request.metrics,
      { signal, progress: onLoad },
      analysis,
    );
    const { evaluator } = opened;
    // The types of undeclared columns are known only now.
    const { where, metrics, named } = request;
    const unfit =
      where === undefined ? new Set<string>() : checkWhere(evaluator.checked, where, metrics, named);
    const onScan = (done: number, total: number): void =>
      progress.show(`Computing (${done} of ${total} queries)`);
    const evaluation = await evaluateMetrics(evaluator, evaluationRequest(request), {
      signal,
      progress: onScan,
    });
    return { opened, evaluation, unfit };
  });
}

function evaluationRequest(request: EvalRequest): Parameters<typeof evaluateMetrics>[1] {
  const { metrics, by, where, grain, named } = request;
  return {
    metrics,
    by,
    ownSegments: named,
    ...(where === undefined ? {} : { where: [where], targets: [] }),
    ...(grain === undefined ? {} : { grain }),
  };
}

async function reportOf(
  host: Host,
  { loaded }: OpenProject,
  request: EvalRequest,
  { opened, evaluation, unfit }: Evaluated,
  problems: readonly Problem[],
): Promise<EvalReport> {
  const { checked } = opened.evaluator;
  const { from, to } = request;
  const { folder, settings } = checked.project;
  const touches = touchesShown(checked, request);
  const all = inFiles(loaded, problems);
  const range = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
  return {
    document: resultDocument(checked, evaluation, range),
    named: request.named,
    by: request.by,
    where: request.where?.text,
    unfit,
    range,
    reached(name) {
      const metric = checked.project.metrics.get(name);
      return metric === undefined ? [] : reachedSegments(checked, metric);
    },
    folder,
    currency: settings.currency,
    files: new Map(evaluation.metrics.map(({ metric }) => [metric.name, pathOf(metric.file)])),
    problems: all,
    touching: inFiles(loaded, problems.filter(touches)),
    others: inFiles(
      loaded,
      problems.filter((problem) => !touches(problem)),
    ),
    texts: await sourceTexts(host.fs, loaded.texts, all),
  };
}

function format(host: Host, report: EvalReport, options: Options): string {
  if (options.format === 'json') return evalJson(report);
  const table = options.format === 'table';
  host.stderr.write(evalProblems(report, table, host.cwd, lookAt(host, 'stderr', options)));
  return table ? evalTable(report, lookAt(host, 'stdout', options)) : evalCsv(report, host.stdout.isTTY);
}

/** Whether a metric that was named has no value, or no breakdown, because of an error. */
function lacksNamed({ named, document }: EvalReport): boolean {
  return named && document.metrics.some(({ error }) => error !== null);
}
