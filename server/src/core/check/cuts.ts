import type { Fix } from '../base/problem.ts';
import type { Span } from '../base/span.ts';
import type { Definition, ExpressionWord, Metric, MetricsFile, Project } from '../model/project.ts';
import { parseExpression } from '../syntax/expression/parse.ts';
import type { MapNode, ScalarNode, SeqNode, YamlNode } from '../syntax/yaml/tree.ts';
import type { Spot } from './report.ts';

/** An expression that YAML ended early, at a comma of a flow collection or at a ` #`. */
export interface Cut {
  readonly spot: Spot;
  readonly by: 'comma' | 'comment';
  readonly fixes: readonly Fix[];
  /** The named definition in which it stands: nothing else in it can be believed. */
  readonly definition: Definition;
}

/** Finds the cut expressions of a project among the words that are read as expressions. */
export function findCuts(
  project: Project,
  uses: readonly { readonly word: ExpressionWord; readonly definition: Definition }[],
): readonly Cut[] {
  const definitions = new Map<YamlNode, Definition>();
  const byFile = new Map<string, Set<ScalarNode>>();
  for (const { word, definition } of uses) {
    const { node } = word;
    if (node.style !== 'plain' || node.origin !== undefined) continue;
    const whole = outermost(definition);
    definitions.set(node, whole);
    const inFile = byFile.get(whole.file);
    if (inFile === undefined) byFile.set(whole.file, new Set([node]));
    else inFile.add(node);
  }
  return project.files.flatMap((file) => {
    const cuts: Cut[] = [];
    const found = (node: ScalarNode, by: Cut['by'], whole: Span | undefined): void => {
      const definition = definitions.get(node);
      if (definition === undefined) return;
      cuts.push({ spot: { file: file.path, span: node.span }, by, fixes: quoteFix(file, whole), definition });
    };
    const isExpression = (node: YamlNode): node is ScalarNode => definitions.has(node);
    findComments(file, byFile.get(file.path) ?? [], found);
    for (const definition of file.definitions) {
      if (definition.node !== undefined) findCommas(file, definition.node, isExpression, found);
    }
    return cuts;
  });
}

type Found = (node: ScalarNode, by: Cut['by'], whole: Span | undefined) => void;

function outermost(definition: Definition): Definition {
  const parent = definition.definition === 'metric' ? (definition as Metric).parent : undefined;
  return parent === undefined ? definition : outermost(parent);
}

/** What stood behind the comma became further entries of the collection. */
function findCommas(
  file: MetricsFile,
  node: YamlNode,
  isExpression: (node: YamlNode) => node is ScalarNode,
  found: Found,
): void {
  if (node.kind === 'scalar' || node.origin !== undefined) return;
  const children = node.kind === 'seq' ? node.items : node.entries.map(({ value }) => value);
  children.forEach((child, index) => {
    if (node.flow && isExpression(child) && index + 1 < children.length && breaksOff(child.text)) {
      const whole = joined(file, child.span.start, restOf(node, index + 1));
      if (whole !== undefined) found(child, 'comma', whole);
      else if (hasOpenEnd(child.text)) found(child, 'comma', undefined);
    } else findCommas(file, child, isExpression, found);
  });
}

/** Where each of the entries from `from` on ends. */
function restOf(node: MapNode | SeqNode, from: number): readonly number[] {
  return node.kind === 'seq'
    ? node.items.slice(from).map(({ span }) => span.end)
    : node.entries.slice(from).map(({ key, value }) => Math.max(key.span.end, value.span.end));
}

/** The shortest text from `start` to one of `ends` that can be read as an expression. */
function joined(file: MetricsFile, start: number, ends: readonly number[]): Span | undefined {
  // An expression with more than a few commas is rare, and a hostile file could make this quadratic.
  for (const end of ends.slice(0, 12)) {
    if (!breaksOff(file.text.slice(start, end))) return { start, end };
  }
  return undefined;
}

/** A comment that begins right behind an expression on its line, where the expression needs what was cut off. */
function findComments(file: MetricsFile, expressions: Iterable<ScalarNode>, found: Found): void {
  if (file.comments.length === 0) return;
  const ends = new Map<number, ScalarNode>();
  for (const node of expressions) ends.set(node.span.end, node);
  for (const { span } of file.comments) {
    let end = span.start;
    while (end > 0 && ' \t'.includes(file.text.charAt(end - 1))) end--;
    const node = ends.get(end);
    if (node === undefined || end === span.start || !breaksOff(node.text)) continue;
    const whole = { start: node.span.start, end: span.end };
    const fits = !breaksOff(file.text.slice(whole.start, whole.end));
    if (fits || hasOpenQuote(node.text)) found(node, 'comment', fits ? whole : undefined);
  }
}

/** Whether a text cannot be read as an expression as it stands. */
function breaksOff(text: string): boolean {
  return parseExpression(text).issues.some(({ issue }) => issue === 'syntax');
}

function hasOpenQuote(text: string): boolean {
  return (text.split("'").length - 1) % 2 === 1;
}

/** Whether a text opens a quote or bracket that it does not close. */
function hasOpenEnd(text: string): boolean {
  if (hasOpenQuote(text)) return true;
  const bare = text.replace(/'[^']*'/g, '');
  return bare.split('(').length > bare.split(')').length;
}

function quoteFix(file: MetricsFile, span: Span | undefined): readonly Fix[] {
  if (span === undefined) return [];
  const text = file.text.slice(span.start, span.end).trimEnd();
  if (text.includes('\n')) return [];
  const quoted = /["\\]/.test(text) ? `'${text.replaceAll("'", "''")}'` : `"${text}"`;
  return [
    {
      title: 'Quote the expression',
      sure: true,
      edits: [{ file: file.path, span: { start: span.start, end: span.start + text.length }, text: quoted }],
    },
  ];
}
