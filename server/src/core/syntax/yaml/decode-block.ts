import { type Decoded, DecodedText } from './decode.ts';

/** A literal or folded scalar as it stands in the file. */
export interface BlockSource {
  /** The indicators: `|`, `>-`, `|2+` and so on. */
  readonly header: string;
  /** Everything behind the header's line. */
  readonly body: string;
  /** The place of `body` in the file. */
  readonly start: number;
  /** The column of the parent node, from which an indentation indicator counts. */
  readonly parentIndent: number;
}

interface Line {
  readonly indent: string;
  readonly content: string;
  /** The place of the line's first character. */
  readonly start: number;
  /** The place behind its content, its line break not counted. */
  readonly end: number;
}

/**
 * Decodes a literal (`|`) or folded (`>`) scalar: indentation taken off, lines folded, end chomped
 * (YAML 1.2.2, 8.1). It follows the reading of the `yaml` library where the specification leaves a choice.
 */
export function decodeBlock(block: BlockSource): Decoded {
  const out = new DecodedText(block.start);
  const chomp = /[+-]/.exec(block.header)?.[0] ?? '';
  const lines = splitLines(block.body, block.start);
  const filled = contentEnd(lines, Number.POSITIVE_INFINITY);
  if (filled === 0) {
    const breaks = chomp === '+' && lines.length > 0 ? Math.max(1, lines.length - 1) : 0;
    for (let i = 0; i < breaks; i++) addBreak(lines, i, out);
    return out.finish();
  }
  const { first, trim } = indentation(block, lines, filled);
  const end = contentEnd(lines, trim);
  for (const [i, line] of lines.slice(0, first).entries()) {
    out.run(line.indent.slice(trim), line.start + Math.min(trim, line.indent.length));
    addBreak(lines, i, out);
  }
  const last = block.header.startsWith('>')
    ? addFolded(lines, first, end, trim, out)
    : addLiteral(lines, first, end, trim, out);
  addEnd(chomp, lines, last, end, trim, out);
  return out.finish();
}

/** The number of lines before the final blank ones; those indented by more than `trim` count as content. */
function contentEnd(lines: readonly Line[], trim: number): number {
  let end = lines.length;
  while (end > 0 && (lines[end - 1]?.content ?? '') === '') {
    if ((lines[end - 1]?.indent.length ?? 0) > trim) break;
    end--;
  }
  return end;
}

/** The first line with content, and how many columns to take off each line. */
function indentation(
  block: BlockSource,
  lines: readonly Line[],
  end: number,
): { first: number; trim: number } {
  const explicit = Number(/[1-9]/.exec(block.header)?.[0] ?? 0);
  let trim = block.parentIndent + explicit;
  for (let i = 0; i < end; i++) {
    const line = lines[i];
    if (line === undefined) break;
    if (line.content !== '') return { first: i, trim: explicit === 0 ? line.indent.length : trim };
    if (explicit === 0) trim = Math.max(trim, line.indent.length);
  }
  return { first: 0, trim };
}

function addLiteral(
  lines: readonly Line[],
  first: number,
  end: number,
  trim: number,
  out: DecodedText,
): number {
  for (let i = first; i < end; i++) {
    if (i > first) addBreak(lines, i - 1, out);
    addLine(lines[i], trim, out);
  }
  return end - 1;
}

/** Folds as the library does; returns the line whose break ends the text. */
function addFolded(
  lines: readonly Line[],
  first: number,
  end: number,
  trim: number,
  out: DecodedText,
): number {
  let separator = '';
  let moreIndented = false;
  // Lines whose breaks are not yet written, the oldest first.
  let open: number[] = [];
  let owed = '';
  const flush = (next: number): void => {
    const text = owed + separator;
    for (let k = 0; k < text.length; k++) {
      const line = lines[open[Math.min(k, open.length - 1)] ?? next];
      const char = text[k] ?? '';
      const following = k + 1 < text.length ? lines[open[k + 1] ?? -1]?.end : lines[next]?.start;
      out.mark(char, line?.end ?? out.end, Math.max(line?.end ?? 0, following ?? 0));
    }
    owed = '';
    open = [];
  };
  for (let i = first; i < end; i++) {
    const line = lines[i];
    if (line === undefined) break;
    const indented = line.indent.length > trim || line.content.startsWith('\t');
    if (indented || line.content !== '') {
      if (indented && separator === ' ') separator = '\n';
      else if (indented && !moreIndented && separator === '\n') separator = '\n\n';
      flush(i);
      addLine(line, trim, out);
      separator = indented ? '\n' : ' ';
      moreIndented = indented;
    } else if (separator === '\n') owed += '\n';
    else separator = '\n';
    open.push(i);
  }
  separator = '';
  const last = open[owed.length] ?? end - 1;
  flush(end - 1);
  return last;
}

/** Adds the line breaks that chomping keeps: one by default, all with `+`, none with `-`. */
function addEnd(
  chomp: string,
  lines: readonly Line[],
  last: number,
  end: number,
  trim: number,
  out: DecodedText,
): void {
  if (chomp === '-') return;
  if (chomp === '') {
    addBreak(lines, last, out);
    return;
  }
  for (let i = end; i < lines.length; i++) {
    addBreak(lines, i - 1, out);
    const line = lines[i];
    if (line !== undefined) out.run(line.indent.slice(trim), line.start + Math.min(trim, line.indent.length));
  }
  if (end >= lines.length) addBreak(lines, lines.length - 1, out);
}

function addLine(line: Line | undefined, trim: number, out: DecodedText): void {
  if (line === undefined) return;
  const kept = line.indent.length < trim && line.content !== '' ? '' : line.indent.slice(trim);
  out.run(kept + line.content, line.start + line.indent.length - kept.length);
}

/** Adds the line break behind line `i`. */
function addBreak(lines: readonly Line[], i: number, out: DecodedText): void {
  const line = lines[i];
  if (line === undefined) return;
  out.mark('\n', line.end, lines[i + 1]?.start ?? line.end);
}

function splitLines(body: string, start: number): Line[] {
  const lines: Line[] = [];
  for (let at = 0; at <= body.length; ) {
    if (at === body.length && at === 0) break;
    const newline = body.indexOf('\n', at);
    const next = newline === -1 ? body.length + 1 : newline + 1;
    let end = newline === -1 ? body.length : newline;
    if (end > at && body[end - 1] === '\r') end--;
    let content = at;
    while (content < end && body[content] === ' ') content++;
    lines.push({
      indent: body.slice(at, content),
      content: body.slice(content, end),
      start: start + at,
      end: start + end,
    });
    at = next;
  }
  return lines;
}
