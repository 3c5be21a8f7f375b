import type { ExpressionWord } from '../../model/project.ts';
import { type NameRef, namesIn, type Scalar } from '../../syntax/expression/scalar.ts';
import type { MetricUse } from '../metrics.ts';
import { page } from '../page.ts';
import { type Report, type Rule, type RuleContext, spotOf } from '../report.ts';

/** Conditions on a whole ratio that mean different columns on its sides. */
export const unevenWhere: Rule = {
  id: 'uneven-where',
  severity: 'error',
  summary: 'The condition of a ratio or formula means different columns on its sides.',
  documentation: page({
    why: `
      \`where\` on a ratio is added to each of its sides. A name in it must then be the same column of the same source,
      whichever side it is read on: if \`status\` were that of the ticket above the line and that of the account below it, the
      ratio would compare two different things.`,
    wrong: `
      metrics:
        tickets_per_account:
          type: ratio
          grain: all
          numerator: { type: count, source: tickets }
          denominator: { type: count, source: accounts }
          where: status = 'active'`,
    right: `
      metrics:
        tickets_per_account:
          type: ratio
          grain: all
          numerator: { type: count, source: tickets, where: account.status = 'active' }
          denominator: { type: count, source: accounts, where: status = 'active' }`,
    mend: 'Move the condition to the sides, each in its own words.',
  }),
  check(context, report) {
    for (const use of context.metrics) {
      const sources = [...new Set(use.sides.map(({ source }) => source))];
      if (sources.length < 2) continue;
      for (const word of use.metric.where) checkWord(context, report, use, word, sources);
    }
  },
};

function checkWord(
  context: RuleContext,
  report: Report,
  use: MetricUse,
  word: ExpressionWord,
  sources: readonly string[],
): void {
  let first: { readonly source: string; readonly columns: readonly string[] } | undefined;
  for (const source of sources) {
    const scalar = context.checked.resolve(word, source, use.metric);
    if (scalar === undefined) return;
    const columns = columnsIn(context, scalar, source);
    if (first === undefined) first = { source, columns };
    const odd = columns.findIndex((column, index) => column !== first?.columns[index]);
    if (odd < 0) continue;
    report(
      spotOf(use.outer.file, word.node),
      `On "${first.source}" this condition means the column ${first.columns[odd]}, and on "${source}" ${columns[odd]}: put it on each side in its own words.`,
    );
    return;
  }
}

/** The columns that a condition names, as `source.column`, in the order in which they are named. */
function columnsIn(context: RuleContext, scalar: Scalar<NameRef>, source: string): string[] {
  const columns: string[] = [];
  for (const { ref } of namesIn(scalar)) {
    if (ref.at === 'row') columns.push(`${context.links.follow(source, ref.links)}.${ref.column}`);
  }
  return columns;
}
