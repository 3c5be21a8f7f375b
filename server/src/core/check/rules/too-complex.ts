import { findingRule } from '../finding-rule.ts';
import { page } from '../page.ts';

/** Expressions beyond the limits. */
export const tooComplex = findingRule({
  id: 'too-complex',
  severity: 'error',
  summary: 'An expression is too long or too deep, or holds a text pattern that could run for ever.',
  documentation: page({
    why: `
      Some expressions keep an engine busy for minutes, whatever the data: hundreds of nested brackets, or a regular
      expression that repeats a repetition. They are refused before they reach an engine.`,
    wrong: `
      metrics:
        odd: { type: count, source: events, where: "regexp_matches(name, '(a+)+$')" }`,
    right: `
      metrics:
        odd: { type: count, source: events, where: "regexp_matches(name, 'a+$')" }`,
    mend: 'Split the expression over computed columns, or simplify the pattern.',
  }),
});
