import { page } from '../page.ts';
import { type Rule, spotOf } from '../report.ts';

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
        returns: { data: returns.csv, time: returned_at }
      metrics:
        orders_placed: { type: count, source: orders }`,
    right: `
      sources:
        orders: { data: orders.csv, time: ordered_at }
        returns: { data: returns.csv, time: returned_at }
      metrics:
        orders_placed: { type: count, source: orders }
        orders_returned: { type: count, source: returns }`,
    mend: 'Remove the source, or define the metric that it is there for.',
  }),
  check({ project, surroundings }, report) {
    for (const { definitions } of project.files) {
      for (const definition of definitions) {
        if (definition.definition !== 'source' || surroundings.isNamed(definition)) continue;
        report(
          spotOf(definition.file, definition.nameNode),
          `Nothing uses the source "${definition.name}": no metric or segment reads it, and no source links to it.`,
        );
      }
    }
  },
};
