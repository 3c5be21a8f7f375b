import { findingRule } from '../finding-rule.ts';
import { page } from '../page.ts';

/** Calls with the wrong number or kind of arguments. */
export const wrongArguments = findingRule({
  id: 'wrong-arguments',
  severity: 'error',
  summary: 'A function is called with the wrong arguments.',
  documentation: page({
    why: `
      Every function takes a certain number of arguments. Units of time are quoted, and some arguments must be written out
      as a text, so that what they ask for is known before any row is read.`,
    wrong: `
      metrics:
        slow: { type: count, source: tickets, where: "date_diff(hour, opened_at, closed_at) > 48" }`,
    right: `
      metrics:
        slow: { type: count, source: tickets, where: "date_diff('hour', opened_at, closed_at) > 48" }`,
    mend: 'The message says what the function takes.',
  }),
});
