import { findingRule } from '../finding-rule.ts';
import { page } from '../page.ts';

/** Columns that the source does not have. */
export const unknownColumn = findingRule({
  id: 'unknown-column',
  severity: 'error',
  summary: 'A column is named that the source does not have.',
  documentation: page({
    why: `
      Expressions, \`time\`, \`key\`, \`using\` and the like name columns of their source: those of the file's header, those that
      are declared or computed under \`columns\`, or, with dots, those of a source that a link leads to. Names are
      case-sensitive. Where the data of a source is missing, its columns are not known and nothing is reported.`,
    wrong: `
      sources:
        orders: { data: orders.csv }        # its header: order_id,ordered_at,amount
      metrics:
        revenue: { type: sum, source: orders, value: ammount }`,
    right: `
      metrics:
        revenue: { type: sum, source: orders, value: amount }`,
    mend: `
      Correct the spelling. A header that is no plain word, such as \`Order total (EUR)\`, gets a name under \`columns\`:
      \`amount: { header: "Order total (EUR)" }\`. Text stands in single quotes: \`plan = 'free'\`.`,
  }),
});
