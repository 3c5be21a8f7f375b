import type { Place } from '../base/span.ts';
import { labelOf } from '../model/label-of.ts';
import type { Example, Metric } from '../model/project.ts';
import type { IdeContext } from './ide-context.ts';

/** A metric with examples, as a test view shows it. `At` is how places are written. */
export interface MetricExamples<At = Place> {
  readonly metric: string;
  readonly label: string;
  /** Its name in the text. */
  readonly at: At;
  readonly examples: readonly ExampleItem<At>[];
}

export interface ExampleItem<At = Place> {
  /** Its place among the examples of the metric, from 0. */
  readonly index: number;
  /** What it is about, such as `given 3 rows of survey: 33.3`. */
  readonly title: string;
  /** All of it in the text. */
  readonly at: At;
}

/**
 * The metrics of a project that have examples, in the order of the files, from its maps of definitions alone.
 *
 * @param at writes a place as the face tells it to its client
 */
export function metricExamples<At>(
  { checked }: IdeContext,
  at: (place: Place) => At,
): readonly MetricExamples<At>[] {
  return [...checked.project.metrics.values()]
    .filter(({ examples }) => examples.length > 0)
    .map((metric) => ({
      metric: metric.name,
      label: labelOf(metric),
      at: at({ file: metric.file, span: metric.nameNode.span }),
      examples: metric.examples.map((example, index) => ({
        index,
        title: titleOf(example),
        at: at({ file: metric.file, span: example.node.span }),
      })),
    }));
}

/** Where the message about an example belongs: the value that it expects, else all of it. */
export function expectedAt(metric: Metric, example: Example): Place {
  return { file: metric.file, span: (example.expectNode ?? example.node).span };
}

function titleOf({ given, period, segment, expect }: Example): string {
  const rows = [...(given ?? [])].map(([source, each]) => rowsText(source, each.rows.length));
  const about = [
    ...(given === undefined ? [] : [`given ${rows.length === 0 ? 'no rows' : rows.join(', ')}`]),
    ...(period === undefined ? [] : [period.text]),
    ...(segment === undefined ? [] : [segment.text]),
  ];
  const expected = expect === undefined ? 'nothing expected' : expect === null ? 'no data' : expect.text;
  return about.length === 0 ? expected : `${about.join(', ')}: ${expected}`;
}

function rowsText(source: string, count: number): string {
  if (count === 0) return `no rows of ${source}`;
  return count === 1 ? `1 row of ${source}` : `${count} rows of ${source}`;
}
