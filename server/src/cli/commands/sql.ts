import { type Command, Option } from 'commander';
import type { Grain } from '../../core/base/period.ts';
import { didYouMean } from '../../core/base/suggest.ts';
import { metricSql } from '../../core/evaluate/metric-sql.ts';
import { kinds } from '../../core/kinds/index.ts';
import type { Metric } from '../../core/model/project.ts';
import { openData } from '../../core/open-data.ts';
import { Refusal } from '../../core/plan/refusal.ts';
import { cleanLine, cleanText } from '../clean-text.ts';
import { checkKey, GRAIN_WORDS } from '../eval-request.ts';
import { EXIT, UsageError } from '../exit-code.ts';
import { findProject, openProject } from '../find-projects.ts';
import type { Host } from '../host.ts';
import { withEngine } from '../session.ts';
import type { CommandEntry } from './command.ts';
import { positiveNumber } from './options.ts';

interface Options {
  readonly project: string;
  readonly by?: string;
  readonly grain?: Grain;
  readonly timeout?: number;
  readonly memory?: number;
}

const EXAMPLES = `
Examples:
  plumbline sql nps                       how a metric is computed
  plumbline sql mrr --by plan             for each group
  plumbline sql churn --grain quarter

Prints one statement for each measure that the metric is made of, in the dialect of DuckDB, as "plumbline eval"
runs it. Comments name the part of the definition that each line comes from.
Ends with 0; with 1 where the metric has no value; with 2 where it was called wrongly.`;

/** `plumbline sql METRIC`: the statements that compute a metric. */
export const sql: CommandEntry = {
  register(program: Command, host, end) {
    program
      .command('sql')
      .summary('print the SQL of a metric')
      .description(
        'Prints the SQL that computes a metric, with comments that name what each part comes from.',
      )
      .argument('<metric>', 'name of a metric')
      .option('--project <folder>', 'folder of the project', '.')
      .option('--by <keys>', 'segments or column paths to break down by, with commas between')
      .addOption(new Option('--grain <grain>', "in place of the metric's own").choices(GRAIN_WORDS))
      .option('--timeout <seconds>', 'the longest that one query may take (default: 60)', positiveNumber)
      .option('--memory <megabytes>', 'memory for the engine', positiveNumber)
      .addHelpText('after', EXAMPLES)
      .action(async (metric: string, options: Options) => end(await runSql(host, metric, options)));
  },
};

async function runSql(host: Host, name: string, options: Options): Promise<number> {
  const { loaded, analysis } = await openProject(host, await findProject(host, options.project));
  const metric = metricNamed(loaded.project.metrics, name);
  const by = options.by === undefined ? [] : options.by.split(',').map((key) => key.trim());
  for (const key of by) checkKey(analysis.checked, key, [metric]);
  const limits = { timeoutSeconds: options.timeout, memoryMb: options.memory };
  return withEngine(host, limits, async ({ engine, signal, progress }) => {
    progress.show('Loading the data');
    const { evaluator } = await openData(loaded, kinds, engine, [metric], { signal }, analysis);
    progress.clear();
    const typed = evaluator.checked.project.metrics.get(name) ?? metric;
    const grain = options.grain === undefined ? {} : { grain: options.grain };
    try {
      const statements = await metricSql(evaluator, typed, { signal, by, notes: true, ...grain });
      host.stdout.write(cleanText(statements.map((statement) => `${statement.sql};\n`).join('\n')));
      return EXIT.clean;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      host.stderr.write(`error: ${cleanLine(`"${name}" has no value: ${error.message}`)}\n`);
      return EXIT.problems;
    }
  });
}

function metricNamed(metrics: ReadonlyMap<string, Metric>, name: string): Metric {
  const metric = metrics.get(name);
  if (metric === undefined)
    throw new UsageError(`There is no metric "${name}".${didYouMean(name, metrics.keys())}`);
  return metric;
}
