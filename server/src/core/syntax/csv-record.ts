/** One record of a delimited text. */
export interface CsvRecord {
  readonly cells: readonly string[];
  /** Where the next record begins. */
  readonly next: number;
  /** The record's end was seen. Otherwise the text ended in it, and more text could make it longer. */
  readonly complete: boolean;
  readonly fault: 'text after a closing quote' | 'a quote is never closed' | undefined;
}

/** The cell at a position, and where it ends: at a delimiter, a line break or the end of the text. */
interface Cell {
  readonly text: string;
  readonly end: number;
  readonly fault: CsvRecord['fault'];
}

/**
 * Reads the record that begins at `start`, by RFC 4180: cells are quoted with `"`, a quote in them is doubled, and they may hold
 * delimiters and line breaks. Lines end with CR LF, LF or CR, also mixed. Spaces before an opening quote and after a
 * closing one are dropped; a quote inside an unquoted cell is just a character. Never throws: see `fault`.
 */
export function readCsvRecord(text: string, start: number, delimiter: string): CsvRecord {
  const cells: string[] = [];
  let fault: CsvRecord['fault'];
  let at = start;
  for (;;) {
    const cell = readCell(text, at, delimiter);
    cells.push(cell.text);
    fault ??= cell.fault;
    at = cell.end;
    if (!text.startsWith(delimiter, at)) break;
    at += delimiter.length;
  }
  const lineBreak = text.startsWith('\r\n', at) ? 2 : 1;
  // A CR at the very end of the text may be half of a CR LF.
  const complete = at < text.length && !(text[at] === '\r' && at + 1 === text.length);
  return { cells, next: Math.min(at + lineBreak, text.length), complete, fault };
}

function readCell(text: string, start: number, delimiter: string): Cell {
  let quote = start;
  while (text[quote] === ' ') quote += 1;
  if (text[quote] === '"') return readQuoted(text, quote + 1, delimiter);
  const end = findEnd(text, start, delimiter);
  return { text: text.slice(start, end), end, fault: undefined };
}

function readQuoted(text: string, start: number, delimiter: string): Cell {
  let value = '';
  let at = start;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0)
      return { text: value + text.slice(at), end: text.length, fault: 'a quote is never closed' };
    value += text.slice(at, quote);
    if (text[quote + 1] === '"') {
      value += '"';
      at = quote + 2;
      continue;
    }
    const end = findEnd(text, quote + 1, delimiter);
    const rest = text.slice(quote + 1, end).trim();
    return { text: value + rest, end, fault: rest === '' ? undefined : 'text after a closing quote' };
  }
}

/** The next delimiter or line break; the end of the text where there is none. */
function findEnd(text: string, start: number, delimiter: string): number {
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 10 || code === 13 || (text[at] === delimiter[0] && text.startsWith(delimiter, at)))
      return at;
  }
  return text.length;
}
