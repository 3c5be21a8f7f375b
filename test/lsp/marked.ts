import assert from 'node:assert/strict';
import type { Range } from 'vscode-languageserver';

/** A text in which `⟦ ⟧` mark one range, without the marks, and the range: lines and UTF-16 columns from zero. */
export function marked(text: string): { readonly text: string; readonly range: Range } {
  const parts = text.split(/[⟦⟧]/);
  const [before = '', inside = '', after = ''] = parts;
  assert.equal(parts.length, 3, 'a text has one pair of marks');
  return { text: before + inside + after, range: { start: endOf(before), end: endOf(before + inside) } };
}

function endOf(text: string): Range['start'] {
  const lines = text.split('\n');
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}
