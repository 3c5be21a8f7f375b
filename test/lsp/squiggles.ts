import type { Diagnostic, Position, Range } from 'vscode-languageserver';

/** Problems as `line:code «characters»`, lines from 1, in the order of the text, so that a test can state them by what they underline. */
export function squiggles(text: string, problems: readonly Diagnostic[]): string[] {
  return problems
    .toSorted(
      (a, b) => a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character,
    )
    .map(({ code, range }) => `${range.start.line + 1}:${code} «${textIn(text, range)}»`);
}

/** The characters of a range. */
export function textIn(text: string, { start, end }: Range): string {
  return text.slice(offsetOf(text, start), offsetOf(text, end));
}

/** The offset of a position, for texts whose lines end with `\n`. */
export function offsetOf(text: string, { line, character }: Position): number {
  let start = 0;
  for (let i = 0; i < line; i++) start = text.indexOf('\n', start) + 1;
  return start + character;
}

/** Whether a problem stands in one line. */
export function isOneLine({ range }: Diagnostic): boolean {
  return range.start.line === range.end.line;
}
