import { page } from '../page.ts';
import { type Rule, spotOf } from '../report.ts';

/** Headers that stand twice in a file, so that a name means only the first of them. */
export const repeatedHeader: Rule = {
  id: 'repeated-header',
  severity: 'warning',
  summary: 'Two columns of the data have one header.',
  documentation: page({
    why: `
      A name must mean one column. Where a header stands twice in a file, the first column of that name is used, and no name
      reaches the others: the one that was meant may be among those.`,
    wrong: `
      sources:
        orders: { data: orders.csv }        # its header: order_id,amount,amount`,
    right: `
      sources:
        orders: { data: orders.csv }        # its header: order_id,amount,amount_net`,
    mend: `
      Rename the columns where the file is made.`,
  }),
  check({ project, shapes }, report) {
    for (const source of project.sources.values()) {
      const headers = shapes.get(source.name)?.columns?.map(({ header }) => header) ?? [];
      const repeated = headers.filter(
        (header, index) => header.trim() !== '' && headers.indexOf(header) < index,
      );
      if (source.data === undefined) continue;
      for (const header of new Set(repeated)) {
        report(
          spotOf(source.file, source.data.file.node),
          `The header "${header}" stands more than once in this file. The name means the first column; the others cannot be reached.`,
        );
      }
    }
  },
};
