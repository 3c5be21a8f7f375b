import assert from 'node:assert/strict';
import { formatPeriod } from '../../server/src/core/base/period.ts';
import { evaluate } from '../../server/src/core/evaluate/evaluate.ts';
import { resultDocument } from '../../server/src/core/evaluate/result.ts';
import { findPeriod, groupKey, isPartial, type Series } from '../../server/src/core/evaluate/series.ts';
import type { Estimate } from '../../server/src/core/plan/metric-plan.ts';
import type { QueryEngine } from '../../server/src/core/ports.ts';
import { present } from './present.ts';
import { withProject } from './reference/run.ts';

/** What a small project computes, to be held against values worked out by hand. */
export interface Computed {
  /** The periods of a metric, as the format writes them. */
  periods(metric: string): readonly string[];
  /** The labels of a metric by a segment. */
  groups(metric: string, segment: string): readonly string[];
  /** An estimate in a period; of a group, `segment.label`. */
  at(metric: string, period: string, group?: string): Estimate;
  /** The values of all periods. */
  values(metric: string, group?: string): readonly (number | null)[];
  /** The part of the total that a group makes in a period. */
  share(metric: string, period: string, group: string): number | null;
  /** The periods that are not complete. */
  partial(metric: string): readonly string[];
}

/** Evaluates the metrics of a project that must have no errors. `tables` are CSV files by name. */
export async function compute(
  engine: QueryEngine,
  definitions: string,
  tables: Readonly<Record<string, string>>,
  settings = '',
): Promise<Computed> {
  const files = Object.entries(tables).map(([name, text]) => [`${name}.csv`, trimmed(text)] as const);
  const project = {
    'plumbline.yaml': `plumbline: 1\n${settings}\n`,
    'a.metrics.yaml': `plumbline: 1\n${definitions}\n`,
    ...Object.fromEntries(files),
  };
  return withProject(engine, project, async ({ evaluator, analysis }) => {
    const errors = analysis.problems.filter(({ severity }) => severity === 'error');
    assert.deepEqual(
      errors.map(({ code, message }) => `${code}: ${message}`),
      [],
    );
    const evaluation = await evaluate(evaluator, { ownSegments: true });
    const { metrics } = evaluation;
    const documents = resultDocument(evaluator.checked, evaluation).metrics;
    const seriesOf = (name: string, segment?: string): Series => {
      const result = present(metrics.find(({ metric }) => metric.name === name));
      assert.equal(result.refused, undefined, name);
      const breakdown = result.breakdowns.find(({ by }) => by.join() === segment);
      return present(segment === undefined ? result.total : breakdown?.series);
    };
    return {
      ...over(seriesOf),
      share(name, period, group) {
        const values = documents.find(({ metric }) => metric === name)?.values;
        const [segment, label] = partsOf(group);
        return present(values?.find((one) => one.period === period && one.group[segment] === label))
          .share_of_total;
      },
    };
  });
}

/** A segment and the label of one of its groups, which may hold dots. */
function partsOf(group: string): [string, string] {
  const dot = group.indexOf('.');
  return [group.slice(0, dot), group.slice(dot + 1)];
}

function over(seriesOf: (name: string, segment?: string) => Series): Omit<Computed, 'share'> {
  const groupOf = (metric: string, group: string | undefined): { series: Series; labels: string[] } => {
    if (group === undefined) return { series: seriesOf(metric), labels: [] };
    const [segment, label] = partsOf(group);
    const series = seriesOf(metric, segment);
    assert.ok(
      series.groups.some((known) => groupKey(known) === groupKey([label])),
      `There is no ${group}.`,
    );
    return { series, labels: [label] };
  };
  const periods = (metric: string): string[] => seriesOf(metric).periods.map(formatPeriod);
  return {
    periods,
    groups: (metric, segment) => seriesOf(metric, segment).groups.map(([label]) => label ?? ''),
    at(metric, period, group) {
      const { series, labels } = groupOf(metric, group);
      // What an interval rests on is held to its own tests.
      const { basis: _, ...estimate } = series.at(present(findPeriod(series, period)), labels);
      return estimate;
    },
    values(metric, group) {
      const { series, labels } = groupOf(metric, group);
      return series.periods.map((period) => series.at(period, labels).value);
    },
    partial(metric) {
      const series = seriesOf(metric);
      return series.periods.filter((period) => isPartial(series, period)).map(formatPeriod);
    },
  };
}

/** Lines without what surrounds them, so that tables can be indented. */
function trimmed(text: string): string {
  const lines = text.split('\n').map((line) => line.trim());
  return `${lines.filter((line) => line !== '').join('\n')}\n`;
}
