import type { Span } from '../base/span.ts';
import type { YamlNode } from '../syntax/yaml/tree.ts';

/** One clause of a definition, taken away or weakened. */
export interface Change {
  /** The exact characters, as offsets of the definition's unit. */
  readonly span: Span;
  /** What is changed, in words that go on from "No example notices when": `` `score >= 9` becomes `score > 9` ``. */
  readonly words: string;
  /** The node of the definition's tree that is another one then. */
  readonly node: YamlNode;
  /** What stands there instead; `undefined` where its key or item is left out. */
  readonly put: YamlNode | undefined;
}

/** A piece of a definition in the marks of code, on one line and not longer than a line of text can bear. */
export function quoted(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return `\`${line.length > MAX_LENGTH ? `${line.slice(0, MAX_LENGTH - 1)}…` : line}\``;
}

const MAX_LENGTH = 80;
