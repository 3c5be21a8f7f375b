import type { Span } from '../base/span.ts';
import type { AnyDefinition, Column, Metric, Source } from '../model/project.ts';
import type { MapEntry, MapNode, YamlNode } from '../syntax/yaml/tree.ts';
import type { IdeFile } from './ide-context.ts';
import { extentOf } from './occurrences.ts';

/** What a line of the outline is. */
export type OutlineKind = AnyDefinition['definition'] | 'column' | 'link' | 'group' | 'stage' | 'part';

/** A line of the outline. Spans are in the file's text; `span` holds `nameSpan` and the spans of all children. */
export interface OutlineItem {
  readonly kind: OutlineKind;
  readonly name: string;
  /** A few words: the type of a metric, the condition of a group. */
  readonly detail: string | undefined;
  readonly span: Span;
  readonly nameSpan: Span;
  readonly deprecated: boolean;
  readonly children: readonly OutlineItem[];
}

/** A section of a file (`metrics`) with what stands in it. A document of several files may have it in each. */
export interface OutlineSection {
  readonly name: string;
  readonly nameSpan: Span;
  readonly items: readonly OutlineItem[];
}

/** The outline of a file: its sections in order, their definitions, and the columns, links, groups, parts and stages of these. */
export function outline({ file }: IdeFile): readonly OutlineSection[] {
  const byKey = new Map(file.definitions.map((definition) => [definition.nameNode, definition]));
  return entriesOf(file.root).flatMap(({ key, value }) => {
    const items = entriesOf(value).flatMap((entry) => {
      const definition = byKey.get(entry.key);
      return definition === undefined || entry.key.origin !== undefined ? [] : [itemOf(definition)];
    });
    return items.length === 0 ? [] : [{ name: key.text, nameSpan: key.span, items }];
  });
}

function itemOf(definition: AnyDefinition): OutlineItem {
  return {
    kind: definition.definition,
    name: definition.name,
    detail: detailOf(definition),
    span: extentOf(definition),
    nameSpan: definition.nameNode.span,
    deprecated: definition.definition === 'metric' && definition.status === 'deprecated',
    // What came through an alias stands elsewhere.
    children: definition.node?.origin === undefined ? childrenOf(definition) : [],
  };
}

/** What a definition is about, in a few words. */
export function detailOf(definition: AnyDefinition): string | undefined {
  switch (definition.definition) {
    case 'source':
      return definition.data?.file.text ?? (definition.union === undefined ? undefined : 'union');
    case 'segment':
      return definition.source?.text;
    case 'metric':
      return definition.type;
    case 'target':
      return definition.metric?.text;
    case 'journey':
      return definition.label;
  }
}

function childrenOf(definition: AnyDefinition): readonly OutlineItem[] {
  const { node } = definition;
  switch (definition.definition) {
    case 'source':
      return [
        ...childrenAt(node, 'columns', 'column', (name) => columnDetail(definition.columns.get(name))),
        ...childrenAt(node, 'links', 'link', (name) => linkDetail(definition, name)),
      ];
    case 'segment':
      return definition.form.kind === 'groups'
        ? childrenAt(node, 'groups', 'group', (_, { value }) => textOf(value))
        : [];
    case 'metric':
      return partsOf(definition);
    case 'journey':
      return childrenAt(node, 'stages', 'stage', (name) => definition.stages.get(name)?.label);
    case 'target':
      return [];
  }
}

function partsOf({ node, type }: Metric): readonly OutlineItem[] {
  return type === 'formula' ? childrenAt(node, 'parts', 'part', (_, { value }) => textOf(value)) : [];
}

function columnDetail(column: Column | undefined): string | undefined {
  return column?.value === undefined ? column?.type?.text : column.value.text;
}

function linkDetail({ links }: Source, name: string): string | undefined {
  return links.get(name)?.to?.text;
}

function textOf(node: YamlNode): string | undefined {
  return node.kind === 'scalar' && node.text !== '' ? node.text : undefined;
}

/** The entries under a key, in the order and at the place where they are written. */
function childrenAt(
  node: MapNode | undefined,
  under: string,
  kind: OutlineKind,
  detail: (name: string, entry: MapEntry) => string | undefined,
): readonly OutlineItem[] {
  const entry = node?.get(under);
  if (entry === undefined || entry.key.origin !== undefined || entry.value.origin !== undefined) return [];
  return entriesOf(entry.value)
    .filter(({ key }) => key.origin === undefined && key.text !== '')
    .map((child) => ({
      kind,
      name: child.key.text,
      detail: detail(child.key.text, child),
      span: child.span,
      nameSpan: child.key.span,
      deprecated: false,
      children: [],
    }));
}

function entriesOf(node: YamlNode | undefined): readonly MapEntry[] {
  return node?.kind === 'map' ? node.entries : [];
}
