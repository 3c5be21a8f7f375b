import type { AnyDefinition } from '../model/project.ts';
import type { Expression } from '../syntax/expression/ast.ts';
import { parseExpression } from '../syntax/expression/parse.ts';
import { printExpression } from '../syntax/expression/print.ts';
import { makeScalar } from '../syntax/yaml/nodes.ts';
import type { MapNode, ScalarNode, YamlNode } from '../syntax/yaml/tree.ts';
import { type Change, quoted } from './clause.ts';
import { expressionChanges } from './expression-changes.ts';
import { numbersBeside } from './threshold-steps.ts';

/** A change of a definition, with the part of it that has to be looked at for it to matter. */
export interface DefinitionChange extends Change {
  /** The computed column of a source, or the group of a segment; absent where it matters to all who use the definition. */
  readonly part?: string;
}

/** Every clause of a definition that can be taken away or weakened, in the order of the text; targets and journeys have none. */
export function changesOf(definition: AnyDefinition): readonly DefinitionChange[] {
  const { node } = definition;
  if (node === undefined) return [];
  switch (definition.definition) {
    case 'metric':
      return metricChanges(node);
    case 'segment':
      return segmentChanges(node);
    case 'source':
      return sourceChanges(node);
    default:
      return [];
  }
}

/** Fields without which a metric still means something, if something else. */
const OPTIONAL: ReadonlySet<string> = new Set([
  'time',
  'window',
  'at',
  'at_per',
  'once_per',
  'report',
  'scale',
  'base',
  'within',
  'joined',
  'horizon',
]);

function metricChanges(body: MapNode): readonly Change[] {
  return body.entries.flatMap(({ key, value }) => {
    if (OPTIONAL.has(key.text)) return [omitted(key, value)];
    return value.kind === 'scalar' ? scalarChanges(body, key, value) : nodeChanges(key, value);
  });
}

function scalarChanges(body: MapNode, key: ScalarNode, value: ScalarNode): readonly Change[] {
  switch (key.text) {
    case 'where':
      return conditionChanges(value);
    case 'matching':
      return matchingChanges(value);
    case 'formula':
      return withinExpression(value);
    case 'value':
      return [...countValueChanges(body, key, value), ...withinExpression(value)];
    case 'when':
      return whenChanges(value);
    case 'expansion':
      return swapped('expansion', value, value.text === 'include' ? 'exclude' : 'include');
    case 'p':
      return shareOfRanksChanges(value);
    default:
      return [];
  }
}

function nodeChanges(key: ScalarNode, value: YamlNode): readonly Change[] {
  switch (key.text) {
    case 'where':
      return scalarsIn(value).flatMap(conditionChanges);
    case 'satisfied':
      return satisfiedChanges(value);
    case 'numerator':
    case 'denominator':
      return value.kind === 'map' ? metricChanges(value) : [];
    case 'steps':
      return (value.kind === 'seq' ? value.items : []).flatMap((step) =>
        step.kind === 'map' ? scalarsIn(step.get('where')?.value).flatMap(conditionChanges) : [],
      );
    case 'parts':
      return (value.kind === 'map' ? value.entries : []).flatMap((part) =>
        part.value.kind === 'map' ? metricChanges(part.value) : [],
      );
    default:
      return [];
  }
}

function segmentChanges(body: MapNode): readonly DefinitionChange[] {
  const groups = body.get('groups')?.value;
  if (groups?.kind === 'map') {
    return groups.entries.flatMap(({ key, value }) =>
      value.kind === 'scalar' ? conditionChanges(value).map((change) => ({ ...change, part: key.text })) : [],
    );
  }
  const by = body.get('by')?.value;
  if (by?.kind === 'scalar') return withinExpression(by);
  return scalarsIn(body.get('where')?.value).flatMap(conditionChanges);
}

function sourceChanges(body: MapNode): readonly DefinitionChange[] {
  const changes: DefinitionChange[] = scalarsIn(body.get('where')?.value).flatMap(conditionChanges);
  const onePer = body.get('one_per');
  if (onePer !== undefined) changes.push(omitted(onePer.key, onePer.value));
  const lifespan = body.get('lifespan')?.value;
  const inclusive = lifespan?.kind === 'map' ? lifespan.get('end_inclusive') : undefined;
  if (inclusive?.value.kind === 'scalar' && inclusive.value.text === 'true')
    changes.push(omitted(inclusive.key, inclusive.value));
  const columns = body.get('columns')?.value;
  for (const { key, value } of columns?.kind === 'map' ? columns.entries : []) {
    const computed = value.kind === 'map' ? value.get('value')?.value : undefined;
    if (computed?.kind !== 'scalar') continue;
    changes.push(...withinExpression(computed).map((change) => ({ ...change, part: key.text })));
  }
  return changes;
}

