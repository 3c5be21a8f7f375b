/** A line on which nothing stands but one word, or a part of it, behind dashes of lists. */
export interface BareLine {
  /** The offsets of the line, its line break not counted. */
  readonly start: number;
  readonly end: number;
  /** Where the cursor is. */
  readonly offset: number;
  readonly indent: string;
  /** The dashes of lists, with the blanks between them. */
  readonly dashes: string;
  readonly wordStart: number;
  readonly wordEnd: number;
}

/** The line of an offset where it is bare and the cursor is on its word or where one would stand; else `undefined`. */
export function bareLineAt(text: string, offset: number): BareLine | undefined {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const newline = text.indexOf('\n', offset);
  let end = newline < 0 ? text.length : newline;
  if (end > start && text.charAt(end - 1) === '\r') end--;
  if (offset > end) return undefined;
  const before = /^([ \t]*)((?:-[ \t]+)*)(\w*)$/.exec(text.slice(start, offset));
  const behind = /^(\w*)[ \t]*(?:[ \t]#.*)?$/.exec(text.slice(offset, end));
  if (before === null || behind === null) return undefined;
  const [, indent = '', dashes = '', word = ''] = before;
  const wordEnd = offset + (behind[1] ?? '').length;
  return { start, end, offset, indent, dashes, wordStart: offset - word.length, wordEnd };
}
