import { escapeUnsafe } from './clean-text.ts';

/** A document as JSON with a line break at its end. Characters that a terminal would obey are written as escapes: JSON itself lets some of them stand. */
export function jsonText(document: unknown): string {
  return `${escapeUnsafe(JSON.stringify(document, null, 2))}\n`;
}
