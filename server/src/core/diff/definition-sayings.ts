import { metricBook } from '../check/metrics.ts';
import { nameUses } from '../check/names.ts';
import { parsedExpression } from '../check/parsed.ts';
import { sourceOf } from '../model/metric-defaults.ts';
import { betterOf, decimalsOf, unitOf } from '../model/metric-unit.ts';
import type { AnyDefinition, DefinitionKind, Metric, Source } from '../model/project.ts';
import { parseExpression } from '../syntax/expression/parse.ts';
import type { ScalarNode } from '../syntax/yaml/tree.ts';
import { expressionMeaning } from './expression-meaning.ts';
import { plainNames } from './expression-names.ts';
import type { Renames } from './renames.ts';
import { addSaying, addSayings, type Saying, type Sayings, type Spelling } from './sayings.ts';
import type { DiffSide } from './side.ts';

/**
 * What a definition says, by meaning: defaults stand in for what is not written, so that writing one out is no change, and names of
 * definitions are those after renames.
 */
export type SayingsOf = (definition: AnyDefinition) => ReadonlyMap<string, Saying>;

/** Reads the sayings of one version's definitions. */
export function sayingsIn(side: DiffSide, renames: Renames): SayingsOf {
  const spelling = spellingIn(side, renames);
  return (definition) => {
    const said: Sayings = new Map();
    const { node } = definition;
    if (node === undefined) return said;
    const own = definition.definition;
    if (own === 'metric') addMetric(said, side, definition, spelling);
    if (own === 'source') addSource(said, side, definition);
    const links = own === 'source' ? new Set(said.keys()) : undefined;
    addSayings(said, node, [], spelling);
    for (const [key, { path, text }] of said) {
      const isPair = path[0] === 'links' && path[2] === 'using' && links?.has(key) === false;
      if (isPair || (path.at(-1) === 'required' && text === 'false')) said.delete(key);
    }
    for (const [key, meaning] of DEFAULTS[own] ?? []) {
      addSaying(said, { path: [key], meaning, text: meaning, span: definition.nameNode.span });
    }
    return said;
  };
}

/** What is meant where nothing is written. */
const DEFAULTS: Partial<Record<DefinitionKind, readonly (readonly [string, string])[]>> = {
  source: [
    ['coverage', 'sample'],
    ['version', '1'],
  ],
  segment: [['version', '1']],
  metric: [
    ['status', 'active'],
    ['version', '1'],
  ],
  target: [['tolerance', '0']],
};

/** What the types of metrics take for granted, beyond what their kinds say of unit and direction. */
const OF_TYPES: ReadonlyMap<string, readonly (readonly [string, string])[]> = new Map([
  ['csat', [['scale', '["1","5"]']]],
  [
    'ces',
    [
      ['scale', '["1","7"]'],
      ['report', 'average'],
    ],
  ],
  ['tenure', [['report', 'median']]],
  ['churn', [['base', 'opening']]],
]);

