import type { Fix, ProblemKind } from '../base/problem.ts';
import type { Span } from '../base/span.ts';
import type { MapEntry, YamlNode } from '../syntax/yaml/tree.ts';
import { type Applied, type Path, schemasAt } from './applicable.ts';
import { type SchemaKind, type SchemaObject, schemaOf } from './json-schema.ts';

/** One file under validation. */
export interface SchemaContext {
  readonly kind: SchemaKind;
  readonly schema: SchemaObject;
  readonly file: string;
  readonly root: YamlNode;
  /** The plain value of the root, as the validator saw it. */
  readonly plain: unknown;
}

/** Something wrong, before it becomes a problem. */
export interface Finding {
  readonly kind: ProblemKind;
  /** Path of the value or the definition that it speaks of. */
  readonly path: Path;
  /** Where it stands: a key or a value. With `origin` it came through an alias. */
  readonly spot: { readonly span: Span; readonly origin?: Span };
  readonly message: string;
  readonly fix?: Omit<Fix, 'edits'> & { readonly text: string; readonly span?: Span };
}

export function contextOf(kind: SchemaKind, root: YamlNode, plain: unknown, file: string): SchemaContext {
  return { kind, schema: schemaOf(kind), file, root, plain };
}

/** The steps of a JSON pointer, with numbers where the value has a list. */
export function pathOf(context: SchemaContext, pointer: string): Path {
  let value = context.plain;
  return pointer
    .split('/')
    .slice(1)
    .map((escaped) => {
      const text = escaped.replaceAll('~1', '/').replaceAll('~0', '~');
      const step = Array.isArray(value) ? Number(text) : text;
      value = (value as Readonly<Record<string | number, unknown>> | null | undefined)?.[step];
      return step;
    });
}

/** The node at a path; `undefined` where the tree has none. */
export function nodeAt(root: YamlNode, path: Path): YamlNode | undefined {
  return path.reduce<YamlNode | undefined>((node, step) => {
    if (typeof step === 'number') return node?.kind === 'seq' ? node.items[step] : undefined;
    return node?.kind === 'map' ? node.get(step)?.value : undefined;
  }, root);
}

/** The key and value at a path that ends in a key. */
export function entryAt(root: YamlNode, path: Path): MapEntry | undefined {
  const key = path.at(-1);
  const holder = nodeAt(root, path.slice(0, -1));
  return typeof key === 'string' && holder?.kind === 'map' ? holder.get(key) : undefined;
}

/** Where to point for a definition as a whole: its name; in a list, its first key; for the file, its first key. */
export function headOf(root: YamlNode, path: Path): Finding['spot'] {
  const entry = entryAt(root, path);
  if (entry !== undefined) return entry.key;
  const node = nodeAt(root, path) ?? root;
  return node.kind === 'map' ? (node.entries[0]?.key ?? node) : node;
}

/** The schemas that speak of the value at a path. */
export function appliedAt(context: SchemaContext, path: Path): Applied[] {
  return schemasAt(context.schema, context.plain, path);
}

/** How messages call what stands at a path: `` The metric `nps` ``, `` `baseline` ``, `` Item 2 of `between` ``. */
export function subjectOf(path: Path): string {
  const last = path.at(-1);
  if (last === undefined) return 'The file';
  if (typeof last === 'number') return `Item ${last + 1} of ${quoted(lastKey(path))}`;
  const what = path.length === 2 ? SINGULAR.get(String(path[0])) : undefined;
  return what === undefined ? quoted(last) : `The ${what} ${quoted(last)}`;
}

const SINGULAR: ReadonlyMap<string, string> = new Map([
  ['sources', 'source'],
  ['segments', 'segment'],
  ['metrics', 'metric'],
  ['targets', 'target'],
  ['journeys', 'journey'],
]);

function lastKey(path: Path): string {
  return String(path.findLast((step) => typeof step === 'string') ?? 'the file');
}

/** Text of the file inside a message: in backticks, on one line, and not too long. */
export function quoted(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return `\`${line.length > 40 ? `${line.slice(0, 39)}…` : line}\``;
}

/** `a`, `a or b`, `a, b or c`. */
export function listed(words: readonly string[], conjunction: 'and' | 'or'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${conjunction} ${words.at(-1)}`;
}
