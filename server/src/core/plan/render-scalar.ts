import type { Scalar } from '../syntax/expression/scalar.ts';
import type { Dialect, RenderContext, Rendered } from './dialects/dialect.ts';

/** How a name of the expression is written. */
export interface ScalarContext<Ref> extends RenderContext {
  name(ref: Ref): string;
}

/** Renders a typed expression. Nothing but the dialect's tables, quoted names and quoted literals can occur in the result. */
export function renderScalar<Ref>(
  scalar: Scalar<Ref>,
  dialect: Dialect,
  context: ScalarContext<Ref>,
): string {
  const go = (child: Scalar<Ref>): Rendered => ({
    sql: renderScalar(child, dialect, context),
    type: child.type,
    ...(child.kind === 'literal' ? { literal: child.value } : {}),
  });
  switch (scalar.kind) {
    case 'literal':
      return dialect.literal(scalar.type, scalar.value, context);
    case 'name':
      return context.name(scalar.ref);
    case 'cast':
      return dialect.cast(go(scalar.arg), scalar.type, context);
    case 'case':
      return renderCase(scalar, dialect, context, go);
    case 'call': {
      const args = scalar.args.map(go);
      if (isOperator(dialect, scalar.fn)) return dialect.operators[scalar.fn](args, context);
      return dialect.functions[scalar.fn](args, context, scalar.unit ?? 'day');
    }
    case 'aggregate':
      return renderAggregate(scalar, dialect, go);
  }
}

/** An aggregate over no rows is 0 for sums; the engines' is null, as over rows that are all null. */
function renderAggregate<Ref>(
  scalar: Extract<Scalar<Ref>, { kind: 'aggregate' }>,
  dialect: Dialect,
  go: (child: Scalar<Ref>) => Rendered,
): string {
  const all = { where: undefined, p: undefined };
  const args = scalar.arg === null ? [] : [go(scalar.arg)];
  const value = dialect.aggregate({ fn: scalar.distinct ? 'count_distinct' : scalar.fn, args, ...all });
  if (scalar.fn !== 'sum') return value;
  const rows = dialect.aggregate({ fn: 'count', args: [], ...all });
  return `CASE WHEN ${rows} = 0 THEN 0 ELSE ${value} END`;
}

function isOperator(dialect: Dialect, fn: string): fn is keyof Dialect['operators'] {
  return Object.hasOwn(dialect.operators, fn);
}

function renderCase<Ref>(
  scalar: Extract<Scalar<Ref>, { kind: 'case' }>,
  dialect: Dialect,
  context: ScalarContext<Ref>,
  go: (child: Scalar<Ref>) => Rendered,
): string {
  // Branches of one type: a date beside timestamps becomes a timestamp.
  const as = (child: Scalar<Ref>): string =>
    scalar.type === 'timestamp' && child.type === 'date'
      ? dialect.cast(go(child), 'timestamp', context)
      : go(child).sql;
  const branches = scalar.branches.map(({ when, result }) => `WHEN ${go(when).sql} THEN ${as(result)}`);
  const otherwise = scalar.otherwise === null ? '' : ` ELSE ${as(scalar.otherwise)}`;
  return `CASE ${branches.join(' ')}${otherwise} END`;
}