/** A condition that must hold: as a whole, unless it says several things that are left out one by one; and what stands in it. */
function conditionChanges(node: ScalarNode): readonly Change[] {
  const { expression } = parseExpression(node.text);
  const within = withinExpression(node, expression);
  if (expression.kind === 'binary' && expression.op === 'and') return within;
  const span = textSpan(node, 0, node.text.length);
  const words = `the condition ${quoted(node.text)} is left out`;
  return [{ span, words, node, put: scalarOf(node, 'true') }, ...within];
}

/** What is matched; a condition in which nothing can be left out or moved is turned into its opposite. */
function matchingChanges(node: ScalarNode): readonly Change[] {
  const { expression } = parseExpression(node.text);
  const within = withinExpression(node, expression);
  if (within.length > 0) return within;
  const opposite: Expression = { kind: 'unary', span: expression.span, op: 'not', operand: expression };
  const span = textSpan(node, 0, node.text.length);
  const words = `${quoted(node.text)} becomes its opposite`;
  return [{ span, words, node, put: scalarOf(node, printExpression(opposite)) }];
}

function withinExpression(node: ScalarNode, expression?: Expression): readonly Change[] {
  return expressionChanges(expression ?? parseExpression(node.text).expression, node.text).map((change) => ({
    span: textSpan(node, change.span.start, change.span.end),
    words: change.words,
    node,
    put: scalarOf(node, printExpression(change.expression)),
  }));
}

/** A count of rows where something is not null counts all rows without it. Other types are nothing without their value. */
function countValueChanges(body: MapNode, key: ScalarNode, value: ScalarNode): readonly Change[] {
  const type = body.get('type')?.value;
  return type?.kind === 'scalar' && type.text === 'count' ? [omitted(key, value)] : [];
}

/** The rows that are looked at in place of others: all that were alive at some time, or only those that still are. */
function whenChanges(node: ScalarNode): readonly Change[] {
  return swapped('when', node, node.text === 'during' ? 'active' : 'during');
}

/** A word in the place of another. */
function swapped(key: string, node: ScalarNode, other: string): readonly Change[] {
  const words = `${quoted(`${key}: ${node.text}`)} becomes ${quoted(`${key}: ${other}`)}`;
  return [{ span: node.span, words, node, put: scalarOf(node, other) }];
}

/** The `p` of a percentile, one step up and down. */
function shareOfRanksChanges(node: ScalarNode): readonly Change[] {
  const moved = (numbersBeside(node.text) ?? []).filter((text) => Number(text) >= 0 && Number(text) <= 1);
  return moved.map((text) => ({
    span: node.span,
    words: `${quoted(`p: ${node.text}`)} becomes ${quoted(`p: ${text}`)}`,
    node,
    put: scalarOf(node, text, Number(text)),
  }));
}

/** Each score that counts as satisfied stops to, and the one below them begins to. */
function satisfiedChanges(node: YamlNode): readonly Change[] {
  if (node.kind !== 'seq') return [];
  const scores = scalarsIn(node);
  const [one] = scores;
  const fewer = scores.map((score) => ({
    span: score.span,
    words: `${quoted(score.text)} is left out of \`satisfied\``,
    node,
    put: { ...node, items: node.items.filter((item) => item !== score) },
  }));
  const below = Math.min(...scores.map(({ text }) => Number(text))) - 1;
  if (one === undefined || !Number.isInteger(below)) return fewer;
  const more = { ...node, items: [...node.items, scalarOf(one, String(below), below)] };
  return [...fewer, { span: node.span, words: `\`${below}\` is added to \`satisfied\``, node, put: more }];
}

function omitted(key: ScalarNode, value: YamlNode): Change {
  const text = value.kind === 'scalar' ? `${key.text}: ${value.text}` : key.text;
  const span = { start: key.span.start, end: value.span.end };
  return { span, words: `${quoted(text)} is left out`, node: value, put: undefined };
}

/** A scalar, or the scalars of a list. */
function scalarsIn(node: YamlNode | undefined): readonly ScalarNode[] {
  if (node === undefined || node.kind === 'map') return [];
  return node.kind === 'scalar' ? [node] : node.items.filter((item) => item.kind === 'scalar');
}

function textSpan(node: ScalarNode, start: number, end: number): Change['span'] {
  return { start: node.offsetAt(start), end: end > start ? node.offsetAt(end - 1) + 1 : node.offsetAt(end) };
}

/** Another text in the place of a scalar. */
function scalarOf(node: ScalarNode, text: string, value: ScalarNode['value'] = text): ScalarNode {
  const { span, style } = node;
  return makeScalar({ span, text, value, style }, () => span.start);
}
