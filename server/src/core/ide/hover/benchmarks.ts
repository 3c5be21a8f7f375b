import { benchmarkStanding, benchmarkText } from '../../evaluate/benchmark.ts';
import type { ValueFormat } from '../../evaluate/format-value.ts';
import { metricFormat } from '../../evaluate/metric-format.ts';
import type { Series } from '../../evaluate/series.ts';
import type { Benchmark, Metric } from '../../model/project.ts';
import type { IdeContext } from '../ide-context.ts';
import { type Block, list, paragraph, type Words } from '../prose/prose.ts';

/** What others reach: each benchmark with its source, how old it is beside the data, and how the headline compares. */
export function benchmarks({ checked, numbers }: IdeContext, metric: Metric): readonly Block[] {
  const known = metric.parent === undefined ? numbers?.metric(metric.name) : undefined;
  // A headline of before the last change is nothing to compare with.
  const series = known?.stale === false ? known.value.total : undefined;
  const format = metricFormat(checked, metric);
  const items = metric.benchmarks.map((benchmark) => benchmarkWords(benchmark, series, format));
  return items.length === 0 ? [] : [paragraph({ strong: 'Benchmarks' }), ...list(items)];
}

/** A benchmark in words, beside the values that a metric has. */
export function benchmarkWords(benchmark: Benchmark, series: Series | undefined, format: ValueFormat): Words {
  const standing = benchmarkStanding(benchmark, series);
  if (standing === undefined) return [benchmark.citation ?? 'A benchmark without a value'];
  return [benchmarkText(standing, format)];
}
