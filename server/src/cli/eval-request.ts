import { GRAINS, type Grain, parsePeriod } from '../core/base/period.ts';
import { didYouMean } from '../core/base/suggest.ts';
import type { Checked } from '../core/check/checked.ts';
import type { ExpressionWord, Metric } from '../core/model/project.ts';
import { sourcesOf } from '../core/open-data.ts';
import { UsageError } from './exit-code.ts';
import { checkWhere, whereWord } from './where-option.ts';

/** What `plumbline eval` was asked for, as typed. */
export interface EvalOptions {
  readonly by?: string;
  readonly where?: string;
  readonly grain?: Grain;
  readonly from?: string;
  readonly to?: string;
}

/** What is to be evaluated and shown. */
export interface EvalRequest {
  readonly metrics: readonly Metric[];
  /** Whether metrics were named, so that each of them has to have a value. */
  readonly named: boolean;
  readonly by: readonly string[];
  readonly where: ExpressionWord | undefined;
  readonly grain: Grain | undefined;
  /** First and last day to show. */
  readonly from: number | undefined;
  readonly to: number | undefined;
}

/** The grains that `--grain` takes. */
export const GRAIN_WORDS: readonly string[] = GRAINS;

/** Reads the request of `eval`. Fails where a name, period or expression in it means nothing in the project. */
export function readRequest(checked: Checked, names: readonly string[], options: EvalOptions): EvalRequest {
  const metrics = selectMetrics(checked, names);
  const named = names.length > 0;
  const by = [...new Set((options.by ?? '').split(',').map((key) => key.trim()))].filter((key) => key !== '');
  for (const key of by) checkKey(checked, key, metrics);
  const from = options.from === undefined ? undefined : dayOf('--from', options.from);
  const to = options.to === undefined ? undefined : dayOf('--to', options.to);
  if (from !== undefined && to !== undefined && from.first > to.last) {
    throw new UsageError(`--from ${options.from} begins after --to ${options.to} ends.`);
  }
  const where = options.where === undefined ? undefined : whereWord(options.where);
  if (where !== undefined) checkWhere(checked, where, metrics, named);
  return { metrics, named, by, where, grain: options.grain, from: from?.first, to: to?.last };
}

/** The metrics of these names, each once; all of the project's where there are none. */
export function selectMetrics({ project }: Checked, names: readonly string[]): readonly Metric[] {
  if (names.length === 0) return [...project.metrics.values()];
  return [...new Set(names)].map((name) => {
    const metric = project.metrics.get(name);
    if (metric !== undefined) return metric;
    const near = didYouMean(name, project.metrics.keys());
    const rest = near === '' ? ` ${listed('Metrics', [...project.metrics.keys()])}` : near;
    throw new UsageError(`There is no metric "${name}".${rest}`);
  });
}

/** Fails where a key of `--by` is neither a segment nor a column or path on any source of the metrics. */
export function checkKey(checked: Checked, key: string, metrics: readonly Metric[]): void {
  const { segments } = checked.project;
  if (segments.has(key)) return;
  const sources = [...sourcesOf(checked, metrics)];
  if (sources.some((source) => checked.resolvePath(key, source) !== undefined)) return;
  const columns = new Set(
    sources.flatMap((source) => [...(checked.columns.get(source)?.columns.keys() ?? [])]),
  );
  const near = didYouMean(key, new Set([...segments.keys(), ...columns]));
  const known = [
    listed('Segments', [...segments.keys()]),
    // Of many sources nobody reads all columns.
    ...(sources.length === 1 ? [listed(`Columns of ${sources[0]}`, [...columns])] : []),
  ];
  throw new UsageError(
    `--by: "${key}" is neither a segment nor a column that these metrics have.${near}`,
    known.filter((line) => line !== ''),
  );
}

const MOST_LISTED = 60;

function listed(what: string, names: readonly string[]): string {
  if (names.length === 0) return '';
  const more = names.length > MOST_LISTED ? ', …' : '';
  return `${what}: ${names.slice(0, MOST_LISTED).join(', ')}${more}.`;
}

function dayOf(option: string, text: string): { readonly first: number; readonly last: number } {
  const period = parsePeriod(text);
  if (period === undefined || period.grain === 'all') {
    throw new UsageError(
      `${option}: "${text}" is not a period. Write one as 2025, 2025-Q4, 2025-05, 2025-W05 or 2025-05-31.`,
    );
  }
  return { first: period.start, last: period.end - 1 };
}
