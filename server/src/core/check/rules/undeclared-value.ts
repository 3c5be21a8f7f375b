import { suggest } from '../../base/suggest.ts';
import type { Expression } from '../../syntax/expression/ast.ts';
import { operandsOf } from '../../syntax/expression/names.ts';
import { printExpression, printText } from '../../syntax/expression/print.ts';
import type { ExpressionUse } from '../expressions.ts';
import { escaped } from '../findings.ts';
import { hint } from '../names.ts';
import { page } from '../page.ts';
import { parsedExpression } from '../parsed.ts';
import { possibleValues } from '../possible-values.ts';
import { type Report, type Rule, type RuleContext, replaceFix, spotIn } from '../report.ts';

type Literal = Extract<Expression, { kind: 'literal' }>;

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
      const { expression, issues } = parsedExpression(use.word);
      if (use.path || issues.length > 0) continue;
      for (const { of, literal } of comparisonsIn(expression))
        checkLiteral(context, report, use, of, literal);
    }
  },
};

/** What is compared for being equal, and the literal that it is compared with. */
interface Comparison {
  readonly of: Expression;
  readonly literal: Literal;
}

function* comparisonsIn(expression: Expression): Generator<Comparison> {
  switch (expression.kind) {
    case 'binary':
      if (expression.op === '=' || expression.op === '<>') {
        yield* compared(expression.left, [expression.right]);
        yield* compared(expression.right, [expression.left]);
      }
      break;
    case 'in':
      yield* compared(expression.value, expression.list);
      break;
    case 'case':
      if (expression.subject !== null) {
        const whens = expression.branches.map(({ when }) => when);
        yield* compared(expression.subject, whens);
      }
      break;
  }
  for (const operand of operandsOf(expression)) yield* comparisonsIn(operand);
}

function* compared(of: Expression, others: readonly Expression[]): Generator<Comparison> {
  if (of.kind === 'literal') return;
  for (const literal of others) if (literal.kind === 'literal') yield { of, literal };
}

function checkLiteral(
  context: RuleContext,
  report: Report,
  { word, source, definition }: ExpressionUse,
  of: Expression,
  literal: Literal,
): void {
  if (literal.type !== 'text' && literal.type !== 'integer' && literal.type !== 'number') return;
  const values = possibleValues(context, of, source, (one) => context.damage.incomplete.has(one));
  if (values === undefined || values.length === 0 || values.some((value) => isSame(literal, value))) return;
  const spot = spotIn(definition.file, word.node, literal.span);
  const [near] = literal.type === 'text' ? suggest(literal.value, values) : [];
  const what = of.kind === 'name' ? `"${printExpression(of)}"` : 'what stands here';
  report(
    spot,
    `No row can have the value ${printExpression(literal)}: ${what} has other declared values.${hint(literal.value, values)}`,
    {
      fixes:
        near === undefined
          ? []
          : replaceFix(spot, `Change to '${near}'`, escaped(printText(near), word.node.style), false),
    },
  );
}

/** Numbers are compared as such: 1 and 1.0 are one value. */
function isSame({ type, value }: Literal, other: string): boolean {
  return type === 'text' ? value === other : Number(value) === Number(other);
}
