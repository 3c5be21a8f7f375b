import type { Metric, MetricReference } from '../../model/project.ts';
import type { ScalarNode } from '../../syntax/yaml/tree.ts';
import type { MetricUse } from '../metrics.ts';
import { page } from '../page.ts';
import { parsedExpression } from '../parsed.ts';
import { type Condition, conditionsOf, isSameMeasure, partsByName, wholeOf } from '../part-of.ts';
import { type Report, type Rule, type RuleContext, type Spot, spotIn, spotOf } from '../report.ts';

/** Fractions whose numerator counts rows that the denominator leaves out. */
export const filteredApart: Rule = {
  id: 'filtered-apart',
  severity: 'warning',
  summary: 'The numerator of a fraction counts rows that its denominator leaves out.',
  documentation: page({
    why: `
      Both sides of the fraction measure one thing of one source, and the denominator has a condition that the numerator lacks. So
      rows are counted above the line that are not below it: the result is no share, and may exceed 100 %. This is how two
      filters drift apart when somebody changes one of them. A condition on a column that the numerator filters by as well is
      taken as meant, as in bugs per feature request.`,
    wrong: `
      metrics:
        bulk_rate:
          type: ratio
          source: orders
          numerator: { type: count, where: quantity > 1 }
          denominator: { type: count, where: amount > 0 }`,
    right: `
      metrics:
        bulk_rate:
          type: ratio
          source: orders
          where: amount > 0
          numerator: { type: count, where: quantity > 1 }
          denominator: { type: count }`,
    mend: `
      Put the condition on the whole metric, or on both sides. A fraction of one source is often better said as
      \`type: share\` with \`matching\`, where the two cannot drift apart.`,
  }),
  check(context, report) {
    for (const use of context.metrics) {
      for (const fraction of fractionsOf(context, use)) checkFraction(context, report, fraction);
    }
  },
};

interface Fraction {
  readonly above: Metric;
  readonly below: Metric;
  /** Where the numerator stands. */
  readonly spot: Spot;
}

function fractionsOf(context: RuleContext, use: MetricUse): readonly Fraction[] {
  const { metric, outer, references } = use;
  if (metric.type === 'ratio') {
    const [numerator, denominator] = references;
    if (numerator === undefined || denominator === undefined) return [];
    const [above, below] = [context.book.target(numerator), context.book.target(denominator)];
    if (above === undefined || below === undefined) return [];
    return [{ above, below, spot: spotOf(outer.file, nodeOf(numerator)) }];
  }
  return metric.type === 'formula' ? quotientOf(context, use) : [];
}

function nodeOf(reference: MetricReference): ScalarNode {
  return reference.kind === 'name' ? reference.word.node : reference.metric.nameNode;
}

/** A formula that is one name over another. */
function quotientOf(context: RuleContext, { metric, outer, kind }: MetricUse): readonly Fraction[] {
  const [field] = kind?.expressions(metric.spec) ?? [];
  if (field === undefined) return [];
  const { expression } = parsedExpression(field.word);
  if (expression.kind !== 'binary' || expression.op !== '/') return [];
  const parts = partsByName(context, metric);
  const [above, below] = [expression.left, expression.right].map((side) =>
    side.kind === 'name' && side.parts.length === 1 ? parts.get(side.parts[0]?.text ?? '') : undefined,
  );
  if (above === undefined || below === undefined) return [];
  return [{ above, below, spot: spotIn(outer.file, field.word.node, expression.left.span) }];
}

const COUNTED: ReadonlySet<string> = new Set(['count', 'count_distinct', 'sum']);

function checkFraction(context: RuleContext, report: Report, { above, below, spot }: Fraction): void {
  const [top, bottom] = [wholeOf(context, above), wholeOf(context, below)];
  if (top === undefined || bottom === undefined || !COUNTED.has(top.metric.type ?? '')) return;
  if (!isSameMeasure(top, bottom)) return;
  const [own, others] = [conditionsOf(top), conditionsOf(bottom)];
  const more = without(own, others);
  // Without a condition of its own the numerator is the whole, as in attempts per success.
  if (more.length === 0) return;
  const named = new Set(more.flatMap(({ names }) => names));
  const apart = without(others, own).find(({ names }) => !names.some((name) => named.has(name)));
  if (apart === undefined) return;
  const { word, of, span } = apart;
  const written = word.text.slice(span.start, span.end);
  const there = spotIn(of.file, word.node, span);
  report(
    spot,
    `The denominator leaves out rows by the condition "${written}", and the numerator counts them: put the condition on both sides, or on the whole metric.`,
    {
      related: [{ file: there.file, span: there.span, message: 'The condition of the denominator is here.' }],
    },
  );
}

function without(conditions: readonly Condition[], others: readonly Condition[]): readonly Condition[] {
  const texts = new Set(others.map(({ text }) => text));
  return conditions.filter(({ text }) => !texts.has(text));
}
