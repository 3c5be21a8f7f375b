import { chainWords } from '../../base/graph.ts';
import { page } from '../page.ts';
import { type Rule, spotOf } from '../report.ts';

/** Definitions that need themselves to be computed. */
export const referenceCycle: Rule = {
  id: 'reference-cycle',
  severity: 'error',
  summary: 'A metric, computed column or union needs itself to be computed.',
  documentation: page({
    why: `
      A ratio, a formula, a computed column or a union is computed from others. If the chain leads back to where it began,
      there is nothing to begin with.`,
    wrong: `
      metrics:
        a: { type: ratio, numerator: b, denominator: orders }
        b: { type: ratio, numerator: a, denominator: orders }`,
    right: `
      metrics:
        a: { type: ratio, numerator: b, denominator: orders }
        b: { type: sum, source: orders, value: amount }`,
    mend: 'The message shows the whole chain. Break it at the step that should be computed from the rows themselves.',
  }),
  check({ cycles, book }, report) {
    for (const { spot, chain } of cycles) {
      report(spot, `This column is computed from itself: ${chainWords(chain)}.`);
    }
    for (const { from, to, chain } of book.cycles) {
      const reference = book
        .references(from)
        .find((candidate) => candidate.kind === 'name' && book.target(candidate) === to);
      if (reference?.kind !== 'name') continue;
      const names = chain.filter(({ parent }) => parent === undefined).map(({ name }) => name);
      const cycle = chainWords(names);
      report(spotOf(from.file, reference.word.node), `This metric needs itself: ${cycle}.`);
    }
  },
};
