/** A zero-based line and a zero-based column in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Where the lines of a text begin, to turn offsets into lines and columns. Lines end with `\n`, `\r\n` or `\r`. */
export class LineIndex {
  readonly #starts: number[] = [0];
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
    if (text.includes('\r')) this.#addMixed(text);
    else
      for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1);
  }

  #addMixed(text: string): void {
    for (let i = 0; i < text.length; i++) {
      const c = text.charCodeAt(i);
      if (c === 10 || (c === 13 && text.charCodeAt(i + 1) !== 10)) this.#starts.push(i + 1);
    }
  }

  get lineCount(): number {
    return this.#starts.length;
  }

  /** The position of an offset; offsets outside the text are clamped to it. */
  position(offset: number): Position {
    const at = Math.max(0, Math.min(offset, this.#text.length));
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.lineStart(middle) <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low, column: at - this.lineStart(low) };
  }

  /** The offset of a position; a column behind the end of its line is clamped to that end. */
  offset(position: Position): number {
    const line = Math.max(0, Math.min(position.line, this.lineCount - 1));
    return Math.min(this.lineStart(line) + Math.max(0, position.column), this.lineEnd(line));
  }

  /** Offset of the first character of a line. */
  lineStart(line: number): number {
    return this.#starts[line] ?? this.#text.length;
  }

  /** Offset behind the last character of a line, its line break not counted. */
  lineEnd(line: number): number {
    let end = line + 1 < this.lineCount ? this.lineStart(line + 1) : this.#text.length;
    while (end > this.lineStart(line) && /[\r\n]/.test(this.#text.charAt(end - 1))) end--;
    return end;
  }

  /** The text of a line without its line break. */
  lineText(line: number): string {
    return this.#text.slice(this.lineStart(line), this.lineEnd(line));
  }
}
