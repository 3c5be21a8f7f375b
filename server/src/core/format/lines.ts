/** A text whose lines end with `\n`, and what its original has. */
export interface Lines {
  readonly text: string;
  /** The byte order mark, or the empty text. */
  readonly mark: string;
  /** The text with the line breaks of the original. */
  withBreaks(text: string): string;
}

/** Takes the byte order mark off a text and unifies its line breaks: the kind that is more frequent counts for all. */
export function linesOf(original: string): Lines {
  const mark = original.startsWith('\uFEFF') ? '\uFEFF' : '';
  const text = original.slice(mark.length).replaceAll(/\r\n?/g, '\n');
  const windows = original.split('\r\n').length - 1;
  const isWindows = windows > text.split('\n').length - 1 - windows;
  return { text, mark, withBreaks: (changed) => (isWindows ? changed.replaceAll('\n', '\r\n') : changed) };
}
