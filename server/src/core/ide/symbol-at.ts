import type { Span } from '../base/span.ts';
import type { Checked } from '../check/checked.ts';
import type { NameUse } from '../check/names.ts';
import { sourceNameOf } from '../model/metric-defaults.ts';
import type { AnyDefinition, Metric } from '../model/project.ts';
import type { Path } from '../schema/applicable.ts';
import type { ScalarNode } from '../syntax/yaml/tree.ts';
import { nodeAt, type Step } from '../syntax/yaml/walk.ts';
import { indexAt } from './expression-at.ts';
import { type ExpressionToken, expressionTokens } from './expression-tokens.ts';
import type { IdeContext, IdeFile } from './ide-context.ts';
import { inlineMetricAt } from './parts.ts';
import { pathTokens } from './path-tokens.ts';
import { definitionAt, isOn, type Uses, usesIn } from './uses.ts';

/** What a word of a metrics file names. Names need not exist. */
export type Meaning =
  /** `metric` is also that of an inline metric or a part of a formula, whose name is its path. */
  | { readonly kind: 'metric'; readonly name: string; readonly metric: Metric | undefined }
  | { readonly kind: 'source' | 'segment' | 'target' | 'journey'; readonly name: string }
  | { readonly kind: 'group'; readonly segment: string; readonly group: string }
  | { readonly kind: 'column'; readonly source: string; readonly column: string }
  | { readonly kind: 'link'; readonly source: string; readonly link: string }
  /** Case is ignored: the name is in lower case. */
  | { readonly kind: 'function'; readonly name: string }
  /** `period_start`, `period_end`, `event_time`. */
  | { readonly kind: 'moment'; readonly name: string }
  /** A key of the format, or what is written under it. The path leads to it from the root. */
  | { readonly kind: 'key' | 'value'; readonly path: Path };

/** What stands at an offset, and the characters that name it. */
export type SymbolAt = Meaning & { readonly span: Span };

/**
 * What the word at an offset names: a definition where it is made or named, also inside expressions; a column, link, group or
 * function; else the key or value of the format.
 */
export function symbolAt(context: IdeContext, file: IdeFile, offset: number): SymbolAt | undefined {
  const definition = definitionAt(file.file, offset);
  if (definition === undefined) return writtenAt(context.checked, file, undefined, offset);
  if (isOn(definition.nameNode, offset)) return { ...meaningOf(definition), span: definition.nameNode.span };
  const uses = usesIn(context.checked, file.file, [definition]);
  return (
    inExpression(context.checked, uses, offset) ??
    inPath(context.checked, uses, definition, offset) ??
    inName(context.checked, uses.names, offset) ??
    writtenAt(context.checked, file, definition, offset)
  );
}

function meaningOf(definition: AnyDefinition): Meaning {
  if (definition.definition === 'metric') {
    return { kind: 'metric', name: definition.name, metric: definition };
  }
  return { kind: definition.definition, name: definition.name };
}

function inExpression(checked: Checked, { expressions }: Uses, offset: number): SymbolAt | undefined {
  // Of one that is read on several sources, the first on which the word means something counts.
  for (const use of expressions) {
    const { node } = use.word;
    if (!isOn(node, offset)) continue;
    const found = tokenSymbol(checked, expressionTokens(checked, use), node, offset);
    if (found !== undefined) return found;
  }
  return undefined;
}

function tokenSymbol(
  checked: Checked,
  tokens: readonly ExpressionToken[],
  node: ScalarNode,
  offset: number,
): SymbolAt | undefined {
  const index = indexAt(node, offset);
  const touching = tokens.filter(({ span }) => span.start <= index && index <= span.end);
  for (const { meaning, span } of touching.reverse()) {
    const named = namedBy(checked, meaning);
    if (named !== undefined) {
      return { ...named, span: { start: node.offsetAt(span.start), end: node.offsetAt(span.end) } };
    }
  }
  return undefined;
}

