import type { ExpressionWord, Metric, MetricReference } from '../model/project.ts';
import { writtenNames } from '../syntax/expression/names.ts';
import { printExpression } from '../syntax/expression/print.ts';
import type { YamlNode } from '../syntax/yaml/tree.ts';
import { conjuncts } from './likeness.ts';
import { parsedExpression } from './parsed.ts';
import type { RuleContext } from './report.ts';

/** A part of a ratio or formula, filtered reuses followed to the metric that they filter. */
export interface Whole {
  readonly metric: Metric;
  /** The name of the source whose rows it reads. */
  readonly source: string;
  /** Everything that its rows must meet, of itself and of the reuses that lead to it. */
  readonly where: readonly ExpressionWord[];
  /** Whose conditions they are, one each. */
  readonly of: readonly Metric[];
}

/** Follows a metric to the one that reads rows; `undefined` where it is made of others, or reuses lead in a circle. */
export function wholeOf(
  { project, book }: Pick<RuleContext, 'project' | 'book'>,
  metric: Metric,
): Whole | undefined {
  const where: ExpressionWord[] = [];
  const of: Metric[] = [];
  const seen = new Set<Metric>();
  let next: Metric | undefined = metric;
  while (next !== undefined && !seen.has(next)) {
    seen.add(next);
    for (const word of next.where) {
      where.push(word);
      of.push(next);
    }
    if (next.reuse === undefined) break;
    next = project.metrics.get(next.reuse.text);
  }
  if (next?.type === undefined || next.reuse !== undefined) return undefined;
  const found: Metric = next;
  const side = book.sides(found).find((each) => each.metric === found);
  return side === undefined ? undefined : { metric: found, source: side.source, where, of };
}

/** The metrics that a formula or ratio names, or holds inline, by the names that it has for them. */
export function partsByName(
  { book }: Pick<RuleContext, 'book'>,
  metric: Metric,
): ReadonlyMap<string, Metric> {
  const parts = new Map<string, Metric>();
  for (const reference of book.references(metric)) {
    const part = book.target(reference);
    if (part !== undefined && !parts.has(nameOf(reference))) parts.set(nameOf(reference), part);
  }
  return parts;
}

function nameOf(reference: MetricReference): string {
  return reference.kind === 'name' ? reference.word.text : reference.metric.nameNode.text;
}

/** Whether two metrics take the same measure of rows of one source, whichever rows these are. */
export function isSameMeasure(one: Whole, other: Whole): boolean {
  return one.source === other.source && measureOf(one.metric) === measureOf(other.metric);
}

/** What is measured, and of which times. */
function measureOf(metric: Metric): string {
  const written = MEASURES.map((key) => [key, textOf(metric.node?.get(key)?.value)]);
  return JSON.stringify([metric.type, ...written]);
}

const MEASURES = [
  'value',
  'matching',
  'scale',
  'satisfied',
  'report',
  'per',
  'once_per',
  'time',
  'when',
  'window',
  'at',
  'at_per',
] as const;

function textOf(node: YamlNode | undefined): string {
  if (node === undefined) return '';
  if (node.kind === 'scalar') return node.text.replace(/\s+/g, ' ').trim();
  return node.kind === 'seq'
    ? `[${node.items.map(textOf).join(',')}]`
    : `{${node.entries.map(({ key, value }) => `${key.text}:${textOf(value)}`).join(',')}}`;
}

/** One condition that rows must meet. */
export interface Condition {
  /** In its canonical spelling, so that equal ones are equal texts. */
  readonly text: string;
  /** The names in it, as they are written. */
  readonly names: readonly string[];
  readonly word: ExpressionWord;
  readonly of: Metric;
  readonly span: { readonly start: number; readonly end: number };
}

/** All conditions of a part, those joined by `and` one by one. */
export function conditionsOf({ where, of }: Whole): readonly Condition[] {
  return where.flatMap((word, index) => {
    const owner = of[index];
    if (owner === undefined) return [];
    return conjuncts(parsedExpression(word).expression).map((part) => ({
      text: printExpression(part),
      names: writtenNames(part).map(({ parts }) => parts.map(({ text }) => text).join('.')),
      word,
      of: owner,
      span: part.span,
    }));
  });
}
