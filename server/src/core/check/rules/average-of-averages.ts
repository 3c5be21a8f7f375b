import type { ExpressionWord, Metric } from '../../model/project.ts';
import type { Expression } from '../../syntax/expression/ast.ts';
import { operandsOf } from '../../syntax/expression/names.ts';
import type { MetricUse } from '../metrics.ts';
import { page } from '../page.ts';
import { parsedExpression } from '../parsed.ts';
import { isSameMeasure, partsByName, wholeOf } from '../part-of.ts';
import { type Report, type Rule, type RuleContext, spotIn } from '../report.ts';

/** Averages over what is an average already. */
export const averageOfAverages: Rule = {
  id: 'average-of-averages',
  severity: 'warning',
  summary: 'A metric averages what is an average already.',
  documentation: page({
    why: `
      An average of averages gives every group the same weight, whether it holds one row or a thousand. The mean of the plans'
      satisfaction is not the customers' satisfaction, and the two can move in opposite directions. Reported are an \`average\` with
      \`per\` over \`avg(…)\`, an average over a column that is computed as an average of linked rows, and a formula that adds up
      one measure of several groups (or periods) and divides by their number. An average of sums or counts is no such thing.`,
    wrong: `
      metrics:
        order_value: { type: average, source: orders, per: customer_id, value: avg(amount) }`,
    right: `
      metrics:
        order_value: { type: average, source: orders, value: amount }
        spend_per_customer: { type: average, source: orders, per: customer_id, value: sum(amount) }`,
    mend: `
      Average over the rows, or divide a sum by a count with \`type: ratio\`; over several periods, use \`window\`. Where each group is to
      have the same weight, say so: \`# plumbline-ignore average-of-averages: every customer counts once\`.`,
  }),
  check(context, report) {
    for (const use of context.metrics) {
      checkOver(context, report, use);
      checkFormula(context, report, use);
    }
  },
};

/** An average over `avg(…)` of an entity, or over columns that are averages. */
function checkOver(context: RuleContext, report: Report, { metric, outer, kind, sides }: MetricUse): void {
  const source = sides.find((side) => side.metric === metric)?.source;
  if (source === undefined || kind === undefined || metric.type === undefined) return;
  for (const { word, path } of kind.expressions(metric.spec)) {
    if (path === true) continue;
    const { expression } = parsedExpression(word);
    const scope = { context, report, file: outer.file, word, source };
    if (metric.type === 'average' && metric.per !== undefined) {
      for (const call of averagesIn(expression)) {
        report(
          spotIn(outer.file, word.node, call.span),
          `The average over "${metric.per.text}" of an average gives each of them the same weight, however many rows it has. For the average of all rows, remove "per" and write "value: ${textOf(word, call)}".`,
        );
      }
    }
    if (metric.type === 'average') checkColumns(scope, expression);
    else for (const call of averagesIn(expression)) checkColumns(scope, call);
  }
}

interface Scope {
  readonly context: RuleContext;
  readonly report: Report;
  readonly file: string;
  readonly word: ExpressionWord;
  readonly source: string;
}

/** Reports the columns in an expression that are averages of linked rows. */
function checkColumns({ context, report, file, word, source }: Scope, expression: Expression): void {
  if (expression.kind !== 'name') {
    for (const operand of operandsOf(expression))
      checkColumns({ context, report, file, word, source }, operand);
    return;
  }
  const text = expression.parts.map((part) => part.text).join('.');
  const of = averageBehind(context, text, source, new Set());
  if (of === undefined) return;
  report(
    spotIn(file, word.node, expression.span),
    `"${text}" is an average over ${of} already: the average of it gives each row here the same weight, however many rows of ${of} it stands for.`,
  );
}

