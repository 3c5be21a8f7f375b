import { type Command, Option } from 'commander';
import type { Grain } from '../../core/base/period.ts';
import { didYouMean } from '../../core/base/suggest.ts';
import type { Evaluator } from '../../core/evaluate/evaluate.ts';
import { type Explanation, explain as explainMetric } from '../../core/evaluate/explain.ts';
import { metricFunnel } from '../../core/evaluate/funnel.ts';
import { metricFormat } from '../../core/evaluate/metric-format.ts';
import type { Funnel, FunnelPart } from '../../core/evaluate/numbers.ts';
import { kinds } from '../../core/kinds/index.ts';
import { labelOf } from '../../core/model/label-of.ts';
import { segmentsOf } from '../../core/model/metric-defaults.ts';
import type { Metric } from '../../core/model/project.ts';
import { openData } from '../../core/open-data.ts';
import { Refusal } from '../../core/plan/refusal.ts';
import { cleanLine } from '../clean-text.ts';
import { checkKey, GRAIN_WORDS } from '../eval-request.ts';
import { EXIT, UsageError } from '../exit-code.ts';
import { findProject, openProject } from '../find-projects.ts';
import { type Host, lookAt } from '../host.ts';
import { jsonText } from '../json-text.ts';

import { reachedSegments } from '../reached-segments.ts';
import { type Explained, explainText } from '../reporters/explain-text.ts';
import { withEngine } from '../session.ts';
import type { CommandEntry } from './command.ts';
import { asciiOption, formatOption, noColorOption, positiveNumber, type TextOptions } from './options.ts';

interface Options extends TextOptions {
  readonly project: string;
  readonly by?: string;
  readonly period?: string;
  readonly grain?: Grain;
  readonly format: string;
  readonly timeout?: number;
  readonly memory?: number;
}

const EXAMPLES = `
Examples:
  plumbline explain nps                             why it moved, by each of its own segments
  plumbline explain nps --by company_size
  plumbline explain mrr --by plan --period 2025-05

The change of a mean, a share, a survey score, a ratio, or of retention and churn from the period before is split into
what each group did by having another value (RATE), and by weighing more or less than before (MIX). Of a count, sum or
movement, and of a ratio by what stands in its "total_over", each group has a part of the change. The parts add up to the change; what they leave over is shown. Below stand
the rows that each step from the source to the two values leaves.
Ends with 0; with 1 where there is nothing to explain; with 2 where it was called wrongly.`;

/** `plumbline explain METRIC`: why a metric moved, by the groups of a segment. */
export const explain: CommandEntry = {
  register(program: Command, host, end) {
    program
      .command('explain')
      .summary('say why a metric moved')
      .description('Splits the change of a metric from the period before by the groups of a segment.')
      .argument('<metric>', 'name of a metric')
      .option('--project <folder>', 'folder of the project', '.')
      .option('--by <key>', "segment or column path to split by (default: the metric's own segments)")
      .option('--period <period>', 'a complete period, such as 2025-Q2 (default: the last one)')
      .addOption(new Option('--grain <grain>', "in place of the metric's own").choices(GRAIN_WORDS))
      .addOption(formatOption(['text', 'json']))
      .option('--timeout <seconds>', 'the longest that one query may take (default: 60)', positiveNumber)
      .option('--memory <megabytes>', 'memory for the engine', positiveNumber)
      .addOption(noColorOption())
      .addOption(asciiOption())
      .addHelpText('after', EXAMPLES)
      .action(async (metric: string, options: Options) => end(await runExplain(host, metric, options)));
  },
};

async function runExplain(host: Host, name: string, options: Options): Promise<number> {
  const { loaded, analysis } = await openProject(host, await findProject(host, options.project));
  const { metrics } = loaded.project;
  const metric = metrics.get(name);
  if (metric === undefined)
    throw new UsageError(`There is no metric "${name}".${didYouMean(name, metrics.keys())}`);
  const own = segmentsOf(loaded.project, metric).map(({ segment }) => segment.text);
  const keys = options.by === undefined ? [...new Set(own)] : [options.by.trim()];
  for (const key of keys) checkKey(analysis.checked, key, [metric]);
  if (keys.length === 0)
    throw new UsageError(
      `"${name}" has no segments of its own: say by what to split it with --by.${reachedWords(reachedSegments(analysis.checked, metric))}`,
    );
  const limits = { timeoutSeconds: options.timeout, memoryMb: options.memory };
  return withEngine(host, limits, async ({ engine, signal, progress }) => {
    progress.show('Loading the data');
    const { evaluator } = await openData(loaded, kinds, engine, [metric], { signal }, analysis);
    const typed = evaluator.checked.project.metrics.get(name) ?? metric;
    const request = {
      ...(options.period === undefined ? {} : { period: options.period }),
      ...(options.grain === undefined ? {} : { grain: options.grain }),
    };
    const explanations: Explanation[] = [];
    const refused: string[] = [];
    for (const by of keys) {
      progress.show(`Explaining ${name} by ${by}`);
      try {
        explanations.push(await explainMetric(evaluator, typed, { by, ...request }, { signal }));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        refused.push(`"${name}" cannot be explained by ${by}: ${error.message}`);
      }
    }
    const [first] = explanations;
    const funnel = first === undefined ? [] : await rowsBehind(evaluator, typed, first, options, signal);
    progress.clear();
    host.stdout.write(print(host, evaluator.checked, typed, { explanations, funnel }, options));
    for (const why of refused) host.stderr.write(`error: ${cleanLine(why)}\n`);
    return refused.length === 0 ? EXIT.clean : EXIT.problems;
  });
}

/** The way of the rows to the two values that are compared, the earlier one first. */
async function rowsBehind(
  evaluator: Evaluator,
  metric: Metric,
  { before, period }: Explanation,
  { grain }: Options,
  signal: AbortSignal,
): Promise<readonly Funnel[]> {
  const funnels: Funnel[] = [];
  for (const each of [before, period])
    funnels.push(await metricFunnel(evaluator, metric, { period: each, ...(grain && { grain }), signal }));
  return funnels;
}

function reachedWords(names: readonly string[]): string {
  return names.length === 0 ? '' : ` It can be split by ${names.join(', ')}.`;
}

function print(
  host: Host,
  checked: Parameters<typeof metricFormat>[0],
  metric: Metric,
  { explanations, funnel }: Explained,
  options: Options,
): string {
  if (options.format === 'json')
    return jsonText({ explanations, funnel: funnel.flatMap(({ parts }) => parts.map(funnelPart)) });
  const look = lookAt(host, 'stdout', options);
  return explainText(
    { explanations, funnel },
    { label: labelOf(metric), format: metricFormat(checked, metric) },
    look,
  );
}

function funnelPart({ metric, source, period, rows, timed, clauses, inPeriod, counted }: FunnelPart): object {
  const where = clauses.map(({ word, kept }) => ({ where: word.text, rows: kept }));
  return { metric, source, period, rows, timed, clauses: where, in_period: inPeriod, counted };
}
