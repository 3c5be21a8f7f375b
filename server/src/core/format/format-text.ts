import type { SchemaKind } from '../schema/json-schema.ts';
import { parseYaml } from '../syntax/yaml/parse.ts';
import { type SyntaxIssue, toPlain, type YamlTree } from '../syntax/yaml/tree.ts';
import { linesOf } from './lines.ts';
import { inOrder } from './order.ts';
import { printBlock } from './print.ts';
import { type DocumentLayout, readLayout } from './read-layout.ts';
import { sameMeaning } from './same-meaning.ts';

/** A text in the canonical form. */
export interface Formatted {
  readonly text: string;
  /** Whether the text is in the canonical form now. It is not where it has YAML errors, or is no block map (as an empty one). */
  readonly isCanonical: boolean;
  /** The YAML errors for which the text was left as it is, at their places in it. */
  readonly issues: readonly SyntaxIssue[];
}

/**
 * Puts a metrics file or a `plumbline.yaml` into the canonical form: keys in the schema's order, two spaces for each level, one
 * blank line between definitions of several lines and at most one elsewhere, spaces inside braces, and maps in braces written out
 * where they do not fit a line. Comments, and blank lines, go where the entry below them goes. What is said never changes:
 * scalars keep their text and their quotes, definitions their order. A text with YAML errors is left as it is.
 */
export function formatText(kind: SchemaKind, text: string): Formatted {
  const { text: read, mark, withBreaks } = linesOf(text);
  const opened = openLayout(kind, read);
  if (opened.layout === undefined) {
    const issues = opened.tree.issues.length > 0 ? parseYaml(text).issues : [];
    return { text, isCanonical: false, issues };
  }
  const { before, root, after } = opened.layout;
  const body = printBlock(root, { column: 0, apart: kind === 'metrics' ? 2 : 0 });
  const result = `${before}${body.join('\n')}\n${after}`;
  const isCanonical = sameMeaning(opened.tree, parseYaml(result));
  return { text: isCanonical ? mark + withBreaks(result) : text, isCanonical, issues: [] };
}

/** A text with its layout in order; without a layout where it has YAML errors, or is no map. */
export interface OpenedLayout {
  readonly tree: YamlTree;
  readonly layout: DocumentLayout | undefined;
}

/** Reads a text whose lines end with `\n`, and orders its keys. */
export function openLayout(kind: SchemaKind, text: string): OpenedLayout {
  const tree = parseYaml(text);
  const layout = tree.issues.length > 0 ? undefined : readLayout(text, tree);
  if (layout === undefined) return { tree, layout };
  return { tree, layout: { ...layout, root: inOrder(kind, layout.root, toPlain(tree.root)) } };
}
