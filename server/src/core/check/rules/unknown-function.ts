import { findingRule } from '../finding-rule.ts';
import { page } from '../page.ts';

/** Functions outside the catalogue. */
export const unknownFunction = findingRule({
  id: 'unknown-function',
  severity: 'error',
  summary: 'A function is called that the format does not have.',
  documentation: page({
    why: `
      The format has one catalogue of functions, each with one meaning on every engine. Functions of a particular database
      are none of them, and so a definition can neither depend on one engine nor reach outside its data.`,
    wrong: `
      metrics:
        signups: { type: count, source: accounts, where: "ifnull(plan, 'free') = 'free'" }`,
    right: `
      metrics:
        signups: { type: count, source: accounts, where: "coalesce(plan, 'free') = 'free'" }`,
    mend: 'Use a function of the catalogue. Ask for completion to see them with a line of documentation each.',
  }),
});
