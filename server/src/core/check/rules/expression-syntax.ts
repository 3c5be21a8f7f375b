import { findingRule } from '../finding-rule.ts';
import { page } from '../page.ts';

/** Expressions that cannot be read. */
export const expressionSyntax = findingRule({
  id: 'expression-syntax',
  severity: 'error',
  summary: 'An expression cannot be read.',
  documentation: page({
    why: `
      Conditions and values are scalar expressions in a subset of SQL: columns, literals, operators, \`case\`, \`cast\` and the
      functions of the catalogue. They are no statements: there is no \`select\`, no subquery and no window function.`,
    wrong: `
      metrics:
        large_orders: { type: count, source: orders, where: amount > and amount < 100 }`,
    right: `
      metrics:
        large_orders: { type: count, source: orders, where: amount > 10 and amount < 100 }`,
    mend: 'The problem stands at the first word that does not fit. Text takes single quotes, and every bracket is closed.',
  }),
});
