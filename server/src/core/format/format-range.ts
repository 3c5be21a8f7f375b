import { LineIndex } from '../base/line-index.ts';
import type { SchemaKind } from '../schema/json-schema.ts';
import { parseYaml } from '../syntax/yaml/parse.ts';
import { openLayout } from './format-text.ts';
import type { Collection, Entry } from './layout.ts';
import { splitLines } from './line-edits.ts';
import { linesOf } from './lines.ts';
import { printEntry } from './print.ts';
import { sameMeaning } from './same-meaning.ts';

/** Lines of a text, counted from 0, the last included. */
export interface LineRange {
  readonly first: number;
  readonly last: number;
}

/**
 * Formats only the definitions that some lines touch, or settings and other keys at the top of the file. Each keeps its place and
 * its column. A text with YAML errors is left as it is.
 */
export function formatRange(kind: SchemaKind, original: string, { first, last }: LineRange): string {
  const { text, mark, withBreaks } = linesOf(original);
  const { tree, layout } = openLayout(kind, text);
  if (layout === undefined) return original;
  const index = new LineIndex(text);
  const written = [...splitLines(original.slice(mark.length))];
  // From the last to the first, so that the lines before keep their numbers.
  for (const entry of unitsOf(kind, layout.root).reverse()) {
    const from = index.position(entry.start);
    // A text in a block ends with its line break.
    const { line: to } = index.position(text[entry.end - 1] === '\n' ? entry.end - 1 : entry.end);
    if (to < first || from.line > last) continue;
    const lines = printEntry(entry, { column: from.column, apart: 0 }).join('\n');
    const isOpen = to === written.length - 1 && !/[\r\n]$/.test(written[to] ?? '');
    written.splice(from.line, to - from.line + 1, withBreaks(isOpen ? lines : `${lines}\n`));
  }
  const result = mark + written.join('');
  return sameMeaning(tree, parseYaml(result)) ? result : original;
}

/** What is formatted as one, in file order: definitions, and keys at the top that hold none. */
function unitsOf(kind: SchemaKind, root: Collection): Entry[] {
  const units = root.entries.flatMap((entry) => {
    const { key, value } = entry;
    const isSection = kind === 'metrics' && key?.name !== 'defaults' && value?.kind === 'map' && !value.flow;
    return isSection ? value.entries : [entry];
  });
  return units.sort((a, b) => a.start - b.start);
}
