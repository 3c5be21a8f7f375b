import type { MapNode, ScalarNode, YamlNode } from '../syntax/yaml/tree.ts';
import type { ExpressionWord, Listed, Word } from './project.ts';

/**
 * Small readers of YAML nodes. Each returns `undefined` (or an empty list) for what is absent or of another
 * shape: the JSON Schema reports that at the node, and the rest of the definition stays readable.
 */

/** The value of a key, where `node` is a map that has it. Of duplicate keys the first counts. */
export function valueAt(node: YamlNode | undefined, key: string): YamlNode | undefined {
  return node?.kind === 'map' ? node.get(key)?.value : undefined;
}

/** The node as a map. */
export function mapOf(node: YamlNode | undefined): MapNode | undefined {
  return node?.kind === 'map' ? node : undefined;
}

/** The map under a key. */
export function mapAt(node: YamlNode | undefined, key: string): MapNode | undefined {
  return mapOf(valueAt(node, key));
}

/** Whether a scalar says nothing: a key with no value yet, or a bare `null` or `~`. */
export function isAbsent(node: ScalarNode): boolean {
  return node.style === 'missing' || (node.style === 'plain' && node.value === null);
}

/** A scalar that says something, as written. */
export function wordOf(node: YamlNode | undefined): Word | undefined {
  if (node?.kind !== 'scalar' || isAbsent(node)) return undefined;
  return { text: node.text, node };
}

/** Any scalar that is written, the word `null` included. */
export function writtenOf(node: YamlNode | undefined): Word | undefined {
  return node?.kind === 'scalar' && node.style !== 'missing' ? { text: node.text, node } : undefined;
}

/** The word under a key. */
export function wordAt(node: YamlNode | undefined, key: string): Word | undefined {
  return wordOf(valueAt(node, key));
}

/** The text under a key, for prose: without the line break that ends a block scalar. */
export function textAt(node: YamlNode | undefined, key: string): string | undefined {
  return wordAt(node, key)?.text.trimEnd();
}

/** Whether a key holds `true`. */
export function flagAt(node: YamlNode | undefined, key: string): boolean {
  return wordAt(node, key)?.text === 'true';
}

/** The whole number of at least `least` under a key. */
export function countAt(node: YamlNode | undefined, key: string, least: number): number | undefined {
  const text = wordAt(node, key)?.text ?? '';
  return /^\d{1,9}$/.test(text) && Number(text) >= least ? Number(text) : undefined;
}

/** The word under a key where it is one of `allowed`. */
export function choiceAt<Choice extends string>(
  node: YamlNode | undefined,
  key: string,
  allowed: readonly Choice[],
): Choice | undefined {
  const text = wordAt(node, key)?.text;
  return allowed.find((choice) => choice === text);
}

/**
 * An expression in a scalar's own text, so that spans in it lead back to the file. The word `null` is an
 * expression too; a missing value is none.
 */
export function expressionOf(node: YamlNode | undefined, role: string): ExpressionWord | undefined {
  const word = writtenOf(node);
  return word && { ...word, role };
}

/** The expression under a key, which is also its role. */
export function expressionAt(node: YamlNode | undefined, key: string): ExpressionWord | undefined {
  return expressionOf(valueAt(node, key), key);
}

/** One or a list of expressions under a key, such as `where`; empty where there is none. */
export function expressionsAt(node: YamlNode | undefined, key: string): readonly ExpressionWord[] {
  return listedAt(node, key, (item) => expressionOf(item, key))?.items ?? [];
}

/**
 * Reads a list item by item, or one scalar or map as a list of one; items that cannot be read are left out.
 * `undefined` where nothing is written.
 */
export function listedOf<T>(
  node: YamlNode | undefined,
  read: (item: YamlNode) => T | undefined,
): Listed<T> | undefined {
  if (node === undefined) return undefined;
  if (node.kind === 'seq') return { items: node.items.flatMap((item) => read(item) ?? []), node };
  const item = read(node);
  return item === undefined ? undefined : { items: [item], node };
}

/** `listedOf` for the value of a key. */
export function listedAt<T>(
  node: YamlNode | undefined,
  key: string,
  read: (item: YamlNode) => T | undefined,
): Listed<T> | undefined {
  return listedOf(valueAt(node, key), read);
}

/** One or a list of words under a key; empty where there is none. */
export function wordsAt(node: YamlNode | undefined, key: string): readonly Word[] {
  return listedAt(node, key, wordOf)?.items ?? [];
}

/**
 * The entries of a map read by name, in file order. Of duplicate keys the first that can be read counts.
 * Empty where `node` is no map.
 */
export function namedEntries<T>(
  node: YamlNode | undefined,
  read: (key: ScalarNode, value: YamlNode) => T | undefined,
): ReadonlyMap<string, T> {
  const named = new Map<string, T>();
  for (const { key, value } of mapOf(node)?.entries ?? []) {
    if (named.has(key.text)) continue;
    const item = read(key, value);
    if (item !== undefined) named.set(key.text, item);
  }
  return named;
}
