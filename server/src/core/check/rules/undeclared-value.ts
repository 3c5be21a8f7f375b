import type { Definition } from '../../model/project.ts';
import { escaped } from '../findings.ts';
import { page } from '../page.ts';
import { parsedExpression } from '../parsed.ts';
import { type Rule, replaceFix, spotIn } from '../report.ts';
import { undeclaredValues } from '../undeclared-values.ts';

/** Values that no row can have by what is declared, most often misspelt ones. */
export const undeclaredValue: Rule = {
  id: 'undeclared-value',
  severity: 'warning',
  summary: 'A column is compared with a value that is not among its declared values.',
  documentation: page({
    why: `
      Where a column declares its \`values\`, comparing it with another one selects no row (\`=\`, \`in\`) or every row (\`<>\`,
      \`not in\`), and the metric shows 0, "no data" or too much without a word. The declaration is followed through links, and through computed
      columns and unions that pass the column on or choose among texts with \`case\`. Capital letters count.`,
    wrong: `
      sources:
        visits:
          data: visits.csv
          columns: { status: { type: text, values: [present, absent, excused] } }
      metrics:
        attended: { type: count, source: visits, where: status = 'presnt' }`,
    right: `
      metrics:
        attended: { type: count, source: visits, where: status = 'present' }`,
    mend: 'Correct the value, or add it to the `values` of the column where it is new.',
  }),
  check(context, report) {
    for (const use of context.expressions) {
      const { word, source, definition, path } = use;
      const { expression, issues } = parsedExpression(word);
      if (path || issues.length > 0) continue;
      const isIncomplete = (one: Definition): boolean => context.damage.incomplete.has(one);
      for (const { span, message, near } of undeclaredValues(context, expression, source, isIncomplete)) {
        const spot = spotIn(definition.file, word.node, span);
        const text = near && escaped(near.text, word.node.style);
        const fixes = text === undefined ? [] : replaceFix(spot, `Change to '${near?.value}'`, text, false);
        report(spot, message, { fixes });
      }
    }
  },
};
