import { isIdle } from '../idle-fields.ts';
import { page } from '../page.ts';
import { type Rule, spotOf } from '../report.ts';

/** `when` where there are no spells for it to choose from. */
export const pointlessWhen: Rule = {
  id: 'pointless-when',
  severity: 'error',
  summary: '`when` is set where no source has a lifespan, or on a type that follows spells by itself.',
  documentation: page({
    why: `
      \`when\` chooses which spells fall in a period. On a source without \`lifespan\` there are no spells, so that the word
      would promise something that is not computed. Retention, churn, movement, cohorts and tenure follow spells from the
      opening of a period to its close by themselves.`,
    wrong: `
      sources:
        orders: { data: orders.csv, time: ordered_at }
      metrics:
        active_orders: { type: count, source: orders, when: active }`,
    right: `
      sources:
        contracts: { data: contracts.csv, lifespan: { start: starts_on, end: ends_on } }
      metrics:
        active_contracts: { type: count, source: contracts, when: active }`,
    mend: 'Remove `when`, or declare the `lifespan` of the source.',
  }),
  check(context, report) {
    const { project, metrics } = context;
    for (const use of metrics) {
      const { metric, kind, outer, sides } = use;
      if (metric.when === undefined || sides.length === 0) continue;
      // Where it is taken by no part, that is what is wrong with it.
      if (isIdle(context, use, 'when')) continue;
      const spot = spotOf(outer.file, metric.when.node);
      if (kind?.followsSpells === true) {
        report(spot, `A metric of type ${kind.type} follows spells by itself, so that "when" says nothing.`);
        continue;
      }
      const spells = sides.some(({ source }) => project.sources.get(source)?.lifespan !== undefined);
      if (spells) continue;
      const [first] = sides;
      report(
        spot,
        `The source "${first?.source}" has no lifespan, so that "when: ${metric.when.text}" says nothing.`,
      );
    }
  },
};
