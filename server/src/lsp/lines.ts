import type { Position, Range } from 'vscode-languageserver';
import { LineIndex } from '../core/base/line-index.ts';
import type { Span } from '../core/base/span.ts';

/** Turns offsets of a text into positions of the protocol, and back. */
export interface Lines {
  position(offset: number): Position;
  range(span: Span): Range;
  offset(position: Position): number;
  span(range: Range): Span;
}

/** The lines of texts are kept for as long as the texts are. */
const kept = new WeakMap<Written, Lines>();

/** A text that does not change. */
interface Written {
  readonly text: string;
}

/** The lines of a text. */
export function linesOf(written: Written): Lines {
  const known = kept.get(written);
  if (known !== undefined) return known;
  const index = new LineIndex(written.text);
  const position = (offset: number): Position => {
    const { line, column } = index.position(offset);
    return { line, character: column };
  };
  const offset = ({ line, character }: Position): number => index.offset({ line, column: character });
  const lines: Lines = {
    position,
    offset,
    range: ({ start, end }) => ({ start: position(start), end: position(end) }),
    span: ({ start, end }) => ({ start: offset(start), end: offset(end) }),
  };
  kept.set(written, lines);
  return lines;
}
