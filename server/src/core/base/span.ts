/** A half-open range of UTF-16 code units in one text: `text.slice(start, end)`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A span in a named file. `file` is the path the host gave, with `/` separators. */
export interface Place {
  readonly file: string;
  readonly span: Span;
}

/** Whether `offset` lies in `span`, its end included, so that a cursor just behind a word counts as on it. */
export function touches(span: Span, offset: number): boolean {
  return span.start <= offset && offset <= span.end;
}
