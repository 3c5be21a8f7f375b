import { childrenOf, type NameRef, namesIn, type Scalar } from '../../syntax/expression/scalar.ts';
import type { ExpressionUse } from '../expressions.ts';
import { page } from '../page.ts';
import { type Report, type Rule, type RuleContext, spotOf } from '../report.ts';

/** Sums and averages of a number that many rows share. */
export const valueBehindLink: Rule = {
  id: 'value-behind-link',
  severity: 'error',
  judgement: true,
  summary: 'A number reached through a link is added up or averaged, so that it counts once per row.',
  documentation: page({
    why: `
      Many tickets lead to one account. Adding up \`account.mrr\` over tickets counts an account with ten tickets ten times.
      That is the most common way in which numbers about customers go wrong, and nobody sees it in the result.

      A number that changes from row to row may be multiplied with one behind a link: in \`quantity * product.price\` every row
      has an amount of its own.`,
    wrong: `
      metrics:
        revenue_with_tickets: { type: sum, source: tickets, value: account.mrr }`,
    right: `
      metrics:
        revenue_with_tickets: { type: sum, source: tickets, value: account.mrr, once_per: account }`,
    mend: `
      Compute the metric on the source that holds the number, or set \`once_per\` to the link: rows are then first reduced to one
      per linked row.`,
  }),
  check(context, report) {
    for (const use of context.expressions) {
      if (use.metric?.oncePer !== undefined) continue;
      const scalar = context.checked.resolve(use.word, use.source, use.metric);
      if (scalar === undefined) continue;
      if (use.mode === 'row' && use.adds) checkAdded(context, report, use, scalar);
      else if (use.mode !== 'row')
        for (const added of addedIn(scalar)) checkAdded(context, report, use, added);
    }
  },
};

const ADDING: ReadonlySet<string> = new Set(['sum', 'avg', 'median']);

/** What the aggregates of an expression add up or average. Duplicates do no harm to the others. */
function* addedIn(scalar: Scalar<NameRef>): Generator<Scalar<NameRef>> {
  if (scalar.kind === 'aggregate') {
    if (scalar.arg !== null && ADDING.has(scalar.fn)) yield scalar.arg;
  } else for (const child of childrenOf(scalar)) yield* addedIn(child);
}

function checkAdded(context: RuleContext, report: Report, use: ExpressionUse, scalar: Scalar<NameRef>): void {
  const name = repeated(context, scalar, use.source, 0);
  if (name === undefined) return;
  const link = name.links.join('.');
  const mend =
    use.metric === undefined || use.mode !== 'row'
      ? 'Take the number from its own source.'
      : `Compute it on its own source, or add "once_per: ${link}".`;
  report(
    spotOf(use.definition.file, use.word.node),
    `"${[...name.links, name.column].join('.')}" belongs to the linked row, and would count once for each row of "${use.source}". ${mend}`,
  );
}

interface LinkedName {
  readonly links: readonly string[];
  readonly column: string;
}

/** Functions whose result is one of their arguments, or changes with each of them on its own. */
const PASSING: ReadonlySet<string> = new Set([
  '+',
  '-',
  'negate',
  'abs',
  'round',
  'floor',
  'ceil',
  'coalesce',
  'least',
  'greatest',
  'nullif',
]);

/**
 * The first linked column whose value an expression repeats for each row. A product, quotient or other function of it and of
 * a column of the row itself is a number of the row.
 */
function repeated(
  context: RuleContext,
  scalar: Scalar<NameRef>,
  source: string,
  depth: number,
): LinkedName | undefined {
  const within = (children: readonly Scalar<NameRef>[]): LinkedName | undefined => {
    for (const child of children) {
      const name = repeated(context, child, source, depth);
      if (name !== undefined) return name;
    }
    return undefined;
  };
  switch (scalar.kind) {
    case 'literal':
      return undefined;
    case 'aggregate':
      return undefined;
    case 'name':
      return repeatedName(context, scalar, source, depth);
    case 'cast':
      return within([scalar.arg]);
    case 'case':
      return within([
        ...scalar.branches.map(({ result }) => result),
        ...(scalar.otherwise === null ? [] : [scalar.otherwise]),
      ]);
    case 'call':
      if (!PASSING.has(scalar.fn) && hasOwnName(scalar)) return undefined;
      return within(scalar.args);
  }
}

function repeatedName(
  context: RuleContext,
  { ref, type }: { readonly ref: NameRef; readonly type: Scalar['type'] },
  source: string,
  depth: number,
): LinkedName | undefined {
  if (ref.at !== 'row') return undefined;
  if (ref.links.length > 0) return type === 'text' || type === 'boolean' ? undefined : ref;
  const column = context.columns.get(source)?.columns.get(ref.column);
  if (column?.origin !== 'computed' || column.declared?.value === undefined || depth > 8) return undefined;
  const scalar = context.checked.resolve(column.declared.value, source);
  return scalar === undefined ? undefined : repeated(context, scalar, source, depth + 1);
}

function hasOwnName(scalar: Scalar<NameRef>): boolean {
  for (const { ref } of namesIn(scalar)) {
    if (ref.at !== 'row' || ref.links.length === 0) return true;
  }
  return false;
}