function namedBy({ columns }: Checked, meaning: ExpressionToken['meaning']): Meaning | undefined {
  switch (meaning.kind) {
    case 'column': {
      const known = columns.get(meaning.source);
      return known === undefined || (known.complete && !known.columns.has(meaning.column))
        ? undefined
        : meaning;
    }
    case 'link':
    case 'metric':
    case 'moment':
      return meaning;
    case 'function':
    case 'aggregate':
      return { kind: 'function', name: meaning.name };
    default:
      return undefined;
  }
}

function inPath(
  checked: Checked,
  { paths }: Uses,
  definition: AnyDefinition,
  offset: number,
): SymbolAt | undefined {
  const use = paths.find(({ word }) => isOn(word.node, offset)) ?? viaAt(checked, definition, offset);
  if (use === undefined) return undefined;
  return tokenSymbol(checked, pathTokens(checked, use.word.text, use.source), use.word.node, offset);
}

/** `via` of a metric's `segments`: a chain of links from its source. */
function viaAt(
  { project }: Checked,
  definition: AnyDefinition,
  offset: number,
):
  | { readonly word: { readonly text: string; readonly node: ScalarNode }; readonly source: string }
  | undefined {
  if (definition.definition !== 'metric') return undefined;
  const source = sourceNameOf(project, definition)?.text;
  const via = definition.segments
    .map((use) => use.via)
    .find((word) => word !== undefined && isOn(word.node, offset));
  return source === undefined || via === undefined ? undefined : { word: via, source };
}

function inName({ project }: Checked, names: readonly NameUse[], offset: number): SymbolAt | undefined {
  const use = names.find(({ word }) => isOn(word.node, offset));
  if (use === undefined) return undefined;
  const { word, namespace, length } = use;
  const name = word.text.slice(0, length);
  const [start, middle, end] = [0, length, word.text.length].map((index) => word.node.offsetAt(index));
  if (middle !== undefined && offset > middle) {
    const group = word.text.slice(length + 1);
    return { kind: 'group', segment: name, group, span: { start: middle + 1, end: end ?? middle } };
  }
  const span = { start: start ?? 0, end: middle ?? 0 };
  if (namespace !== 'metric') return { kind: namespace, name, span };
  return { kind: 'metric', name, metric: project.metrics.get(name), span };
}

/** A key that names a part of a definition, else the key or value of the format. */
function writtenAt(
  checked: Checked,
  { tree }: IdeFile,
  definition: AnyDefinition | undefined,
  offset: number,
): SymbolAt | undefined {
  const found = nodeAt(tree, offset);
  const last = found?.path.at(-1);
  if (found === undefined || last === undefined || found.node.kind !== 'scalar') return undefined;
  const { span } = found.node;
  const path = found.path.map(nameOfStep);
  if (!('entry' in last) || last.on === 'value') {
    const isSource = path.length === 2 && path[0] === 'defaults' && path[1] === 'source';
    if (isSource) return { kind: 'source', name: found.node.text, span };
    return { kind: 'value', path, span };
  }
  const inner = innerName(checked, definition, path, last.entry.key);
  return { ...(inner ?? { kind: 'key', path }), span };
}

function nameOfStep(step: Step): string | number {
  return 'entry' in step ? step.entry.key.text : step.index;
}

function innerName(
  checked: Checked,
  definition: AnyDefinition | undefined,
  path: Path,
  key: ScalarNode,
): Meaning | undefined {
  const name = key.text;
  const [, , section, index, given, source] = path;
  switch (definition?.definition) {
    case 'source':
      if (section === 'columns' && path.length === 4)
        return { kind: 'column', source: definition.name, column: name };
      if (section === 'union' && path.length === 5)
        return { kind: 'column', source: definition.name, column: name };
      if (section === 'links' && path.length === 4)
        return { kind: 'link', source: definition.name, link: name };
      return undefined;
    case 'segment':
      if (section !== 'groups' || path.length !== 4) return undefined;
      return { kind: 'group', segment: definition.name, group: name };
    case 'metric': {
      const isCell =
        section === 'examples' && given === 'given' && path.length === 8 && typeof index === 'number';
      if (isCell) return { kind: 'column', source: String(source), column: name };
      const part = path.at(-2) === 'parts' ? inlineMetricAt(checked, definition, key) : undefined;
      return part && { kind: 'metric', name: part.name, metric: part };
    }
    default:
      return undefined;
  }
}
