import type { Span } from '../../base/span.ts';

/** A value as YAML 1.2's core schema reads a scalar. */
export type ScalarValue = string | number | bigint | boolean | null;

interface NodeBase {
  /**
   * Where the node stands. For a node that came through an alias or a merge key this is the span of the alias
   * (its use), and `origin` is the span of the anchored text.
   */
  readonly span: Span;
  readonly origin?: Span;
}

export interface ScalarNode extends NodeBase {
  readonly kind: 'scalar';
  /** The text of the scalar after unquoting and unfolding, whatever its type (`00004` stays `00004`). Empty for a missing value. */
  readonly text: string;
  /** The value by the core schema: what a JSON Schema validator sees. */
  readonly value: ScalarValue;
  readonly style: 'plain' | 'single' | 'double' | 'literal' | 'folded' | 'missing';
  /**
   * The offset in the file of character `index` of `text` (`index` may be `text.length`: just behind the last
   * one), exact through quotes, escapes, folding and indentation. Of an aliased node: in the anchored text.
   */
  offsetAt(index: number): number;
}

export interface MapEntry {
  readonly key: ScalarNode;
  readonly value: YamlNode;
  /** From the key's start to the value's end. */
  readonly span: Span;
}

export interface MapNode extends NodeBase {
  readonly kind: 'map';
  readonly flow: boolean;
  /** In file order, duplicates included; entries of merge keys follow, where no own key has their name. */
  readonly entries: readonly MapEntry[];
  /** The first entry with that key. */
  get(key: string): MapEntry | undefined;
}

export interface SeqNode extends NodeBase {
  readonly kind: 'seq';
  readonly flow: boolean;
  readonly items: readonly YamlNode[];
}

export type YamlNode = ScalarNode | MapNode | SeqNode;

/** A comment, `#` included, with where it stands. */
export interface Comment {
  readonly span: Span;
  readonly text: string;
}

/** Something the YAML parser or the resolver of aliases complains about. `code` is a problem kind of `syntax/problems.ts`. */
export interface SyntaxIssue {
  readonly code: string;
  readonly span: Span;
  readonly message: string;
  readonly related?: readonly { readonly span: Span; readonly message: string }[];
}

export interface YamlTree {
  /** The root of the first document; `undefined` for an empty text. */
  readonly root: YamlNode | undefined;
  readonly comments: readonly Comment[];
  readonly issues: readonly SyntaxIssue[];
}

/** The plain JavaScript value of a node (maps as null-prototype objects, the first of duplicate keys wins), for JSON Schema. */
export function toPlain(node: YamlNode | undefined): unknown {
  if (node === undefined) return null;
  if (node.kind === 'scalar') return typeof node.value === 'bigint' ? Number(node.value) : node.value;
  if (node.kind === 'seq') return node.items.map(toPlain);
  const result: Record<string, unknown> = Object.create(null);
  for (const { key, value } of node.entries) if (!(key.text in result)) result[key.text] = toPlain(value);
  return result;
}
