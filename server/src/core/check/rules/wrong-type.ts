import { findingRule } from '../finding-rule.ts';
import { page } from '../page.ts';

/** Values of a type that does not fit where they stand. */
export const wrongType = findingRule({
  id: 'wrong-type',
  severity: 'error',
  summary: 'A value does not have the type that is needed in its place.',
  documentation: page({
    why: `
      Columns and expressions have types: boolean, integer, number, text, date, timestamp. A condition is boolean, what is added
      up or averaged is a number, a time is a date or timestamp, and the two columns of a link are of one type. Engines
      convert in silence, each in its own way; the format does not convert.`,
    wrong: `
      metrics:
        late: { type: count, source: tickets, where: opened_at }`,
    right: `
      metrics:
        late: { type: count, source: tickets, where: opened_at > date '2025-01-01' }`,
    mend: `
      Write a comparison, choose another column, or convert on purpose with \`cast(x as integer)\`. A column without a declared type is
      text as soon as one cell is: declare its \`type\` under \`columns\`, and \`plumbline eval\` names the cells that do not fit.`,
  }),
});
