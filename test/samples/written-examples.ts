import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMap, isScalar, parseDocument, type YAMLMap } from 'yaml';
import type { OracleSeries } from './oracle-series.ts';

/** The value of a series in a period. Fails where there is none, or no such series. */
export function valueIn(
  series: readonly OracleSeries[],
  metric: string,
  period: string,
  group?: string,
): number {
  const points = series.find((one) => one.metric === metric && one.group === group)?.points ?? [];
  const value = points.find((point) => point.period === period)?.value;
  if (typeof value !== 'number') assert.fail(`no value of ${metric} ${group ?? ''} in ${period}`);
  return value;
}

/**
 * The laws of a sample's examples: every metric has one with rows of its own, and those of the data expect what the oracle finds in them.
 * `withoutSeries` are the metrics that have no series, as their periods are not those of the oracle.
 */
export function itExplains(
  folder: string,
  series: readonly OracleSeries[],
  withoutSeries: readonly string[] = [],
): void {
  const { metrics, examples } = readExamples(folder);

  it('has an example with rows of its own for every metric', () => {
    const explained = new Set(examples.filter((example) => example.hasRows).map((example) => example.metric));
    assert.deepEqual(
      metrics.filter((metric) => !explained.has(metric)),
      [],
    );
  });

  it('expects of its data what plain code finds in them', () => {
    const known = new Set(series.map((one) => one.metric));
    const ofData = examples.filter((example) => !example.hasRows);
    const compared = ofData.filter((example) => known.has(example.metric));
    assert.deepEqual(
      ofData.filter((example) => !compared.includes(example)).map((example) => example.metric),
      withoutSeries,
    );
    for (const { metric, period = '', group, expect } of compared) {
      const value = valueIn(series, metric, period, group);
      assert.equal(written(value, expect), expect, `${metric} ${group ?? ''} ${period}`);
    }
  });
}

interface Example {
  readonly metric: string;
  readonly hasRows: boolean;
  readonly period: string | undefined;
  readonly group: string | undefined;
  readonly expect: string;
}

/** The examples of all metrics, each scalar as it stands in the text. */
function readExamples(folder: string): {
  readonly metrics: readonly string[];
  readonly examples: readonly Example[];
} {
  const metrics: string[] = [];
  const examples: Example[] = [];
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.metrics.yaml'))) {
    const document = parseDocument(readFileSync(join(folder, file), 'utf8'));
    assert.deepEqual(document.errors, [], file);
    const section = document.get('metrics');
    if (!isMap(section)) continue;
    for (const pair of section.items) {
      const metric = String(pair.key);
      metrics.push(metric);
      for (let index = 0; document.hasIn(['metrics', metric, 'examples', index]); index += 1) {
        const node = document.getIn(['metrics', metric, 'examples', index]);
        if (isMap(node)) examples.push(readExample(metric, node));
      }
    }
  }
  return { metrics, examples };
}

function readExample(metric: string, node: YAMLMap): Example {
  const text = (key: string) => {
    const scalar = node.get(key, true);
    return isScalar(scalar) ? (scalar.source ?? String(scalar.value)) : undefined;
  };
  return {
    metric,
    hasRows: node.has('given'),
    period: text('period'),
    group: text('segment'),
    expect: text('expect') ?? '',
  };
}

/** A number with the decimals of `like`, as a percentage where it ends in `%`. */
function written(value: number, like: string): string {
  const digits = like.replace('%', '').split('.')[1]?.length ?? 0;
  return like.endsWith('%') ? `${(value * 100).toFixed(digits)}%` : value.toFixed(digits);
}