function addMetric(into: Sayings, side: DiffSide, metric: Metric, spelling: Spelling): void {
  const { project, kinds } = side.checked;
  const { node, nameNode } = metric;
  const nowhere = nameNode.span;
  const at = (key: string): Saying['span'] => node?.get(key)?.value.span ?? nowhere;
  const say = (key: string, meaning: string, text: string, inherited?: true): void =>
    addSaying(into, { path: [key], meaning, text, span: at(key), ...(inherited && { inherited }) });
  const { source, grain, time, owner, tags } = metric;
  if (source !== undefined) say('source', spelling.word(source.node), source.text);
  if (grain !== undefined) say('grain', grain.text, grain.text);
  else say('grain', project.settings.grain, project.settings.grain, true);
  const ofSource = sourceOf(project, metric)?.time;
  if (time !== undefined) say('time', time.text, time.text);
  else if (ofSource !== undefined) say('time', ofSource.text, ofSource.text, true);
  if (owner !== undefined) say('owner', owner, owner);
  for (const tag of tags) addSaying(into, { path: ['tags', tag], meaning: '', text: tag, span: at('tags') });
  for (const [key, text] of [
    ['unit', unitOf(project, kinds, metric)],
    ['better', betterOf(project, kinds, metric)],
  ] as const)
    say(key, text, text);
  const decimals = String(decimalsOf(project, kinds, metric));
  say('decimals', decimals, decimals, metric.decimals === undefined ? true : undefined);
  for (const [key, meaning] of OF_TYPES.get(metric.type ?? '') ?? []) {
    if (node?.get(key) === undefined) say(key, meaning, meaning.replace(/["[\]]/g, '').replace(',', ', '));
  }
  for (const score of satisfiedScores(metric))
    addSaying(into, { path: ['satisfied', score], meaning: '', text: score, span: at('satisfied') });
}

/** The scores that a satisfaction score takes for satisfied, those that it names and those that its scale implies. */
function satisfiedScores({ type, spec }: Metric): readonly string[] {
  const isKnown = type === 'csat' && typeof spec === 'object' && spec !== null && 'satisfied' in spec;
  return isKnown && Array.isArray(spec.satisfied) ? spec.satisfied.map(String) : [];
}

function addSource(into: Sayings, side: DiffSide, source: Source): void {
  const { project } = side.checked;
  const { data, timezone, lifespan, links, nameNode } = source;
  if (data !== undefined) {
    const { file } = data;
    addSaying(into, { path: ['data', 'file'], meaning: file.text, text: file.text, span: file.node.span });
    // The short form and the long one say the same.
    addSaying(into, { path: ['data'], meaning: '', text: '', span: data.node.span });
  }
  const zone = project.settings.timezone;
  const span = nameNode.span;
  if (timezone === undefined)
    addSaying(into, { path: ['timezone'], meaning: zone, text: zone, span, inherited: true });
  if (lifespan !== undefined && !lifespan.endInclusive)
    addSaying(into, {
      path: ['lifespan', 'end_inclusive'],
      meaning: 'false',
      text: 'false',
      span: lifespan.node.span,
    });
  for (const link of links.values()) {
    const { name, to, using } = link;
    const key = project.sources.get(to?.text ?? '')?.key?.items ?? [];
    using.forEach(({ mine, theirs }, index) => {
      const own = theirs === undefined || theirs.text === key[index]?.text;
      const text = own ? mine.text : `${mine.text}: ${theirs.text}`;
      const path = ['links', name, 'using', mine.text];
      addSaying(into, { path, meaning: own ? '' : theirs.text, text, span: mine.node.span });
    });
  }
}

function spellingIn({ checked }: DiffSide, renames: Renames): Spelling {
  const { project, kinds } = checked;
  const uses = new Map<ScalarNode, { readonly kind: DefinitionKind; readonly length: number }>();
  const { all } = metricBook(project, kinds);
  for (const { word, namespace, length } of nameUses(project, all))
    uses.set(word.node, { kind: namespace, length });
  // The name of a stacked source is in its data, as `source_name`.
  for (const { union } of project.sources.values()) {
    for (const { source } of union?.items ?? []) uses.delete(source.node);
  }
  return {
    word(node) {
      const use = uses.get(node);
      if (use === undefined) return node.text;
      const renamed = renames.of(use.kind, node.text.slice(0, use.length));
      return renamed === undefined ? node.text : `${renamed}${node.text.slice(use.length)}`;
    },
    expression(node, key) {
      const { expression, issues } = parsedExpression({ text: node.text, node, role: key });
      if (issues.length > 0) return node.text;
      if (key !== 'formula') return expressionMeaning(node.text, expression);
      const named = withMetricNames(node.text, expression, renames);
      return expressionMeaning(named, parseExpression(named).expression);
    },
  };
}

/** The text of a formula with the names of metrics as they are now. */
function withMetricNames(
  text: string,
  expression: Parameters<typeof plainNames>[0],
  renames: Renames,
): string {
  return plainNames(expression).reduceRight((result, { span, parts }) => {
    const renamed = renames.of('metric', parts[0]?.text ?? '');
    return renamed === undefined
      ? result
      : `${result.slice(0, span.start)}${renamed}${result.slice(span.end)}`;
  }, text);
}
