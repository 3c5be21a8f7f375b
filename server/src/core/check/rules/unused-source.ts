import { suggest } from '../../base/suggest.ts';
import { page } from '../page.ts';
import { type Rule, spotOf } from '../report.ts';

const MOST_UNKNOWN = 50;

/** Sources that nothing is computed from. */
export const unusedSource: Rule = {
  id: 'unused-source',
  severity: 'info',
  tag: 'unused',
  summary: 'Nothing uses a source.',
  documentation: page({
    why: `
      No metric reads the source, no segment stands on it, and no other source links to it, stacks it or computes a column from
      it. Readers of the file wonder what it is for, and its data are kept and delivered for nobody. While a part of the project
      cannot be read, nothing is called unused that is named there.`,
    wrong: `
      sources:
        orders: { data: orders.csv, time: ordered_at }
        refunds: { data: refunds.csv, time: refunded_on }
      metrics:
        orders_placed: { type: count, source: orders }`,
    right: `
      sources:
        orders: { data: orders.csv, time: ordered_at }
        refunds: { data: refunds.csv, time: refunded_on }
      metrics:
        orders_placed: { type: count, source: orders }
        orders_refunded: { type: count, source: refunds }`,
    mend: 'Remove the source, or define the metric that it is there for.',
  }),
  check(context, report) {
    const { project, surroundings } = context;
    const unknown = surroundings.sourcesNamed.filter((name) => !project.sources.has(name));
    // With so many names that mean nothing, nobody knows what is used.
    if (unknown.length > MOST_UNKNOWN) return;
    for (const { definitions } of project.files) {
      for (const definition of definitions) {
        if (definition.definition !== 'source' || surroundings.isNamed(definition)) continue;
        // A name that is misspelled is a mistake of its own, and explains this one.
        if (unknown.some((name) => suggest(name, [definition.name]).length > 0)) continue;
        report(
          spotOf(definition.file, definition.nameNode),
          `Nothing uses the source "${definition.name}": no metric or segment reads it, and no source links to it.`,
        );
      }
    }
  },
};
