import type { Place, Span } from '../../base/span.ts';
import type { AnyDefinition, DefinitionKind, Word } from '../../model/project.ts';
import type { ScalarNode } from '../../syntax/yaml/tree.ts';

/** What a name can stand for. `part` is a metric that a formula calls by a name of its own, under `parts`. */
export type NamedKind = DefinitionKind | 'group' | 'column' | 'link' | 'part';

/** Something that has a name. Two with the same kind, owner and name are the same thing. */
export interface Named {
  readonly kind: NamedKind;
  readonly name: string;
  /** The segment of a group, the source of a column or link, the metric of a part. */
  readonly owner: string | undefined;
}

/**
 * A place where something is named or declared: just the characters of the name, in the text where they are written (the
 * anchored text, where they came through an alias).
 */
export interface Occurrence extends Place {
  readonly named: Named;
  readonly declares: boolean;
  /** The definition in which it counts; `undefined` for the source of `defaults:`, which counts in all metrics of its file. */
  readonly definition: AnyDefinition | undefined;
  /** The scalar that holds the name, and where in its text. */
  readonly node: ScalarNode;
  readonly within: Span;
  /** Whether the name stands in an expression, where some names need double quotes (which `within` then includes). */
  readonly expression: boolean;
  /** A source that a metric has from `defaults:`, so that the name stands outside of the definition. */
  readonly inherited: boolean;
}

/** A text that is the same for the same thing only. */
export function keyOf({ kind, owner, name }: Named): string {
  return `${kind}\u0000${owner ?? ''}\u0000${name}`;
}

/** A text that is the same for the same characters of the same file only. */
export function placeKeyOf({ file, span }: Place): string {
  return `${file}\u0000${span.start}\u0000${span.end}`;
}

/** Collects the occurrences of one definition. What is said twice of the same characters counts once. */
export interface Collector {
  readonly definition: AnyDefinition;
  readonly found: Map<string, Occurrence>;
}

/** More than the name itself that is known of an occurrence. */
type More = Partial<Pick<Occurrence, 'declares' | 'expression' | 'inherited'>>;

/** The characters `within` of a word's text as an occurrence. */
export function occurrenceOf(
  where: Pick<Occurrence, 'file' | 'definition'>,
  named: Named,
  { node }: Word,
  within: Span,
  { declares = false, expression = false, inherited = false }: More = {},
): Occurrence {
  const span = { start: node.offsetAt(within.start), end: node.offsetAt(within.end) };
  return { ...where, named, node, within, span, declares, expression, inherited };
}

/** Adds an occurrence. An empty name is none. */
export function add(to: Collector, named: Named, word: Word, within: Span, more: More = {}): void {
  if (named.name === '') return;
  const { definition, found } = to;
  const occurrence = occurrenceOf({ file: definition.file, definition }, named, word, within, more);
  const id = `${keyOf(named)}\u0000${placeKeyOf(occurrence)}`;
  if (!found.has(id)) found.set(id, occurrence);
}

/** Adds the declaration of a name by a key. */
export function declare(to: Collector, kind: NamedKind, owner: string | undefined, node: ScalarNode): void {
  const word = { text: node.text, node };
  add(to, { kind, owner, name: node.text }, word, wholeOf(word), { declares: true });
}

/** All characters of a word. */
export function wholeOf({ text }: Word): Span {
  return { start: 0, end: text.length };
}
