/** A text whose lines end with `\n`, and the way back. */
export interface Lines {
  readonly text: string;
  /** The text with the line breaks and the byte order mark that the original has. */
  restore(text: string): string;
}

/** Takes the byte order mark off a text and unifies its line breaks. The kind of break that is more frequent is restored. */
export function linesOf(original: string): Lines {
  const mark = original.startsWith('\uFEFF') ? '\uFEFF' : '';
  const text = original.slice(mark.length).replaceAll(/\r\n?/g, '\n');
  const windows = original.split('\r\n').length - 1;
  const isWindows = windows > text.split('\n').length - 1 - windows;
  return {
    text,
    restore: (changed) => mark + (isWindows ? changed.replaceAll('\n', '\r\n') : changed),
  };
}
