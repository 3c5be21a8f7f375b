import type { Metric } from '../model/project.ts';
import type { Expression } from '../syntax/expression/ast.ts';
import { printExpression } from '../syntax/expression/print.ts';
import type { ScalarNode, YamlNode } from '../syntax/yaml/tree.ts';
import { BESIDE_KEYS } from './beside-keys.ts';
import { parsedExpression } from './parsed.ts';

const known = new WeakMap<Metric, string | null>();

/**
 * Equal for two metrics that compute the same numbers by what they say, however they spell it: keys in another order, another white
 * space, quotes or case of words, a list of conditions for `and`, breakdowns or a label of their own. `null` where nothing can be
 * said: of a metric without a type, and of one that is deprecated, which may well stand beside what takes its place.
 */
export function likenessOf(metric: Metric): string | null {
  let likeness = known.get(metric);
  if (likeness === undefined) {
    likeness = isComparable(metric) ? describe(metric) : null;
    known.set(metric, likeness);
  }
  return likeness;
}

function isComparable({ type, reuse, status, deprecated, node }: Metric): boolean {
  return (
    (type !== undefined || reuse !== undefined) &&
    node !== undefined &&
    status !== 'deprecated' &&
    deprecated === undefined
  );
}

function describe(metric: Metric): string {
  const inherited = [metric.source?.text, metric.grain?.text].join(' ');
  return `${inherited} ${metric.node === undefined ? '' : said(metric.node, '')}`;
}

/** What is said about a metric, and does not change what it computes. Source and grain may come from `defaults`. */
const BESIDE: ReadonlySet<string> = new Set([...BESIDE_KEYS, 'status', 'better', 'decimals']);

const INHERITED: ReadonlySet<string> = new Set(['source', 'grain']);

const EXPRESSIONS: ReadonlySet<string> = new Set([
  'where',
  'value',
  'matching',
  'formula',
  'per',
  'ended',
  'duration',
]);

/** The way to a segment decides of which group's rows a target speaks. */
function isBeside(key: string, value: YamlNode): boolean {
  if (key !== 'segments') return BESIDE.has(key);
  return value.kind !== 'seq' || value.items.every(({ kind }) => kind === 'scalar');
}

function said(node: YamlNode, key: string): string {
  if (key === 'where') return conditions(node);
  switch (node.kind) {
    case 'scalar':
      return EXPRESSIONS.has(key) ? expression(node) : node.text;
    case 'seq':
      return `[${node.items.map((item) => said(item, key)).join('; ')}]`;
    case 'map': {
      const isWhole = key === '';
      const entries = node.entries
        .filter(({ key: { text }, value }) => !(isBeside(text, value) || (isWhole && INHERITED.has(text))))
        .map(({ key: { text }, value }) => `${text}: ${said(value, text)}`);
      return `{${entries.sort().join('; ')}}`;
    }
  }
}

/** A list of conditions and one with `and` say the same, in whatever order. */
function conditions(node: YamlNode): string {
  const written = node.kind === 'seq' ? node.items : [node];
  const all = written.flatMap((item) => (item.kind === 'scalar' ? conditionsIn(item) : said(item, '')));
  return [...new Set(all)].sort().join(' and ');
}

/** Of text that cannot be read nothing is known but how it is written. */
function conditionsIn(node: ScalarNode): readonly string[] {
  const { expression, issues } = parsed(node);
  return issues.length > 0 ? [node.text] : conjuncts(expression).map(printExpression);
}

/** The conditions that must all hold for one to hold. */
export function conjuncts(condition: Expression): readonly Expression[] {
  if (condition.kind !== 'binary' || condition.op !== 'and') return [condition];
  return [...conjuncts(condition.left), ...conjuncts(condition.right)];
}

function expression(node: ScalarNode): string {
  const { expression, issues } = parsed(node);
  return issues.length > 0 ? node.text : printExpression(expression);
}

function parsed(node: ScalarNode): ReturnType<typeof parsedExpression> {
  return parsedExpression({ text: node.text, node, role: '' });
}
