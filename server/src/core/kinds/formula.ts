import type { ExpressionWord, MetricReference, Word } from '../model/project.ts';
import type { Expression, NamePart } from '../syntax/expression/ast.ts';
import { parseExpression } from '../syntax/expression/parse.ts';
import type { ScalarNode } from '../syntax/yaml/tree.ts';
import { defineKind } from './kind.ts';
import { NUMERIC } from './values.ts';

/** Arithmetic on metrics. */
export interface FormulaSpec {
  readonly formula: ExpressionWord | undefined;
  /** Filtered or inline metrics that the formula calls by these names. */
  readonly parts: ReadonlyMap<string, MetricReference>;
  /** The metrics that the formula names itself, each once, at the characters where it first stands. */
  readonly names: readonly Word[];
  /** Whether rows of the metric's own source are aggregated. */
  readonly aggregates: boolean;
}

const AGGREGATES: ReadonlySet<string> = new Set(['count', 'count_if', 'sum', 'avg', 'median', 'min', 'max']);
const NOT_METRICS: ReadonlySet<string> = new Set(['period_start', 'period_end', 'event_time']);

/** Arithmetic on metric names, `previous(m)` and `previous(m, '1 year')`; with a source also on aggregates of its columns. */
export const formula = defineKind<FormulaSpec>({
  type: 'formula',
  read(fields) {
    const word = fields.expression('formula');
    const parts = fields.parts('parts');
    const found: Found = { names: [], aggregates: false };
    if (word !== undefined) collect(parseExpression(word.text).expression, found);
    const names = new Map<string, Word>();
    for (const part of found.names) {
      if (word === undefined || parts.has(part.text) || NOT_METRICS.has(part.text.toLowerCase())) continue;
      if (!names.has(part.text)) names.set(part.text, { text: part.text, node: nodeOf(word.node, part) });
    }
    return { formula: word, parts, names: [...names.values()], aggregates: found.aggregates };
  },
  references: ({ names, parts }) => [
    ...names.map((word): MetricReference => ({ kind: 'name', word })),
    ...parts.values(),
  ],
  readsRows: ({ aggregates }) => aggregates,
  defaultUnit: () => 'number',
  defaultBetter: 'neutral',
  expressions: ({ formula: word }) =>
    word === undefined ? [] : [{ word, expects: NUMERIC, scope: 'formula', adds: false }],
  evaluated: false,
  additive: false,
  describe: ({ formula: word }) => word?.text ?? 'a formula',
});

interface Found {
  readonly names: NamePart[];
  aggregates: boolean;
}

/** Collects the names outside aggregates, which are metrics; names inside are columns. */
function collect(expression: Expression, found: Found): void {
  switch (expression.kind) {
    case 'name': {
      const [first, ...rest] = expression.parts;
      if (first !== undefined && rest.length === 0 && first.text !== '') found.names.push(first);
      return;
    }
    case 'call':
      if (AGGREGATES.has(expression.name.text.toLowerCase()) && expression.args.length < 2)
        found.aggregates = true;
      else for (const child of expression.args) collect(child, found);
      return;
    default:
      for (const child of childrenOf(expression)) collect(child, found);
  }
}

function childrenOf(expression: Exclude<Expression, { kind: 'name' | 'call' }>): readonly Expression[] {
  switch (expression.kind) {
    case 'missing':
    case 'literal':
      return [];
    case 'unary':
      return [expression.operand];
    case 'binary':
      return [expression.left, expression.right];
    case 'between':
      return [expression.value, expression.low, expression.high];
    case 'in':
      return [expression.value, ...expression.list];
    case 'like':
      return [expression.value, expression.pattern];
    case 'is-null':
    case 'cast':
      return [expression.value];
    case 'case':
      return [
        ...(expression.subject === null ? [] : [expression.subject]),
        ...expression.branches.flatMap((branch) => [branch.when, branch.result]),
        ...(expression.otherwise === null ? [] : [expression.otherwise]),
      ];
  }
}

/** The characters of one name as a scalar of their own, so that what is said about the name stands on them. */
function nodeOf(node: ScalarNode, { text, span }: NamePart): ScalarNode {
  const written = { start: node.offsetAt(span.start), end: node.offsetAt(span.end) };
  return {
    kind: 'scalar',
    style: 'plain',
    text,
    value: text,
    span: node.origin === undefined ? written : node.span,
    ...(node.origin === undefined ? {} : { origin: written }),
    offsetAt: (index) => node.offsetAt(span.start + index),
  };
}