/** The source whose rows a column averages, at the end of what it is computed from; `undefined` where it is no average. */
function averageBehind(
  context: RuleContext,
  text: string,
  source: string,
  seen: Set<string>,
): string | undefined {
  const scalar = context.checked.resolvePath(text, source);
  if (scalar?.kind !== 'name' || scalar.ref.at !== 'row') return undefined;
  const home = context.checked.follow(source, scalar.ref.links);
  const key = `${home} ${scalar.ref.column}`;
  if (home === undefined || seen.has(key)) return undefined;
  seen.add(key);
  const info = context.columns.get(home)?.columns.get(scalar.ref.column);
  const value = info?.declared?.value;
  if (info === undefined || value === undefined || info.origin === 'file') return undefined;
  const { expression } = parsedExpression(value);
  if (info.origin === 'facts') {
    return averagesIn(expression).length > 0 ? info.declared?.of?.text : undefined;
  }
  for (const name of namesOf(expression)) {
    const found = averageBehind(context, name, home, seen);
    if (found !== undefined) return found;
  }
  return undefined;
}

function namesOf(expression: Expression): readonly string[] {
  if (expression.kind === 'name') return [expression.parts.map(({ text }) => text).join('.')];
  return operandsOf(expression).flatMap(namesOf);
}

type Call = Extract<Expression, { kind: 'call' }>;

/** The calls of `avg` in an expression. */
function averagesIn(expression: Expression): readonly Call[] {
  if (expression.kind === 'call' && expression.name.text.toLowerCase() === 'avg') return [expression];
  return operandsOf(expression).flatMap(averagesIn);
}

function textOf(word: ExpressionWord, { args: [arg] }: Call): string {
  return arg === undefined ? '' : word.text.slice(arg.span.start, arg.span.end);
}

/** `(a + b) / 2` of averages of one measure that differ in their conditions, or in their period. */
function checkFormula(context: RuleContext, report: Report, { metric, outer, kind }: MetricUse): void {
  if (metric.type !== 'formula' || kind === undefined) return;
  const parts = partsByName(context, metric);
  for (const { word, scope } of kind.expressions(metric.spec)) {
    if (scope !== 'formula') continue;
    for (const mean of meansIn(parsedExpression(word).expression)) {
      const averaged = mean.terms
        .map((name) => parts.get(name))
        .map((part) => part && wholeOf(context, part));
      const [first] = averaged;
      const isOne = averaged.every(
        (part) => first !== undefined && part !== undefined && isSameMeasure(first, part),
      );
      if (!isOne || first === undefined || !isAverage(first.metric)) continue;
      report(
        spotIn(outer.file, word.node, mean.span),
        `This gives each of the ${mean.terms.length} the same weight, however many rows it rests on. ${ADVICE}`,
      );
    }
  }
}

const ADVICE =
  'For the average of all their rows, use one metric over them: a condition that holds for all, or a "window" of several periods.';

const AVERAGES: ReadonlySet<string> = new Set(['average', 'share', 'nps', 'csat', 'ces']);

function isAverage({ type }: Metric): boolean {
  return AVERAGES.has(type ?? '');
}

interface Mean {
  readonly terms: readonly string[];
  readonly span: Expression['span'];
}

/** The places where names are added up and divided by their number. */
function meansIn(expression: Expression): readonly Mean[] {
  if (expression.kind === 'binary' && expression.op === '/' && expression.right.kind === 'literal') {
    const terms = termsOf(expression.left);
    if (terms !== undefined && terms.length > 1 && Number(expression.right.value) === terms.length)
      return [{ terms, span: expression.span }];
  }
  return operandsOf(expression).flatMap(meansIn);
}

/** The names that an expression adds up, `previous` of one included; `undefined` where it does something else. */
function termsOf(expression: Expression): readonly string[] | undefined {
  if (expression.kind === 'binary' && expression.op === '+') {
    const [left, right] = [termsOf(expression.left), termsOf(expression.right)];
    return left && right && [...left, ...right];
  }
  if (expression.kind === 'name' && expression.parts.length === 1)
    return expression.parts.map(({ text }) => text);
  const isBefore = expression.kind === 'call' && expression.name.text.toLowerCase() === 'previous';
  const [arg] = isBefore ? expression.args : [];
  return arg === undefined ? undefined : termsOf(arg);
}
