import type { Checked } from '../../check/checked.ts';
import { type ExpressionUse, expressionUses } from '../../check/expressions.ts';
import { type MetricBook, type MetricUse, metricBook, ownSourceWord } from '../../check/metrics.ts';
import { type NameUse, nameUses } from '../../check/names.ts';
import { parsedExpression } from '../../check/parsed.ts';
import { pathUses } from '../../check/paths.ts';
import { isMoment } from '../../check/scopes.ts';
import type { AnyDefinition, Metric, Project, Word } from '../../model/project.ts';
import type { NamePart } from '../../syntax/expression/ast.ts';
import { writtenNames } from '../../syntax/expression/names.ts';
import type { YamlNode } from '../../syntax/yaml/tree.ts';
import { addLinks, addPath, addPathWord, mayHaveColumn } from './along-path.ts';
import { addMemberNames, isMemberGroup } from './member-names.ts';
import { add, type Collector, declare, type Occurrence, wholeOf } from './occurrence.ts';

/**
 * Every place in a definition where something is declared or named, and of a source that a metric has from `defaults:` the
 * place there. What the names mean is what the checks say they mean; nothing but this definition and what it is made of is
 * looked at.
 */
export function occurrencesIn(checked: Checked, definition: AnyDefinition): readonly Occurrence[] {
  const to: Collector = { definition, found: new Map() };
  const { view, book } = readAlone(checked, definition);
  addDeclarations(to, book);
  for (const use of expressionUses(book, view)) addExpression(to, checked, use);
  for (const { word, source, names } of pathUses(view, book)) {
    if (names === 'link') addLinks(to, checked, word, source);
    else addPathWord(to, checked, word, source);
  }
  for (const use of book.all) {
    addVias(to, checked, use);
    addGivenColumns(to, checked, use.metric);
  }
  addNames(to, checked, nameUses(view, book.all));
  return [...to.found.values()];
}

/** A definition read as if it stood alone in its project: what it uses of others is known, and no other is gone through. */
export function readAlone(
  { project, kinds }: Checked,
  definition: AnyDefinition,
): { readonly view: Project; readonly book: MetricBook } {
  const file = {
    path: definition.file,
    text: '',
    root: undefined,
    comments: [],
    version: undefined,
    definitions: [definition],
  };
  const view = { ...project, files: [file] };
  return { view, book: metricBook(view, kinds) };
}

function addDeclarations(to: Collector, book: MetricBook): void {
  const { definition } = to;
  declare(to, definition.definition, undefined, definition.nameNode);
  if (definition.definition === 'source') {
    const { columns, links, union, name } = definition;
    for (const { nameNode } of columns.values()) declare(to, 'column', name, nameNode);
    for (const { nameNode } of links.values()) declare(to, 'link', name, nameNode);
    for (const member of entriesOf(union?.node)) {
      for (const { key } of entriesOf(member.value)) declare(to, 'column', name, key);
    }
  }
  if (definition.definition === 'segment' && definition.form.kind === 'groups') {
    for (const { nameNode } of definition.form.groups.values())
      declare(to, 'group', definition.name, nameNode);
  }
  for (const { metric } of book.all) {
    for (const { key } of partsOf(metric)) declare(to, 'part', metric.name, key);
  }
}

/** The entries of `parts:`, by which a formula names metrics of its own. */
function partsOf(metric: Metric): ReturnType<typeof entriesOf> {
  return metric.type === 'formula' ? entriesOf(metric.node?.get('parts')?.value) : [];
}

function entriesOf(node: YamlNode | undefined): Extract<YamlNode, { kind: 'map' }>['entries'] {
  return node?.kind === 'map' ? node.entries : [];
}

function addExpression(to: Collector, checked: Checked, use: ExpressionUse): void {
  const { word, source, mode, metric, path } = use;
  const known = checked.project.sources.has(source);
  if (path) {
    if (known) addPathWord(to, checked, word, source);
    return;
  }
  const { expression } = parsedExpression(word);
  if (known) addMemberNames(to, checked, word, expression, source);
  for (const { parts, insideAggregate } of writtenNames(expression)) {
    const [first] = parts;
    if (first === undefined || (parts.length === 1 && isMoment(first.text))) continue;
    if (mode !== 'formula' || insideAggregate) {
      if (known) addRowName(to, checked, word, parts, source);
    } else if (parts.length === 1) addMetricName(to, word, first, metric);
  }
}

/** A column or a path through links. */
function addRowName(
  to: Collector,
  checked: Checked,
  word: Word,
  parts: readonly NamePart[],
  source: string,
): void {
  const steps = parts.map(({ text, span }) => ({ text, within: span }));
  addPath(to, checked, word, { links: steps.slice(0, -1), column: steps.at(-1) }, source, true);
}

/** A name in a formula outside of aggregates: one of the formula's own parts, or a metric. */
function addMetricName(
  to: Collector,
  word: Word,
  { text, span }: NamePart,
  metric: Metric | undefined,
): void {
  const isPart = metric !== undefined && partsOf(metric).some(({ key }) => key.text === text);
  const named = isPart
    ? ({ kind: 'part', owner: metric.name, name: text } as const)
    : ({ kind: 'metric', owner: undefined, name: text } as const);
  add(to, named, word, span, { expression: true });
}

/** `via` is a chain of links from every source that the metric's values come from. */
function addVias(to: Collector, checked: Checked, { metric, kind, sides }: MetricUse): void {
  const own = ownSourceWord(metric, kind)?.text;
  const sources = new Set(
    sides.length > 0 ? sides.map(({ source }) => source) : own === undefined ? [] : [own],
  );
  for (const { via } of metric.segments) {
    for (const source of via === undefined ? [] : sources) {
      if (via !== undefined) addLinks(to, checked, via, source);
    }
  }
}

/** The keys of the rows that examples write out. */
function addGivenColumns(to: Collector, checked: Checked, metric: Metric): void {
  for (const { given } of metric.examples) {
    for (const { source, rows } of given?.values() ?? []) {
      for (const { key } of rows.flatMap(({ node }) => entriesOf(node))) {
        if (!mayHaveColumn(checked, source.text, key.text)) continue;
        const word = { text: key.text, node: key };
        add(to, { kind: 'column', owner: source.text, name: key.text }, word, wholeOf(word));
      }
    }
  }
}

/** Names of definitions, and groups behind those of segments. */
function addNames(to: Collector, checked: Checked, uses: Iterable<NameUse>): void {
  for (const { word, namespace, length } of uses) {
    const name = word.text.slice(0, length);
    const inherited = isInherited(to.definition, word);
    add(to, { kind: namespace, owner: undefined, name }, word, { start: 0, end: length }, { inherited });
    if (namespace !== 'segment' || length === word.text.length) continue;
    const within = { start: length + 1, end: word.text.length };
    const group = word.text.slice(within.start);
    const isMember = isMemberGroup(checked, checked.project.segments.get(name), group);
    const named = isMember
      ? ({ kind: 'source', owner: undefined, name: group } as const)
      : ({ kind: 'group', owner: name, name: group } as const);
    add(to, named, word, within);
  }
}

/** Whether a metric has its source from `defaults:`. */
function isInherited(definition: AnyDefinition, word: Word): boolean {
  if (definition.definition !== 'metric' || definition.source !== word) return false;
  return definition.node?.get('source')?.value !== word.node;
}
