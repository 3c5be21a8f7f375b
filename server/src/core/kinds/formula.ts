import type { ExpressionWord, MetricReference, Word } from '../model/project.ts';
import { Refusal } from '../plan/refusal.ts';
import type { NamePart } from '../syntax/expression/ast.ts';
import { callsAggregate, writtenNames } from '../syntax/expression/names.ts';
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

const NOT_METRICS: ReadonlySet<string> = new Set(['period_start', 'period_end', 'event_time']);

/** Arithmetic on metric names, `previous(m)` and `previous(m, '1 year')`; with a source also on aggregates of its columns. */
export const formula = defineKind<FormulaSpec>({
  type: 'formula',
  read(fields) {
    const word = fields.expression('formula');
    const parts = fields.parts('parts');
    const parsed = word === undefined ? undefined : parseExpression(word.text);
    // Of a formula that cannot be read, no name is believed.
    const expression = parsed === undefined || parsed.issues.length > 0 ? undefined : parsed.expression;
    const names = new Map<string, Word>();
    for (const { parts: written, insideAggregate } of expression === undefined
      ? []
      : writtenNames(expression)) {
      const [part] = written;
      if (word === undefined || part === undefined || written.length > 1 || insideAggregate) continue;
      if (part.text === '' || parts.has(part.text) || NOT_METRICS.has(part.text)) continue;
      if (!names.has(part.text)) names.set(part.text, { text: part.text, node: nodeOf(word.node, part) });
    }
    const aggregates = expression !== undefined && callsAggregate(expression);
    return { formula: word, parts, names: [...names.values()], aggregates };
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
  additive: false,
  plan({ formula: word, parts }) {
    if (word === undefined) throw new Refusal('It has no `formula`.');
    return { formula: word, named: parts };
  },
  describe: ({ formula: word }) => word?.text ?? 'a formula',
});

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
