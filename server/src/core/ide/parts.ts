import type { Checked } from '../check/checked.ts';
import { referencedMetric, referencesOf } from '../model/metric-references.ts';
import type { Metric } from '../model/project.ts';
import { valueAt } from '../model/words.ts';
import type { ScalarNode } from '../syntax/yaml/tree.ts';

/** The metric that stands inside of another under a key; `undefined` where none does. */
export function inlineMetricAt(checked: Checked, metric: Metric, key: ScalarNode): Metric | undefined {
  return inlineMetrics(checked, metric).find(({ nameNode }) => nameNode === key);
}

/** The metric inside of another with that name, which is its path: `tickets_per_account.numerator`. */
export function inlineMetricNamed(checked: Checked, metric: Metric, name: string): Metric | undefined {
  return inlineMetrics(checked, metric).find((inline) => inline.name === name);
}

/** Every metric that stands inside of another, at any depth. */
export function inlineMetrics(checked: Checked, metric: Metric): readonly Metric[] {
  return referencesOf(checked.kinds, metric).flatMap((reference) =>
    reference.kind === 'name' ? [] : [reference.metric, ...inlineMetrics(checked, reference.metric)],
  );
}

/** The metric that a formula calls by a name of its own, under `parts`; `undefined` where it has no such part. */
export function partOf(checked: Checked, metric: Metric | undefined, name: string): Metric | undefined {
  const parts = valueAt(metric?.node, 'parts');
  const part = parts?.kind === 'map' ? parts.get(name) : undefined;
  if (metric === undefined || part === undefined) return undefined;
  if (part.value.kind !== 'scalar') return inlineMetricAt(checked, metric, part.key);
  return referencedMetric(checked.project, {
    kind: 'name',
    word: { text: part.value.text, node: part.value },
  });
}
