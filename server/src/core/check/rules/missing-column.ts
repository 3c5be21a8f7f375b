import { hint } from '../names.ts';
import { page } from '../page.ts';
import { type Rule, spotOf } from '../report.ts';

/** Columns that are promised and not in the data. */
export const missingColumn: Rule = {
  id: 'missing-column',
  severity: 'error',
  summary: 'A declared column is not in the data.',
  documentation: page({
    why: `
      \`columns\` is a contract with whoever delivers the data. A column that is declared and not in the file is a broken
      promise: every metric that uses it would be empty.`,
    wrong: `
      sources:
        survey:
          data: answers.csv        # its header: id,answered_at,How likely are you to recommend us?
          columns:
            score: { type: integer, min: 0, max: 10 }`,
    right: `
      sources:
        survey:
          data: answers.csv
          columns:
            score: { header: "How likely are you to recommend us?", type: integer, min: 0, max: 10 }`,
    mend: `
      Correct the name, say with \`header\` under which header the column stands in the file, or give it a \`value\` if it is
      computed. A stack of sources (\`union\`) has the columns that its entries write.`,
  }),
  check({ project, shapes }, report) {
    for (const source of project.sources.values()) {
      const stacked = source.union?.items.flatMap(({ columns }) => [...columns.keys()]);
      const headers =
        stacked === undefined
          ? shapes.get(source.name)?.columns?.map(({ header }) => header)
          : [...stacked, 'source_name'];
      if (headers === undefined) continue;
      for (const column of source.columns.values()) {
        if (column.value !== undefined) continue;
        const header = column.header ?? { text: column.name, node: column.nameNode };
        if (headers.includes(header.text)) continue;
        report(
          spotOf(source.file, header.node),
          `The data of "${source.name}" has no column "${header.text}".${hint(
            header.text,
            headers.filter((name) => name !== ''),
          )}`,
        );
      }
    }
  },
};
