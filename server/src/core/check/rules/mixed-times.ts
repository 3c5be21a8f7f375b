import type { Fix } from '../../base/problem.ts';
import { grainOf, timingOf } from '../../model/metric-defaults.ts';
import type { Metric } from '../../model/project.ts';
import type { MetricUse, Side } from '../metrics.ts';
import { page } from '../page.ts';
import { type Rule, type RuleContext, replaceFix, type Spot, spotOf } from '../report.ts';

/** Metrics with periods that are made of rows with a time and of rows without. */
export const mixedTimes: Rule = {
  id: 'mixed-times',
  severity: 'error',
  summary: 'A metric with periods combines a source that has a time with one that has none.',
  documentation: page({
    why: `
      The rows of a source with neither \`time\` nor \`lifespan\` fall in no month: their only period is \`all\`. Combined with rows
      that have a time, there is no value for a month either, as one part of it would be missing.`,
    wrong: `
      sources:
        shops: { data: accounts.csv, key: account_id }
      metrics:
        orders_per_shop:
          type: ratio
          numerator: { type: count, source: orders }
          denominator: { type: count, source: shops }`,
    right: `
      metrics:
        orders_per_shop:
          type: ratio
          grain: all
          numerator: { type: count, source: orders }
          denominator: { type: count, source: shops }`,
    mend: `
      Compute it over all time with \`grain: all\`, or give the source without a time its \`time\` (or \`lifespan\`), where its data say
      when a row came to be.`,
  }),
  check(context, report) {
    for (const use of context.metrics) {
      const mix = mixOf(context, use.metric);
      if (mix === undefined || use.metric !== use.outer) continue;
      const { timed, timeless } = mix;
      const spot = spotOf(use.outer.file, nodeOf(context, use, timeless));
      report(
        spot,
        `"${use.metric.name}" combines rows of "${timeless.source}", which have no time, with rows of "${timed.source}", which have one: it has no value for a ${mix.grain}, only for all of time. Write "grain: all", or give "${timeless.source}" a "time".`,
        { fixes: allOfTime(context, use.metric, spot) },
      );
    }
  },
};

interface Mix {
  readonly timed: Side;
  readonly timeless: Side;
  readonly grain: string;
}

/** The first two sources of a metric that have no periods together; `undefined` where it has none or they fit. */
function mixOf({ project, kinds, book, damage }: RuleContext, metric: Metric): Mix | undefined {
  const sides = book.sides(metric);
  if (sides.length < 2) return undefined;
  const grain = grainOf(project, kinds, metric);
  if (grain === 'all' || damage.incomplete.has(metric)) return undefined;
  let [timed, timeless]: (Side | undefined)[] = [];
  for (const side of sides) {
    const source = project.sources.get(side.source);
    if (source === undefined || damage.incomplete.has(source)) return undefined;
    const timing = timingOf(project, side.metric)?.kind;
    if (timing === 'snapshot') timeless ??= side;
    else if (timing !== undefined) timed ??= side;
  }
  return timed === undefined || timeless === undefined ? undefined : { timed, timeless, grain };
}

/** The part that rests on the source without a time, where it is one of those that are written here. */
function nodeOf({ book }: RuleContext, { metric, references }: MetricUse, { source }: Side) {
  const part = references.find((reference) => {
    const target = book.target(reference);
    return target !== undefined && book.sides(target).some((side) => side.source === source);
  });
  if (part === undefined) return metric.typeNode ?? metric.nameNode;
  return part.kind === 'name' ? part.word.node : part.metric.nameNode;
}

/** Writes `grain: all` on a metric; it is never sure, as the metric has other values then. */
function allOfTime({ project }: RuleContext, metric: Metric, spot: Spot): Fix[] {
  const title = 'Compute it over all time with "grain: all"';
  const written = metric.node?.get('grain')?.value;
  if (written !== undefined) return replaceFix(spotOf(metric.file, written), title, 'all', false);
  const type = metric.node?.get('type');
  const text = project.files.find(({ path }) => path === metric.file)?.text;
  if (metric.node === undefined || type === undefined || text === undefined) return [];
  if (spot.origin !== undefined || metric.node.origin !== undefined) return [];
  const { start } = type.key.span;
  const indent = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  if (!metric.node.flow && indent.trim() !== '') return [];
  const before = metric.node.flow ? 'grain: all, ' : `grain: all\n${indent}`;
  return [{ title, sure: false, edits: [{ file: metric.file, span: { start, end: start }, text: before }] }];
}
